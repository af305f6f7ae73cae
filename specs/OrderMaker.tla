----------------------------- MODULE OrderMaker -----------------------------
(***************************************************************************)
(* Orders, the endpoint that makes an order of each CreateOrder which the  *)
(* shop sends. It keeps how many orders it has made of the cart, and makes *)
(* one only once, except in the variant `no-deduplication`.                *)
(***************************************************************************)
EXTENDS ShopEndpoint

CONSTANT
    OrdersSlots     \* how many messages Orders handles at a time: 1..k

VARIABLES
    ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked, ordersHist,
    ordersSent,
    ordersFresh,    \* the variables of Orders, as in Endpoint
    orders          \* cart |-> how many orders were made of it

CreateOrder == [type |-> "CreateOrder", cart |-> 1]

Orders == INSTANCE Participant WITH
    Messages <- {CreateOrder}, Slots <- OrdersSlots,
    incoming <- ordersIncoming, leases <- ordersLeases, slots <- ordersSlots,
    up <- ordersUp, acked <- ordersAcked, hist <- ordersHist,
    sent <- ordersSent, fresh <- ordersFresh

ordersSeen == <<ordersHist, ordersSent, ordersFresh>>
theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked,
               ordersSeen>>

OrdersInit ==
    /\ Orders!EndpointInit(EmptyBag)
    /\ orders = <<[version |-> 0, made |-> 0]>>

Ordered == orders[1].made > 0

\* CreateOrder, sent by slot s of the shop, is in the queue of Orders. It reports
\* the shop's only change.
CreateOrderLeaves(s) ==
    /\ Orders!Arrives(CreateOrder)
    /\ Shop!Emits(shopSlots[s].message, "CreateOrder", CreateOrder, 1)
    /\ UNCHANGED <<shopHist, shopFresh, orders>>

OrdersTakes == Orders!Receives("LoadOrder", TRUE) /\ UNCHANGED orders

LoadsOrder(s) ==
    /\ Orders!At(s, "LoadOrder")
    /\ LET isNew == orders[1].made = 0 \/ Variant = "no-deduplication" IN
       Orders!Proceeds(s, IF isNew THEN "MakeOrder" ELSE "AckOrder",
                       [orders |-> orders[1]])
    /\ UNCHANGED <<ordersSeen, orders>>

MakesOrder(s) ==
    /\ Orders!At(s, "MakeOrder")
    /\ LET made == ordersSlots[s].orders.made + 1
           new == [ordersSlots[s].orders EXCEPT !.made = made] IN
       /\ Orders!Commits(s, "orders", orders[1], new, {"made"}, "AckOrder")
       /\ orders' = <<Orders!Committed(s, "orders", orders[1], new)>>
    /\ UNCHANGED <<ordersSent, ordersFresh>>

AcksOrder(s) ==
    /\ Orders!At(s, "AckOrder")
    /\ Orders!Acknowledges(s)
    /\ UNCHANGED <<ordersSeen, orders>>

=============================================================================
