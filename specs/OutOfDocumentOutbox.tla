------------------------ MODULE OutOfDocumentOutbox -------------------------
(***************************************************************************)
(* The outbox outside the document: an event waits in a store of its own,  *)
(* under the id of a transaction, and the order holds only that id.        *)
(*                                                                         *)
(* The event is staged first; saving the order with the transaction's id   *)
(* is the commit point. What follows, the tail, is finished by the next    *)
(* command if the endpoint crashes. The variants differ in the order of    *)
(* the tail's four steps, in which command they mark as processed, and in  *)
(* what they do when the save fails.                                       *)
(*                                                                         *)
(* Source: the workshop's exercises 15 and 16 with published solutions,    *)
(* and the "exactly once" processor. Left out: who consumes the event.     *)
(***************************************************************************)
EXTENDS OrderLines

VARIABLES
    outbox,     \* transaction |-> document: its event
    inbox       \* ids of processed commands

vars == <<endpoint, order, outbox, inbox>>
stores == <<order, outbox, inbox>>

TypeOK ==
    /\ OrderTypeOK
    /\ DOMAIN order.transactions \cup inbox \subseteq Messages
    /\ DOMAIN outbox \cup Range(order.pending) \subseteq Messages \X Nat
    /\ \A id \in DOMAIN outbox : DOMAIN outbox[id].events \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, pending |-> <<>>, transactions |-> <<>>]
    /\ outbox = <<>>
    /\ inbox = {}

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and order o. Is   *)
(* there an item to finish (`found`)? Has this attempt saved the order?    *)

\* The tail: what follows the save, as the variant orders it.
SavedTail ==
    LET P == "Publish"
        M == "Mark"
        D == "DeleteItem"
        C == "Clear"
    IN  CASE Variant \in {"as-published", "id-from-item"} -> <<P, D, M, C>>
          [] Variant = "publish-clear-mark-delete"        -> <<P, C, M, D>>
          [] Variant = "mark-delete-publish-clear"        -> <<M, D, P, C>>
          [] Variant = "mark-publish-delete-clear"        -> <<M, P, D, C>>
          [] Variant = "mark-publish-clear-delete"        -> <<M, P, C, D>>
          [] Variant = "publish-mark-clear-delete"        -> <<P, M, C, D>>
          [] OTHER                                        -> <<P, M, D, C>>

\* The steps of the tail that are taken even if the item is gone.
WithoutItem ==
    IF Variant \in {"as-published", "id-from-item"} THEN {"Mark", "Clear"} ELSE {"Clear"}

\* Each step of `tail` leads to the next one, and the last one to `end`.
InOrder(tail, end) ==
    [step \in Range(tail) |->
        LET n == CHOOSE i \in DOMAIN tail : tail[i] = step
        IN  IF n = Len(tail) THEN end ELSE tail[n + 1]]

OneField(m, o, found, saved) ==
    LET tail == SelectSeq(SavedTail, LAMBDA step : found \/ step \in WithoutItem) IN
    [Load       |-> IF o.pending = <<>> THEN "CheckInbox" ELSE "LoadItem",
     LoadItem   |-> Head(tail),
     CheckInbox |-> IF m \in inbox THEN "Ack" ELSE "Stage",
     Stage      |-> "Save",
     Save       |-> Head(SavedTail)]
        @@ InOrder(tail, IF saved THEN "Ack" ELSE "CheckInbox")

Dictionary(m, o, found) ==
    [Load       |-> IF m \in DOMAIN o.transactions THEN "LoadItem" ELSE "Stage",
     LoadItem   |-> IF found THEN "Publish" ELSE "Ack",
     Stage      |-> "Save",
     Save       |-> "Publish",
     Publish    |-> "DeleteItem",
     DeleteItem |-> "Ack"]

\* What follows a save that was not answered, and one that was refused.
Unanswered == IF Variant = "delete-on-any-error" THEN "Discard" ELSE "GiveBack"
Refused == IF Variant = "delete-on-conflict" THEN "Discard" ELSE Unanswered

\* The transactions that slot s is to finish, and of which there is an item.
ToFinish(s) ==
    LET m == slots[s].message
        o == Known(s) IN
    DOMAIN outbox \cap
        IF Variant # "dictionary" THEN Range(o.pending)
        ELSE {o.transactions[x] : x \in {m} \cap DOMAIN o.transactions}

\* Whether slot s has found an item, or is about to.
Found(s) ==
    IF At(s, "LoadItem") THEN ToFinish(s) # {} ELSE "outbox" \in DOMAIN slots[s]

Then(s, step) ==
    LET m == slots[s].message IN
    IF Variant = "dictionary" THEN Dictionary(m, Known(s), Found(s))[step]
    ELSE OneField(m, Known(s), Found(s), "saved" \in DOMAIN slots[s])[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The command whose event an item holds, and that event.
Owner(item) == CHOOSE m \in DOMAIN item.events : TRUE
EventOf(item) == item.events[Owner(item)]
\* The commands that slot s marks as processed: one.
ToMark(s) ==
    IF Variant # "as-published" /\ Found(s) THEN {Owner(slots[s].outbox)}
                                            ELSE {slots[s].message}

\* The slot's copy of the order with the line and the transaction it staged.
Added(s) ==
    LET m == slots[s].message
        id == EventOf(slots[s].outbox).id
        o == [slots[s].order EXCEPT !.lines = Append(@, m)] IN
    IF Variant = "dictionary" THEN [o EXCEPT !.transactions = (m :> id) @@ @]
                              ELSE [o EXCEPT !.pending = <<id>>]

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load") /\ UNCHANGED <<observed, stores>>
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])

