---------------------------- MODULE OrderedQueue ----------------------------
(***************************************************************************)
(* An endpoint whose queue is ordered. The queue has partitions; a         *)
(* function from messages to partitions is the argument `key` of the       *)
(* operators below. The next message of a partition is handed out when no  *)
(* slot has the lease of another message of the partition. Messages of     *)
(* different partitions have no order.                                     *)
(*                                                                         *)
(* `incoming` is the bag of all messages that wait, as for any endpoint,   *)
(* and `order` their order. The operators with a result of sequences say   *)
(* what `order` is after a step:                                           *)
(*                                                                         *)
(*     Crash == Crashes /\ order' = Returned(key, Slots)                   *)
(*                                                                         *)
(* Left out: partitions that move to another consumer.                     *)
(***************************************************************************)
EXTENDS Endpoint

VARIABLES
    order       \* partition |-> its messages that wait, the next one first

-----------------------------------------------------------------------------
(* Auxiliary operators *)

\* The messages of partition p, the lowest first, each `copies` times.
Sorted(key, p, copies) ==
    LET own == {m \in Messages : key[m] = p}
        Nth(n) == CHOOSE m \in own : Cardinality({o \in own : o <= m}) = n
    IN  [i \in 1 .. copies * Cardinality(own) |-> Nth(((i - 1) \div copies) + 1)]

\* Where message m is in a sequence for the first time.
Place(m, q) ==
    CHOOSE i \in DOMAIN q : q[i] = m /\ \A j \in 1 .. i - 1 : q[j] # m

-----------------------------------------------------------------------------
(* The order at the start, and after a step.                               *)

OrderAtStart(key, copies) ==
    [p \in Range(key) |-> Sorted(key, p, copies)]

\* Message m is handed out.
WithoutHead(key, m) == [order EXCEPT ![key[m]] = Tail(@)]

\* The slots give up their messages: the leased ones are the next ones again.
Returned(key, given) ==
    LET back(p) == {s \in given \cap leases : key[slots[s].message] = p}
    IN  [p \in DOMAIN order |->
            IF back(p) = {} THEN order[p]
            ELSE <<slots[CHOOSE s \in back(p) : TRUE].message>> \o order[p]]

\* Message m is there once more, directly behind itself.
Doubled(key, m) ==
    LET q == order[key[m]]
        i == Place(m, q)
    IN  [order EXCEPT ![key[m]] =
            SubSeq(q, 1, i) \o <<m>> \o SubSeq(q, i + 1, Len(q))]

-----------------------------------------------------------------------------
(* Steps *)

\* Message m is the next one of its partition, and none of the partition is leased.
IsNext(key, m) ==
    /\ order[key[m]] # <<>>
    /\ Head(order[key[m]]) = m
    /\ \A s \in leases : key[slots[s].message] # key[m]

\* The lowest free slot starts on the next message of a partition.
ReceivesInOrder(key, first) ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) :
        /\ IsNext(key, m)
        /\ Takes(m, first, TRUE)
        /\ order' = WithoutHead(key, m)

\* The broker delivers a message once more than it was sent.
DuplicatesInOrder(key) ==
    /\ budget["duplicate"] > 0
    /\ \E m \in BagToSet(incoming) :
        /\ incoming' = incoming (+) One(m)
        /\ order' = Doubled(key, m)
    /\ Spends("duplicate")
    /\ UNCHANGED <<leases, slots, up, acked, observed>>

=============================================================================
