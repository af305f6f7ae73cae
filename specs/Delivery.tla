------------------------------ MODULE Delivery ------------------------------
(***************************************************************************)
(* When a receiver acknowledges its message: before it has processed it,   *)
(* or afterwards.                                                          *)
(*                                                                         *)
(* Each command adds one line to an order. Saving the order and            *)
(* acknowledging the command are two steps, and the endpoint may crash     *)
(* between any two steps. The lease on a command may expire while its      *)
(* handler still runs.                                                     *)
(*                                                                         *)
(* Source: exercise 2 of the workshop.                                     *)
(* Left out: batches, a count of deliveries and an error queue, renewing a *)
(* lease.                                                                  *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order       \* the one document: lines

vars == <<endpoint, order>>
stores == <<order>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which.                                 *)

\* At the end there is nothing left to give back: the command is acknowledged.
AcknowledgeFirst ==
    [Receive |-> "Ack",
     Ack     |-> "Load",
     Load    |-> "Save",
     Save    |-> "GiveBack"]

AcknowledgeLast ==
    [Receive |-> "Load",
     Load    |-> "Save",
     Save    |-> "Ack"]

Steps ==
    CASE Variant = "acknowledge-first" -> AcknowledgeFirst
      [] Variant = "acknowledge-last"  -> AcknowledgeLast

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps.Receive, TRUE)

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Steps.Load, [order |-> order])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           new == [slots[s].order EXCEPT !.lines = Append(@, m)] IN
       /\ Commits(s, "order", order, new, {"lines"}, Steps.Save)
       /\ order' = Committed(s, "order", order, new)
    /\ UNCHANGED <<sent, fresh>>

\* Acknowledges and continues; without effect if the lease is lost.
AcknowledgesEarly(s) ==
    /\ slots' = [slots EXCEPT ![s].at = Steps.Ack]
    /\ leases' = leases \ {s}
    /\ acked' = IF s \in leases THEN acked \cup {slots[s].message} ELSE acked
    /\ UNCHANGED <<incoming, up, budget>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ IF Variant = "acknowledge-first" THEN AcknowledgesEarly(s)
                                        ELSE Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Load(s)) /\ WF_vars(Ack(s))
                        /\ WF_vars(Save(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.lines = hist
    /\ AtRest => Range(hist) = Messages

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
