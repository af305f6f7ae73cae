----------------------------- MODULE LogOffsets -----------------------------
(***************************************************************************)
(* A consumer group reads a log, and its partition moves while records are *)
(* handled.                                                                *)
(*                                                                         *)
(* The slots are the consumers of the group. A consumer wakes up while the *)
(* partition has no owner and records that are not done. It joins with a   *)
(* new generation, handles record after record, each of which adds a line  *)
(* to an order, and leaves. The fault `lease` takes the partition from its *)
(* owner, which does not know. The variants differ in when the offset is   *)
(* written and in what is checked; `deduplicated` and `fenced` are right.  *)
(*                                                                         *)
(* Source: public reports about rebalances and skipped events.             *)
(* Left out: several partitions; records appended while others are read.   *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANT
    Variant     \* which consumers; Messages are the records

VARIABLES
    group,      \* owner, generation and offset of the partition, and its end
    order       \* the one document: lines

vars == <<endpoint, group, order>>
stores == <<group, order>>

TypeOK ==
    /\ group.owner \in {"nobody", "Consumers"}
    /\ group.generation \in Nat
    /\ group.done \in 0..group.end
    /\ order.lines \in Seq(Messages)

Init ==
    /\ EndpointInit(EmptyBag)
    /\ group = [version |-> 0, owner |-> "nobody", generation |-> 0, done |-> 0,
                end |-> Cardinality(Messages)]
    /\ order = [version |-> 0, lines |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which. `more` is what follows when the *)
(* record is done, `known` whether its line is there.                      *)

\* What follows when g is the group as the slot knows it, and these records
\* are put aside.
More(g, aside, first) ==
    IF g.done < g.end THEN first ELSE IF aside # {} THEN "Load" ELSE "Leave"

CommitFirst(g) ==
    [Join         |-> More(g, {}, "CommitOffset"),
     CommitOffset |-> "Load",
     Load         |-> "Save",
     Save         |-> More(g, {}, "CommitOffset"),
     SaveFails    |-> "Leave"]

HandleFirst(g) ==
    [Join         |-> More(g, {}, "Load"),
     Load         |-> "Save",
     Save         |-> "CommitOffset",
     SaveFails    |-> "Leave",
     CommitOffset |-> More(g, {}, "Load")]

Deduplicated(g, known) ==
    [HandleFirst(g) EXCEPT !.Load = IF known THEN "CommitOffset" ELSE "Save"]

SkipAndRetry(g, aside) ==
    [HandleFirst(g) EXCEPT
        !.Save         = IF g.done < g.end THEN "CommitOffset" ELSE More(g, aside, ""),
        !.SaveFails    = IF g.done < g.end THEN "CommitOffset" ELSE "Leave",
        !.CommitOffset = More(g, aside, "Load")]

Fenced(g) ==
    [Join      |-> More(g, {}, "Load"),
     Load      |-> "SaveBoth",
     SaveBoth  |-> More(g, {}, "Load"),
     SaveFails |-> "Leave"]

Steps(g, aside, known) ==
    CASE Variant = "commit-first"           -> CommitFirst(g)
      [] Variant = "handle-first"           -> HandleFirst(g)
      [] Variant = "skip-and-retry"         -> SkipAndRetry(g, aside)
      [] Variant = "deduplicated"           -> Deduplicated(g, known)
      [] Variant \in {"unfenced", "fenced"} -> Fenced(g)

-----------------------------------------------------------------------------
(* A consumer, step by step *)

\* The records that slot s has put aside; none before one has failed.
Aside(s) == Recalled(s, "aside", {})

\* The record that slot s works on: the next one, or one that was put aside.
Record(s) ==
    LET g == slots[s].group IN
    CASE Variant = "commit-first" -> g.done
      [] Variant # "commit-first" /\ g.done < g.end -> g.done + 1
      [] OTHER -> CHOOSE r \in Aside(s) : \A other \in Aside(s) : r <= other

\* There are records for somebody to handle, and nobody owns the partition.
Waiting == group.owner = "nobody" /\ group.done < group.end

Wake ==
    /\ MayTake
    /\ Waiting
    /\ Wakes("LoadGroup")
    /\ UNCHANGED stores

LoadGroup(s) ==
    /\ At(s, "LoadGroup")
    /\ IF group.owner = "nobody" THEN Proceeds(s, "Join", [group |-> group])
                                 ELSE GivesBack(s)
    /\ UNCHANGED <<observed, stores>>

Join(s) ==
    /\ At(s, "Join")
    /\ LET new == [slots[s].group EXCEPT !.owner = "Consumers", !.generation = @ + 1]
           joined == NextVersion(group, new)
       IN  /\ Commits(s, "group", group, new, {}, Steps(joined, {}, FALSE).Join)
           /\ group' = Committed(s, "group", group, new)
    /\ UNCHANGED <<sent, fresh, order>>

Load(s) ==
    /\ At(s, "Load")
    /\ LET known == Record(s) \in Range(order.lines) IN
       Proceeds(s, Steps(slots[s].group, Aside(s), known).Load, [order |-> order])
    /\ UNCHANGED <<observed, stores>>

\* The order as slot s loaded it, with the line of its record.
WithLine(s) == [slots[s].order EXCEPT !.lines = Append(@, Record(s))]

\* What slot s remembers when its record could not be handled, and does then.
PutsAside(s) == [aside |-> Aside(s) \cup {Record(s)}]
AfterFailure(s) == Steps(slots[s].group, PutsAside(s).aside, FALSE).SaveFails

\* What slot s still has put aside when its record is handled.
StillAside(s) ==
    IF "aside" \in DOMAIN slots[s] THEN [aside |-> Aside(s) \ {Record(s)}] ELSE Nothing

Save(s) ==
    /\ At(s, "Save")
    /\ LET new == NextVersion(order, WithLine(s))
           next == Steps(slots[s].group, Aside(s) \ {Record(s)}, FALSE).Save
       IN  IF IsCurrent(s, "order", order)
           THEN /\ order' = new
                /\ hist' = Append(hist, Record(s))
                /\ Proceeds(s, next, [order |-> new] @@ StillAside(s))
           ELSE Proceeds(s, AfterFailure(s), PutsAside(s)) /\ UNCHANGED <<hist, order>>
    /\ UNCHANGED <<sent, fresh, group>>

\* The group as slot s knows it, with one record more done.
OneMore(s) == [slots[s].group EXCEPT !.done = @ + 1]

CommitOffset(s) ==
    /\ At(s, "CommitOffset")
    /\ LET new == NextVersion(group, OneMore(s)) IN
       IF IsCurrent(s, "group", group)
       THEN /\ group' = new
            /\ Proceeds(s, Steps(new, Aside(s), FALSE).CommitOffset, [group |-> new])
       ELSE Proceeds(s, "Leave", Nothing) /\ UNCHANGED group
    /\ UNCHANGED <<observed, order>>

\* One transaction; it checks the version of both, unless it is unfenced.
SaveBoth(s) ==
    /\ At(s, "SaveBoth")
    /\ LET line == NextVersion(order, WithLine(s))
           done == NextVersion(group, OneMore(s))
           current == IsCurrent(s, "order", order) /\ IsCurrent(s, "group", group)
       IN  IF Variant = "unfenced" \/ current
           THEN /\ order' = line
                /\ group' = done
                /\ hist' = (IF line.lines # order.lines
                            THEN Append(hist, Record(s)) ELSE hist)
                /\ Proceeds(s, Steps(done, {}, FALSE).SaveBoth,
                            [order |-> line, group |-> done])
           ELSE Proceeds(s, "Leave", Nothing) /\ UNCHANGED <<hist, stores>>
    /\ UNCHANGED <<sent, fresh>>

