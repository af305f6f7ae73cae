------------------------------- MODULE Outcome -------------------------------
(***************************************************************************)
(* The outcome of a transaction, without the protocol: all managers agree.  *)
(* One step of this spec takes several steps of two-phase commit.           *)
(***************************************************************************)
CONSTANT Managers

VARIABLE phase   \* where each manager is

Init == phase = [m \in Managers |-> "working"]

Prepare(m) == phase[m] = "working" /\ phase' = [phase EXCEPT ![m] = "prepared"]

MayCommit == \A m \in Managers : phase[m] \in {"prepared", "committed"}
MayAbort == \A m \in Managers : phase[m] # "committed"

EndCommitted(m) ==
  /\ phase[m] = "prepared" /\ MayCommit
  /\ phase' = [phase EXCEPT ![m] = "committed"]

EndAborted(m) ==
  /\ phase[m] \in {"working", "prepared"} /\ MayAbort
  /\ phase' = [phase EXCEPT ![m] = "aborted"]

Next == \E m \in Managers : Prepare(m) \/ EndCommitted(m) \/ EndAborted(m)

Spec == Init /\ [][Next]_phase
=============================================================================
