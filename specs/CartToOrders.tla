---------------------------- MODULE CartToOrders ----------------------------
(***************************************************************************)
(* A click becomes an order by way of the shop's own queue.                *)
(*                                                                         *)
(* A request to the shop sends a command to the shop's own queue; the      *)
(* command saves the cart and sends CreateOrder to the endpoint Orders.    *)
(* Both endpoints crash, each by itself, and take up again what was not    *)
(* acknowledged. A request that dies with its handler is gone. The         *)
(* variants are the ways people write this; `own-queue` is right.          *)
(*                                                                         *)
(* Source: the workshop's exercises on the boundary between synchronous    *)
(* and asynchronous; the local command of its exercises 8 and 14.          *)
(* Left out: what is in the cart, and how the user learns of the order.    *)
(***************************************************************************)
EXTENDS Browser

CONSTANTS
    Variant,        \* which handlers
    Tabs,           \* tabs in which the user clicks at the start
    Clicks,         \* how often the user clicks again while an answer is missing
    ShopSlots,      \* how many messages the shop handles at a time: 1..k
    OrdersSlots,    \* how many messages Orders handles at a time: 1..k
    Budget          \* how often each fault may happen

VARIABLES
    shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopHist, shopSent,
    shopFresh,      \* the shop's own variables, as in Endpoint
    ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked, ordersHist,
    ordersSent,
    ordersFresh,    \* those of Orders
    budget,         \* faults that may still happen, to either of them
    cart,           \* the one cart: is it submitted?
    orders          \* cart |-> how many orders were made of it

Request == [type |-> "Submit", cart |-> 1]
Command == [type |-> "SubmitCart", cart |-> 1]
CreateOrder == [type |-> "CreateOrder", cart |-> 1]

Shop == INSTANCE Participant WITH
    Messages <- {Request}, Slots <- ShopSlots,
    incoming <- shopIncoming, leases <- shopLeases, slots <- shopSlots,
    up <- shopUp, acked <- shopAcked, hist <- shopHist, sent <- shopSent,
    fresh <- shopFresh
Orders == INSTANCE Participant WITH
    Messages <- {CreateOrder}, Slots <- OrdersSlots,
    incoming <- ordersIncoming, leases <- ordersLeases, slots <- ordersSlots,
    up <- ordersUp, acked <- ordersAcked, hist <- ordersHist,
    sent <- ordersSent, fresh <- ordersFresh

shopSeen == <<shopHist, shopSent, shopFresh>>
shop == <<shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopSeen>>
ordersSeen == <<ordersHist, ordersSent, ordersFresh>>
theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked,
               ordersSeen>>
elsewhere == <<cart, orders, user>>
vars == <<shop, theOrders, budget, elsewhere>>

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.submitted \in BOOLEAN
    /\ orders[1].made \in Nat
    /\ BrowserTypeOK({"Accepted"}, Tabs, Clicks)

Init ==
    /\ Shop!EndpointInit(Shop!CopiesOf(Tabs))
    /\ Orders!EndpointInit(EmptyBag)
    /\ cart = [version |-> 0, submitted |-> FALSE]
    /\ orders = <<[version |-> 0, made |-> 0]>>
    /\ BrowserInit(Tabs, Clicks)

-----------------------------------------------------------------------------
(* The variants: which step follows which. c is the cart as the handler    *)
(* knows it, o the orders of it. "End": the handler is done.               *)

\* What a request does.
Accept ==
    [ShopReceives  |-> "SendCommand",
     SendCommand   |-> "ReplyAccepted",
     ReplyAccepted |-> "End"]

AnswerFirst ==
    [ShopReceives  |-> "ReplyAccepted",
     ReplyAccepted |-> "SendCommand",
     SendCommand   |-> "End"]

Direct(c) ==
    [ShopReceives    |-> "LoadCart",
     LoadCart        |-> IF c.submitted THEN "ReplyAccepted" ELSE "SaveCart",
     SaveCart        |-> "SendCreateOrder",
     SendCreateOrder |-> "ReplyAccepted",
     ReplyAccepted   |-> "End"]

\* What a command does.
OwnQueue(c) ==
    [ShopReceives    |-> "LoadCart",
     LoadCart        |-> IF c.submitted THEN "SendCreateOrder" ELSE "SaveCart",
     SaveCart        |-> "SendCreateOrder",
     SendCreateOrder |-> "AckCommand"]

RejectSubmitted(c) ==
    [OwnQueue(c) EXCEPT !.LoadCart =
        IF c.submitted THEN "GiveBack" ELSE "SaveCart"]

ReturnEarly(c) ==
    [OwnQueue(c) EXCEPT !.LoadCart =
        IF c.submitted THEN "AckCommand" ELSE "SaveCart"]

SendFirst(c) ==
    [ShopReceives    |-> "LoadCart",
     LoadCart        |-> "SendCreateOrder",
     SendCreateOrder |-> IF c.submitted THEN "AckCommand" ELSE "SaveCart",
     SaveCart        |-> "AckCommand"]

RequestSteps(c) ==
    CASE Variant = "direct"       -> Direct(c)
      [] Variant = "answer-first" -> AnswerFirst
      [] OTHER                    -> Accept

CommandSteps(c) ==
    CASE Variant = "reject-submitted" -> RejectSubmitted(c)
      [] Variant = "return-early"     -> ReturnEarly(c)
      [] Variant = "send-first"       -> SendFirst(c)
      [] OTHER                        -> OwnQueue(c)

ShopSteps(m, c) == IF m = Request THEN RequestSteps(c) ELSE CommandSteps(c)

\* What Orders does with a CreateOrder.
MakeOnce(o) ==
    [LoadOrder |-> IF o.made = 0 THEN "MakeOrder" ELSE "AckOrder",
     MakeOrder |-> "AckOrder"]

NoDeduplication ==
    [LoadOrder |-> "MakeOrder",
     MakeOrder |-> "AckOrder"]

OrdersSteps(o) ==
    IF Variant = "no-deduplication" THEN NoDeduplication ELSE MakeOnce(o)

-----------------------------------------------------------------------------
(* The shop, step by step *)

\* What slot s does after `step`, by its copy of the cart, or the cart.
Then(s, step) ==
    ShopSteps(shopSlots[s].message, Shop!Recalled(s, "cart", cart))[step]

ShopReceives ==
    /\ Shop!MayTake
    /\ \E m \in BagToSet(shopIncoming) :
         Shop!Takes(m, ShopSteps(m, cart).ShopReceives, m # Request)
    /\ UNCHANGED <<theOrders, elsewhere>>

\* The command goes into the shop's own queue, and slot s on to `next`.
CommandLeaves(s, next) ==
    /\ Shop!SendsHere(s, next, Command)
    /\ Shop!Emits(shopSlots[s].message, "SubmitCart", Command, 0)
    /\ UNCHANGED <<shopHist, shopFresh, theOrders, elsewhere>>

SendCommand(s) ==
    /\ Shop!At(s, "SendCommand")
    /\ CommandLeaves(s, Then(s, "SendCommand"))
    /\ UNCHANGED budget

ReplyAccepted(s) ==
    /\ Shop!At(s, "ReplyAccepted")
    /\ Shop!Answers(s, Then(s, "ReplyAccepted"))
    /\ RepliesWith("Accepted")
    /\ UNCHANGED <<theOrders, cart, orders>>

LoadCart(s) ==
    /\ Shop!At(s, "LoadCart")
    /\ Shop!Proceeds(s, Then(s, "LoadCart"), [cart |-> cart])
    /\ UNCHANGED <<shopSeen, theOrders, elsewhere>>

SaveCart(s) ==
    /\ Shop!At(s, "SaveCart")
    /\ LET new == [shopSlots[s].cart EXCEPT !.submitted = TRUE] IN
       /\ Shop!Commits(s, "cart", cart, new, {"submitted"}, Then(s, "SaveCart"))
       /\ cart' = Shop!Committed(s, "cart", cart, new)
    /\ UNCHANGED <<shopSent, shopFresh, theOrders, orders, user>>

\* CreateOrder is in the queue of Orders. It reports the change of the cart.
CreateOrderLeaves(s) ==
    /\ Orders!Arrives(CreateOrder)
    /\ Shop!Emits(shopSlots[s].message, "CreateOrder", CreateOrder, 1)
    /\ UNCHANGED <<shopHist, shopFresh, elsewhere>>

SendCreateOrder(s) ==
    /\ Shop!At(s, "SendCreateOrder")
    /\ Shop!Proceeds(s, Then(s, "SendCreateOrder"), Shop!Nothing)
    /\ CreateOrderLeaves(s)

AckCommand(s) ==
    /\ Shop!At(s, "AckCommand")
    /\ Shop!Acknowledges(s)
    /\ UNCHANGED <<shopSeen, theOrders, elsewhere>>

-----------------------------------------------------------------------------
(* Orders, step by step *)

OrdersReceives ==
    /\ Orders!Receives("LoadOrder", TRUE)
    /\ UNCHANGED <<shop, elsewhere>>

LoadOrder(s) ==
    /\ Orders!At(s, "LoadOrder")
    /\ Orders!Proceeds(s, OrdersSteps(orders[1]).LoadOrder, [orders |-> orders[1]])
    /\ UNCHANGED <<shop, ordersSeen, elsewhere>>

MakeOrder(s) ==
    /\ Orders!At(s, "MakeOrder")
    /\ LET made == ordersSlots[s].orders.made + 1
           new == [ordersSlots[s].orders EXCEPT !.made = made] IN
       /\ Orders!Commits(s, "orders", orders[1], new, {"made"}, "AckOrder")
       /\ orders' = <<Orders!Committed(s, "orders", orders[1], new)>>
    /\ UNCHANGED <<shop, ordersSent, ordersFresh, cart, user>>

AckOrder(s) ==
    /\ Orders!At(s, "AckOrder")
    /\ Orders!Acknowledges(s)
    /\ UNCHANGED <<shop, ordersSeen, elsewhere>>

-----------------------------------------------------------------------------
(* The user *)

ReplyArrives == HearsReply /\ UNCHANGED <<shop, theOrders, budget, cart, orders>>

AskAgain ==
    /\ ClicksAgain
    /\ Shop!Arrives(Request)
    /\ UNCHANGED <<theOrders, budget, cart, orders>>

-----------------------------------------------------------------------------
(* The environment *)

ShopCrashes == Shop!Crashes /\ UNCHANGED <<theOrders, elsewhere>>
ShopRecovers == Shop!Recovers /\ UNCHANGED <<theOrders, elsewhere>>
ShopMessageDuplicated == Shop!Duplicates /\ UNCHANGED <<theOrders, elsewhere>>
ShopLeaseExpires(s) == Shop!LeaseExpiresOf(s) /\ UNCHANGED <<theOrders, elsewhere>>
OrdersCrashes == Orders!Crashes /\ UNCHANGED <<shop, elsewhere>>
OrdersRecovers == Orders!Recovers /\ UNCHANGED <<shop, elsewhere>>
OrdersMessageDuplicated == Orders!Duplicates /\ UNCHANGED <<shop, elsewhere>>
OrdersLeaseExpires(s) == Orders!LeaseExpiresOf(s) /\ UNCHANGED <<shop, elsewhere>>

\* The broker does not take what the shop sends.
ShopCallFails(s) ==
    /\ \E step \in {"SendCommand", "SendCreateOrder"} : Shop!CallEnds(s, step, "fail")
    /\ UNCHANGED <<shopSeen, theOrders, elsewhere>>

\* The broker takes it, and the shop does not hear of it.
ShopAnswerLost(s) ==
    \/ /\ Shop!At(s, "SendCommand")
       /\ budget.unknown > 0
       /\ CommandLeaves(s, "End")
       /\ Shop!Spends("unknown")
    \/ /\ Shop!CallEnds(s, "SendCreateOrder", "unknown")
       /\ CreateOrderLeaves(s)

Next ==
    \/ ShopReceives
    \/ \E s \in ShopSlots : SendCommand(s)
    \/ \E s \in ShopSlots : ReplyAccepted(s)
    \/ \E s \in ShopSlots : LoadCart(s)
    \/ \E s \in ShopSlots : SaveCart(s)
    \/ \E s \in ShopSlots : SendCreateOrder(s)
    \/ \E s \in ShopSlots : AckCommand(s)
    \/ OrdersReceives
    \/ \E s \in OrdersSlots : LoadOrder(s)
    \/ \E s \in OrdersSlots : MakeOrder(s)
    \/ \E s \in OrdersSlots : AckOrder(s)
    \/ ReplyArrives
    \/ AskAgain
    \/ ShopRecovers
    \/ OrdersRecovers
    \/ ShopCrashes
    \/ OrdersCrashes
    \/ ShopMessageDuplicated
    \/ OrdersMessageDuplicated
    \/ \E s \in ShopSlots : ShopLeaseExpires(s)
    \/ \E s \in OrdersSlots : OrdersLeaseExpires(s)
    \/ \E s \in ShopSlots : ShopCallFails(s)
    \/ \E s \in ShopSlots : ShopAnswerLost(s)

\* None on faults, and none on AskAgain: a user may well give up.
Fairness ==
    /\ WF_vars(ShopReceives) /\ WF_vars(ShopRecovers)
    /\ WF_vars(OrdersReceives) /\ WF_vars(OrdersRecovers)
    /\ WF_vars(ReplyArrives)
    /\ \A s \in ShopSlots :
        /\ WF_vars(SendCommand(s)) /\ WF_vars(ReplyAccepted(s))
        /\ WF_vars(LoadCart(s)) /\ WF_vars(SaveCart(s))
        /\ WF_vars(SendCreateOrder(s)) /\ WF_vars(AckCommand(s))
    /\ \A s \in OrdersSlots :
        /\ WF_vars(LoadOrder(s)) /\ WF_vars(MakeOrder(s)) /\ WF_vars(AckOrder(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest == Shop!EndpointAtRest /\ Orders!EndpointAtRest /\ replies = EmptyBag

AllSlotsBusy == Shop!Free = {} /\ Orders!Free = {}
AllDone == AtRest /\ Request \in shopAcked

AtMostOneOrder == orders[1].made <= 1

Ordered == orders[1].made > 0
IntentHonoured == AtRest => Ordered
SubmittedImpliesOrder == (AtRest /\ cart.submitted) => Ordered
Answered == AtRest /\ budget = Budget => AllAnswered({Request}, shopAcked, ShopSlots)
ToldTheTruth == (AtRest /\ Request \in shopAcked) => Ordered

NoDoubleEffect == Shop!NoDoubleEffect /\ Orders!NoDoubleEffect
NoGhostEver == Shop!NoGhostEver /\ Orders!NoGhostEver
NoGhostAtRest == AtRest => NoGhostEver
ConsistentOutput == Shop!ConsistentOutput /\ Orders!ConsistentOutput

Settles == <>[]AtRest

=============================================================================
