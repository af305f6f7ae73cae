---------------------------- MODULE PollingRelay ----------------------------
(***************************************************************************)
(* A relay polls the rows of an outbox table, in the order of a number.    *)
(*                                                                         *)
(* Orders takes a number from a sequence and later commits the order and   *)
(* its row, in one transaction. So a row with a lower number may become    *)
(* visible after one with a higher number. The relay wakes up as long as   *)
(* there is a row for it, publishes it and keeps in a cursor how far it    *)
(* has come. The variants are the ways to do that; `gap-aware` is right.   *)
(*                                                                         *)
(* Source: incidents reported for message libraries with an outbox table.  *)
(* Left out: several relays at a time, and deleting rows.                  *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,        \* which relay
    Messages,       \* orders to place: 1..n
    Copies,         \* copies of each that wait at the start
    OrdersSlots,    \* how many Orders places at a time: 1..k
    Budget          \* how often each fault may happen

VARIABLES
    ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked, ordersHist,
    ordersSent,
    ordersFresh,    \* the variables of Orders, as in Endpoint
    relayIncoming, relayLeases, relaySlots, relayUp, relayAcked, relayHist,
    relaySent,
    relayFresh,     \* those of the relay, which has no queue and one slot
    budget,         \* faults that may still happen, to either of them
    numbers,        \* the sequence: the last number that was taken
    placed,         \* message |-> the number of the row of its order
    rows,           \* number |-> the order that the row tells of
    cursor          \* how far the relay has come

RelaySlots == {1}

Orders == INSTANCE Participant WITH
    Slots <- OrdersSlots,
    incoming <- ordersIncoming, leases <- ordersLeases, slots <- ordersSlots,
    up <- ordersUp, acked <- ordersAcked, hist <- ordersHist,
    sent <- ordersSent, fresh <- ordersFresh
Relay == INSTANCE Participant WITH
    Messages <- {}, Slots <- RelaySlots,
    incoming <- relayIncoming, leases <- relayLeases, slots <- relaySlots,
    up <- relayUp, acked <- relayAcked, hist <- relayHist,
    sent <- relaySent, fresh <- relayFresh

ordersSeen == <<ordersHist, ordersSent, ordersFresh>>
theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked,
               ordersSeen>>
relaySeen == <<relayHist, relaySent, relayFresh>>
relay == <<relayIncoming, relayLeases, relaySlots, relayUp, relayAcked, relaySeen>>
stores == <<numbers, placed, rows, cursor>>
vars == <<theOrders, relay, budget, stores>>

TypeOK ==
    /\ numbers.last \in Nat
    /\ DOMAIN placed \subseteq Messages
    /\ \A n \in DOMAIN rows : n \in 1..numbers.last /\ rows[n].order \in Messages
    /\ cursor.last \in 0..numbers.last
    /\ cursor.ahead \subseteq 1..numbers.last

Init ==
    /\ Orders!EndpointInit(Orders!CopiesOf(Copies))
    /\ Relay!EndpointInit(EmptyBag)
    /\ numbers = [version |-> 0, last |-> 0]
    /\ placed = <<>>
    /\ rows = <<>>
    /\ cursor = [version |-> 0, last |-> 0, ahead |-> {}]

-----------------------------------------------------------------------------
(* The variants: which rows a relay takes for the next one, given cursor c *)
(* and the rows r; which step follows which; and where the cursor moves.   *)

Wanted(c, r) ==
    CASE Variant = "naive-cursor"  -> {n \in DOMAIN r : n > c.last}
      [] Variant = "wait-for-gaps" -> {n \in DOMAIN r : n = c.last + 1}
      [] Variant \in {"move-first", "gap-aware"} ->
             {n \in DOMAIN r : n > c.last /\ n \notin c.ahead}

Lowest(set) == CHOOSE n \in set : \A k \in set : n <= k

PublishFirst ==
    [ReadRows   |-> "Publish",
     Publish    |-> "MoveCursor",
     MoveCursor |-> "End"]

MoveFirst ==
    [ReadRows   |-> "MoveCursor",
     MoveCursor |-> "Publish",
     Publish    |-> "End"]

Then(step) == IF Variant = "move-first" THEN MoveFirst[step] ELSE PublishFirst[step]

\* The cursor after row n: at n, or up to the next gap.
Passed(c, n) ==
    LET done == (1..c.last) \cup c.ahead \cup {n}
        last == CHOOSE k \in 0..(n + Cardinality(done)) :
                    1..k \subseteq done /\ k + 1 \notin done
    IN  IF Variant \in {"naive-cursor", "wait-for-gaps"}
        THEN [c EXCEPT !.last = n]
        ELSE [c EXCEPT !.last = last, !.ahead = done \ (1..last)]

-----------------------------------------------------------------------------
(* Orders, step by step *)

Message(s) == ordersSlots[s].message

OrdersReceives == Orders!Receives("LoadOrder", TRUE) /\ UNCHANGED <<relay, stores>>

LoadOrder(s) ==
    /\ Orders!At(s, "LoadOrder")
    /\ IF Message(s) \in DOMAIN placed
       THEN Orders!Proceeds(s, "Ack", [placed |-> placed[Message(s)]])
       ELSE Orders!Proceeds(s, "TakeNumber", Orders!Nothing)
    /\ UNCHANGED <<ordersSeen, relay, stores>>

\* The number stays taken even if the handler fails later.
TakeNumber(s) ==
    LET n == numbers.last + 1 IN
    /\ Orders!At(s, "TakeNumber")
    /\ numbers' = [version |-> numbers.version + 1, last |-> n]
    /\ Orders!Proceeds(s, "Save", [number |-> n])
    /\ UNCHANGED <<ordersSeen, relay, placed, rows, cursor>>

\* One transaction: the order, if it is not placed yet, and its row.
Save(s) ==
    LET m == Message(s)
        n == ordersSlots[s].number
        order == [version |-> 1, number |-> n]
        row == [version |-> 1, order |-> m]
    IN
    /\ Orders!At(s, "Save")
    /\ IF m \notin DOMAIN placed
       THEN /\ placed' = (m :> order) @@ placed
            /\ rows' = (n :> row) @@ rows
            /\ ordersHist' = Append(ordersHist, m)
            /\ Orders!Proceeds(s, "Ack", [placed |-> order, rows |-> row])
       ELSE Orders!GivesBack(s) /\ UNCHANGED <<ordersHist, placed, rows>>
    /\ UNCHANGED <<ordersSent, ordersFresh, relay, numbers, cursor>>

Ack(s) ==
    /\ Orders!At(s, "Ack")
    /\ Orders!Acknowledges(s)
    /\ UNCHANGED <<ordersSeen, relay, stores>>

-----------------------------------------------------------------------------
(* The relay, step by step *)

RelayWakes ==
    /\ Relay!MayTake
    /\ Wanted(cursor, rows) # {}
    /\ Relay!Wakes("LoadCursor")
    /\ UNCHANGED <<theOrders, stores>>

LoadCursor(s) ==
    /\ Relay!At(s, "LoadCursor")
    /\ Relay!Proceeds(s, "ReadRows", [cursor |-> cursor])
    /\ UNCHANGED <<relaySeen, theOrders, stores>>

ReadRows(s) ==
    /\ Relay!At(s, "ReadRows")
    /\ Relay!Proceeds(s, Then("ReadRows"), [rows |-> rows])
    /\ UNCHANGED <<relaySeen, theOrders, stores>>

\* The row that slot s publishes. Once it has moved its cursor it remembers it.
Number(s) ==
    IF "number" \in DOMAIN relaySlots[s] THEN relaySlots[s].number
    ELSE Lowest(Wanted(relaySlots[s].cursor, relaySlots[s].rows))

Publish(s) ==
    LET n == Number(s)
        order == relaySlots[s].rows[n].order
    IN
    /\ Relay!At(s, "Publish")
    /\ Relay!Emits(order, "OrderPlaced", [order |-> order, number |-> n], 0)
    /\ Relay!Proceeds(s, Then("Publish"), Relay!Nothing)
    /\ UNCHANGED <<relayHist, relayFresh, theOrders, stores>>

MoveCursor(s) ==
    LET n == Number(s)
        new == [Passed(relaySlots[s].cursor, n)
                    EXCEPT !.version = cursor.version + 1]
    IN
    /\ Relay!At(s, "MoveCursor")
    /\ cursor' = new
    /\ Relay!Proceeds(s, Then("MoveCursor"), [cursor |-> new, number |-> n])
    /\ UNCHANGED <<relaySeen, theOrders, numbers, placed, rows>>

-----------------------------------------------------------------------------
(* The environment *)

OrdersCrashes == Orders!Crashes /\ UNCHANGED <<relay, stores>>
OrdersRecovers == Orders!Recovers /\ UNCHANGED <<relay, stores>>
OrdersMessageDuplicated == Orders!Duplicates /\ UNCHANGED <<relay, stores>>
OrdersLeaseExpires(s) == Orders!LeaseExpiresOf(s) /\ UNCHANGED <<relay, stores>>
RelayCrashes == Relay!Crashes /\ UNCHANGED <<theOrders, stores>>
RelayRecovers == Relay!Recovers /\ UNCHANGED <<theOrders, stores>>

Next ==
    \/ OrdersReceives
    \/ \E s \in OrdersSlots : LoadOrder(s)
    \/ \E s \in OrdersSlots : TakeNumber(s)
    \/ \E s \in OrdersSlots : Save(s)
    \/ \E s \in OrdersSlots : Ack(s)
    \/ RelayWakes
    \/ \E s \in RelaySlots : LoadCursor(s)
    \/ \E s \in RelaySlots : ReadRows(s)
    \/ \E s \in RelaySlots : Publish(s)
    \/ \E s \in RelaySlots : MoveCursor(s)
    \/ OrdersRecovers
    \/ RelayRecovers
    \/ OrdersCrashes
    \/ RelayCrashes
    \/ OrdersMessageDuplicated
    \/ \E s \in OrdersSlots : OrdersLeaseExpires(s)

Fairness ==
    /\ WF_vars(OrdersReceives) /\ WF_vars(OrdersRecovers)
    /\ WF_vars(RelayWakes) /\ WF_vars(RelayRecovers)
    /\ \A s \in OrdersSlots :
        /\ WF_vars(LoadOrder(s)) /\ WF_vars(TakeNumber(s))
        /\ WF_vars(Save(s)) /\ WF_vars(Ack(s))
    /\ \A s \in RelaySlots :
        /\ WF_vars(LoadCursor(s)) /\ WF_vars(ReadRows(s))
        /\ WF_vars(Publish(s)) /\ WF_vars(MoveCursor(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

\* There is no row left for the relay either.
AtRest ==
    Orders!EndpointAtRest /\ Relay!EndpointAtRest /\ Wanted(cursor, rows) = {}

AllSlotsBusy == Orders!Free = {} /\ Relay!Free = {}
AllDone == AtRest /\ Messages \subseteq ordersAcked

EveryOrderRelayed ==
    AtRest => \A n \in DOMAIN rows : \E e \in relaySent : e.cause = rows[n].order

NoDoubleEffect == Orders!NoDoubleEffect /\ Relay!NoDoubleEffect
ConsistentOutput == Orders!ConsistentOutput /\ Relay!ConsistentOutput

Settles == <>[]AtRest

=============================================================================
