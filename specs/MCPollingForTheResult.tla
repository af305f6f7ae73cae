----------------------- MODULE MCPollingForTheResult -----------------------
(* polling-for-the-result:submit-again, attempts=1 slots=1 crash=1.
   Rendered by Tandem: `cargo run -- show polling-for-the-result:submit-again`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCPollingForTheResult
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS PollingForTheResult

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 0, lease |-> 0, lose |-> 0, expire |-> 0]

\* What must be reachable, so that the guarantees are not true for want of
\* anything happening. TLC finds a witness as a violation of the negation.
CrashHappens == AtRest /\ budget.crash = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens

=============================================================================
