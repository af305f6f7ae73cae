------------------------------- MODULE Parcels -------------------------------
(***************************************************************************)
(* Each command adds a parcel to a list. Saving the list and acknowledging *)
(* the command are two steps, and the endpoint may crash between any two.  *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    list        \* the one document: items

vars == <<endpoint, list>>
stores == <<list>>

TypeOK ==
    /\ list.version \in Nat
    /\ list.items \in Seq(Messages)

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ list = [version |-> 0, items |-> <<>>]

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, "Load", TRUE)

\* Whether the handler saves at all.
IsNew(m) == Variant = "add-again" \/ m \notin Range(list.items)

Load(s) ==
    /\ At(s, "Load")
    /\ LET next == IF IsNew(slots[s].message) THEN "Save" ELSE "Ack" IN
       Proceeds(s, next, [list |-> list])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           new == [slots[s].list EXCEPT !.items = Append(@, m)] IN
       /\ Commits(s, "list", list, new, {"items"}, "Ack")
       /\ list' = Committed(s, "list", list, new)
    /\ UNCHANGED <<sent, fresh>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : WF_vars(Load(s)) /\ WF_vars(Save(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* The list is what processing each command of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ list.items = hist
    /\ AtRest => Range(hist) = Messages

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
