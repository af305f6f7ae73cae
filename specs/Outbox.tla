------------------------------- MODULE Outbox -------------------------------
(***************************************************************************)
(* A handler that changes an order and publishes an event about it.        *)
(*                                                                         *)
(* Each command adds one line to the order and must lead to one event,     *)
(* LineAdded, that says how many lines the order then had. Save and        *)
(* publish are two steps, commands arrive more than once, and the endpoint *)
(* may crash between any two steps. The variants are the ways people write *)
(* this handler; only the transactional outbox keeps every promise.        *)
(*                                                                         *)
(* Source: the handler of the workshop's exercises 5 to 12; the outbox as  *)
(* in "exactly once" processing by atomically storing outputs with state.  *)
(* Left out: who consumes the event (`sent` shows all that was published). *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order,      \* the one document: lines, ids processed, events not yet sent
    inbox       \* ids of processed commands, where they are kept apart

vars == <<endpoint, order, inbox>>
stores == <<order, inbox>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
    /\ order.processed \subseteq Messages
    /\ DOMAIN order.outbox \subseteq Messages
    /\ inbox \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, processed |-> {}, outbox |-> <<>>]
    /\ inbox = {}

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the handler's *)
(* copy o of the order.                                                    *)

PublishThenSave ==
    [Receive |-> "Load",
     Load    |-> "Publish",
     Publish |-> "Save",
     Save    |-> "Ack"]

SaveThenPublish ==
    [Receive |-> "Load",
     Load    |-> "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

CheckAndReturn(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF m \in Range(o.lines) THEN "Ack" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

MarkedBefore(m) ==
    [Receive    |-> "CheckInbox",
     CheckInbox |-> IF m \in inbox THEN "Ack" ELSE "Mark",
     Mark       |-> "Load",
     Load       |-> "Save",
     Save       |-> "Publish",
     Publish    |-> "Ack"]

MarkedAfter(m) ==
    [Receive    |-> "CheckInbox",
     CheckInbox |-> IF m \in inbox THEN "Ack" ELSE "Load",
     Load       |-> "Save",
     Save       |-> "Mark",
     Mark       |-> "Publish",
     Publish    |-> "Ack"]

\* Also derived-ids, whose events have other ids.
IdsWithState(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF m \in o.processed THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

\* Also blind-write, which saves without a check of the version.
Transactional(m, o) ==
    [Receive        |-> "Load",
     Load           |-> CASE m \notin o.processed    -> "Save"
                          [] m \in DOMAIN o.outbox   -> "Publish"
                          [] OTHER                   -> "Ack",
     Save           |-> "Publish",
     Publish        |-> "MarkDispatched",
     MarkDispatched |-> "Ack"]

RejectDuplicates(m, o) ==
    LET done == m \in o.processed /\ m \notin DOMAIN o.outbox IN
    [Transactional(m, o) EXCEPT !.Load = IF done THEN "GiveBack" ELSE @]

Steps(m, o) ==
    CASE Variant = "publish-then-save" -> PublishThenSave
      [] Variant = "save-then-publish" -> SaveThenPublish
      [] Variant = "check-and-return"  -> CheckAndReturn(m, o)
      [] Variant = "marked-before"     -> MarkedBefore(m)
      [] Variant = "marked-after"      -> MarkedAfter(m)
      [] Variant \in {"ids-with-state", "derived-ids"}  -> IdsWithState(m, o)
      [] Variant \in {"transactional", "blind-write"}   -> Transactional(m, o)
      [] Variant = "reject-duplicates" -> RejectDuplicates(m, o)

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == Recalled(s, "order", order)

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

\* Variants that store the event with the change, and send the stored one.
WithOutbox == Variant \in {"transactional", "reject-duplicates", "blind-write"}

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The event about the order as it is in document o.
LineAdded(id, o) == [id |-> id, lines |-> Len(o.lines)]

\* Document o with the line that command m asks for.
Added(m, o) == [o EXCEPT !.lines = Append(@, m)]

\* The same, and the command is remembered as processed.
AddedOnce(m, o) == [Added(m, o) EXCEPT !.processed = @ \cup {m}]

\* The same, and the event about it is stored.
AddedWithEvent(m, o) ==
    LET event == LineAdded(NewId(m), Added(m, o)) IN
    [AddedOnce(m, o) EXCEPT !.outbox = (m :> event) @@ @]

\* Document o without the event of command m.
Dispatched(m, o) == [o EXCEPT !.outbox = [x \in DOMAIN @ \ {m} |-> @[x]]]

\* Writes `document`, made from the slot's copy.
Writes(s, document, next) ==
    IF Variant = "blind-write"
    THEN /\ Overwrites(s, "order", order, document, {"lines"}, next)
         /\ order' = NextVersion(order, document)
    ELSE /\ Commits(s, "order", order, document, {"lines"}, next)
         /\ order' = Committed(s, "order", order, document)

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, order).Receive, TRUE)
    /\ UNCHANGED stores

CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, Then(s, "CheckInbox"), Nothing)
    /\ UNCHANGED <<observed, stores>>

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           o == slots[s].order IN
       /\ Writes(s, CASE WithOutbox -> AddedWithEvent(m, o)
                      [] Variant \in {"ids-with-state", "derived-ids"} ->
                             AddedOnce(m, o)
                      [] OTHER -> Added(m, o), Then(s, "Save"))
       /\ IF WithOutbox THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<sent, inbox>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ inbox' = inbox \cup {slots[s].message}
    /\ Proceeds(s, Then(s, "Mark"), Nothing)
    /\ UNCHANGED <<observed, order>>

\* The outbox sends what it stored; the others make up the event now.
Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message
           o == slots[s].order
           event == CASE WithOutbox -> o.outbox[m]
                      [] Variant = "publish-then-save" ->
                             LineAdded(NewId(m), Added(m, o))
                      [] Variant = "derived-ids" -> LineAdded(DerivedId(m), o)
                      [] OTHER -> LineAdded(NewId(m), o) IN
       /\ Emits(m, "LineAdded", event, event.lines)
       /\ IF event.id = NewId(m) THEN Draws(m) ELSE UNCHANGED fresh
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ Writes(s, Dispatched(slots[s].message, slots[s].order),
              Then(s, "MarkDispatched"))
    /\ UNCHANGED <<sent, fresh, inbox>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : CheckInbox(s)
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Mark(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : MarkDispatched(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive)
    /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(CheckInbox(s)) /\ WF_vars(Load(s)) /\ WF_vars(Save(s))
        /\ WF_vars(Mark(s)) /\ WF_vars(Publish(s))
        /\ WF_vars(MarkDispatched(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest
NoGhostAtRest == AtRest => NoGhostEver
NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

\* Ids are remembered only for commands that may still arrive.
DedupBounded == Cardinality(order.processed \cup inbox) <= Cardinality(InFlight)
CleanAtRest == AtRest => order.outbox = <<>>

Settles == <>[]AtRest

=============================================================================
