------------------------- MODULE MCExactlyOnceHttp -------------------------
(* exactly-once-http:four-phases, attempts=4 copies=1 messages=1 slots=1 crash=1 lose=1 unknown=1.
   Rendered by Tandem: `cargo run -- show exactly-once-http:four-phases`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCExactlyOnceHttp
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS ExactlyOnceHttp

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 0, lease |-> 0, lose |-> 1, unknown |-> 1, late |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
CrashHappens == AtRest /\ budget.crash = 0
LossHappens == AtRest /\ budget.lose = 0
UnknownOutcomeHappens == AtRest /\ budget.unknown = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotLossHappens == ~LossHappens
NotUnknownOutcomeHappens == ~UnknownOutcomeHappens

=============================================================================
