---------------------------- MODULE MCImporter ----------------------------
(* importer:deduplicate-by-row, importer-slots=1 rows=2 slots=1 crash=1 fail=1.
   Rendered by Tandem: `cargo run -- show importer:deduplicate-by-row`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCImporter
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS Importer

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 0, lease |-> 0, fail |-> 1, unknown |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
CrashHappens == AtRest /\ budget.crash = 0
FailureHappens == AtRest /\ budget.fail = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotFailureHappens == ~FailureHappens

=============================================================================
