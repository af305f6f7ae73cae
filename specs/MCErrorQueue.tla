--------------------------- MODULE MCErrorQueue ---------------------------
(* error-queue:counted-by-broker, copies=1 fatal=1 limit=2 messages=2 slots=1 crash=1 forget=1.
   Rendered by Tandem: `cargo run -- show error-queue:counted-by-broker`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCErrorQueue
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS ErrorQueue

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 0, forget |-> 1]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
CrashHappens == AtRest /\ budget.crash = 0
ForgettingHappens == AtRest /\ budget.forget = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotForgettingHappens == ~ForgettingHappens

=============================================================================
