------------------------- MODULE AcceptSendComplete -------------------------
(***************************************************************************)
(* A request saves a cart as accepted, sends CreateOrder, and then saves   *)
(* the cart as submitted. A request that finds the cart accepted sends     *)
(* again, so the command is sent at least once, if somebody clicks again.  *)
(* The variants are the ways people write this; `guarded` is right.        *)
(*                                                                         *)
(* Source: the workshop's exercises on the boundary between synchronous    *)
(* and asynchronous, 7 and 10.                                             *)
(* Left out: a job that takes up carts that have long been accepted.       *)
(***************************************************************************)
EXTENDS Guarantees, Documents, Downstream, Browser

CONSTANTS
    Variant,    \* which handlers
    Tabs,       \* tabs in which the user submits the cart at the start
    Clicks      \* how often the user clicks again while an answer is missing

VARIABLES
    cart,       \* the one cart: its two states, and how many items it has
    orders      \* the orders made of it: how many items each has

vars == <<endpoint, cart, orders, outgoing, user>>
elsewhere == <<cart, orders, outgoing, user>>

\* Request 1 submits the cart. Request 2, if there is one, adds an item to it.
Click == 1
Items == Messages \ {Click}
Requests == Tabs + Cardinality(Items)

TypeOK ==
    /\ cart.version \in Nat
    /\ cart.accepted \in BOOLEAN
    /\ cart.submitted \in BOOLEAN
    /\ cart.items \in Nat
    /\ \A i \in DOMAIN orders.made : orders.made[i] \in Nat
    /\ \A c \in BagToSet(outgoing) : c.items \in Nat
    /\ BrowserTypeOK({"Submitted", "AlreadySubmitted", "Added", "Refused"},
                     Requests, Clicks)

Init ==
    /\ EndpointInit([m \in Messages |-> IF m = Click THEN Tabs ELSE 1])
    /\ cart = [version |-> 0, accepted |-> FALSE, submitted |-> FALSE, items |-> 1]
    /\ orders = [version |-> 0, made |-> <<>>]
    /\ outgoing = EmptyBag
    /\ BrowserInit(Requests, Clicks)

-----------------------------------------------------------------------------
(* The variants: which step follows which, when the cart is c.             *)

\* What a click does.
SendThenComplete(c) ==
    [Load          |-> IF c.submitted THEN "ReplyAlreadySubmitted"
                       ELSE IF c.accepted THEN "Send" ELSE "SaveAccepted",
     SaveAccepted  |-> "Send",
     Send          |-> "SaveSubmitted",
     SaveSubmitted |-> "ReplySubmitted"]

CompleteThenSend(c) ==
    [Load          |-> IF c.submitted THEN "ReplyAlreadySubmitted"
                       ELSE IF c.accepted THEN "SaveSubmitted" ELSE "SaveAccepted",
     SaveAccepted  |-> "SaveSubmitted",
     SaveSubmitted |-> "Send",
     Send          |-> "ReplySubmitted"]

\* What a request to add an item does.
AddItem(c) ==
    LET closed == IF Variant = "unguarded" THEN c.submitted ELSE c.accepted IN
    [Load     |-> IF closed THEN "ReplyRefused" ELSE "SaveItem",
     SaveItem |-> "ReplyAdded"]

Steps(m, c) ==
    CASE m # Click -> AddItem(c)
      [] m = Click /\ Variant = "complete-first" -> CompleteThenSend(c)
      [] OTHER     -> SendThenComplete(c)

\* What slot s does after `step`. Only Load looks at the cart.
Then(s, step) == Steps(slots[s].message, cart)[step]

-----------------------------------------------------------------------------
(* The shop, step by step *)

Receive == Receives("Load", FALSE) /\ UNCHANGED elsewhere

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [cart |-> cart])
    /\ UNCHANGED <<observed, elsewhere>>

\* The step of slot s that writes the cart: if its copy is not current, the
\* request ends without an answer.
Writes(s, step, new) ==
    /\ Commits(s, "cart", cart, new, {"accepted"}, Then(s, step))
    /\ cart' = Committed(s, "cart", cart, new)
    /\ UNCHANGED <<sent, fresh, orders, outgoing, user>>

SaveAccepted(s) ==
    /\ At(s, "SaveAccepted")
    /\ Writes(s, "SaveAccepted", [slots[s].cart EXCEPT !.accepted = TRUE])

SaveSubmitted(s) ==
    /\ At(s, "SaveSubmitted")
    /\ Writes(s, "SaveSubmitted", [slots[s].cart EXCEPT !.submitted = TRUE])

SaveItem(s) ==
    /\ At(s, "SaveItem")
    /\ Writes(s, "SaveItem", [slots[s].cart EXCEPT !.items = slots[s].cart.items + 1])

