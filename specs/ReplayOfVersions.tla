-------------------------- MODULE ReplayOfVersions --------------------------
(***************************************************************************)
(* An order keeps every version it ever had, each with the command that    *)
(* caused it. A command that has a version is not applied again: the       *)
(* handler runs once more on the version before, and publishes the event   *)
(* that comes of it. Events are not stored.                                *)
(*                                                                         *)
(* The variants differ in the version that a second attempt runs on, in    *)
(* what the handler draws, and in how many versions are kept.              *)
(*                                                                         *)
(* Source: the workshop authors' post on state-based consistent messaging, *)
(* and its published code.                                                 *)
(* Left out: snapshots, and who consumes the event.                        *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every command that wait at the start

VARIABLES
    order       \* the one document: versions, oldest first, and the number of
                \* lines before the oldest that is kept

vars == <<endpoint, order>>
stores == <<order>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.base \in Nat
    /\ \A i \in DOMAIN order.versions : order.versions[i].cause \in Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, versions |-> <<>>, base |-> 0]

-----------------------------------------------------------------------------
(* Versions *)

\* Command m has a version in order o.
HasVersion(m, o) == \E i \in DOMAIN o.versions : o.versions[i].cause = m

\* The place of that version, the first if there are several.
Place(m, o) ==
    CHOOSE i \in DOMAIN o.versions :
        /\ o.versions[i].cause = m
        /\ \A j \in 1 .. i - 1 : o.versions[j].cause # m

\* The lines of version i of order o; before the first one it has `base`.
LinesAt(i, o) == IF i = 0 THEN o.base ELSE o.versions[i].lines

Newest(o) == LinesAt(Len(o.versions), o)

\* The lines that order o had before the version of command m, as the variant
\* reads them.
Before(m, o) ==
    LET place == Place(m, o) IN
    IF Variant = "overshooting-reader" /\ place < Len(o.versions)
    THEN Newest(o)
    ELSE LinesAt(place - 1, o)

\* Order o with a version of command m; truncated keeps that one only.
Appended(m, o) ==
    LET new == [cause |-> m, lines |-> Newest(o) + 1] IN
    IF Variant = "truncated"
    THEN [o EXCEPT !.versions = <<new>>, !.base = Newest(o)]
    ELSE [o EXCEPT !.versions = Append(@, new)]

-----------------------------------------------------------------------------
(* Which step follows which, in all variants, for command m and the        *)
(* handler's copy o of the order.                                          *)

Steps(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF HasVersion(m, o) THEN "Publish" ELSE "AppendVersion",
     AppendVersion |-> "Publish",
     Publish |-> "Ack"]

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == IF "order" \in DOMAIN slots[s] THEN slots[s].order ELSE order

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, order).Receive, TRUE)

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

AppendVersion(s) ==
    /\ At(s, "AppendVersion")
    /\ LET new == Appended(slots[s].message, slots[s].order)
           next == Then(s, "AppendVersion") IN
       /\ Commits(s, "order", order, new, {"versions"}, next)
       /\ order' = Committed(s, "order", order, new)
    /\ UNCHANGED <<sent, fresh>>

\* The nondeterministic handler draws a coupon whenever it runs.
Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message
           draws == Variant = "nondeterministic"
           event == [id     |-> DerivedId(m),
                     lines  |-> Before(m, slots[s].order) + 1,
                     coupon |-> IF draws THEN NewId(m) ELSE DerivedId(m)] IN
       /\ sent' = sent \cup {[cause |-> m, output |-> "LineAdded",
                              message |-> event, basis |-> event.lines]}
       /\ IF draws THEN Draws(m) ELSE UNCHANGED fresh
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : AppendVersion(s)
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : Publish(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(AppendVersion(s)) /\ WF_vars(Load(s))
                        /\ WF_vars(Ack(s)) /\ WF_vars(Publish(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

NoGhostAtRest == AtRest => NoGhostEver

NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The versions are those that hist makes, or the newest of them.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.base + Len(order.versions) = Len(hist)
    /\ \A i \in DOMAIN order.versions :
        order.versions[i] = [cause |-> hist[order.base + i],
                             lines |-> order.base + i]
    /\ AtRest => Range(hist) = Messages

\* Versions are kept only for commands that may still arrive.
DedupBounded == Len(order.versions) <= Cardinality(InFlight)

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
