------------------------ MODULE OutOfDocumentOutbox -------------------------
(***************************************************************************)
(* The outbox outside the document: an event waits in a store of its own,  *)
(* under the id of a transaction, and the order holds only that id.        *)
(*                                                                         *)
(* Each command adds one line to the order and must lead to one event,     *)
(* LineAdded. The event is staged first; saving the order with the         *)
(* transaction's id is the commit point. What follows, the tail, is        *)
(* finished by the next command if the endpoint crashes. The variants      *)
(* differ in the order of the tail's four steps, in which command they     *)
(* mark as processed, and in what they do when the save fails.             *)
(*                                                                         *)
(* Source: exercises 15 and 16 of the workshop with their published        *)
(* solutions, and the "exactly once" processor with its compensation.      *)
(* Left out: who consumes the event (`sent` shows all that was published). *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order,      \* the one document: lines, and ids of transactions
    outbox,     \* transaction |-> document: its event
    inbox       \* ids of processed commands

vars == <<endpoint, order, outbox, inbox>>
stores == <<order, outbox, inbox>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
    /\ order.pending \in Seq(Messages \X Nat)
    /\ DOMAIN order.transactions \subseteq Messages
    /\ DOMAIN outbox \subseteq Messages \X Nat
    /\ \A id \in DOMAIN outbox : DOMAIN outbox[id].events \subseteq Messages
    /\ inbox \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, pending |-> <<>>,
                transactions |-> <<>>]
    /\ outbox = <<>>
    /\ inbox = {}

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the handler's *)
(* copy o of the order; `found` says whether there is an item to finish,   *)
(* and `saved` whether this attempt has saved the order.                   *)

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

\* The steps of the tail that are taken even if the item is gone. Only who
\* does not ask the item can mark a command then.
WithoutItem ==
    {"Clear"} \cup
    IF Variant \in {"as-published", "id-from-item"} THEN {"Mark"} ELSE {}

\* Each step of `tail` leads to the next one, and the last one to `end`.
InOrder(tail, end) ==
    [step \in Range(tail) |->
        LET n == CHOOSE i \in DOMAIN tail : tail[i] = step
        IN  IF n = Len(tail) THEN end ELSE tail[n + 1]]

OneField(m, o, found, saved) ==
    LET tail == SelectSeq(SavedTail,
                          LAMBDA step : found \/ step \in WithoutItem)
    IN
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

\* The transaction that command m is to finish, given document o.
ToFinish(m, o) ==
    IF Variant = "dictionary"
    THEN {o.transactions[x] : x \in {m} \cap DOMAIN o.transactions}
    ELSE Range(o.pending)

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == IF "order" \in DOMAIN slots[s] THEN slots[s].order ELSE order

\* Whether slot s has found an item, or is about to.
Found(s) ==
    IF At(s, "LoadItem")
    THEN ToFinish(slots[s].message, Known(s)) \cap DOMAIN outbox # {}
    ELSE "outbox" \in DOMAIN slots[s]

\* What slot s does after `step`.
Then(s, step) ==
    LET m == slots[s].message
        saved == "saved" \in DOMAIN slots[s]
    IN  IF Variant = "dictionary"
        THEN Dictionary(m, Known(s), Found(s))[step]
        ELSE OneField(m, Known(s), Found(s), saved)[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The command whose event an item holds, and that event.
Owner(item) == CHOOSE m \in DOMAIN item.events : TRUE
EventOf(item) == item.events[Owner(item)]

\* The commands that slot s marks as processed: one.
ToMark(s) ==
    IF Variant = "as-published" \/ ~Found(s) THEN {slots[s].message}
                                             ELSE {Owner(slots[s].outbox)}

\* The slot's copy of the order with the line and the transaction it staged.
Added(s) ==
    LET m == slots[s].message
        id == EventOf(slots[s].outbox).id
        o == [slots[s].order EXCEPT !.lines = Append(@, m)]
    IN  IF Variant = "dictionary"
        THEN [o EXCEPT !.transactions = (m :> id) @@ @]
        ELSE [o EXCEPT !.pending = <<id>>]

\* The outbox without the item of transaction `id`.
Without(id) == [x \in DOMAIN outbox \ {id} |-> outbox[x]]

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, "Load", TRUE)
    /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load") /\ UNCHANGED <<observed, stores>>
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])

