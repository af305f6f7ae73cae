------------------------ MODULE PollingForTheResult -------------------------
(***************************************************************************)
(* A request only queues a command and answers 202. The client learns the  *)
(* result by polling a status resource, and may submit again after a 404.  *)
(*                                                                         *)
(* The shop has its own queue, as in CartToOrders. The client polls when   *)
(* the status says something new, or when there is none and it may still   *)
(* submit again. The variants are the shops that people write;             *)
(* `submit-again` is right.                                                *)
(*                                                                         *)
(* Source: our own, after the workshop's sync-async boundary.              *)
(* Left out: polls that learn nothing, and statuses that expire.           *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,        \* which shop
    ShopSlots,      \* how many requests and commands it handles at a time: 1..k
    Attempts,       \* how often the client submits again
    Budget          \* how often each fault may happen

VARIABLES
    shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopHist, shopSent,
    shopFresh,      \* the variables of the shop, as in Endpoint
    clientIncoming, clientLeases, clientSlots, clientUp, clientAcked, clientHist,
    clientSent,
    clientFresh,    \* those of the client, which has no queue and one slot
    budget,         \* faults that may still happen, to either of them
    orders,         \* how many orders were made of the cart
    status,         \* what the status resource answers
    client,         \* the last answer that the client saw, submissions left
    replies,        \* bag of replies on their way to the browser
    browser         \* the tab that waits for a reply

Request == [type |-> "Submit", cart |-> 1]
Command == [type |-> "MakeOrder", cart |-> 1]
ClientSlots == {1}

Shop == INSTANCE Guarantees WITH
    Messages <- {Request}, Slots <- ShopSlots,
    incoming <- shopIncoming, leases <- shopLeases, slots <- shopSlots, up <- shopUp,
    acked <- shopAcked, hist <- shopHist, sent <- shopSent, fresh <- shopFresh
Client == INSTANCE Guarantees WITH
    Messages <- {}, Slots <- ClientSlots,
    incoming <- clientIncoming, leases <- clientLeases, slots <- clientSlots,
    up <- clientUp, acked <- clientAcked, hist <- clientHist, sent <- clientSent,
    fresh <- clientFresh

shop == <<shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopHist, shopSent,
          shopFresh>>
theClient == <<clientIncoming, clientLeases, clientSlots, clientUp, clientAcked,
               clientHist, clientSent, clientFresh>>
user == <<replies, browser>>
stores == <<orders, status, client>>
vars == <<shop, theClient, budget, stores, user>>
shopSeen == <<shopHist, shopSent, shopFresh>>
clientSeen == <<clientHist, clientSent, clientFresh>>

Answers == {"NotFound", "Pending", "Done"}

TypeOK ==
    /\ orders.made \in Nat
    /\ status.says \in Answers
    /\ client.saw \in Answers
    /\ client.left \in 0..Attempts
    /\ BagToSet(replies) \subseteq {"Accepted"}
    /\ browser.waiting \in 0..1

Init ==
    /\ Shop!EndpointInit(Shop!One(Request))
    /\ Client!EndpointInit(EmptyBag)
    /\ orders = [version |-> 0, made |-> 0]
    /\ status = [version |-> 0, says |-> "NotFound"]
    /\ client = [version |-> 0, saw |-> "NotFound", left |-> Attempts]
    /\ replies = EmptyBag
    /\ browser = [waiting |-> 1, clicks |-> 0]

-----------------------------------------------------------------------------
(* The variants: which step follows which. o are the orders as the handler *)
(* knows them. "End" is no step: the handler is done.                      *)

\* What a request does.
SendFirst ==
    [Receives      |-> "SendCommand",
     SendCommand   |-> "WritePending",
     WritePending  |-> "ReplyAccepted",
     ReplyAccepted |-> "End"]

AnswerFirst ==
    [Receives      |-> "ReplyAccepted",
     ReplyAccepted |-> "SendCommand",
     SendCommand   |-> "WritePending",
     WritePending  |-> "End"]

PendingFirst ==
    [Receives      |-> "WritePending",
     WritePending  |-> "SendCommand",
     SendCommand   |-> "ReplyAccepted",
     ReplyAccepted |-> "End"]

\* What a command does.
MakeThenDone(o) ==
    [Receives   |-> "LoadOrders",
     LoadOrders |-> IF o.made = 0 \/ Variant = "order-per-command"
                    THEN "MakeOrder" ELSE "WriteDone",
     MakeOrder  |-> "WriteDone",
     WriteDone  |-> "AckCommand"]

DoneThenMake(o) ==
    [Receives   |-> "WriteDone",
     WriteDone  |-> "LoadOrders",
     LoadOrders |-> IF o.made = 0 THEN "MakeOrder" ELSE "AckCommand",
     MakeOrder  |-> "AckCommand"]

Steps(m, o) ==
    CASE m = Request /\ Variant = "answer-first"  -> AnswerFirst
      [] m = Request /\ Variant = "pending-first" -> PendingFirst
      [] m = Request /\ Variant \notin {"answer-first", "pending-first"} -> SendFirst
      [] m = Command /\ Variant = "done-first"    -> DoneThenMake(o)
      [] m = Command /\ Variant # "done-first"    -> MakeThenDone(o)

\* What slot s does after `step`. Only LoadOrders looks at the orders.
Then(s, step) == Steps(shopSlots[s].message, orders)[step]

-----------------------------------------------------------------------------
(* The shop, step by step *)

ShopReceives ==
    /\ Shop!MayTake
    /\ \E m \in BagToSet(shopIncoming) :
         Shop!Takes(m, Steps(m, orders).Receives, m # Request)
    /\ UNCHANGED <<theClient, stores, user>>

\* Goes on to what follows `step`, or is done: a request is not acknowledged.
GoesOn(s, step, locals) ==
    IF Then(s, step) = "End" THEN Shop!GivesBack(s)
                             ELSE Shop!Proceeds(s, Then(s, step), locals)

\* The command is in the shop's own queue.
SendCommand(s) ==
    /\ Shop!At(s, "SendCommand")
    /\ shopIncoming' = shopIncoming (+) Shop!One(Command)
    /\ shopSent' = shopSent \cup {[cause |-> Request, output |-> "MakeOrder",
                                   message |-> Command, basis |-> 0]}
    /\ shopSlots' = [shopSlots EXCEPT ![s].at = Then(s, "SendCommand")]
    /\ UNCHANGED <<shopLeases, shopUp, shopAcked, shopHist, shopFresh, budget,
                   theClient, stores, user>>

\* Creates the status if there is none; `blind-pending` overwrites it.
WritePending(s) ==
    LET new == [version |-> status.version + 1, says |-> "Pending"]
        writes == status.version = 0 \/ Variant = "blind-pending"
    IN
    /\ Shop!At(s, "WritePending")
    /\ status' = IF writes THEN new ELSE status
    /\ GoesOn(s, "WritePending", IF writes THEN [status |-> new] ELSE Shop!Nothing)
    /\ UNCHANGED <<shopSeen, theClient, orders, client, user>>

ReplyAccepted(s) ==
    /\ Shop!At(s, "ReplyAccepted")
    /\ replies' = replies (+) Shop!One("Accepted")
    /\ shopAcked' = shopAcked \cup {Request}
    /\ shopSlots' = [shopSlots EXCEPT ![s] =
           IF Then(s, "ReplyAccepted") = "End" THEN Shop!Idle
           ELSE [@ EXCEPT !.at = Then(s, "ReplyAccepted")]]
    /\ UNCHANGED <<shopIncoming, shopLeases, shopUp, shopSeen, budget, theClient,
                   stores, browser>>