LoadItem(s) ==
    /\ At(s, "LoadItem")
    /\ Proceeds(s, Then(s, "LoadItem"),
                IF Found(s) THEN [outbox |-> outbox[CHOOSE id \in ToFinish(s) : TRUE]]
                            ELSE Nothing)
    /\ UNCHANGED <<observed, stores>>

CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, Then(s, "CheckInbox"), Nothing)
    /\ UNCHANGED <<observed, stores>>

Stage(s) ==
    /\ At(s, "Stage")
    /\ LET m == slots[s].message
           lines == Len(slots[s].order.lines) + 1
           event == [id |-> NewId(m), line |-> m, lines |-> lines]
           item == [version |-> 1, events |-> (m :> event)]
       IN  /\ outbox' = (NewId(m) :> item) @@ outbox
           /\ Proceeds(s, Then(s, "Stage"), [outbox |-> item])
           /\ Draws(m)
    /\ UNCHANGED <<hist, sent, order, inbox>>

\* The commit point: the order is saved, if nobody has written it since.
Saves(s) ==
    /\ order' = Committed(s, "order", order, Added(s))
    /\ Records(s, {"lines"}, order, Committed(s, "order", order, Added(s)))
    /\ UNCHANGED <<sent, fresh, outbox, inbox>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET new == NextVersion(order, Added(s)) IN
       IF IsCurrent(s, "order", order)
       THEN Proceeds(s, Then(s, "Save"), [order |-> new, saved |-> TRUE])
       ELSE Proceeds(s, Refused, Nothing)
    /\ Saves(s)

\* Deletes the item of slot s, and goes on to `next`.
Deletes(s, next) ==
    /\ LET others == DOMAIN outbox \ {EventOf(slots[s].outbox).id} IN
       outbox' = [x \in others |-> outbox[x]]
    /\ Proceeds(s, next, Nothing)
    /\ UNCHANGED <<observed, order, inbox>>

Discard(s) == At(s, "Discard") /\ Deletes(s, "GiveBack")
DeleteItem(s) == At(s, "DeleteItem") /\ Deletes(s, Then(s, "DeleteItem"))

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET event == EventOf(slots[s].outbox) IN Announces(event.line, event)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ inbox' = inbox \cup ToMark(s)
    /\ Proceeds(s, Then(s, "Mark"), Nothing)
    /\ UNCHANGED <<observed, order, outbox>>

Clear(s) ==
    /\ At(s, "Clear")
    /\ Writes(s, [slots[s].order EXCEPT !.pending = <<>>], Then(s, "Clear"))
    /\ UNCHANGED <<sent, fresh, outbox, inbox>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* The save is carried out, or refused, but no answer comes in.
AnswerLost(s) ==
    /\ At(s, "Save")
    /\ budget.unknown > 0
    /\ Saves(s)
    /\ IF Unanswered = "GiveBack" THEN GivesUp(s) ELSE GoesTo(s, Unanswered)
    /\ Spends("unknown")

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : LoadItem(s)
    \/ \E s \in Slots : CheckInbox(s)
    \/ \E s \in Slots : Stage(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Discard(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : Mark(s)
    \/ \E s \in Slots : DeleteItem(s)
    \/ \E s \in Slots : Clear(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ \E s \in Slots : AnswerLost(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(LoadItem(s)) /\ WF_vars(CheckInbox(s))
        /\ WF_vars(Stage(s)) /\ WF_vars(Save(s)) /\ WF_vars(Discard(s))
        /\ WF_vars(Publish(s)) /\ WF_vars(Mark(s)) /\ WF_vars(DeleteItem(s))
        /\ WF_vars(Clear(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest
NoGhostAtRest == AtRest => NoGhostEver
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)
DedupBounded ==
    Cardinality(inbox \cup DOMAIN order.transactions) <= Cardinality(InFlight)
CleanAtRest == AtRest => outbox = <<>> /\ order.pending = <<>>
Settles == <>[]AtRest

=============================================================================
