----------------------------- MODULE Increment ------------------------------
(* Threads that read a counter and write one more, as increment.rs says it. *)
EXTENDS Naturals, FiniteSets
CONSTANT Threads
VARIABLES counter, at, read

Init ==
    /\ counter = 0
    /\ at = [t \in Threads |-> "Starting"]
    /\ read = [t \in Threads |-> 0]

Read(t) ==
    /\ at[t] = "Starting"
    /\ at' = [at EXCEPT ![t] = "HasRead"]
    /\ read' = [read EXCEPT ![t] = counter]
    /\ UNCHANGED counter

Write(t) ==
    /\ at[t] = "HasRead"
    /\ at' = [at EXCEPT ![t] = "Done"]
    /\ counter' = read[t] + 1
    /\ UNCHANGED read

Next == \E t \in Threads : Read(t) \/ Write(t)

Fin == Cardinality({t \in Threads : at[t] = "Done"}) = counter
=============================================================================
