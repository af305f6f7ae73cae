----------------------------- MODULE Guarantees -----------------------------
(***************************************************************************)
(* The guarantees of all protocols, about what an observer saw. Each       *)
(* is a predicate on one state; those with AtRest speak about the moment   *)
(* when nothing is left to do without a new message.                       *)
(*                                                                         *)
(* hist[i] is the cause of the i-th change of business state. An element   *)
(* of sent is [cause, output, message, basis]: the message published, the  *)
(* cause it was published for, which of the cause's outputs it is, and the *)
(* index in hist of the change it reports; 0 if it reports none.            *)
(***************************************************************************)
EXTENDS Endpoint

\* Nothing waits and nobody works. Protocols with more places to wait add them.
EndpointAtRest ==
    /\ incoming = EmptyBag
    /\ \A s \in Slots : At(s, "Idle")

\* No message changes business state twice.
NoDoubleEffect ==
    \A i, j \in DOMAIN hist : hist[i] = hist[j] => i = j

\* Nothing is published about a change that has not happened.
NoGhostEver ==
    \A e \in sent : \/ e.basis = 0
                    \/ e.basis \in DOMAIN hist /\ hist[e.basis] = e.cause

\* Nothing is published for a message that has changed nothing.
OnlyEffectsAnnounced ==
    \A e \in sent : \E i \in DOMAIN hist : hist[i] = e.cause

\* All copies of one output are the same message.
ConsistentOutput ==
    \A e, f \in sent :
        (e.cause = f.cause /\ e.output = f.output) => e.message = f.message

\* Messages that still wait or are being worked on.
InFlight == BagToSet(incoming) \cup {slots[s].message : s \in Slots \ Free}

\* Acknowledged, and no copy of it is left that could still do anything.
Settled(m) == m \in acked /\ m \notin InFlight

\* A settled message has had its effect.
NoLostEffect ==
    \A m \in Messages : Settled(m) => \E i \in DOMAIN hist : hist[i] = m

\* A settled message that had its effect has had its outputs published.
NoLostOutputOf(outputs) ==
    \A m \in Messages :
        (Settled(m) /\ \E i \in DOMAIN hist : hist[i] = m) =>
            \A o \in outputs : \E e \in sent : e.cause = m /\ e.output = o

\* Of business state that is a sequence of messages, each added by its effect:
\* it is the history, without a message twice, and `rest` with every message.
EachOnce(lines, rest) ==
    /\ NoDoubleEffect
    /\ lines = hist
    /\ rest => Range(hist) = Messages

=============================================================================