LoadItem(s) ==
    /\ At(s, "LoadItem")
    /\ LET ids == ToFinish(slots[s].message, slots[s].order)
               \cap DOMAIN outbox
       IN  Proceeds(s, Then(s, "LoadItem"),
                    IF ids = {} THEN Nothing
                    ELSE [outbox |-> outbox[CHOOSE id \in ids : TRUE]])
    /\ UNCHANGED <<observed, stores>>

\* After Load, as in the inbox: a command without a mark was not processed
\* when the order was loaded.
CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, Then(s, "CheckInbox"), Nothing)
    /\ UNCHANGED <<observed, stores>>

Stage(s) ==
    /\ At(s, "Stage")
    /\ LET m == slots[s].message
           event == [id |-> NewId(m), line |-> m,
                     lines |-> Len(slots[s].order.lines) + 1]
           item == [version |-> 1, events |-> (m :> event)]
       IN  /\ outbox' = (NewId(m) :> item) @@ outbox
           /\ Proceeds(s, Then(s, "Stage"), [outbox |-> item])
           /\ Draws(m)
    /\ UNCHANGED <<hist, sent, order, inbox>>

\* The commit point.
Save(s) ==
    /\ At(s, "Save")
    /\ LET new == Added(s) IN
       /\ IF IsCurrent(s, "order", order)
          THEN /\ Records(s, {"lines"}, order, new)
               /\ Proceeds(s, Then(s, "Save"),
                    [order |-> NextVersion(order, new), saved |-> TRUE])
          ELSE Proceeds(s, Refused, Nothing) /\ UNCHANGED hist
       /\ order' = Committed(s, "order", order, new)
    /\ UNCHANGED <<sent, fresh, outbox, inbox>>

\* Deletes what was staged, and gives the message back.
Discard(s) ==
    /\ At(s, "Discard")
    /\ outbox' = Without(EventOf(slots[s].outbox).id)
    /\ Proceeds(s, "GiveBack", Nothing)
    /\ UNCHANGED <<observed, order, inbox>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET event == EventOf(slots[s].outbox) IN
       sent' = sent \cup {[cause |-> event.line, output |-> "LineAdded",
                           message |-> event, basis |-> event.lines]}
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ inbox' = inbox \cup ToMark(s)
    /\ Proceeds(s, Then(s, "Mark"), Nothing)
    /\ UNCHANGED <<observed, order, outbox>>

DeleteItem(s) ==
    /\ At(s, "DeleteItem")
    /\ outbox' = Without(EventOf(slots[s].outbox).id)
    /\ Proceeds(s, Then(s, "DeleteItem"), Nothing)
    /\ UNCHANGED <<observed, order, inbox>>

Clear(s) ==
    /\ At(s, "Clear")
    /\ LET new == [slots[s].order EXCEPT !.pending = <<>>] IN
       /\ Commits(s, "order", order, new, {"lines"}, Then(s, "Clear"))
       /\ order' = Committed(s, "order", order, new)
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
    /\ LET new == Added(s) IN
       /\ IF IsCurrent(s, "order", order) THEN Records(s, {"lines"}, order, new)
                                          ELSE UNCHANGED hist
       /\ order' = Committed(s, "order", order, new)
    /\ IF Unanswered = "GiveBack"
       THEN GivesUp(s)
       ELSE /\ slots' = [slots EXCEPT ![s].at = Unanswered]
            /\ UNCHANGED <<incoming, leases, up, acked>>
    /\ Spends("unknown")
    /\ UNCHANGED <<sent, fresh, outbox, inbox>>

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
    /\ WF_vars(Receive)
    /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(LoadItem(s)) /\ WF_vars(CheckInbox(s))
        /\ WF_vars(Stage(s)) /\ WF_vars(Save(s)) /\ WF_vars(Discard(s))
        /\ WF_vars(Publish(s)) /\ WF_vars(Mark(s)) /\ WF_vars(DeleteItem(s))
        /\ WF_vars(Clear(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest == EndpointAtRest

NoGhostAtRest == AtRest => NoGhostEver

NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

\* Ids are remembered only for commands that may still arrive.
DedupBounded ==
    Cardinality(inbox \cup DOMAIN order.transactions) <= Cardinality(InFlight)

\* No item and no unfinished transaction is left when all is done.
CleanAtRest == AtRest => outbox = <<>> /\ order.pending = <<>>

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
