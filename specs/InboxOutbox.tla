---------------------------- MODULE InboxOutbox -----------------------------
(***************************************************************************)
(* Inbox and outbox: the ids of processed commands are kept apart from the *)
(* order that the commands change.                                         *)
(* The event waits in the order, saved with the line, until it is          *)
(* published. Then the command is marked in the inbox, and its entry       *)
(* leaves the order. The variants differ in when the inbox is checked, in  *)
(* what is cleaned up, and in whether a claim record replaces the inbox.   *)
(*                                                                         *)
(* Source: the workshop's exercises in which deduplication data moves out  *)
(* of the entity, and its low-consistency inbox.                           *)
(* Left out: who consumes the event.                                       *)
(***************************************************************************)
EXTENDS OrderLines

VARIABLES
    claims,     \* command |-> document: the first claim on it
    inbox,      \* ids of processed commands
    inboxBefore \* what the inbox held before its last change, if it may lag

vars == <<endpoint, order, claims, inbox, inboxBefore>>
inboxes == <<inbox, inboxBefore>>
stores == <<order, claims, inboxes>>

TypeOK ==
    /\ OrderTypeOK
    /\ DOMAIN order.outbox \subseteq Messages
    /\ DOMAIN claims \subseteq Messages
    /\ \A m \in DOMAIN claims : claims[m].by \in Messages \X Nat
    /\ inbox \cup inboxBefore \subseteq Messages

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
    /\ m \in DOMAIN claims /\ "claim" \in DOMAIN Entry(m, o)
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
      [] Variant = "duplicates-not-cleaned" -> DuplicatesNotCleaned(m, o, processed)
      [] Variant = "claims" -> Claims(m, o)

\* What slot s has read from the inbox, or would read now.
Processed(s) == Recalled(s, "processed", slots[s].message \in inbox)

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s), Processed(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* Document o with more in the entry of command m.
WithEntry(m, o, more) == [o EXCEPT !.outbox = (m :> (more @@ Entry(m, o))) @@ @]
WithClaim(m, o) == WithEntry(m, o, [claim |-> NewId(m)])

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

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, order, FALSE).Receive, TRUE)
    /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

\* A handler that has yet to load the order must remember what the inbox says.
Answer(found) == IF Variant = "inbox-then-entity" THEN [processed |-> found] ELSE Nothing

CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, Then(s, "CheckInbox"), Answer(slots[s].message \in inbox))
    /\ UNCHANGED <<observed, stores>>

SaveClaim(s) ==
    /\ At(s, "SaveClaim")
    /\ Writes(s, WithClaim(slots[s].message, slots[s].order), Then(s, "SaveClaim"))
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, claims, inboxes>>

\* Creates the claim record. Only one claim on a command ever does.
Claim(s) ==
    /\ At(s, "Claim")
    /\ LET m == slots[s].message
           record == [by |-> slots[s].order.outbox[m].claim, version |-> 1] IN
       IF m \in DOMAIN claims
       THEN Proceeds(s, Then(s, "Claim"), Nothing) /\ UNCHANGED claims
       ELSE /\ Proceeds(s, Then(s, "Claim"), [claims |-> record])
            /\ claims' = (m :> record) @@ claims
    /\ UNCHANGED <<observed, order, inboxes>>

LoadClaim(s) ==
    /\ At(s, "LoadClaim")
    /\ Proceeds(s, Then(s, "LoadClaim"), [claims |-> claims[slots[s].message]])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ Writes(s, WithLine(slots[s].message, slots[s].order), Then(s, "Save"))
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, claims, inboxes>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN Announces(m, slots[s].order.outbox[m].event)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ InboxBecomes(inbox \cup {slots[s].message})
    /\ Proceeds(s, Then(s, "Mark"), Nothing)
    /\ UNCHANGED <<observed, order, claims>>

Clean(s) ==
    /\ At(s, "Clean")
    /\ Writes(s, Cleaned(slots[s].message, slots[s].order), Then(s, "Clean"))
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
    /\ LET found == slots[s].message \in inboxBefore
           next == Steps(slots[s].message, Known(s), found).CheckInbox IN
       slots' = [slots EXCEPT ![s] = [at |-> next] @@ Answer(found) @@ slots[s]]
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
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(CheckInbox(s)) /\ WF_vars(SaveClaim(s))
        /\ WF_vars(Claim(s)) /\ WF_vars(LoadClaim(s)) /\ WF_vars(Save(s))
        /\ WF_vars(Publish(s)) /\ WF_vars(Mark(s)) /\ WF_vars(Clean(s))
        /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest
NoGhostAtRest == AtRest => NoGhostEver
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

\* Ids are remembered only for commands that may still arrive.
DedupBounded == Cardinality(inbox \cup DOMAIN claims) <= Cardinality(InFlight)
CleanAtRest == AtRest => order.outbox = <<>>
Settles == <>[]AtRest

=============================================================================