\* Refused if the partition has moved.
Leave(s) ==
    /\ At(s, "Leave")
    /\ LET new == [slots[s].group EXCEPT !.owner = "nobody"] IN
       group' = Committed(s, "group", group, new)
    /\ GivesBack(s)
    /\ UNCHANGED <<observed, order>>

-----------------------------------------------------------------------------
(* The environment *)

Unowned(g) == [g EXCEPT !.owner = "nobody"]

Crash == Crashes /\ group' = Unowned(group) /\ UNCHANGED order
Recover == Recovers /\ UNCHANGED stores

\* The session of the owner times out: the partition may move, and the owner
\* works on.
RowLeaseExpires ==
    /\ Strikes("lease")
    /\ group.owner # "nobody"
    /\ group' = Unowned(group)
    /\ UNCHANGED order

\* The write of a line fails.
CallFails(s) ==
    /\ At(s, "Save") \/ At(s, "SaveBoth")
    /\ budget.fail > 0
    /\ Spends("fail")
    /\ slots' = [slots EXCEPT ![s] =
                    IF At(s, "Save") THEN [at |-> AfterFailure(s)] @@ PutsAside(s) @@ slots[s]
                                     ELSE [slots[s] EXCEPT !.at = "Leave"]]
    /\ UNCHANGED <<incoming, leases, up, acked, observed, stores>>

Next ==
    \/ Wake
    \/ \E s \in Slots : LoadGroup(s)
    \/ \E s \in Slots : Join(s)
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : CommitOffset(s)
    \/ \E s \in Slots : SaveBoth(s)
    \/ \E s \in Slots : Leave(s)
    \/ Recover
    \/ Crash
    \/ RowLeaseExpires
    \/ \E s \in Slots : CallFails(s)

Fairness ==
    /\ WF_vars(Wake) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(LoadGroup(s)) /\ WF_vars(Join(s)) /\ WF_vars(Load(s))
        /\ WF_vars(Save(s)) /\ WF_vars(CommitOffset(s))
        /\ WF_vars(SaveBoth(s)) /\ WF_vars(Leave(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ ~Waiting

AllSlotsBusy == Free = {}
AllDone == AtRest

EveryRecordHandled == AtRest => Messages \subseteq Range(order.lines)
\* The order is what handling each record of hist once would have made it.
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

Settles == <>[]AtRest

=============================================================================