LoadOrders(s) ==
    /\ Shop!At(s, "LoadOrders")
    /\ Shop!Proceeds(s, Then(s, "LoadOrders"), [orders |-> orders])
    /\ UNCHANGED <<shopSeen, theClient, stores, user>>

MakeOrder(s) ==
    LET new == [version |-> orders.version + 1, made |-> shopSlots[s].orders.made + 1] IN
    /\ Shop!At(s, "MakeOrder")
    /\ IF shopSlots[s].orders.version = orders.version
       THEN /\ orders' = new
            /\ shopHist' = Append(shopHist, Command)
            /\ Shop!Proceeds(s, Then(s, "MakeOrder"), [orders |-> new])
       ELSE Shop!GivesBack(s) /\ UNCHANGED <<shopHist, orders>>
    /\ UNCHANGED <<shopSent, shopFresh, theClient, status, client, user>>

WriteDone(s) ==
    LET new == [version |-> status.version + 1, says |-> "Done"] IN
    /\ Shop!At(s, "WriteDone")
    /\ status' = new
    /\ Shop!Proceeds(s, Then(s, "WriteDone"), [status |-> new])
    /\ UNCHANGED <<shopSeen, theClient, orders, client, user>>

AckCommand(s) ==
    /\ Shop!At(s, "AckCommand")
    /\ Shop!Acknowledges(s)
    /\ UNCHANGED <<shopSeen, theClient, stores, user>>

