-------------------------- MODULE MCFencedLeases --------------------------
(* fenced-leases:fenced, messages=2 slots=2 crash=1 lease=1 late=1.
   Rendered by Tandem: `cargo run -- show fenced-leases:fenced`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCFencedLeases
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS FencedLeases

\* How often each fault may happen.
MCBudget == [crash |-> 1, lease |-> 1, lose |-> 0, unknown |-> 0, late |-> 1]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
CrashHappens == AtRest /\ budget.crash = 0
LeaseExpiryHappens == AtRest /\ budget.lease = 0
LateArrivalHappens == AtRest /\ budget.late = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotLeaseExpiryHappens == ~LeaseExpiryHappens
NotLateArrivalHappens == ~LateArrivalHappens

=============================================================================
