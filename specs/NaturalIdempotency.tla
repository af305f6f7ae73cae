------------------------- MODULE NaturalIdempotency -------------------------
(***************************************************************************)
(* A handler that recognises a command it has handled before by the state  *)
(* alone, without remembering message ids.                                 *)
(*                                                                         *)
(* A command adds a line to an order. With removals, every second command  *)
(* removes the line that the one before it adds. Each must lead to one     *)
(* event, LineChanged, that repeats the command. The variants differ in    *)
(* what they look at and in what they do when there is nothing to change.  *)
(*                                                                         *)
(* Source: exercises 4, 6 and 7 of the workshop, and exercises 2 and 10 of *)
(* its second generation.                                                  *)
(* Left out: who consumes the event (`sent` shows all that was published), *)
(* and conditions on the content of the order.                             *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies,     \* copies of every command that wait at the start
    Removals    \* 1 if every second command removes a line, 0 if all add

VARIABLES
    order,      \* the one document: lines, and what is remembered of the past
    rows        \* command |-> the row that it created

vars == <<endpoint, order, rows>>
stores == <<order, rows>>

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \subseteq Messages
    /\ order.removed \subseteq Messages
    /\ order.processed \subseteq Messages
    /\ DOMAIN rows \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> {}, removed |-> {}, processed |-> {}]
    /\ rows = <<>>

-----------------------------------------------------------------------------
(* What a command asks for. A line is named by the command that adds it.   *)

Removes(m) == Removals = 1 /\ m % 2 = 0
Line(m) == IF Removes(m) THEN m - 1 ELSE m

\* The lines of order o are as if command m had been handled.
Shows(m, o) == IF Removes(m) THEN Line(m) \notin o.lines ELSE m \in o.lines

\* Order o without, or with, the line of command m.
Changed(m, o) ==
    IF Removes(m) THEN [o EXCEPT !.lines = @ \ {Line(m)}]
                  ELSE [o EXCEPT !.lines = @ \cup {m}]

\* The same, and a removed line is remembered.
Advanced(m, o) ==
    IF Removes(m) THEN [Changed(m, o) EXCEPT !.removed = @ \cup {Line(m)}]
                  ELSE Changed(m, o)

\* The same, and the command is remembered as handled.
Handled(m, o) == [Changed(m, o) EXCEPT !.processed = @ \cup {m}]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the handler's *)
(* copy o of the order.                                                    *)

\* Also blind-write, which saves without a check of the version.
Check(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF Shows(m, o) THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

CheckAndReturn(m, o) ==
    [Load |-> IF Shows(m, o) THEN "Ack" ELSE "Save"] @@ Check(m, o)

\* A line is absent, then ordered, then removed: what is due depends on it.
ForwardOnly(m, o) ==
    LET line == Line(m) IN
    [Load |-> CASE line \in o.removed               -> "Publish"
                [] line \in o.lines /\ Removes(m)   -> "Save"
                [] line \in o.lines                 -> "Publish"
                [] Removes(m)                       -> "GiveBack"
                [] OTHER                            -> "Save"] @@ Check(m, o)

\* The order knows by name which commands were handled.
IdsWithState(m, o) ==
    [Load |-> IF m \in o.processed THEN "Publish" ELSE "Save"] @@ Check(m, o)

PrimaryKey ==
    [Receive |-> "Create",
     Create  |-> "Publish",
     Publish |-> "Ack"]

Steps(m, o) ==
    CASE Variant \in {"check", "blind-write"} -> Check(m, o)
      [] Variant = "check-and-return"         -> CheckAndReturn(m, o)
      [] Variant = "forward-only"             -> ForwardOnly(m, o)
      [] Variant = "ids-with-state"           -> IdsWithState(m, o)
      [] Variant = "primary-key"              -> PrimaryKey

\* The order as slot s knows it: its copy, or before it has one the stored one.
Known(s) == IF "order" \in DOMAIN slots[s] THEN slots[s].order ELSE order

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, order).Receive, TRUE)

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           o == slots[s].order
           new == CASE Variant = "forward-only"   -> Advanced(m, o)
                    [] Variant = "ids-with-state" -> Handled(m, o)
                    [] OTHER                      -> Changed(m, o)
           business == {"lines", "removed"} IN
       IF Variant = "blind-write"
       THEN /\ Overwrites(s, "order", order, new, business, Then(s, "Save"))
            /\ order' = NextVersion(order, new)
       ELSE /\ Commits(s, "order", order, new, business, Then(s, "Save"))
            /\ order' = Committed(s, "order", order, new)
    /\ UNCHANGED <<sent, fresh, rows>>

\* Creates the row of the command. If it exists, nothing is written, and the
\* handler goes on: an earlier attempt has created it.
Create(s) ==
    /\ At(s, "Create")
    /\ LET m == slots[s].message
           row == [version |-> 1, line |-> Line(m)] IN
       IF m \in DOMAIN rows
       THEN /\ Proceeds(s, Then(s, "Create"), Nothing)
            /\ UNCHANGED <<hist, rows>>
       ELSE /\ rows' = (m :> row) @@ rows
            /\ hist' = Append(hist, m)
            /\ Proceeds(s, Then(s, "Create"), [rows |-> row])
    /\ UNCHANGED <<sent, fresh, order>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN
       sent' = sent \cup {[cause |-> m, output |-> "LineChanged",
                           message |-> [id |-> DerivedId(m), line |-> Line(m)],
                           basis |-> 0]}
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : Create(s)
    \/ Receive
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : Save(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Save(s)) /\ WF_vars(Load(s))
                        /\ WF_vars(Ack(s)) /\ WF_vars(Create(s))
                        /\ WF_vars(Publish(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

NoLostOutput == NoLostOutputOf({"LineChanged"})

\* The history adds line l, and does not remove it afterwards.
InHistory(l) ==
    \E i \in DOMAIN hist :
        /\ hist[i] = l /\ ~Removes(l)
        /\ \A j \in DOMAIN hist :
            j > i => ~(Removes(hist[j]) /\ Line(hist[j]) = l)

\* The lines are the result of handling each command of hist once, from no lines.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.lines \cup {rows[m].line : m \in DOMAIN rows} =
           {l \in Messages : InHistory(l)}
    /\ AtRest => Range(hist) = Messages

\* No more lines and commands are remembered than commands are in flight.
DedupBounded ==
    Cardinality(order.removed) + Cardinality(order.processed) <=
        Cardinality(InFlight)

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
