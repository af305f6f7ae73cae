----------------------- MODULE MCAcceptSendComplete -----------------------
(* accept-send-complete:guarded, clicks=0 requests=2 slots=1 tabs=2 crash=1 duplicate=1.
   Rendered by Tandem: `cargo run -- show accept-send-complete:guarded`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCAcceptSendComplete
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS AcceptSendComplete

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 1, lose |-> 0, fail |-> 0, unknown |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
CrashHappens == AtRest /\ budget.crash = 0
DuplicateHappens == AtRest /\ budget.duplicate = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotDuplicateHappens == ~DuplicateHappens

=============================================================================
