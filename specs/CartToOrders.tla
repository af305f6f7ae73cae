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
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

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
    orders,         \* cart |-> how many orders were made of it
    replies,        \* bag of replies on their way to the browser
    browser         \* tabs that wait for a reply, clicks that are left

Carts == {1}
Request(c) == [type |-> "Submit", cart |-> c]
Command(c) == [type |-> "SubmitCart", cart |-> c]
CreateOrder(c) == [type |-> "CreateOrder", cart |-> c]
Requests == {Request(c) : c \in Carts}

Shop == INSTANCE Guarantees WITH
    Messages <- Requests, Slots <- ShopSlots,
    incoming <- shopIncoming, leases <- shopLeases, slots <- shopSlots,
    up <- shopUp, acked <- shopAcked, hist <- shopHist, sent <- shopSent,
    fresh <- shopFresh
Orders == INSTANCE Guarantees WITH
    Messages <- {CreateOrder(c) : c \in Carts}, Slots <- OrdersSlots,
    incoming <- ordersIncoming, leases <- ordersLeases, slots <- ordersSlots,
    up <- ordersUp, acked <- ordersAcked, hist <- ordersHist,
    sent <- ordersSent, fresh <- ordersFresh

shop == <<shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopHist,
          shopSent, shopFresh>>
theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp,
               ordersAcked, ordersHist, ordersSent, ordersFresh>>
user == <<replies, browser>>
vars == <<shop, theOrders, budget, cart, orders, user>>

\* What a step of the shop leaves alone: a tuple of this module's variables,
\* since TLC cannot see through that of an instance.
shopSeen == <<shopHist, shopSent, shopFresh>>
ordersSeen == <<ordersHist, ordersSent, ordersFresh>>

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.submitted \in BOOLEAN
    /\ \A c \in Carts : orders[c].made \in Nat
    /\ BagToSet(replies) \subseteq {"Accepted"}
    /\ browser.waiting \in 0..Tabs
    /\ browser.clicks \in 0..Clicks

Init ==
    /\ Shop!EndpointInit(Shop!CopiesOf(Tabs))
    /\ Orders!EndpointInit(EmptyBag)
    /\ cart = [version |-> 0, submitted |-> FALSE]
    /\ orders = [c \in Carts |-> [version |-> 0, made |-> 0]]
    /\ replies = EmptyBag
    /\ browser = [waiting |-> Tabs, clicks |-> Clicks]

-----------------------------------------------------------------------------
(* The variants: which step follows which. c is the cart as the handler    *)
(* knows it, o the orders of it. "End" is no step: the handler is done.    *)

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

ShopSteps(m, c) ==
    CASE m \in Requests /\ Variant = "direct"       -> Direct(c)
      [] m \in Requests /\ Variant = "answer-first" -> AnswerFirst
      [] m \in Requests /\ Variant \notin {"direct", "answer-first"} -> Accept
      [] m \notin Requests /\ Variant = "reject-submitted" -> RejectSubmitted(c)
      [] m \notin Requests /\ Variant = "return-early"     -> ReturnEarly(c)
      [] m \notin Requests /\ Variant = "send-first"       -> SendFirst(c)
      [] OTHER                                             -> OwnQueue(c)

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

\* What slot s works on, and the cart as it knows it.
Cart(s) == shopSlots[s].message.cart
Known(s) == IF "cart" \in DOMAIN shopSlots[s] THEN shopSlots[s].cart ELSE cart

\* What slot s does after `step`, and the slots then.
Then(s, step) == ShopSteps(shopSlots[s].message, Known(s))[step]
SlotsAfter(s, step) ==
    [shopSlots EXCEPT ![s] = IF Then(s, step) = "End" THEN Shop!Idle
                             ELSE [shopSlots[s] EXCEPT !.at = Then(s, step)]]

\* A message leaves slot s: which output, what it is, what change it reports.
Sends(s, output, message, basis) ==
    shopSent' = shopSent \cup {[cause |-> shopSlots[s].message,
        output |-> output, message |-> message, basis |-> basis]}

ShopReceives ==
    /\ Shop!MayTake
    /\ \E m \in BagToSet(shopIncoming) :
         Shop!Takes(m, ShopSteps(m, cart).ShopReceives, m \notin Requests)
    /\ UNCHANGED <<theOrders, cart, orders, user>>

