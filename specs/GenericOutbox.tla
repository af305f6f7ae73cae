--------------------------- MODULE GenericOutbox ---------------------------
(***************************************************************************)
(* Middleware that gives any handler an outbox. The handler adds a line to *)
(* an order and returns what is to be sent: LineAdded, and FirstLineAdded  *)
(* if it is the first. The outbox maps the id of the incoming command to   *)
(* these messages: absent, pending, or dispatched (an empty list).         *)
(*                                                                         *)
(* The variants differ in what an entry means, in whether it is marked,    *)
(* and in when a message gets its id.                                      *)
(*                                                                         *)
(* Source: exercise 12 of the workshop with its follow-up, and exercises   *)
(* 14 to 17 of its second generation.                                      *)
(* Left out: a relay, several documents, and who consumes the events.      *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which middleware
    Copies      \* copies of every command that wait at the start

VARIABLES
    order       \* the one document: lines, and the outbox by incoming command

vars == <<endpoint, order>>
stores == <<order>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
    /\ DOMAIN order.outbox \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, outbox |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the           *)
(* middleware's copy o of the order.                                       *)

Present(m, o) == m \in DOMAIN o.outbox
Pending(m, o) == Present(m, o) /\ o.outbox[m] # <<>>
LedToTwo(m, o) == Present(m, o) /\ Len(o.outbox[m]) = 2

\* Also id-at-dispatch and shared-id, whose messages have other ids.
ThreeStates(m, o) ==
    [Receive |-> "Load",
     Load    |-> CASE Pending(m, o) -> "PublishLineAdded"
                   [] Present(m, o) -> "Ack"
                   [] OTHER         -> "Save",
     Save    |-> "PublishLineAdded",
     PublishLineAdded |->
         IF LedToTwo(m, o) THEN "PublishFirstLineAdded" ELSE "MarkDispatched",
     PublishFirstLineAdded |-> "MarkDispatched",
     MarkDispatched        |-> "Ack"]

TwoStates(m, o) ==
    [Load |-> IF Present(m, o) THEN "Ack" ELSE "Save"] @@ ThreeStates(m, o)

NeverMarked(m, o) ==
    [PublishLineAdded |->
         IF LedToTwo(m, o) THEN "PublishFirstLineAdded" ELSE "Ack",
     PublishFirstLineAdded |-> "Ack"] @@ ThreeStates(m, o)

Steps(m, o) ==
    CASE Variant = "two-states"   -> TwoStates(m, o)
      [] Variant = "never-marked" -> NeverMarked(m, o)
      [] OTHER                    -> ThreeStates(m, o)

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == IF "order" \in DOMAIN slots[s] THEN slots[s].order ELSE order

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

-----------------------------------------------------------------------------
(* What the handler decides, and what the middleware stores of it *)

\* The handler sends so many messages for the next line of order o.
Decided(o) == IF o.lines = <<>> THEN 2 ELSE 1

\* The id of the n-th message of command m when it is stored.
StoredId(m, n) ==
    CASE Variant = "id-at-dispatch" -> <<>>
      [] Variant = "shared-id"      -> <<DerivedId(m)>>
      [] OTHER                      -> << <<m, fresh[m] + n>> >>

DrawsIdsToStore == Variant \notin {"id-at-dispatch", "shared-id"}

\* Order o with the line of command m, and with what is to be sent for it.
Handled(m, o) ==
    LET lines == Append(o.lines, m)
        line  == [output |-> "LineAdded", lines |-> Len(lines),
                  id |-> StoredId(m, 1)]
        first == [output |-> "FirstLineAdded", lines |-> Len(lines),
                  id |-> StoredId(m, 2)]
        messages == IF Decided(o) = 2 THEN <<line, first>> ELSE <<line>>
    IN  [o EXCEPT !.lines = lines, !.outbox = (m :> messages) @@ @]

-----------------------------------------------------------------------------
(* The middleware, step by step *)

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, order).Receive, TRUE)

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           o == slots[s].order
           new == Handled(m, o) IN
       /\ Commits(s, "order", order, new, {"lines"}, Then(s, "Save"))
       /\ order' = Committed(s, "order", order, new)
       /\ fresh' = IF DrawsIdsToStore
                   THEN [fresh EXCEPT ![m] = @ + Decided(o)] ELSE fresh
    /\ UNCHANGED sent

\* The n-th message of the entry of slot s, and the id it is sent under.
Entry(s, n) == slots[s].order.outbox[slots[s].message][n]
IdOf(s, n) == IF Entry(s, n).id = <<>> THEN NewId(slots[s].message)
                                       ELSE Entry(s, n).id[1]

\* Sends the n-th message of the entry.
Sends(s, n, message, basis) ==
    /\ sent' = sent \cup {[cause |-> slots[s].message,
                           output |-> Entry(s, n).output,
                           message |-> message, basis |-> basis]}
    /\ IF Entry(s, n).id = <<>> THEN Draws(slots[s].message)
                                ELSE UNCHANGED fresh
    /\ UNCHANGED <<hist, stores>>

PublishLineAdded(s) ==
    /\ At(s, "PublishLineAdded")
    /\ LET lines == Entry(s, 1).lines IN
       Sends(s, 1, [id |-> IdOf(s, 1), lines |-> lines], lines)
    /\ Proceeds(s, Then(s, "PublishLineAdded"), Nothing)

PublishFirstLineAdded(s) ==
    /\ At(s, "PublishFirstLineAdded")
    /\ Sends(s, 2, [id |-> IdOf(s, 2)], 1)
    /\ Proceeds(s, Then(s, "PublishFirstLineAdded"), Nothing)

MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ LET m == slots[s].message
           new == [slots[s].order EXCEPT !.outbox[m] = <<>>]
           next == Then(s, "MarkDispatched") IN
       /\ Commits(s, "order", order, new, {"lines"}, next)
       /\ order' = Committed(s, "order", order, new)
    /\ UNCHANGED <<sent, fresh>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : Save(s)
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : PublishLineAdded(s)
    \/ \E s \in Slots : PublishFirstLineAdded(s)
    \/ \E s \in Slots : MarkDispatched(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Save(s)) /\ WF_vars(Load(s))
                        /\ WF_vars(Ack(s)) /\ WF_vars(PublishLineAdded(s))
                        /\ WF_vars(PublishFirstLineAdded(s))
                        /\ WF_vars(MarkDispatched(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* Two messages with the same id are the same output of the same command.
DistinctIds ==
    \A e, f \in sent :
        e.message.id = f.message.id =>
            e.cause = f.cause /\ e.output = f.output

\* When all is done, the first line has been announced as the first.
FirstLineAnnounced ==
    (AtRest /\ hist # <<>>) =>
        \E e \in sent : e.output = "FirstLineAdded" /\ e.cause = hist[1]

NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.lines = hist
    /\ AtRest => Range(hist) = Messages

\* Entries are kept only for commands that may still arrive.
DedupBounded == Cardinality(DOMAIN order.outbox) <= Cardinality(InFlight)

\* No message waits to be sent when all is done.
CleanAtRest ==
    AtRest => \A m \in DOMAIN order.outbox : order.outbox[m] = <<>>

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
