-------------------------- MODULE MCDoubleSubmit --------------------------
(* double-submit:optimistic, carts=1 clicks=0 slots=2 tabs=2.
   Rendered by Tandem: `cargo run -- show double-submit:optimistic`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCDoubleSubmit
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS DoubleSubmit

\* How often each fault may happen.
MCBudget == [crash |-> 0, duplicate |-> 0, lose |-> 0, fail |-> 0, unknown |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone

=============================================================================
