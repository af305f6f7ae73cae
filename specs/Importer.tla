------------------------------ MODULE Importer ------------------------------
(***************************************************************************)
(* An importer polls a table, sends each row to Orders, and deletes it.    *)
(*                                                                         *)
(* Sending and deleting are two steps on two resources. The importer wakes *)
(* up as long as there is a row and remembers nothing between two polls.   *)
(* The variants are its two orders of steps, and a receiver that           *)
(* recognises a row; `deduplicate-by-row` is right.                        *)
(*                                                                         *)
(* Source: the workshop's exercise 3, on duplicates made by the sender.    *)
(* Left out: batches of rows, and rows that change while they wait.        *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,        \* which importer, and which receiver
    Messages,       \* the rows of the table, 1..n: each is sent as one message
    OrdersSlots,    \* how many messages Orders handles at a time: 1..k
    ImporterSlots,  \* how many polls run at a time: 1..k
    Budget          \* how often each fault may happen

VARIABLES
    ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked, ordersHist,
    ordersSent,
    ordersFresh,    \* the variables of Orders, as in Endpoint
    importerIncoming, importerLeases, importerSlots, importerUp, importerAcked,
    importerHist, importerSent,
    importerFresh,  \* those of the importer, which has no queue
    budget,         \* faults that may still happen, to either of them
    rows,           \* the table: number |-> the line that the row stands for
    order           \* the one order: the rows that it has a line for

Orders == INSTANCE Guarantees WITH
    Slots <- OrdersSlots, incoming <- ordersIncoming, leases <- ordersLeases,
    slots <- ordersSlots, up <- ordersUp, acked <- ordersAcked, hist <- ordersHist,
    sent <- ordersSent, fresh <- ordersFresh
Importer == INSTANCE Guarantees WITH
    Messages <- {}, Slots <- ImporterSlots,
    incoming <- importerIncoming, leases <- importerLeases, slots <- importerSlots,
    up <- importerUp, acked <- importerAcked, hist <- importerHist,
    sent <- importerSent, fresh <- importerFresh

theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked,
               ordersHist, ordersSent, ordersFresh>>
importer == <<importerIncoming, importerLeases, importerSlots, importerUp,
              importerAcked, importerHist, importerSent, importerFresh>>
stores == <<rows, order>>
vars == <<theOrders, importer, budget, stores>>
ordersSeen == <<ordersHist, ordersSent, ordersFresh>>
importerSeen == <<importerHist, importerSent, importerFresh>>

TypeOK ==
    /\ DOMAIN rows \subseteq Messages
    /\ \A i \in DOMAIN order.lines : order.lines[i] \in Messages

Init ==
    /\ Orders!EndpointInit(EmptyBag)
    /\ Importer!EndpointInit(EmptyBag)
    /\ rows = [m \in Messages |-> [version |-> 0, line |-> m]]
    /\ order = [version |-> 0, lines |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which.                                 *)

\* What the importer does, if there is a row. "End" is no step: it is done.
SendThenDelete ==
    [ReadRows  |-> "SendRow",
     SendRow   |-> "DeleteRow",
     DeleteRow |-> "End"]

DeleteThenSend ==
    [ReadRows  |-> "DeleteRow",
     DeleteRow |-> "SendRow",
     SendRow   |-> "End"]

Then(step) ==
    IF Variant = "delete-then-send" THEN DeleteThenSend[step] ELSE SendThenDelete[step]

\* Orders recognises a row that it has a line for.
Recognises(o, m) ==
    Variant = "deduplicate-by-row" /\ m \in Orders!Range(o.lines)

-----------------------------------------------------------------------------
(* The importer, step by step *)

ImporterWakes ==
    /\ Importer!MayTake
    /\ rows # <<>>
    /\ Importer!Wakes("ReadRows")
    /\ UNCHANGED <<theOrders, stores>>

\* Goes on to what follows `step`, or is done: there is nothing to acknowledge.
GoesOn(s, step, locals) ==
    IF Then(step) = "End" THEN Importer!GivesBack(s)
                          ELSE Importer!Proceeds(s, Then(step), locals)

ReadRows(s) ==
    /\ Importer!At(s, "ReadRows")
    /\ IF rows = <<>> THEN Importer!GivesBack(s)
                      ELSE GoesOn(s, "ReadRows", [rows |-> rows])
    /\ UNCHANGED <<importerSeen, theOrders, stores>>

\* The row that slot s works on: the first that it has read.
Number(s) ==
    LET read == DOMAIN importerSlots[s].rows IN
    CHOOSE n \in read : \A k \in read : n <= k

\* Puts the row into the queue of Orders.
RowLeaves(s) ==
    LET line == importerSlots[s].rows[Number(s)].line IN
    /\ ordersIncoming' = ordersIncoming (+) Importer!One(line)
    /\ importerSent' = importerSent \cup
           {[cause |-> line, output |-> "ImportRow", message |-> line, basis |-> 0]}
    /\ UNCHANGED <<importerHist, importerFresh, ordersLeases, ordersSlots, ordersUp,
                   ordersAcked, ordersSeen, stores>>

SendRow(s) ==
    /\ Importer!At(s, "SendRow")
    /\ RowLeaves(s)
    /\ GoesOn(s, "SendRow", Importer!Nothing)

\* The row is gone. To delete a row that another poll has deleted is no error.
RowIsDeleted(s) ==
    /\ rows' = [n \in DOMAIN rows \ {Number(s)} |-> rows[n]]
    /\ UNCHANGED <<importerSeen, theOrders, order>>

DeleteRow(s) ==
    /\ Importer!At(s, "DeleteRow")
    /\ RowIsDeleted(s)
    /\ GoesOn(s, "DeleteRow", Importer!Nothing)

-----------------------------------------------------------------------------
(* Orders, step by step *)

OrdersReceives ==
    /\ Orders!MayTake
    /\ \E m \in BagToSet(ordersIncoming) : Orders!Takes(m, "LoadOrder", TRUE)
    /\ UNCHANGED <<importer, stores>>

LoadOrder(s) ==
    /\ Orders!At(s, "LoadOrder")
    /\ Orders!Proceeds(s, IF Recognises(order, ordersSlots[s].message)
                          THEN "AckRow" ELSE "SaveOrder",
                       [order |-> order])
    /\ UNCHANGED <<ordersSeen, importer, stores>>

SaveOrder(s) ==
    LET m == ordersSlots[s].message
        new == [version |-> order.version + 1, lines |-> Append(order.lines, m)]
    IN
    /\ Orders!At(s, "SaveOrder")
    /\ IF ordersSlots[s].order.version = order.version
       THEN /\ order' = new
            /\ ordersHist' = Append(ordersHist, m)
            /\ Orders!Proceeds(s, "AckRow", [order |-> new])
       ELSE Orders!GivesBack(s) /\ UNCHANGED <<ordersHist, order>>
    /\ UNCHANGED <<ordersSent, ordersFresh, importer, rows>>

AckRow(s) ==
    /\ Orders!At(s, "AckRow")
    /\ Orders!Acknowledges(s)
    /\ UNCHANGED <<ordersSeen, importer, stores>>

-----------------------------------------------------------------------------
(* The environment *)

OrdersCrashes == Orders!Crashes /\ UNCHANGED <<importer, stores>>
OrdersRecovers == Orders!Recovers /\ UNCHANGED <<importer, stores>>
OrdersMessageDuplicated == Orders!Duplicates /\ UNCHANGED <<importer, stores>>
OrdersLeaseExpires(s) == Orders!LeaseExpiresOf(s) /\ UNCHANGED <<importer, stores>>
ImporterCrashes == Importer!Crashes /\ UNCHANGED <<theOrders, stores>>
ImporterRecovers == Importer!Recovers /\ UNCHANGED <<theOrders, stores>>

\* The broker does not take the row, or the database does not delete it.
ImporterCallFails(s) ==
    /\ Importer!At(s, "SendRow") \/ Importer!At(s, "DeleteRow")
    /\ budget.fail > 0
    /\ Importer!GivesUp(s)
    /\ Importer!Spends("fail")
    /\ UNCHANGED <<importerSeen, theOrders, stores>>

\* The broker or the database does it, but the importer gets no answer.
ImporterAnswerLost(s) ==
    /\ budget.unknown > 0
    /\ \/ Importer!At(s, "SendRow") /\ RowLeaves(s)
       \/ Importer!At(s, "DeleteRow") /\ RowIsDeleted(s)
    /\ Importer!GivesUp(s)
    /\ Importer!Spends("unknown")

Next ==
    \/ ImporterWakes
    \/ \E s \in ImporterSlots : ReadRows(s)
    \/ \E s \in ImporterSlots : SendRow(s)
    \/ \E s \in ImporterSlots : DeleteRow(s)
    \/ OrdersReceives
    \/ \E s \in OrdersSlots : LoadOrder(s)
    \/ \E s \in OrdersSlots : SaveOrder(s)
    \/ \E s \in OrdersSlots : AckRow(s)
    \/ OrdersRecovers
    \/ ImporterRecovers
    \/ OrdersCrashes
    \/ ImporterCrashes
    \/ OrdersMessageDuplicated
    \/ \E s \in OrdersSlots : OrdersLeaseExpires(s)
    \/ \E s \in ImporterSlots : ImporterCallFails(s)
    \/ \E s \in ImporterSlots : ImporterAnswerLost(s)

Fairness ==
    /\ WF_vars(ImporterWakes) /\ WF_vars(ImporterRecovers)
    /\ WF_vars(OrdersReceives) /\ WF_vars(OrdersRecovers)
    /\ \A s \in ImporterSlots :
        WF_vars(ReadRows(s)) /\ WF_vars(SendRow(s)) /\ WF_vars(DeleteRow(s))
    /\ \A s \in OrdersSlots :
        WF_vars(LoadOrder(s)) /\ WF_vars(SaveOrder(s)) /\ WF_vars(AckRow(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

\* No row is left in the table either.
AtRest ==
    /\ Orders!EndpointAtRest
    /\ Importer!EndpointAtRest
    /\ rows = <<>>

AllSlotsBusy == Orders!Free = {} /\ Importer!Free = {}
AllDone == AtRest /\ Messages \subseteq ordersAcked

EveryRowImported == AtRest => \A m \in Messages : m \in Orders!Range(order.lines)

NoDoubleEffect == Orders!NoDoubleEffect /\ Importer!NoDoubleEffect
ExactlyOnceEquivalent == Orders!EachOnce(order.lines, AtRest)

Settles == <>[]AtRest

=============================================================================
