--------------------------- MODULE OrderedUpdates ---------------------------
(***************************************************************************)
(* Changes of prices that make sense only in their order. The queue is     *)
(* ordered: it hands out the messages of one partition one after the       *)
(* other. A handler appends its change to the history of the product.      *)
(*                                                                         *)
(* The variants differ in the partition key, and in what the handler does  *)
(* with a change that is not the next one of its product.                  *)
(*                                                                         *)
(* Source: a public incident in which several relay workers lost the order *)
(* of publishing.                                                          *)
(* Left out: a message that always fails, partitions that move.            *)
(***************************************************************************)
EXTENDS Guarantees, Documents, OrderedQueue

CONSTANTS
    Variant,    \* which handler, and which key
    Products,   \* how many products there are
    Copies      \* copies of every change that wait at the start

VARIABLES
    prices      \* product |-> its document: the changes, oldest first

vars == <<endpoint, order, prices>>
stores == <<prices>>

TypeOK ==
    \A p \in 1 .. Products : /\ prices[p].version \in Nat
                             /\ prices[p].changes \in Seq(Messages)

-----------------------------------------------------------------------------
(* The partition key *)

\* The product that change m is about: the products take turns.
Product(m) == ((m - 1) % Products) + 1

\* The partition of each change.
Key ==
    IF Variant \in {"append-again", "in-order"}
    THEN [m \in Messages |-> Product(m)]
    ELSE [m \in Messages |-> m]

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = OrderAtStart(Key, Copies)
    /\ prices = [p \in 1 .. Products |-> [version |-> 0, changes |-> <<>>]]

-----------------------------------------------------------------------------
(* The variants: what follows after the history `changes` was loaded for   *)
(* change m.                                                               *)

\* The number that is behind the newest applied change of the same product.
Expected(m, changes) ==
    IF changes = <<>> THEN Product(m) ELSE changes[Len(changes)] + Products

IsNewer(m, changes) == changes = <<>> \/ m > changes[Len(changes)]

WrongKey(m, changes) == IF m \in Range(changes) THEN "Ack" ELSE "Save"

SkipOlder(m, changes) == IF IsNewer(m, changes) THEN "Save" ELSE "Ack"

WaitForItsTurn(m, changes) ==
    CASE m < Expected(m, changes) -> "Ack"
      [] m = Expected(m, changes) -> "Save"
      [] m > Expected(m, changes) -> "GiveBack"

AfterLoad(m, changes) ==
    CASE Variant = "wrong-key"         -> WrongKey(m, changes)
      [] Variant = "skip-older"        -> SkipOlder(m, changes)
      [] Variant = "wait-for-its-turn" -> WaitForItsTurn(m, changes)
      [] Variant = "append-again"      -> "Save"
      [] Variant = "in-order"          -> SkipOlder(m, changes)

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive == ReceivesInOrder(Key, "Load") /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ LET m == slots[s].message
           found == prices[Product(m)]
           next == AfterLoad(m, found.changes) IN
       /\ Proceeds(s, next, [prices |-> found])
       /\ order' = IF next = "GiveBack" THEN Returned(Key, {s}) ELSE order
    /\ UNCHANGED <<observed, stores>>

\* A handler whose copy is not current gives its message back.
Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           p == Product(m)
           new == [slots[s].prices EXCEPT !.changes = Append(@, m)] IN
       /\ Commits(s, "prices", prices[p], new, {"changes"}, "Ack")
       /\ prices' = [prices EXCEPT ![p] = Committed(s, "prices", prices[p], new)]
       /\ order' = IF IsCurrent(s, "prices", prices[p]) THEN order
                   ELSE Returned(Key, {s})
    /\ UNCHANGED <<sent, fresh>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<order, observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ order' = Returned(Key, Slots) /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED <<order, stores>>
Duplicate == DuplicatesInOrder(Key) /\ UNCHANGED stores
LeaseExpires(s) ==
    /\ LeaseExpiresOf(s)
    /\ order' = Returned(Key, {s})
    /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : Save(s)
    \/ Receive
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Load(s)) /\ WF_vars(Save(s))
                        /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* The changes of product p, in their order.
ChangesOf(p) == Sorted([m \in Messages |-> Product(m)], p, 1)

\* What was applied to a product are the first ones of its changes.
AppliedInOrder ==
    \A p \in 1 .. Products :
        LET applied == prices[p].changes IN
        /\ Len(applied) <= Len(ChangesOf(p))
        /\ \A i \in DOMAIN applied : applied[i] = ChangesOf(p)[i]

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
