--------------------------- MODULE TwoPhaseCommit ---------------------------
(* Two-phase commit, equal to two_phase_commit.rs: a sent message stays, and   *)
(* any participant may read it, any number of times or never.                  *)
CONSTANT Participants
VARIABLES participants, coordinator, known, said

Init ==
    /\ participants = [p \in Participants |-> "Working"]
    /\ coordinator = "Waiting"
    /\ known = {}
    /\ said = {}

CoordinatorCommits ==
    /\ coordinator = "Waiting" /\ known = Participants
    /\ coordinator' = "Committed" /\ said' = said \union {<<"Commit">>}
    /\ UNCHANGED <<participants, known>>

CoordinatorAborts ==
    /\ coordinator = "Waiting"
    /\ coordinator' = "Aborted" /\ said' = said \union {<<"Abort">>}
    /\ UNCHANGED <<participants, known>>

CoordinatorHearsFrom(p) ==
    /\ coordinator = "Waiting" /\ <<"Prepared", p>> \in said
    /\ known' = known \union {p}
    /\ UNCHANGED <<participants, coordinator, said>>

Prepares(p) ==
    /\ participants[p] = "Working"
    /\ participants' = [participants EXCEPT ![p] = "Prepared"]
    /\ said' = said \union {<<"Prepared", p>>}
    /\ UNCHANGED <<coordinator, known>>

AbortsAlone(p) ==
    /\ participants[p] = "Working"
    /\ participants' = [participants EXCEPT ![p] = "Aborted"]
    /\ UNCHANGED <<coordinator, known, said>>

Hears(p, word, becomes) ==
    /\ word \in said
    /\ participants' = [participants EXCEPT ![p] = becomes]
    /\ UNCHANGED <<coordinator, known, said>>

Next ==
    \/ CoordinatorCommits
    \/ CoordinatorAborts
    \/ \E p \in Participants :
        \/ CoordinatorHearsFrom(p)
        \/ Prepares(p)
        \/ AbortsAlone(p)
        \/ Hears(p, <<"Commit">>, "Committed")
        \/ Hears(p, <<"Abort">>, "Aborted")

All(which) == \A p \in Participants : participants[p] = which
Some(which) == \E p \in Participants : participants[p] = which

(* What should be reached some day is asked as what should never be. *)
AbortAgreement == ~All("Aborted")
CommitAgreement == ~All("Committed")
Consistent == ~(Some("Committed") /\ Some("Aborted"))
=============================================================================
