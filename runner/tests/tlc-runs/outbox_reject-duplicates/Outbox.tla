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
EXTENDS Guarantees

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order,      \* the one document: lines, ids processed, events not yet sent
    inbox       \* ids of processed commands, where they are kept apart

vars == <<endpoint, order, inbox>>
stores == <<order, inbox>>

WithOutbox ==
    Variant \in {"transactional", "reject-duplicates", "blind-write"}
IdsApart == Variant \in {"marked-before", "marked-after"}
IdsWithState == WithOutbox \/ Variant \in {"ids-with-state", "derived-ids"}

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
    /\ order.processed \subseteq Messages
    /\ DOMAIN order.outbox \subseteq Messages
    /\ inbox \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, processed |-> {},
                outbox |-> <<>>]
    /\ inbox = {}

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The event about the order as it is in document o.
LineAdded(id, o) == [id |-> id, lines |-> Len(o.lines)]

\* Document o with the line that command m asks for.
Added(m, o) == [o EXCEPT !.lines = Append(@, m)]

\* What the handler writes: the change, and what it must remember with it.
Change(m, o) ==
    LET added == Added(m, o) IN
    CASE WithOutbox ->
           [added EXCEPT !.processed = @ \cup {m},
                         !.outbox = (m :> LineAdded(NewId(m), added)) @@ @]
      [] IdsWithState /\ ~WithOutbox ->
           [added EXCEPT !.processed = @ \cup {m}]
      [] OTHER -> added

\* Document o without the event of command m.
Dispatched(m, o) ==
    [o EXCEPT !.outbox = [x \in DOMAIN @ \ {m} |-> @[x]]]

\* Writes `document`, made from the slot's copy. Optimistic concurrency: if
\* somebody else has written since, the handler gives the message back.
Commits(s, document, next) ==
    IF order.version = slots[s].order.version \/ Variant = "blind-write"
    THEN LET new == [document EXCEPT !.version = order.version + 1] IN
         /\ order' = new
         /\ hist' = IF new.lines # order.lines
                    THEN Append(hist, slots[s].message) ELSE hist
         /\ Proceeds(s, next, [order |-> new])
    ELSE /\ GivesBack(s)
         /\ UNCHANGED <<order, hist>>

Receive ==
    /\ Takes(IF IdsApart THEN "CheckInbox" ELSE "Load", TRUE)
    /\ UNCHANGED stores

CheckInbox(s) ==
    /\ At(s, "CheckInbox")
    /\ Proceeds(s, CASE slots[s].message \in inbox -> "Ack"
                     [] Variant = "marked-before"  -> "Mark"
                     [] OTHER                      -> "Load", Nothing)
    /\ UNCHANGED <<observed, stores>>

Load(s) ==
    LET m == slots[s].message
        done == WithOutbox /\ m \in order.processed /\ m \notin DOMAIN order.outbox
    IN
    /\ At(s, "Load")
    /\ IF done /\ Variant = "reject-duplicates"
       THEN GivesBack(s)
       ELSE Proceeds(s,
              CASE Variant = "publish-then-save" -> "Publish"
                [] Variant = "check-and-return" /\ m \in Range(order.lines) -> "Ack"
                [] done                                       -> "Ack"
                [] IdsWithState /\ m \in order.processed      -> "Publish"
                [] OTHER                                      -> "Save",
              [order |-> order])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    LET m == slots[s].message IN
    /\ At(s, "Save")
    /\ Commits(s, Change(m, slots[s].order),
               CASE Variant = "publish-then-save" -> "Ack"
                 [] Variant = "marked-after"      -> "Mark"
                 [] OTHER                         -> "Publish")
    /\ IF WithOutbox THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<sent, inbox>>

Mark(s) ==
    /\ At(s, "Mark")
    /\ inbox' = inbox \cup {slots[s].message}
    /\ Proceeds(s, IF Variant = "marked-before" THEN "Load" ELSE "Publish",
                Nothing)
    /\ UNCHANGED <<observed, order>>

\* The outbox sends what it stored; the others make up the event now.
Publish(s) ==
    LET m == slots[s].message
        o == IF Variant = "publish-then-save" THEN Added(m, slots[s].order)
                                              ELSE slots[s].order
        event == CASE WithOutbox              -> o.outbox[m]
                   [] Variant = "derived-ids" -> LineAdded(DerivedId(m), o)
                   [] OTHER                   -> LineAdded(NewId(m), o)
    IN
    /\ At(s, "Publish")
    /\ sent' = sent \cup {[cause |-> m, output |-> "LineAdded",
                           message |-> event, basis |-> event.lines]}
    /\ Proceeds(s, CASE Variant = "publish-then-save" -> "Save"
                     [] WithOutbox                    -> "MarkDispatched"
                     [] OTHER                         -> "Ack", Nothing)
    /\ IF WithOutbox \/ Variant = "derived-ids" THEN UNCHANGED fresh
                                                ELSE Draws(m)
    /\ UNCHANGED <<hist, stores>>

MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ Commits(s, Dispatched(slots[s].message, slots[s].order), "Ack")
    /\ UNCHANGED <<sent, fresh, inbox>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

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
(* What is asked of it *)

AtRest == EndpointAtRest

NoGhostAtRest == AtRest => NoGhostEver

NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.lines = hist
    /\ AtRest => Range(hist) = Messages

\* Ids are remembered only for commands that may still arrive.
DedupBounded == Cardinality(order.processed \cup inbox) <= Cardinality(InFlight)

\* No event waits to be sent when all is done.
CleanAtRest == AtRest => order.outbox = <<>>

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