-----------------------------------------------------------------------------
(* The client, step by step *)

\* The next poll changes something.
Learns ==
    IF status.says = "NotFound" THEN client.left > 0
    ELSE client.saw \notin {"Done", status.says}

ClientWakes ==
    /\ Client!MayTake
    /\ Learns
    /\ Client!Wakes("LoadClient")
    /\ UNCHANGED <<shop, stores, user>>

LoadClient(s) ==
    /\ Client!At(s, "LoadClient")
    /\ Client!Proceeds(s, "GetStatus", [client |-> client])
    /\ UNCHANGED <<clientSeen, shop, stores, user>>

GetStatus(s) ==
    /\ Client!At(s, "GetStatus")
    /\ Client!Proceeds(s, IF status.says = "NotFound" THEN "NoteAttempt" ELSE "KeepAnswer",
                       [status |-> status])
    /\ UNCHANGED <<clientSeen, shop, stores, user>>

KeepAnswer(s) ==
    /\ Client!At(s, "KeepAnswer")
    /\ client' = [clientSlots[s].client EXCEPT !.saw = clientSlots[s].status.says,
                                               !.version = client.version + 1]
    /\ Client!GivesBack(s)
    /\ UNCHANGED <<clientSeen, shop, orders, status, user>>

NoteAttempt(s) ==
    LET new == [clientSlots[s].client EXCEPT !.left = clientSlots[s].client.left - 1,
                                             !.version = client.version + 1] IN
    /\ Client!At(s, "NoteAttempt")
    /\ client' = new
    /\ Client!Proceeds(s, "SubmitAgain", [client |-> new])
    /\ UNCHANGED <<clientSeen, shop, orders, status, user>>

SubmitAgain(s) ==
    /\ Client!At(s, "SubmitAgain")
    /\ shopIncoming' = shopIncoming (+) Client!One(Request)
    /\ clientSent' = clientSent \cup {[cause |-> Client!WakeUp, output |-> "Submit",
                                       message |-> Request, basis |-> 0]}
    /\ Client!GivesBack(s)
    /\ UNCHANGED <<clientHist, clientFresh, shopLeases, shopSlots, shopUp, shopAcked,
                   shopSeen, stores, user>>

ReplyArrives ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) Shop!One(r)
    /\ browser' = [browser EXCEPT !.waiting = 0]
    /\ UNCHANGED <<shop, theClient, budget, stores>>

-----------------------------------------------------------------------------
(* The environment *)

ShopCrashes == Shop!Crashes /\ UNCHANGED <<theClient, stores, user>>
ShopRecovers == Shop!Recovers /\ UNCHANGED <<theClient, stores, user>>
ShopMessageDuplicated == Shop!Duplicates /\ UNCHANGED <<theClient, stores, user>>
ShopLeaseExpires(s) == Shop!LeaseExpiresOf(s) /\ UNCHANGED <<theClient, stores, user>>
ClientCrashes == Client!Crashes /\ UNCHANGED <<shop, stores, user>>
ClientRecovers == Client!Recovers /\ UNCHANGED <<shop, stores, user>>

