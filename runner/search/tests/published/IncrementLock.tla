--------------------------- MODULE IncrementLock ----------------------------
(* The threads of Increment with a lock, as increment_lock.rs says it. *)
EXTENDS Naturals, FiniteSets
CONSTANT Threads
VARIABLES counter, locked, at, read

Init ==
    /\ counter = 0
    /\ locked = FALSE
    /\ at = [t \in Threads |-> "Starting"]
    /\ read = [t \in Threads |-> 0]

Lock(t) ==
    /\ at[t] = "Starting" /\ ~locked
    /\ locked' = TRUE
    /\ at' = [at EXCEPT ![t] = "HasLock"]
    /\ UNCHANGED <<counter, read>>

Read(t) ==
    /\ at[t] = "HasLock"
    /\ at' = [at EXCEPT ![t] = "HasRead"]
    /\ read' = [read EXCEPT ![t] = counter]
    /\ UNCHANGED <<counter, locked>>

Write(t) ==
    /\ at[t] = "HasRead"
    /\ at' = [at EXCEPT ![t] = "HasWritten"]
    /\ counter' = read[t] + 1
    /\ UNCHANGED <<locked, read>>

Release(t) ==
    /\ at[t] = "HasWritten"
    /\ at' = [at EXCEPT ![t] = "Done"]
    /\ locked' = FALSE
    /\ UNCHANGED <<counter, read>>

Next == \E t \in Threads : Lock(t) \/ Read(t) \/ Write(t) \/ Release(t)

Fin == Cardinality({t \in Threads : at[t] \in {"HasWritten", "Done"}}) = counter
Mutex == Cardinality({t \in Threads : at[t] \notin {"Starting", "Done"}}) <= 1
=============================================================================