\* The command is in the shop's own queue.
CommandLeaves(s) ==
    /\ shopIncoming' = shopIncoming (+) Shop!One(Command(Cart(s)))
    /\ Sends(s, "SubmitCart", Command(Cart(s)), 0)
    /\ UNCHANGED <<shopLeases, shopUp, shopAcked, shopHist, shopFresh,
                   theOrders, cart, orders, user>>

SendCommand(s) ==
    /\ Shop!At(s, "SendCommand")
    /\ CommandLeaves(s)
    /\ shopSlots' = SlotsAfter(s, "SendCommand")
    /\ UNCHANGED budget

ReplyAccepted(s) ==
    /\ Shop!At(s, "ReplyAccepted")
    /\ replies' = replies (+) Shop!One("Accepted")
    /\ shopAcked' = shopAcked \cup {shopSlots[s].message}
    /\ shopSlots' = SlotsAfter(s, "ReplyAccepted")
    /\ UNCHANGED <<shopIncoming, shopLeases, shopUp, shopSeen, budget,
                   theOrders, cart, orders, browser>>

LoadCart(s) ==
    /\ Shop!At(s, "LoadCart")
    /\ Shop!Proceeds(s, Then(s, "LoadCart"), [cart |-> cart])
    /\ UNCHANGED <<shopSeen, theOrders, cart, orders, user>>

SaveCart(s) ==
    LET new == [submitted |-> TRUE, version |-> cart.version + 1] IN
    /\ Shop!At(s, "SaveCart")
    /\ IF cart.version = shopSlots[s].cart.version
       THEN /\ cart' = new
            /\ shopHist' = Append(shopHist, shopSlots[s].message)
            /\ Shop!Proceeds(s, Then(s, "SaveCart"), [cart |-> new])
       ELSE Shop!GivesBack(s) /\ UNCHANGED <<shopHist, cart>>
    /\ UNCHANGED <<shopSent, shopFresh, theOrders, orders, user>>

\* CreateOrder is in the queue of Orders.
CreateOrderLeaves(s) ==
    /\ ordersIncoming' = ordersIncoming (+) Shop!One(CreateOrder(Cart(s)))
    /\ Sends(s, "CreateOrder", CreateOrder(Cart(s)), 1)
    /\ UNCHANGED <<shopHist, shopFresh, ordersLeases, ordersSlots, ordersUp,
                   ordersAcked, ordersSeen, cart, orders, user>>

SendCreateOrder(s) ==
    /\ Shop!At(s, "SendCreateOrder")
    /\ Shop!Proceeds(s, Then(s, "SendCreateOrder"), Shop!Nothing)
    /\ CreateOrderLeaves(s)

AckCommand(s) ==
    /\ Shop!At(s, "AckCommand")
    /\ Shop!Acknowledges(s)
    /\ UNCHANGED <<shopSeen, theOrders, cart, orders, user>>

-----------------------------------------------------------------------------
(* Orders, step by step *)

OrdersReceives ==
    /\ Orders!MayTake
    /\ \E m \in BagToSet(ordersIncoming) : Orders!Takes(m, "LoadOrder", TRUE)
    /\ UNCHANGED <<shop, cart, orders, user>>

LoadOrder(s) ==
    LET order == orders[ordersSlots[s].message.cart] IN
    /\ Orders!At(s, "LoadOrder")
    /\ Orders!Proceeds(s, OrdersSteps(order).LoadOrder, [orders |-> order])
    /\ UNCHANGED <<shop, ordersSeen, cart, orders, user>>

MakeOrder(s) ==
    LET c == ordersSlots[s].message.cart
        new == [made |-> ordersSlots[s].orders.made + 1,
                version |-> orders[c].version + 1]
    IN
    /\ Orders!At(s, "MakeOrder")
    /\ IF orders[c].version = ordersSlots[s].orders.version
       THEN /\ orders' = [orders EXCEPT ![c] = new]
            /\ ordersHist' = Append(ordersHist, ordersSlots[s].message)
            /\ Orders!Proceeds(s, OrdersSteps(new).MakeOrder, [orders |-> new])
       ELSE Orders!GivesBack(s) /\ UNCHANGED <<ordersHist, orders>>
    /\ UNCHANGED <<shop, ordersSent, ordersFresh, cart, user>>

