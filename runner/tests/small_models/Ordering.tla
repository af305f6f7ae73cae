------------------------------ MODULE Ordering ------------------------------
(***************************************************************************)
(* A client with a script orders one thing: it submits, may give up and    *)
(* submit once more, and then polls until it knows of the order. The shop  *)
(* makes one order of a key. A client that submits with a new key after it *)
(* has given up orders twice.                                              *)
(***************************************************************************)
EXTENDS ScriptedClient

CONSTANTS Variant, Slots, Budget

VARIABLES
    incoming, leases, slots, up, acked, hist, sent, fresh, budget,
    orders      \* the keys of which an order was made

Keys == IF Variant = "new-key" THEN {1, 2} ELSE {1}
Submit(k) == [type |-> "Submit", key |-> k]
GetStatus == [type |-> "GetStatus"]
Given == {Submit(k) : k \in Keys} \cup {GetStatus}

Shop == INSTANCE Participant WITH Messages <- Given

seen == <<hist, sent, fresh>>
vars == <<incoming, leases, slots, up, acked, hist, sent, fresh, budget, orders, user>>

Script ==
    <<[request |-> Submit(1), again |-> 1,
       polls |-> 0, until |-> "", gives_up |-> TRUE, skip |-> 1],
      [request |-> Submit(IF Variant = "new-key" THEN 2 ELSE 1), again |-> 0,
       polls |-> 0, until |-> "", gives_up |-> FALSE, skip |-> 0],
      [request |-> GetStatus, again |-> 0, polls |-> 1, until |-> "Ordered",
       gives_up |-> FALSE, skip |-> 0]>>

TypeOK == orders.keys \subseteq Keys

Init ==
    /\ Shop!EndpointInit(Shop!One(Submit(1)))
    /\ orders = [version |-> 0, keys |-> {}]
    /\ ClientInit(Script)

-----------------------------------------------------------------------------

Receive ==
    /\ Shop!MayTake
    /\ \E m \in BagToSet(incoming) :
         Shop!Takes(m, IF m.type = "GetStatus" THEN "Look" ELSE "Load", FALSE)
    /\ UNCHANGED <<orders, user>>

Load(s) ==
    /\ Shop!At(s, "Load")
    /\ LET known == slots[s].message.key \in orders.keys IN
       Shop!Proceeds(s, IF known THEN "ReplySubmitted" ELSE "Save", [orders |-> orders])
    /\ UNCHANGED <<seen, orders, user>>

Save(s) ==
    /\ Shop!At(s, "Save")
    /\ LET own == slots[s].orders
           new == [own EXCEPT !.keys = own.keys \cup {slots[s].message.key}] IN
       /\ Shop!Commits(s, "orders", orders, new, {"keys"}, "ReplySubmitted")
       /\ orders' = Shop!Committed(s, "orders", orders, new)
    /\ UNCHANGED <<sent, fresh, user>>

ReplySubmitted(s) ==
    /\ Shop!At(s, "ReplySubmitted")
    /\ Shop!Answers(s, "End")
    /\ RepliesTo(slots[s].message, "Submitted")
    /\ UNCHANGED orders

Look(s) ==
    /\ Shop!At(s, "Look")
    /\ Shop!Proceeds(s, "ReplyStatus", [orders |-> orders])
    /\ UNCHANGED <<seen, orders, user>>

ReplyStatus(s) ==
    /\ Shop!At(s, "ReplyStatus")
    /\ Shop!Answers(s, "End")
    /\ RepliesTo(GetStatus, IF slots[s].orders.keys = {} THEN "None" ELSE "Ordered")
    /\ UNCHANGED orders

-----------------------------------------------------------------------------

ReplyArrives ==
    /\ \E r \in BagToSet(replies) :
         /\ HearsReply(Script, r)
         /\ Shop!ArriveAll(FollowsReply(Script, r))
    /\ UNCHANGED <<budget, orders>>

AskAgain ==
    /\ ClicksAgain(Script)
    /\ Shop!ArriveAll(RequestAt(Script, client.at))
    /\ UNCHANGED <<budget, orders>>

GiveUp ==
    /\ GivesUpOn(Script)
    /\ Shop!ArriveAll(FollowsGivingUp(Script))
    /\ UNCHANGED <<budget, orders>>

Crash == Shop!Crashes /\ UNCHANGED <<orders, user>>
Recover == Shop!Recovers /\ UNCHANGED <<orders, user>>
RequestLost == Shop!Loses(Given) /\ UNCHANGED <<orders, user>>
ReplyLost == Shop!Strikes("lose") /\ LosesReply /\ UNCHANGED orders

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : ReplySubmitted(s)
    \/ \E s \in Slots : Look(s)
    \/ \E s \in Slots : ReplyStatus(s)
    \/ ReplyArrives
    \/ AskAgain
    \/ GiveUp
    \/ Recover
    \/ Crash
    \/ RequestLost
    \/ ReplyLost

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(ReplyArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(Save(s)) /\ WF_vars(ReplySubmitted(s))
        /\ WF_vars(Look(s)) /\ WF_vars(ReplyStatus(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------

AtRest == Shop!EndpointAtRest /\ replies = EmptyBag

AllSlotsBusy == Shop!Free = {}
AllDone == AtRest /\ acked = Given

AtMostOneOrder == Cardinality(orders.keys) <= 1
ToldTheTruth == "Ordered" \in Shop!Range(client.heard) => orders.keys # {}
Settles == <>[]AtRest

=============================================================================
