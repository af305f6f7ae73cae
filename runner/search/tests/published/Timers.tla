------------------------------- MODULE Timers -------------------------------
(* Actors that ping their peers by two timers, as timers.rs says it. Timers   *)
(* are always set, so that they are no part of the state, and one that pings  *)
(* nobody is no step.                                                         *)
EXTENDS Network
CONSTANTS ActorCount, MaxSent
VARIABLES sent, answered  \* pings, by each actor

Actors == 0..ActorCount - 1

Init ==
    /\ sent = [actor \in Actors |-> 0]
    /\ answered = [actor \in Actors |-> 0]
    /\ network = <<>>

GoesOff(actor, remainder) ==
    LET peers == SelectSeq([n \in 1..ActorCount |-> n - 1],
            LAMBDA peer : peer # actor /\ peer % 2 = remainder)
    IN  /\ peers # <<>> /\ sent[actor] + Len(peers) <= MaxSent
        /\ sent' = [sent EXCEPT ![actor] = @ + Len(peers)]
        /\ network' = Sent(network, Broadcast(actor, peers, "Ping"))
        /\ UNCHANGED answered

Ping(e) == e.msg = "Ping" /\ Deliver(e, Reply(e, "Pong")) /\ UNCHANGED <<sent, answered>>

Pong(e) ==
    /\ e.msg = "Pong"
    /\ answered' = [answered EXCEPT ![e.to] = @ + 1]
    /\ Deliver(e, <<>>)
    /\ UNCHANGED sent

Even == 0
Odd == 1

Next ==
    \/ \E actor \in Actors : GoesOff(actor, Even) \/ GoesOff(actor, Odd)
    \/ \E e \in Deliverable : Ping(e) \/ Pong(e)
=============================================================================