\* Sends the command of slot s. It reports that the cart is accepted.
CommandLeaves(s) ==
    LET command == [items |-> slots[s].cart.items] IN
    /\ Leaves(command)
    /\ Emits(slots[s].message, "CreateOrder", command, 1)
    /\ UNCHANGED <<hist, fresh, cart, orders, user>>

Send(s) ==
    /\ At(s, "Send")
    /\ CommandLeaves(s)
    /\ Proceeds(s, Then(s, "Send"), Nothing)

\* Answers the request and is done.
Ends(s, reply) ==
    /\ Answers(s, "End")
    /\ RepliesWith(reply)
    /\ UNCHANGED <<cart, orders, outgoing>>

ReplySubmitted(s) == At(s, "ReplySubmitted") /\ Ends(s, "Submitted")
ReplyAlreadySubmitted(s) == At(s, "ReplyAlreadySubmitted") /\ Ends(s, "AlreadySubmitted")
ReplyAdded(s) == At(s, "ReplyAdded") /\ Ends(s, "Added")
ReplyRefused(s) == At(s, "ReplyRefused") /\ Ends(s, "Refused")

-----------------------------------------------------------------------------
(* The others *)

\* The receiver handles a command in one step. With a primary key it keeps the
\* first order of the cart.
DownstreamReceives ==
    /\ \E c \in BagToSet(outgoing) :
         /\ Consumes(c)
         /\ orders' = IF Variant # "no-primary-key" /\ orders.made # <<>> THEN orders
                      ELSE [version |-> orders.version + 1,
                            made |-> Append(orders.made, c.items)]
    /\ UNCHANGED <<endpoint, cart, user>>

ReplyArrives == HearsReply /\ UNCHANGED <<endpoint, cart, orders, outgoing>>

AskAgain ==
    /\ ClicksAgain
    /\ Arrives(Click)
    /\ UNCHANGED <<budget, cart, orders, outgoing>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED elsewhere
Recover == Recovers /\ UNCHANGED elsewhere
Duplicate == Duplicates /\ UNCHANGED elsewhere
DuplicateDownstream == DuplicatesDownstream /\ UNCHANGED <<cart, orders, user>>
RequestLost == Loses(Messages) /\ UNCHANGED elsewhere
ReplyLost == Strikes("lose") /\ LosesReply /\ UNCHANGED <<cart, orders, outgoing>>

\* The broker does not take the command.
CallFails(s) ==
    /\ CallEnds(s, "Send", "fail")
    /\ UNCHANGED <<observed, elsewhere>>

\* The broker takes the command, but the shop gets no answer.
AnswerLost(s) ==
    /\ CallEnds(s, "Send", "unknown")
    /\ CommandLeaves(s)

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : SaveAccepted(s)
    \/ \E s \in Slots : Send(s)
    \/ \E s \in Slots : SaveSubmitted(s)
    \/ \E s \in Slots : SaveItem(s)
    \/ \E s \in Slots : ReplySubmitted(s)
    \/ \E s \in Slots : ReplyAlreadySubmitted(s)
    \/ \E s \in Slots : ReplyAdded(s)
    \/ \E s \in Slots : ReplyRefused(s)
    \/ DownstreamReceives
    \/ ReplyArrives
    \/ AskAgain
    \/ RequestLost
    \/ ReplyLost
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ DuplicateDownstream
    \/ \E s \in Slots : CallFails(s)
    \/ \E s \in Slots : AnswerLost(s)

\* None on faults, and none on AskAgain: a user may well give up.
Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ WF_vars(DownstreamReceives) /\ WF_vars(ReplyArrives)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(SaveAccepted(s)) /\ WF_vars(Send(s))
        /\ WF_vars(SaveSubmitted(s)) /\ WF_vars(SaveItem(s))
        /\ WF_vars(ReplySubmitted(s)) /\ WF_vars(ReplyAlreadySubmitted(s))
        /\ WF_vars(ReplyAdded(s)) /\ WF_vars(ReplyRefused(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ outgoing = EmptyBag /\ replies = EmptyBag

AtMostOneOrder == Len(orders.made) <= 1

Ordered == orders.made # <<>>
IntentHonoured == AtRest => Ordered
SubmittedImpliesOrder == (AtRest /\ cart.submitted) => Ordered

Answered == AtRest /\ budget = Budget => AllAnswered(Messages, acked, Slots)

\* What the user may conclude from an answer, when it is given and in the end.
ToldTheTruth ==
    /\ "Submitted" \in DOMAIN replies => sent # {}
    /\ "AlreadySubmitted" \in DOMAIN replies => sent # {}
    /\ "Added" \in DOMAIN replies => cart.items > 1
    /\ "Refused" \in DOMAIN replies => cart.accepted
    /\ AtRest /\ Click \in acked => Ordered

\* What was ordered is what was submitted.
OrderIsTheCart ==
    (AtRest /\ cart.submitted) =>
        \A i \in DOMAIN orders.made : orders.made[i] = cart.items

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
