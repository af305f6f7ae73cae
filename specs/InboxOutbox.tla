---------------------------- MODULE InboxOutbox -----------------------------
(***************************************************************************)
(* Inbox and outbox: the ids of processed commands are kept apart from the *)
(* order that the commands change.                                         *)
(*                                                                         *)
(* Each command adds one line to the order and must lead to one event,     *)
(* LineAdded. The event waits in the order, saved with the line, until it  *)
(* is published. Then the command is marked in the inbox, and its entry    *)
(* leaves the order. From the save on, the command is in the order, in the *)
(* inbox, or in both. The variants differ in when the inbox is checked, in *)
(* what is cleaned up, and in whether a claim record replaces the inbox.   *)
(*                                                                         *)
(* Source: the exercises of the workshop in which deduplication data moves *)
(* out of the entity, and the low-consistency inbox of its material.       *)
(* Left out: who consumes the event. Old ids are evicted, and the inbox    *)
(* answers what it held before its last change, only where the budgets of  *)
(* the faults `forget` and `stale` say so.                                 *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order,      \* the one document: lines, and commands being processed
    claims,     \* command |-> document: the first claim on it
    inbox,      \* ids of processed commands
    inboxBefore \* what the inbox held before its last change, if it may lag

vars == <<endpoint, order, claims, inbox, inboxBefore>>
inboxes == <<inbox, inboxBefore>>
stores == <<order, claims, inboxes>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
    /\ DOMAIN order.outbox \subseteq Messages
    /\ DOMAIN claims \subseteq Messages
    /\ \A m \in DOMAIN claims : claims[m].by \in Messages \X Nat
    /\ inbox \subseteq Messages
    /\ inboxBefore \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, outbox |-> <<>>]
    /\ claims = <<>>
    /\ inbox = {}
    /\ inboxBefore = {}

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the handler's *)
(* copy o of the order; `processed` is what the inbox says.                *)

\* What document o holds for command m; nothing if it holds no entry.
Entry(m, o) == IF m \in DOMAIN o.outbox THEN o.outbox[m] ELSE <<>>

\* Where the processing of a new command goes on, and that of an old one.
Processes(m, o) == IF "event" \in DOMAIN Entry(m, o) THEN "Publish" ELSE "Save"
Finishes(m, o) == IF m \in DOMAIN o.outbox THEN "Clean" ELSE "Ack"

EntityThenInbox(m, o, processed) ==
    [Receive    |-> "Load",
     Load       |-> "CheckInbox",
     CheckInbox |-> IF processed THEN Finishes(m, o) ELSE Processes(m, o),
     Save       |-> "Publish",
     Publish    |-> "Mark",
     Mark       |-> "Clean",
     Clean      |-> "Ack"]

InboxThenEntity(m, o, processed) ==
    [Receive    |-> "CheckInbox",
     CheckInbox |-> "Load",
     Load       |-> IF processed THEN Finishes(m, o) ELSE Processes(m, o)]
        @@ EntityThenInbox(m, o, processed)

DuplicatesNotCleaned(m, o, processed) ==
    [CheckInbox |-> IF processed THEN "Ack" ELSE Processes(m, o)]
        @@ EntityThenInbox(m, o, processed)

\* Whether the claim record was created under the claim that o holds.
Ours(m, o) ==
    /\ m \in DOMAIN claims
    /\ "claim" \in DOMAIN Entry(m, o)
    /\ claims[m].by = Entry(m, o).claim

Claims(m, o) ==
    [Receive   |-> "Load",
     Load      |-> CASE "event" \in DOMAIN Entry(m, o) -> "Publish"
                     [] DOMAIN Entry(m, o) = {"claim"} -> "Claim"
                     [] OTHER                          -> "SaveClaim",
     SaveClaim |-> "Claim",
     Claim     |-> IF m \in DOMAIN claims THEN "LoadClaim" ELSE "Save",
     LoadClaim |-> IF Ours(m, o) THEN "Save" ELSE "Clean",
     Save      |-> "Publish",
     Publish   |-> "Clean",
     Clean     |-> "Ack"]

Steps(m, o, processed) ==
    CASE Variant = "entity-then-inbox" -> EntityThenInbox(m, o, processed)
      [] Variant = "inbox-then-entity" -> InboxThenEntity(m, o, processed)
      [] Variant = "duplicates-not-cleaned" ->
             DuplicatesNotCleaned(m, o, processed)
      [] Variant = "claims" -> Claims(m, o)

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == IF "order" \in DOMAIN slots[s] THEN slots[s].order ELSE order

