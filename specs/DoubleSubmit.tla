---------------------------- MODULE DoubleSubmit ----------------------------
(***************************************************************************)
(* The same cart is ordered from several browser tabs.                     *)
(*                                                                         *)
(* Every click is a request to the shop, which makes an order of the cart: *)
(* itself, in one store with the cart, or by a command CreateOrder to the  *)
(* service behind a queue. Requests race, and one whose handler dies is    *)
(* not delivered again. The variants are the ways people write this; only  *)
(* `optimistic` makes one order of one cart.                               *)
(*                                                                         *)
(* Source: the workshop's exercises on the boundary between synchronous    *)
(* and asynchronous, 1 to 6.                                               *)
(* Left out: what is in the cart, and that it may change.                  *)
(***************************************************************************)
EXTENDS Guarantees, Documents, Downstream, Browser

CONSTANTS
    Variant,    \* which handler
    Tabs,       \* tabs in which the user clicks at the start
    Clicks      \* how often the user clicks again while an answer is missing

VARIABLES
    cart,       \* the one cart: is it submitted?
    orders      \* order id |-> order

vars == <<endpoint, cart, orders, outgoing, user>>
stores == <<cart, orders>>

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.submitted \in BOOLEAN
    /\ \A id \in DOMAIN orders : orders[id].cart \in Messages
    /\ BagToSet(outgoing) \subseteq Messages
    /\ BrowserTypeOK({"Submitted", "AlreadySubmitted"}, Tabs, Clicks)

Init ==
    /\ EndpointInit(CopiesOf(Tabs))
    /\ cart \in [version : {0}, id : Messages, submitted : {FALSE}]
    /\ orders = <<>>
    /\ outgoing = EmptyBag
    /\ BrowserInit(Tabs, Clicks)

-----------------------------------------------------------------------------
(* The variants: which step follows which, when the cart is c.             *)

\* Makes an order without looking at the cart.
Naive ==
    [Load        |-> "CreateOrder",
     CreateOrder |-> "ReplySubmitted"]

\* Also flag, which writes the cart without a check of its version.
Optimistic(c) ==
    [Load   |-> IF c.submitted THEN "ReplyAlreadySubmitted" ELSE "Submit",
     Submit |-> "ReplySubmitted"]

SaveThenSend(c) ==
    [Load |-> IF c.submitted THEN "ReplyAlreadySubmitted" ELSE "Save",
     Save |-> "Send",
     Send |-> "ReplySubmitted"]

SendThenSave(c) ==
    [Load |-> IF c.submitted THEN "ReplyAlreadySubmitted" ELSE "Send",
     Send |-> "Save",
     Save |-> "ReplySubmitted"]

Steps(c) ==
    CASE Variant = "naive"                   -> Naive
      [] Variant \in {"flag", "optimistic"}  -> Optimistic(c)
      [] Variant = "save-then-send"          -> SaveThenSend(c)
      [] Variant = "send-then-save"          -> SendThenSave(c)

\* What a slot does after `step`. Only Load looks at the cart.
Then(step) == Steps(cart)[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* A new order of cart c, as its store keeps it.
OrderOf(c) == [version |-> 1, cart |-> c]

\* The store with a new order of cart c. Its id was never used before.
WithOrderOf(c) == (NewId(c) :> OrderOf(c)) @@ orders

\* Document c with the flag set.
Submitted(c) == [c EXCEPT !.submitted = TRUE]

\* Sends the command about slot s's cart. It reports the cart's only change.
Sends(s) ==
    /\ Leaves(slots[s].cart.id)
    /\ Emits(slots[s].message, "CreateOrder", slots[s].cart.id, 1)
    /\ UNCHANGED <<hist, fresh, stores, user>>

Receive == Receives("Load", FALSE) /\ UNCHANGED <<stores, outgoing, user>>

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then("Load"), [cart |-> cart])
    /\ UNCHANGED <<observed, stores, outgoing, user>>

CreateOrder(s) ==
    /\ At(s, "CreateOrder")
    /\ LET c == slots[s].cart.id IN
       /\ orders' = WithOrderOf(c)
       /\ Proceeds(s, Then("CreateOrder"), [orders |-> OrderOf(c)])
    /\ hist' = Append(hist, slots[s].message)
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, cart, outgoing, user>>

\* One transaction: the submitted cart and a new order. `flag` writes the cart
\* even if another request has written it since; `optimistic` writes nothing then.
Submit(s) ==
    /\ At(s, "Submit")
    /\ IF Variant = "flag" \/ IsCurrent(s, "cart", cart)
       THEN LET c == slots[s].cart.id
                new == NextVersion(cart, Submitted(slots[s].cart)) IN
            /\ cart' = new
            /\ orders' = WithOrderOf(c)
            /\ hist' = Append(hist, slots[s].message)
            /\ Proceeds(s, Then("Submit"),
                        [cart |-> new, orders |-> OrderOf(c)])
       ELSE GivesBack(s) /\ UNCHANGED <<hist, stores>>
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, outgoing, user>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET new == Submitted(slots[s].cart) IN
       /\ Commits(s, "cart", cart, new, {"submitted"}, Then("Save"))
       /\ cart' = Committed(s, "cart", cart, new)
    /\ UNCHANGED <<sent, fresh, orders, outgoing, user>>

Send(s) ==
    /\ At(s, "Send")
    /\ Sends(s)
    /\ Proceeds(s, Then("Send"), Nothing)

\* Answers the request and is done.
Ends(s, reply) ==
    /\ Answers(s, "End")
    /\ RepliesWith(reply)
    /\ UNCHANGED <<stores, outgoing>>

ReplySubmitted(s) == At(s, "ReplySubmitted") /\ Ends(s, "Submitted")
ReplyAlreadySubmitted(s) == At(s, "ReplyAlreadySubmitted") /\ Ends(s, "AlreadySubmitted")

-----------------------------------------------------------------------------
(* The others *)

\* The service behind the queue makes an order of every command, in one step.
DownstreamReceives ==
    /\ \E c \in BagToSet(outgoing) :
         /\ Consumes(c)
         /\ orders' = WithOrderOf(c)
         /\ Draws(c)
    /\ UNCHANGED <<incoming, leases, slots, up, acked, hist, sent, budget,
                   cart, user>>

ReplyArrives == HearsReply /\ UNCHANGED <<endpoint, stores, outgoing>>

AskAgain ==
    /\ ClicksAgain
    /\ \E m \in Messages : Arrives(m)
    /\ UNCHANGED <<budget, stores, outgoing>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED <<stores, outgoing, user>>
Recover == Recovers /\ UNCHANGED <<stores, outgoing, user>>
Duplicate == Duplicates /\ UNCHANGED <<stores, outgoing, user>>
DuplicateDownstream == DuplicatesDownstream /\ UNCHANGED <<stores, user>>
RequestLost == Loses(Messages) /\ UNCHANGED <<stores, outgoing, user>>
ReplyLost == Strikes("lose") /\ LosesReply /\ UNCHANGED <<stores, outgoing>>

\* The broker does not take the command.
CallFails(s) ==
    /\ CallEnds(s, "Send", "fail")
    /\ UNCHANGED <<observed, stores, outgoing, user>>

\* The broker takes the command, but the shop gets no answer.
AnswerLost(s) ==
    /\ CallEnds(s, "Send", "unknown")
    /\ Sends(s)

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : CreateOrder(s)
    \/ \E s \in Slots : Submit(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Send(s)
    \/ \E s \in Slots : ReplySubmitted(s)
    \/ \E s \in Slots : ReplyAlreadySubmitted(s)
    \/ DownstreamReceives
    \/ ReplyArrives
    \/ AskAgain
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ DuplicateDownstream
    \/ RequestLost
    \/ ReplyLost
    \/ \E s \in Slots : CallFails(s)
    \/ \E s \in Slots : AnswerLost(s)

\* None on faults, and none on AskAgain: a user may well give up.
Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ WF_vars(DownstreamReceives) /\ WF_vars(ReplyArrives)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(CreateOrder(s)) /\ WF_vars(Submit(s))
        /\ WF_vars(Save(s)) /\ WF_vars(Send(s))
        /\ WF_vars(ReplySubmitted(s)) /\ WF_vars(ReplyAlreadySubmitted(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ outgoing = EmptyBag /\ replies = EmptyBag

\* The ids of the orders made of the cart.
Orders == {id \in DOMAIN orders : orders[id].cart = cart.id}

AtMostOneOrder == Cardinality(Orders) <= 1
IntentHonoured == AtRest => Orders # {}
SubmittedImpliesOrder == AtRest /\ cart.submitted => Orders # {}

Answered == AtRest /\ budget = Budget => AllAnswered(Messages, acked, Slots)

\* What the user may conclude from an answer: that the cart is submitted or
\* ordered, by this very request if the answer is "Submitted", and that it has an
\* order once all is done.
ToldTheTruth ==
    /\ acked # {} => cart.submitted \/ Orders # {}
    /\ CopiesIn("Submitted", replies)
         <= Cardinality(Orders) + CopiesIn(cart.id, outgoing)
    /\ AtRest /\ acked # {} => Orders # {}

NoGhostAtRest == AtRest => NoGhostEver

\* Only the dual writes send a command.
DualWrite == Variant \in {"save-then-send", "send-then-save"}
NoLostOutput == NoLostOutputOf(IF DualWrite THEN {"CreateOrder"} ELSE {})

Settles == <>[]AtRest

=============================================================================
