--------------------------- MODULE TwoPhaseCommit ---------------------------
(***************************************************************************)
(* One transaction over a queue and a database, and an observer of both.   *)
(*                                                                         *)
(* The coordinator has both resources vote, writes its decision into its   *)
(* log, and tells both. A resource that has voted yes is prepared: it      *)
(* waits for the decision. When the queue commits, a message goes to the   *)
(* observer, who looks for the change in the database.                     *)
(*                                                                         *)
(* Source: two-phase commit as described by Gray and Lamport. The variants *)
(* are coordinators; `database-first` is right for this observer.          *)
(* Left out: locks, and resources that decide by themselves.               *)
(***************************************************************************)
EXTENDS Resources

CONSTANT
    Variant     \* which coordinator

VARIABLES
    log,        \* transaction |-> what the coordinator has decided
    seen        \* transaction |-> whether the observer found its change

vars == <<endpoint, log, queue, database, outgoing, seen>>
stores == <<log, queue, database, outgoing, seen>>

TypeOK ==
    /\ ResourcesTypeOK
    /\ \A m \in Messages : log[m].decision \in {"open", "commit", "abort"}
    /\ \A m \in DOMAIN seen : m \in Messages /\ seen[m].changed \in BOOLEAN
    /\ BagToSet(outgoing) \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(1))
    /\ log = [m \in Messages |-> [version |-> 0, decision |-> "open"]]
    /\ ResourcesInit
    /\ outgoing = EmptyBag
    /\ seen = <<>>

-----------------------------------------------------------------------------
(* The variants: which step follows which, for the decision d and the      *)
(* phases q and b of queue and database as the coordinator knows them.     *)

Committing(q, b) ==
    CASE q = "prepared" /\ (b # "prepared" \/ Variant = "queue-first") -> "CommitQueue"
      [] b = "prepared" -> "CommitDatabase"
      [] OTHER          -> "End"

Aborting(q, b) ==
    CASE q \in {"idle", "prepared"} -> "AbortQueue"
      [] b \in {"idle", "prepared"} -> "AbortDatabase"
      [] OTHER                      -> "End"

\* What the votes lead to.
Outcome(q, b) ==
    IF Variant = "vote-ignored" \/ (q = "prepared" /\ b = "prepared")
    THEN "commit" ELSE "abort"

Finishing(d, q, b) == IF d = "commit" THEN Committing(q, b) ELSE Aborting(q, b)

AfterVotes(q, b) ==
    IF Variant = "no-log" THEN Finishing(Outcome(q, b), q, b) ELSE "Decide"

VoteOfDatabase(q, b) ==
    IF b = "idle" /\ (q = "prepared" \/ Variant = "vote-ignored")
    THEN "PrepareDatabase" ELSE AfterVotes(q, b)

Resumes(d, q, b) ==
    CASE d # "open" -> Finishing(d, q, b)
      [] d = "open" /\ Variant = "no-log" /\ (q # "idle" \/ b # "idle") -> Aborting(q, b)
      [] OTHER -> IF q = "idle" THEN "PrepareQueue" ELSE VoteOfDatabase(q, b)

Steps(d, q, b) ==
    [AskDatabase     |-> Resumes(d, q, b),
     PrepareQueue    |-> VoteOfDatabase(q, b),
     PrepareDatabase |-> AfterVotes(q, b),
     Decide          |-> Finishing(d, q, b),
     CommitQueue     |-> Committing(q, b),
     CommitDatabase  |-> Committing(q, b),
     AbortQueue      |-> Aborting(q, b),
     AbortDatabase   |-> Aborting(q, b)]

\* What a slot does after `step`, when it knows d, q and b. The command is
\* acknowledged last; a coordinator that is lost has done so first.
Then(step, d, q, b) ==
    LET next == Steps(d, q, b)[step] IN
    IF next = "End" /\ Variant # "coordinator-lost" THEN "Ack" ELSE next

-----------------------------------------------------------------------------
(* The coordinator, step by step *)

Transaction(s) == slots[s].message

\* The decision as slot s knows it.
D(s) == slots[s].log.decision

Receive ==
    /\ Receives(IF Variant = "coordinator-lost" THEN "Ack" ELSE "LoadLog", TRUE)
    /\ UNCHANGED stores

LoadLog(s) ==
    /\ At(s, "LoadLog")
    /\ Proceeds(s, "AskQueue", [log |-> log[Transaction(s)]])
    /\ UNCHANGED <<observed, stores>>

AskQueue(s) ==
    /\ At(s, "AskQueue")
    /\ Proceeds(s, "AskDatabase", [queue |-> queue[Transaction(s)]])
    /\ UNCHANGED <<observed, stores>>

AskDatabase(s) ==
    /\ At(s, "AskDatabase")
    /\ LET record == database[Transaction(s)] IN
       Proceeds(s, Then("AskDatabase", D(s), Q(s), record.phase), [database |-> record])
    /\ UNCHANGED <<observed, stores>>

PrepareQueue(s) ==
    /\ At(s, "PrepareQueue")
    /\ QueueMoves(s, "prepared", Then("PrepareQueue", D(s), "prepared", B(s)))
    /\ UNCHANGED <<sent, log, outgoing, seen>>

PrepareDatabase(s) ==
    /\ At(s, "PrepareDatabase")
    /\ DatabaseMoves(s, "prepared", Then("PrepareDatabase", D(s), Q(s), "prepared"))
    /\ UNCHANGED <<log, seen>>

Decide(s) ==
    /\ At(s, "Decide")
    /\ LET m == Transaction(s)
           d == Outcome(Q(s), B(s))
           new == [slots[s].log EXCEPT !.decision = d] IN
       /\ Commits(s, "log", log[m], new, {}, Then("Decide", d, Q(s), B(s)))
       /\ log' = [log EXCEPT ![m] = Committed(s, "log", log[m], new)]
    /\ UNCHANGED <<sent, fresh, queue, database, outgoing, seen>>

\* The queue commits: the message is visible from now on.
CommitQueue(s) ==
    /\ At(s, "CommitQueue")
    /\ QueueMoves(s, "committed", Then("CommitQueue", D(s), "committed", B(s)))
    /\ LET m == Transaction(s) IN
       IF IsCurrent(s, "queue", queue[m]) THEN Leaves(m) /\ Emits(m, "Message", m, 0)
                                          ELSE UNCHANGED <<sent, outgoing>>
    /\ UNCHANGED <<log, seen>>

CommitDatabase(s) ==
    /\ At(s, "CommitDatabase")
    /\ DatabaseMoves(s, "committed", Then("CommitDatabase", D(s), Q(s), "committed"))
    /\ UNCHANGED <<log, seen>>

\* A resource aborts, also one whose vote was lost.
AbortQueue(s) ==
    /\ At(s, "AbortQueue")
    /\ QueueMoves(s, "aborted", Then("AbortQueue", D(s), "aborted", B(s)))
    /\ UNCHANGED <<sent, log, outgoing, seen>>

AbortDatabase(s) ==
    /\ At(s, "AbortDatabase")
    /\ DatabaseMoves(s, "aborted", Then("AbortDatabase", D(s), Q(s), "aborted"))
    /\ UNCHANGED <<log, seen>>

\* A coordinator that is lost has acknowledged its command before it began.
AcknowledgesFirst(s) ==
    /\ slots' = SlotsAfter(s, "LoadLog")
    /\ leases' = leases \ {s}
    /\ acked' = (IF s \in leases THEN acked \cup {Transaction(s)} ELSE acked)
    /\ UNCHANGED <<incoming, up, budget>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ IF Variant = "coordinator-lost" THEN AcknowledgesFirst(s) ELSE Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

\* The observer receives the message and looks into the database at once.
DownstreamReceives ==
    /\ \E m \in BagToSet(outgoing) :
        LET version == IF m \in DOMAIN seen THEN seen[m].version ELSE 0 IN
        /\ Consumes(m)
        /\ seen' = (m :> [version |-> version + 1,
                          changed |-> database[m].phase = "committed"]) @@ seen
    /\ UNCHANGED <<endpoint, log, queue, database>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores
