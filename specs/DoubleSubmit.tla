---------------------------- MODULE DoubleSubmit ----------------------------
(***************************************************************************)
(* The same cart is ordered from several browser tabs.                     *)
(*                                                                         *)
(* Every click is a request to the shop, which makes an order of the cart: *)
(* itself, in one store with the cart, or by a command CreateOrder to the  *)
(* service behind a queue. Requests race, and one whose handler dies is    *)
(* not delivered again. The variants are the ways people write this; only  *)
(* the one with a version check on the cart, in one store with the orders, *)
(* makes one order of one cart.                                            *)
(*                                                                         *)
(* Source: the workshop's exercises on the boundary between synchronous    *)
(* and asynchronous, 1 to 6.                                               *)
(* Left out: what is in the cart, and that it may change.                  *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Tabs,       \* tabs in which the user clicks at the start
    Clicks      \* how often the user clicks again while an answer is missing

VARIABLES
    cart,       \* the one cart: is it submitted?
    orders,     \* order id |-> order
    outgoing,   \* bag of commands CreateOrder (a cart) that wait for a consumer
    replies,    \* bag of replies on their way to the browser
    browser     \* tabs that wait for a reply, clicks that are left

vars == <<endpoint, cart, orders, outgoing, replies, browser>>
stores == <<cart, orders>>
user == <<replies, browser>>

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.submitted \in BOOLEAN
    /\ \A id \in DOMAIN orders : orders[id].cart \in Messages
    /\ BagToSet(outgoing) \subseteq Messages
    /\ BagToSet(replies) \subseteq {"Submitted", "AlreadySubmitted"}
    /\ browser.waiting \in 0..Tabs
    /\ browser.clicks \in 0..Clicks

Init ==
    /\ EndpointInit(CopiesOf(Tabs))
    /\ cart \in [version : {0}, id : Messages, submitted : {FALSE}]
    /\ orders = <<>>
    /\ outgoing = EmptyBag
    /\ replies = EmptyBag
    /\ browser = [waiting |-> Tabs, clicks |-> Clicks]

-----------------------------------------------------------------------------
(* The variants: which step follows which, when the cart is c.             *)

\* Makes an order, whatever the cart says.
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

\* The command about slot s's cart is out. It reports the cart's only change.
Sends(s) ==
    LET c == slots[s].cart.id IN
    /\ outgoing' = outgoing (+) One(c)
    /\ sent' = sent \cup {[cause |-> slots[s].message,
                           output |-> "CreateOrder",
                           message |-> c, basis |-> 1]}

\* Answers the request and is done.
Answers(s, reply) ==
    /\ slots' = [slots EXCEPT ![s] = Idle]
    /\ replies' = replies (+) One(reply)
    /\ acked' = acked \cup {slots[s].message}
    /\ UNCHANGED <<incoming, leases, up, budget, observed, stores, outgoing,
                   browser>>

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, "Load", FALSE)
    /\ UNCHANGED <<stores, outgoing, user>>

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
    /\ UNCHANGED <<hist, fresh, stores, user>>

ReplySubmitted(s) ==
    /\ At(s, "ReplySubmitted")
    /\ Answers(s, "Submitted")

ReplyAlreadySubmitted(s) ==
    /\ At(s, "ReplyAlreadySubmitted")
    /\ Answers(s, "AlreadySubmitted")

-----------------------------------------------------------------------------
(* The others *)

\* The service behind the queue makes an order of every command, in one step.
DownstreamReceives ==
    /\ \E c \in BagToSet(outgoing) :
         /\ outgoing' = outgoing (-) One(c)
         /\ orders' = WithOrderOf(c)
         /\ Draws(c)
    /\ UNCHANGED <<incoming, leases, slots, up, acked, hist, sent, budget,
                   cart, user>>

ReplyArrives ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) One(r)
    /\ browser' = [browser EXCEPT !.waiting = IF @ > 0 THEN @ - 1 ELSE 0]
    /\ UNCHANGED <<endpoint, stores, outgoing>>

\* The user clicks again, in any tab, as long as an answer is missing.
AskAgain ==
    /\ browser.waiting > 0
    /\ browser.clicks > 0
    /\ browser' = [browser EXCEPT !.clicks = @ - 1]
    /\ \E m \in Messages : incoming' = incoming (+) One(m)
    /\ UNCHANGED <<leases, slots, up, acked, budget, observed, stores,
                   outgoing, replies>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED <<stores, outgoing, user>>
Recover == Recovers /\ UNCHANGED <<stores, outgoing, user>>
Duplicate == Duplicates /\ UNCHANGED <<stores, outgoing, user>>

DuplicateDownstream ==
    /\ Strikes("duplicate")
    /\ \E c \in BagToSet(outgoing) : outgoing' = outgoing (+) One(c)
    /\ UNCHANGED <<stores, user>>

RequestLost ==
    /\ budget.lose > 0
    /\ \E m \in BagToSet(incoming) : incoming' = incoming (-) One(m)
    /\ Spends("lose")
    /\ UNCHANGED <<leases, slots, up, acked, observed, stores, outgoing, user>>

ReplyLost ==
    /\ Strikes("lose")
    /\ \E r \in BagToSet(replies) : replies' = replies (-) One(r)
    /\ UNCHANGED <<stores, outgoing, browser>>

\* The broker does not take the command.
CallFails(s) ==
    /\ At(s, "Send")
    /\ budget.fail > 0
    /\ GivesUp(s)
    /\ Spends("fail")
    /\ UNCHANGED <<observed, stores, outgoing, user>>

\* The broker takes the command, but the shop does not hear of it.
AnswerLost(s) ==
    /\ At(s, "Send")
    /\ budget.unknown > 0
    /\ Sends(s)
    /\ GivesUp(s)
    /\ Spends("unknown")
    /\ UNCHANGED <<hist, fresh, stores, user>>

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
(* What is asked of it *)

AtRest ==
    /\ EndpointAtRest
    /\ outgoing = EmptyBag
    /\ replies = EmptyBag

\* The ids of the orders made of the cart.
Orders == {id \in DOMAIN orders : orders[id].cart = cart.id}

AtMostOneOrder == Cardinality(Orders) <= 1

IntentHonoured == AtRest => Orders # {}

SubmittedImpliesOrder == AtRest /\ cart.submitted => Orders # {}

\* Where no fault has happened, requests are answered: every one if they are
\* handled one at a time, since then no version check refuses any.
Answered ==
    AtRest /\ budget = Budget =>
        /\ Messages \subseteq acked
        /\ Cardinality(Slots) = 1 => browser.waiting = 0

\* How many copies of x a bag has.
HowMany(x, bag) == IF x \in DOMAIN bag THEN bag[x] ELSE 0

\* What the user may conclude from an answer: that the cart is submitted or
\* ordered, by this very request if the answer is "Submitted", and that it has an
\* order once all is done.
ToldTheTruth ==
    /\ acked # {} => cart.submitted \/ Orders # {}
    /\ HowMany("Submitted", replies)
         <= Cardinality(Orders) + HowMany(cart.id, outgoing)
    /\ AtRest /\ acked # {} => Orders # {}

NoGhostAtRest == AtRest => NoGhostEver

\* Only the dual writes send a command.
NoLostOutput ==
    NoLostOutputOf(IF Variant \in {"save-then-send", "send-then-save"}
                   THEN {"CreateOrder"} ELSE {})

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
