------------------------ MODULE PollingForTheResult -------------------------
(***************************************************************************)
(* A request only queues a command and answers 202. The client learns the  *)
(* result by polling a status resource, and may submit again after a 404.  *)
(*                                                                         *)
(* The shop has its own queue, as in CartToOrders. The client polls when   *)
(* the status says something new, or when there is none and it may still   *)
(* submit again. The variants are the shops that people write, and a       *)
(* client that submits again until the status says done.                   *)
(* `submit-again` is right; if commands may expire, `until-done` is right. *)
(*                                                                         *)
(* Source: our own, after the workshop's sync-async boundary.              *)
(* Left out: polls that learn nothing, and statuses that expire.           *)
(***************************************************************************)
EXTENDS StatusClient

VARIABLE
    orders      \* how many orders were made of the cart

Command == [type |-> "MakeOrder", cart |-> 1]

stores == <<orders, status, client>>
vars == <<shop, theClient, budget, stores, user>>

TypeOK ==
    /\ orders.made \in Nat
    /\ ClientTypeOK
    /\ BrowserTypeOK({"Accepted"}, 1, 0)

Init ==
    /\ Shop!EndpointInit(Shop!One(Request))
    /\ ClientInit
    /\ orders = [version |-> 0, made |-> 0]
    /\ BrowserInit(1, 0)

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

SendCommand(s) ==
    /\ Shop!At(s, "SendCommand")
    /\ CommandLeaves(s, Command, Then(s, "SendCommand"))
    /\ UNCHANGED <<budget, theClient, stores>>

\* Creates the status if there is none; `blind-pending` overwrites it.
WritePending(s) ==
    LET new == [version |-> status.version + 1, says |-> "Pending"]
        writes == status.version = 0 \/ Variant = "blind-pending"
    IN
    /\ Shop!At(s, "WritePending")
    /\ status' = IF writes THEN new ELSE status
    /\ Shop!Proceeds(s, Then(s, "WritePending"),
                     IF writes THEN [status |-> new] ELSE Shop!Nothing)
    /\ UNCHANGED <<shopSeen, theClient, orders, client, user>>

ReplyAccepted(s) ==
    /\ Shop!At(s, "ReplyAccepted")
    /\ Accepts(s, Then(s, "ReplyAccepted"))
    /\ UNCHANGED <<theClient, stores>>

LoadOrders(s) ==
    /\ Shop!At(s, "LoadOrders")
    /\ Shop!Proceeds(s, Then(s, "LoadOrders"), [orders |-> orders])
    /\ UNCHANGED <<shopSeen, theClient, stores, user>>

MakeOrder(s) ==
    /\ Shop!At(s, "MakeOrder")
    /\ LET made == shopSlots[s].orders.made + 1
           new == [shopSlots[s].orders EXCEPT !.made = made] IN
       /\ Shop!Commits(s, "orders", orders, new, {"made"}, Then(s, "MakeOrder"))
       /\ orders' = Shop!Committed(s, "orders", orders, new)
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
(* The client, and the user *)

ClientWakes == Wakes /\ UNCHANGED <<orders, user>>
LoadClient(s) == LoadsClient(s) /\ UNCHANGED <<orders, user>>
GetStatus(s) == GetsStatus(s) /\ UNCHANGED <<orders, user>>
KeepAnswer(s) == KeepsAnswer(s) /\ UNCHANGED <<orders, user>>
NoteAttempt(s) == NotesAttempt(s) /\ UNCHANGED <<orders, user>>
SubmitAgain(s) == SubmitsAgain(s) /\ UNCHANGED <<orders, user>>

ReplyArrives == HearsReply /\ UNCHANGED <<shop, theClient, budget, stores>>

-----------------------------------------------------------------------------
(* The environment *)

ShopCrashes == Shop!Crashes /\ UNCHANGED <<theClient, stores, user>>
ShopRecovers == Shop!Recovers /\ UNCHANGED <<theClient, stores, user>>
ShopMessageDuplicated == Shop!Duplicates /\ UNCHANGED <<theClient, stores, user>>
ShopLeaseExpires(s) == Shop!LeaseExpiresOf(s) /\ UNCHANGED <<theClient, stores, user>>
ShopMessageExpires == Shop!Expires({Command}) /\ UNCHANGED <<theClient, stores, user>>
ClientCrashes == Client!Crashes /\ UNCHANGED <<shop, stores, user>>
ClientRecovers == Client!Recovers /\ UNCHANGED <<shop, stores, user>>

ShopRequestLost == Shop!Loses({Request}) /\ UNCHANGED <<theClient, stores, user>>

\* The browser gets no answer: a time-out.
ShopReplyLost ==
    /\ Shop!Strikes("lose")
    /\ LosesReply
    /\ UNCHANGED <<theClient, stores>>

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
    \/ ShopMessageExpires

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
(* The guarantees *)

AtRest == ShopAtRest /\ ClientAtRest

AllSlotsBusy == Shop!Free = {} /\ Client!Free = {}
AllDone == AtRest /\ Request \in shopAcked

AtMostOneOrder == orders.made <= 1

Ordered == orders.made > 0
IntentHonoured == AtRest => Ordered
Answered == AtRest => RequestAnswered
ToldTheTruth == (AtRest /\ Request \in shopAcked) => Ordered
PendingMeansOrdered == (AtRest /\ client.saw = "Pending") => Ordered
DoneMeansOrdered == client.saw = "Done" => Ordered
ResultFound == (AtRest /\ Ordered) => client.saw = "Done"

NoDoubleEffect == Shop!NoDoubleEffect /\ Client!NoDoubleEffect

Settles == <>[]AtRest

=============================================================================
