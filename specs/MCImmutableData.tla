-------------------------- MODULE MCImmutableData --------------------------
(* immutable-data:facts, copies=2 messages=2 slots=2 crash=1.
   Rendered by Tandem: `cargo run -- show immutable-data:facts`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCImmutableData
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS ImmutableData

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 0, lease |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
CrashHappens == AtRest /\ budget.crash = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens

=============================================================================
