--------------------------- MODULE TwoSubscribers ---------------------------
(***************************************************************************)
(* Two subscribers get a copy each of every event. All copies of an event  *)
(* have its id, and both subscribers keep in the same database what they   *)
(* have processed.                                                         *)
(*                                                                         *)
(* The variants differ in the key under which that is kept. With the id    *)
(* alone, one subscriber takes the record of the other for its own.        *)
(* `by-id-and-subscriber` and `store-each` are right.                      *)
(*                                                                         *)
(* Source: public reports of an inbox whose key is the message id.         *)
(* Left out: the publisher, and removing old records.                      *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,    \* which handler
    Messages,   \* ids of events: 1..n
    Copies,     \* copies of each event that wait for each subscriber at the start
    Slots,      \* how many are handled at a time: 1..k
    Budget      \* how often each fault may happen

VARIABLES
    incoming, leases, slots, up, acked, hist, sent, fresh,
    budget,     \* the variables of the endpoint, as in Endpoint
    books,      \* subscriber |-> orders booked, and ids that it keeps itself
    processed   \* key |-> the record of who has processed an event

Subscribers == {"Billing", "Marketing"}
Given == {[id |-> m, subscriber |-> b] : m \in Messages, b \in Subscribers}

Process == INSTANCE Guarantees WITH Messages <- Given

vars == <<incoming, leases, slots, up, acked, hist, sent, fresh, budget, books,
          processed>>
stores == <<books, processed>>

TypeOK ==
    /\ \A b \in Subscribers : /\ books[b].version \in Nat
                              /\ books[b].orders \in Seq(Messages)
                              /\ books[b].ids \subseteq Messages
    /\ \A k \in DOMAIN processed : processed[k].by \in Subscribers

Init ==
    /\ Process!EndpointInit(Process!CopiesOf(Copies))
    /\ books = [b \in Subscribers |-> [version |-> 0, orders |-> <<>>, ids |-> {}]]
    /\ processed = <<>>

-----------------------------------------------------------------------------
(* The variants: which step follows which, for the copy m.                 *)

\* The key of a record, where the subscribers have records.
HasRecords == Variant \in {"by-id", "by-id-and-subscriber"}
Key(m) == IF Variant = "by-id" THEN m.id ELSE <<m.id, m.subscriber>>

\* Looks for a record, and then at the books.
ByRecord(m) ==
    [Receive    |-> "LoadRecord",
     LoadRecord |-> IF Key(m) \in DOMAIN processed THEN "Ack" ELSE "LoadBooks",
     LoadBooks  |-> "Save",
     Save       |-> "Ack"]

\* Looks at the books, which have the ids; there are none without deduplication.
ByBooks(m) ==
    [Receive   |-> "LoadBooks",
     LoadBooks |-> IF m.id \in books[m.subscriber].ids THEN "Ack" ELSE "Save",
     Save      |-> "Ack"]

Steps(m) == IF HasRecords THEN ByRecord(m) ELSE ByBooks(m)

-----------------------------------------------------------------------------
(* The handler, step by step *)

Message(s) == slots[s].message

\* What slot s does after `step`.
Then(s, step) == Steps(Message(s))[step]

Receive ==
    /\ Process!MayTake
    /\ \E m \in BagToSet(incoming) : Process!Takes(m, Steps(m).Receive, TRUE)
    /\ UNCHANGED stores

\* A record that is not there is not remembered: there is nothing to remember.
LoadRecord(s) ==
    /\ Process!At(s, "LoadRecord")
    /\ LET k == Key(Message(s)) IN
       Process!Proceeds(s, Then(s, "LoadRecord"),
                        IF k \in DOMAIN processed THEN [processed |-> processed[k]]
                                                  ELSE Process!Nothing)
    /\ UNCHANGED <<hist, sent, fresh, stores>>

LoadBooks(s) ==
    /\ Process!At(s, "LoadBooks")
    /\ Process!Proceeds(s, Then(s, "LoadBooks"),
                        [books |-> books[Message(s).subscriber]])
    /\ UNCHANGED <<hist, sent, fresh, stores>>

\* The books of slot s after its copy.
Booked(s) ==
    LET m == Message(s)
        own == slots[s].books
    IN  [version |-> own.version + 1,
         orders  |-> Append(own.orders, m.id),
         ids     |-> IF Variant = "store-each" THEN own.ids \cup {m.id} ELSE own.ids]

\* Nobody has written the books since, nor a record where there was none.
IsCurrent(s) ==
    /\ slots[s].books.version = books[Message(s).subscriber].version
    /\ HasRecords => Key(Message(s)) \notin DOMAIN processed

\* The books and the record, both or none.
Save(s) ==
    /\ Process!At(s, "Save")
    /\ LET m == Message(s)
           record == [version |-> 1, by |-> m.subscriber]
           copies == [books |-> Booked(s)]
           records == IF HasRecords THEN (Key(m) :> record) @@ processed ELSE processed
       IN
       IF IsCurrent(s)
       THEN /\ books' = [books EXCEPT ![m.subscriber] = Booked(s)]
            /\ processed' = records
            /\ hist' = Append(hist, m)
            /\ Process!Proceeds(s, Then(s, "Save"),
                   IF HasRecords THEN [processed |-> record] @@ copies ELSE copies)
       ELSE Process!GivesBack(s) /\ UNCHANGED <<hist, stores>>
    /\ UNCHANGED <<sent, fresh>>

Ack(s) ==
    /\ Process!At(s, "Ack")
    /\ Process!Acknowledges(s)
    /\ UNCHANGED <<hist, sent, fresh, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Process!Crashes /\ UNCHANGED stores
Recover == Process!Recovers /\ UNCHANGED stores
Duplicate == Process!Duplicates /\ UNCHANGED stores
LeaseExpires(s) == Process!LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : LoadRecord(s)
    \/ \E s \in Slots : LoadBooks(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(LoadRecord(s)) /\ WF_vars(LoadBooks(s))
                        /\ WF_vars(Save(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == Process!EndpointAtRest

AllSlotsBusy == Process!Free = {}
AllDone == AtRest /\ acked = Given

BothServed ==
    AtRest => \A m \in Messages, b \in Subscribers :
                  m \in Process!Range(books[b].orders)

NoDoubleEffect == Process!NoDoubleEffect
NoLostEffect == Process!NoLostEffect

Settles == <>[]AtRest

=============================================================================
