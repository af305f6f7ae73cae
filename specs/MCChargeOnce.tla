--------------------------- MODULE MCChargeOnce ---------------------------
(* charge-once:derived-key, messages=1 slots=2 crash=1 duplicate=1 lease=1 lose=1 unknown=1 late=1.
   Rendered by Tandem: `cargo run -- show charge-once:derived-key`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCChargeOnce
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS ChargeOnce

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 1, lease |-> 1, lose |-> 1, unknown |-> 1, late |-> 1, forget |-> 0]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
CrashHappens == AtRest /\ budget.crash = 0
DuplicateHappens == AtRest /\ budget.duplicate = 0
LeaseExpiryHappens == AtRest /\ budget.lease = 0
LossHappens == AtRest /\ budget.lose = 0
UnknownOutcomeHappens == AtRest /\ budget.unknown = 0
LateArrivalHappens == AtRest /\ budget.late = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotDuplicateHappens == ~DuplicateHappens
NotLeaseExpiryHappens == ~LeaseExpiryHappens
NotLossHappens == ~LossHappens
NotUnknownOutcomeHappens == ~UnknownOutcomeHappens
NotLateArrivalHappens == ~LateArrivalHappens

=============================================================================
