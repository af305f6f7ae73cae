------------------------------ MODULE Crashes -------------------------------
(* A worker that counts to its goal, saves the count at every step, and may   *)
(* crash at any time, as crashes.rs says it.                                  *)
EXTENDS Naturals
CONSTANT Goal
VARIABLES
    sinceStart, inAll,  \* what it has done
    saved,              \* of that, what outlives a crash
    timer,              \* whether it is set
    crashed

work == <<sinceStart, inAll, saved>>

Init == sinceStart = 0 /\ inAll = 0 /\ saved = 0 /\ timer = TRUE /\ crashed = FALSE

Timeout ==
    /\ timer /\ inAll < Goal
    /\ sinceStart' = sinceStart + 1
    /\ inAll' = inAll + 1
    /\ saved' = inAll'
    /\ timer' = (inAll' < Goal)
    /\ UNCHANGED crashed

Crash == ~crashed /\ crashed' = TRUE /\ timer' = FALSE /\ UNCHANGED work

Recover ==
    /\ crashed
    /\ crashed' = FALSE /\ timer' = TRUE
    /\ sinceStart' = 0 /\ inAll' = saved
    /\ UNCHANGED saved

Next == Timeout \/ Crash \/ Recover

(* What should be reached some day is asked as what should never be. *)
Recovered == inAll <= sinceStart
=============================================================================