ShopRequestLost ==
    /\ budget.lose > 0
    /\ Request \in BagToSet(shopIncoming)
    /\ shopIncoming' = shopIncoming (-) Shop!One(Request)
    /\ Shop!Spends("lose")
    /\ UNCHANGED <<shopLeases, shopSlots, shopUp, shopAcked, shopSeen, theClient,
                   stores, user>>

\* The browser gets no answer: a time-out.
ShopReplyLost ==
    /\ budget.lose > 0
    /\ \E r \in BagToSet(replies) : replies' = replies (-) Shop!One(r)
    /\ Shop!Spends("lose")
    /\ UNCHANGED <<shop, theClient, stores, browser>>

Next ==
    \/ ShopReceives
    \/ \E s \in ShopSlots : SendCommand(s)
    \/ \E s \in ShopSlots : WritePending(s)
    \/ \E s \in ShopSlots : ReplyAccepted(s)
    \/ \E s \in ShopSlots : LoadOrders(s)
    \/ \E s \in ShopSlots : MakeOrder(s)
    \/ \E s \in ShopSlots : WriteDone(s)
    \/ \E s \in ShopSlots : AckCommand(s)
    \/ ClientWakes
    \/ \E s \in ClientSlots : LoadClient(s)
    \/ \E s \in ClientSlots : GetStatus(s)
    \/ \E s \in ClientSlots : KeepAnswer(s)
    \/ \E s \in ClientSlots : NoteAttempt(s)
    \/ \E s \in ClientSlots : SubmitAgain(s)
    \/ ReplyArrives
    \/ ShopRecovers
    \/ ClientRecovers
    \/ ShopCrashes
    \/ ClientCrashes
    \/ ShopMessageDuplicated
    \/ \E s \in ShopSlots : ShopLeaseExpires(s)
    \/ ShopRequestLost
    \/ ShopReplyLost

Fairness ==
    /\ WF_vars(ShopReceives) /\ WF_vars(ShopRecovers) /\ WF_vars(ReplyArrives)
    /\ WF_vars(ClientWakes) /\ WF_vars(ClientRecovers)
    /\ \A s \in ShopSlots :
        /\ WF_vars(SendCommand(s)) /\ WF_vars(WritePending(s))
        /\ WF_vars(ReplyAccepted(s)) /\ WF_vars(LoadOrders(s))
        /\ WF_vars(MakeOrder(s)) /\ WF_vars(WriteDone(s)) /\ WF_vars(AckCommand(s))
    /\ \A s \in ClientSlots :
        /\ WF_vars(LoadClient(s)) /\ WF_vars(GetStatus(s)) /\ WF_vars(KeepAnswer(s))
        /\ WF_vars(NoteAttempt(s)) /\ WF_vars(SubmitAgain(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest ==
    /\ Shop!EndpointAtRest
    /\ Client!EndpointAtRest
    /\ replies = EmptyBag
    /\ ~Learns

AllSlotsBusy == Shop!Free = {} /\ Client!Free = {}
AllDone == AtRest /\ Request \in shopAcked

AtMostOneOrder == orders.made <= 1

Ordered == orders.made > 0
IntentHonoured == AtRest => Ordered
Answered ==
    AtRest /\ budget = Budget =>
        /\ Request \in shopAcked
        /\ Cardinality(ShopSlots) = 1 => browser.waiting = 0
ToldTheTruth == (AtRest /\ Request \in shopAcked) => Ordered
PendingMeansOrdered == (AtRest /\ client.saw = "Pending") => Ordered
DoneMeansOrdered == client.saw = "Done" => Ordered
ResultFound == (AtRest /\ Ordered) => client.saw = "Done"

NoDoubleEffect == Shop!NoDoubleEffect /\ Client!NoDoubleEffect

Settles == <>[]AtRest

=============================================================================
