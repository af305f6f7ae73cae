---------------------------- MODULE AtomicCommit ----------------------------
(***************************************************************************)
(* Atomic commitment by votes, after Gray and Lamport, "Consensus on       *)
(* Transaction Commit". Messages are facts: a set that only grows, so every *)
(* order, repetition and loss is covered. Safety only.                      *)
(***************************************************************************)
EXTENDS FiniteSets, Naturals

CONSTANT Managers   \* the resource managers

VARIABLES
  phase,      \* where each manager is
  decision,   \* what was decided
  counted,    \* whose vote was counted
  sent        \* what was sent

vars == <<phase, decision, counted, sent>>

Phases == {"working", "prepared", "committed", "aborted"}
Messages == [kind : {"vote"}, from : Managers] \union [kind : {"commit", "abort"}]

TypeOK ==
  /\ phase \in [Managers -> Phases]
  /\ decision \in {"undecided", "committed", "aborted"}
  /\ counted \subseteq Managers
  /\ sent \subseteq Messages

Init ==
  /\ phase = [m \in Managers |-> "working"]
  /\ decision = "undecided"
  /\ counted = {}
  /\ sent = {}

Open == decision = "undecided"

\* The step of a manager; `to` is its next phase.
Moves(m, to) == phase' = [phase EXCEPT ![m] = to] /\ UNCHANGED <<decision, counted>>

Vote(m) ==
  /\ phase[m] = "working"
  /\ Moves(m, "prepared")
  /\ sent' = sent \union {[kind |-> "vote", from |-> m]}

Refuse(m) == phase[m] = "working" /\ Moves(m, "aborted") /\ UNCHANGED sent

Finish(m) == [kind |-> "commit"] \in sent /\ Moves(m, "committed") /\ UNCHANGED sent

Undo(m) == [kind |-> "abort"] \in sent /\ Moves(m, "aborted") /\ UNCHANGED sent

\* What the coordinator does.
Decides(what, message) ==
  /\ Open
  /\ decision' = what
  /\ sent' = sent \union {[kind |-> message]}
  /\ UNCHANGED <<phase, counted>>

Count(m) ==
  /\ Open
  /\ [kind |-> "vote", from |-> m] \in sent
  /\ counted' = counted \union {m}
  /\ UNCHANGED <<phase, decision, sent>>

Commit == Cardinality(counted) = Cardinality(Managers) /\ Decides("committed", "commit")

Abort == /\ Decides("aborted", "abort")

Manager == \E m \in Managers : Vote(m) \/ Refuse(m) \/ Finish(m) \/ Undo(m)
Coordinator == Commit \/ Abort \/ (\E m \in Managers : Count(m))
Next == Manager \/ Coordinator

Spec == Init /\ [][Next]_vars

Agreement == \A m, n \in Managers : ~(phase[m] = "committed" /\ phase[n] = "aborted")
=============================================================================