DuplicateDownstream == DuplicatesDownstream /\ UNCHANGED <<log, queue, database, seen>>

\* A resource votes no.
CallFails(s) ==
    /\ budget.fail > 0
    /\ \E step \in {"PrepareQueue", "PrepareDatabase"} :
        At(s, step) /\ GoesTo(s, Then(step, D(s), Q(s), B(s)))
    /\ Spends("fail")
    /\ UNCHANGED <<observed, stores>>

Next ==
    \/ Receive
    \/ \E s \in Slots : LoadLog(s)
    \/ \E s \in Slots : AskQueue(s)
    \/ \E s \in Slots : AskDatabase(s)
    \/ \E s \in Slots : PrepareQueue(s)
    \/ \E s \in Slots : PrepareDatabase(s)
    \/ \E s \in Slots : Decide(s)
    \/ \E s \in Slots : CommitQueue(s)
    \/ \E s \in Slots : CommitDatabase(s)
    \/ \E s \in Slots : AbortQueue(s)
    \/ \E s \in Slots : AbortDatabase(s)
    \/ \E s \in Slots : Ack(s)
    \/ DownstreamReceives
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ DuplicateDownstream
    \/ \E s \in Slots : LeaseExpires(s)
    \/ \E s \in Slots : CallFails(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(DownstreamReceives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(LoadLog(s)) /\ WF_vars(AskQueue(s)) /\ WF_vars(AskDatabase(s))
        /\ WF_vars(PrepareQueue(s)) /\ WF_vars(PrepareDatabase(s))
        /\ WF_vars(Decide(s)) /\ WF_vars(CommitQueue(s)) /\ WF_vars(CommitDatabase(s))
        /\ WF_vars(AbortQueue(s)) /\ WF_vars(AbortDatabase(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ outgoing = EmptyBag

Follows(one, other) == one = "committed" => other \in {"prepared", "committed"}
AtomicCommit ==
    \A m \in Messages : /\ Follows(queue[m].phase, database[m].phase)
                        /\ Follows(database[m].phase, queue[m].phase)

MessageFindsChange == \A m \in DOMAIN seen : seen[m].changed

Isolated ==
    \A m \in Messages : queue[m].phase = "committed" <=> database[m].phase = "committed"

\* Nobody waits for a decision.
Told == \A m \in Messages : "prepared" \notin {queue[m].phase, database[m].phase}
Decided == ~Told ~> Told
Settles == <>[]AtRest

=============================================================================