AckOrder(s) ==
    /\ Orders!At(s, "AckOrder")
    /\ Orders!Acknowledges(s)
    /\ UNCHANGED <<shop, ordersSeen, cart, orders, user>>

-----------------------------------------------------------------------------
(* The user *)

ReplyArrives ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) Shop!One(r)
    /\ browser' = [browser EXCEPT !.waiting = IF @ > 0 THEN @ - 1 ELSE 0]
    /\ UNCHANGED <<shop, theOrders, budget, cart, orders>>

\* The user clicks again, in any tab, as long as an answer is missing.
AskAgain ==
    /\ browser.waiting > 0
    /\ browser.clicks > 0
    /\ browser' = [browser EXCEPT !.clicks = @ - 1]
    /\ \E m \in Requests : shopIncoming' = shopIncoming (+) Shop!One(m)
    /\ UNCHANGED <<shopLeases, shopSlots, shopUp, shopAcked, shopSeen,
                   theOrders, budget, cart, orders, replies>>

-----------------------------------------------------------------------------
(* The environment *)

elsewhere == <<cart, orders, user>>
ShopCrashes == Shop!Crashes /\ UNCHANGED <<theOrders, elsewhere>>
ShopRecovers == Shop!Recovers /\ UNCHANGED <<theOrders, elsewhere>>
ShopMessageDuplicated == Shop!Duplicates /\ UNCHANGED <<theOrders, elsewhere>>
ShopLeaseExpires(s) == Shop!LeaseExpiresOf(s) /\ UNCHANGED <<theOrders, elsewhere>>
OrdersCrashes == Orders!Crashes /\ UNCHANGED <<shop, elsewhere>>
OrdersRecovers == Orders!Recovers /\ UNCHANGED <<shop, elsewhere>>
OrdersMessageDuplicated == Orders!Duplicates /\ UNCHANGED <<shop, elsewhere>>
OrdersLeaseExpires(s) == Orders!LeaseExpiresOf(s) /\ UNCHANGED <<shop, elsewhere>>

Sending(s) == Shop!At(s, "SendCommand") \/ Shop!At(s, "SendCreateOrder")

\* The broker does not take the command.
ShopCallFails(s) ==
    /\ Sending(s)
    /\ budget.fail > 0
    /\ Shop!GivesUp(s)
    /\ Shop!Spends("fail")
    /\ UNCHANGED <<shopSeen, theOrders, elsewhere>>

\* The broker takes the command, and the shop does not hear of it.
ShopAnswerLost(s) ==
    /\ budget.unknown > 0
    /\ Shop!Spends("unknown")
    /\ \/ /\ Shop!At(s, "SendCommand")
          /\ CommandLeaves(s)
          /\ shopSlots' = [shopSlots EXCEPT ![s] = Shop!Idle]
       \/ /\ Shop!At(s, "SendCreateOrder")
          /\ Shop!GivesUp(s)
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

AtRest ==
    /\ Shop!EndpointAtRest
    /\ Orders!EndpointAtRest
    /\ replies = EmptyBag

AllSlotsBusy == Shop!Free = {} /\ Orders!Free = {}
AllDone == AtRest /\ Requests \subseteq shopAcked

AtMostOneOrder == \A c \in Carts : orders[c].made <= 1

Ordered == \A c \in Carts : orders[c].made > 0
IntentHonoured == AtRest => Ordered
SubmittedImpliesOrder == (AtRest /\ cart.submitted) => Ordered
Answered ==
    AtRest /\ budget = Budget =>
        /\ Requests \subseteq shopAcked
        /\ Cardinality(ShopSlots) = 1 => browser.waiting = 0
ToldTheTruth == (AtRest /\ Requests \cap shopAcked # {}) => Ordered

NoDoubleEffect == Shop!NoDoubleEffect /\ Orders!NoDoubleEffect
NoGhostEver == Shop!NoGhostEver /\ Orders!NoGhostEver
NoGhostAtRest == AtRest => NoGhostEver
ConsistentOutput == Shop!ConsistentOutput /\ Orders!ConsistentOutput

Settles == <>[]AtRest

=============================================================================