\* What the inbox has told slot s, or would tell it now.
Processed(s) == IF "processed" \in DOMAIN slots[s] THEN slots[s].processed
                                                   ELSE slots[s].message \in inbox

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s), Processed(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* Document o with more in the entry of command m.
WithEntry(m, o, more) ==
    [o EXCEPT !.outbox = (m :> (more @@ Entry(m, o))) @@ @]

\* Document o with the line that command m asks for, and its event.
WithLine(m, o) ==
    LET lines == Append(o.lines, m)
        event == [id |-> NewId(m), lines |-> Len(lines)]
    IN  [WithEntry(m, o, [event |-> event]) EXCEPT !.lines = lines]

\* Document o without the entry of command m.
Cleaned(m, o) == [o EXCEPT !.outbox = [x \in DOMAIN @ \ {m} |-> @[x]]]

\* The inbox holds `ids` from now on.
InboxBecomes(ids) ==
    /\ inbox' = ids
    /\ inboxBefore' = IF Budget.stale > 0 /\ ids # inbox THEN inbox ELSE inboxBefore

\* Writes `document`, made from the slot's copy, and goes on after `step`.
Writes(s, document, step) ==
    /\ Commits(s, "order", order, document, {"lines"}, Then(s, step))
    /\ order' = Committed(s, "order", order, document)

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) :
           Takes(m, Steps(m, order, FALSE).Receive, TRUE)
    /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

\* A handler that has yet to load the order must remember the answer.
CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, Then(s, "CheckInbox"),
                IF Variant = "inbox-then-entity"
                THEN [processed |-> slots[s].message \in inbox] ELSE Nothing)
    /\ UNCHANGED <<observed, stores>>

SaveClaim(s) ==
    /\ At(s, "SaveClaim")
    /\ LET m == slots[s].message IN
       /\ Writes(s, WithEntry(m, slots[s].order, [claim |-> NewId(m)]),
                 "SaveClaim")
       /\ Draws(m)
    /\ UNCHANGED <<sent, claims, inboxes>>

\* Creates the claim record. Only one claim on a command ever does.
Claim(s) ==
    /\ At(s, "Claim")
    /\ LET m == slots[s].message
           record == [by |-> slots[s].order.outbox[m].claim, version |-> 1]
           exists == m \in DOMAIN claims
       IN  /\ claims' = IF exists THEN claims ELSE (m :> record) @@ claims
           /\ Proceeds(s, Then(s, "Claim"),
                       IF exists THEN Nothing ELSE [claims |-> record])
    /\ UNCHANGED <<observed, order, inboxes>>

\* Looks up whether the record was created under the claim in the order.
LoadClaim(s) ==
    /\ At(s, "LoadClaim")
    /\ Proceeds(s, Then(s, "LoadClaim"), [claims |-> claims[slots[s].message]])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message IN
       /\ Writes(s, WithLine(m, slots[s].order), "Save")
       /\ Draws(m)
    /\ UNCHANGED <<sent, claims, inboxes>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message
           event == slots[s].order.outbox[m].event
       IN  sent' = sent \cup {[cause |-> m, output |-> "LineAdded",
                               message |-> event, basis |-> event.lines]}
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ InboxBecomes(inbox \cup {slots[s].message})
    /\ Proceeds(s, Then(s, "Mark"), Nothing)
    /\ UNCHANGED <<observed, order, claims>>

Clean(s) ==
    /\ At(s, "Clean")
    /\ Writes(s, Cleaned(slots[s].message, slots[s].order), "Clean")
    /\ UNCHANGED <<sent, fresh, claims, inboxes>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* The inbox removes an id after its retention time.
Evict ==
    /\ Strikes("forget")
    /\ \E m \in inbox : InboxBecomes(inbox \ {m})
    /\ UNCHANGED <<order, claims>>

\* The check of slot s is answered by what the inbox held before.
StaleRead(s) ==
    /\ At(s, "CheckInbox")
    /\ budget.stale > 0
    /\ Spends("stale")
    /\ LET m == slots[s].message
           found == m \in inboxBefore
           answer == IF Variant = "inbox-then-entity" THEN [processed |-> found]
                                                      ELSE Nothing
           next == [at |-> Steps(m, Known(s), found).CheckInbox]
       IN  slots' = [slots EXCEPT ![s] = next @@ answer @@ slots[s]]
    /\ UNCHANGED <<incoming, leases, up, acked, observed, stores>>

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : CheckInbox(s)
    \/ \E s \in Slots : SaveClaim(s)
    \/ \E s \in Slots : Claim(s)
    \/ \E s \in Slots : LoadClaim(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : Mark(s)
    \/ \E s \in Slots : Clean(s)
    \/ \E s \in Slots : Ack(s)
    \/ Crash
    \/ Recover
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ Evict
    \/ \E s \in Slots : StaleRead(s)

Fairness ==
    /\ WF_vars(Receive)
    /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(CheckInbox(s))
        /\ WF_vars(SaveClaim(s)) /\ WF_vars(Claim(s)) /\ WF_vars(LoadClaim(s))
        /\ WF_vars(Save(s)) /\ WF_vars(Publish(s)) /\ WF_vars(Mark(s))
        /\ WF_vars(Clean(s)) /\ WF_vars(Ack(s))

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
    Cardinality(inbox \cup DOMAIN claims) <= Cardinality(InFlight)

\* No entry is left in the order when all is done.
CleanAtRest == AtRest => order.outbox = <<>>

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
