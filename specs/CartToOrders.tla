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
EXTENDS OrderMaker

CONSTANTS
    Tabs,       \* tabs in which the user clicks at the start
    Clicks      \* how often the user clicks again while an answer is missing

VARIABLE
    cart        \* the one cart: is it submitted?

Command == [type |-> "SubmitCart", cart |-> 1]
elsewhere == <<cart, orders, user>>
vars == <<shop, theOrders, budget, elsewhere>>

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.submitted \in BOOLEAN
    /\ orders[1].made \in Nat
    /\ BrowserTypeOK({"Accepted"}, Tabs, Clicks)

Init ==
    /\ Shop!EndpointInit(Shop!CopiesOf(Tabs))
    /\ OrdersInit
    /\ cart = [version |-> 0, submitted |-> FALSE]
    /\ BrowserInit(Tabs, Clicks)

-----------------------------------------------------------------------------
(* The variants: which step follows which. c is the cart as the handler    *)
(* knows it. "End": the handler is done.                                   *)

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

SendCommand(s) ==
    /\ Shop!At(s, "SendCommand")
    /\ CommandLeaves(s, Command, Then(s, "SendCommand"))
    /\ UNCHANGED <<theOrders, budget, cart, orders>>

ReplyAccepted(s) ==
    /\ Shop!At(s, "ReplyAccepted")
    /\ Accepts(s, Then(s, "ReplyAccepted"))
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

SendCreateOrder(s) ==
    /\ Shop!At(s, "SendCreateOrder")
    /\ Shop!Proceeds(s, Then(s, "SendCreateOrder"), Shop!Nothing)
    /\ CreateOrderLeaves(s)
    /\ UNCHANGED <<cart, user>>

AckCommand(s) ==
    /\ Shop!At(s, "AckCommand")
    /\ Shop!Acknowledges(s)
    /\ UNCHANGED <<shopSeen, theOrders, elsewhere>>

-----------------------------------------------------------------------------
(* Orders, and the user *)

OrdersReceives == OrdersTakes /\ UNCHANGED <<shop, cart, user>>
LoadOrder(s) == LoadsOrder(s) /\ UNCHANGED <<shop, cart, user>>
MakeOrder(s) == MakesOrder(s) /\ UNCHANGED <<shop, cart, user>>
AckOrder(s) == AcksOrder(s) /\ UNCHANGED <<shop, cart, user>>

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

\* The broker takes it, but the shop gets no answer.
ShopAnswerLost(s) ==
    \/ /\ Shop!At(s, "SendCommand")
       /\ budget.unknown > 0
       /\ CommandLeaves(s, Command, "End")
       /\ Shop!Spends("unknown")
       /\ UNCHANGED <<theOrders, cart, orders>>
    \/ /\ Shop!CallEnds(s, "SendCreateOrder", "unknown")
       /\ CreateOrderLeaves(s)
       /\ UNCHANGED <<cart, user>>

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
(* The guarantees *)

AtRest == ShopAtRest /\ Orders!EndpointAtRest

AllSlotsBusy == Shop!Free = {} /\ Orders!Free = {}
AllDone == AtRest /\ Request \in shopAcked

AtMostOneOrder == orders[1].made <= 1

IntentHonoured == AtRest => Ordered
SubmittedImpliesOrder == (AtRest /\ cart.submitted) => Ordered
Answered == AtRest => RequestAnswered
ToldTheTruth == (AtRest /\ Request \in shopAcked) => Ordered

NoDoubleEffect == Shop!NoDoubleEffect /\ Orders!NoDoubleEffect
NoGhostEver == Shop!NoGhostEver /\ Orders!NoGhostEver
NoGhostAtRest == AtRest => NoGhostEver
ConsistentOutput == Shop!ConsistentOutput /\ Orders!ConsistentOutput

Settles == <>[]AtRest

=============================================================================
