------------------------- MODULE MCOrderedUpdates -------------------------
(* ordered-updates:in-order, copies=1 messages=3 products=2 slots=2 crash=1 duplicate=1 lease=1.
   Rendered by Tandem: `cargo run -- show ordered-updates:in-order`.

   To run it by hand, in the folder of this file (`cargo run -- tlc path` says
   where the jar is):
     java -cp tla2tools.jar tlc2.TLC -deadlock MCOrderedUpdates
   The option -deadlock turns the search for deadlocks off: a protocol that has
   come to rest is none. *)
EXTENDS OrderedUpdates

\* How often each fault may happen.
MCBudget == [crash |-> 1, duplicate |-> 1, lease |-> 1]

\* The witnesses: states that must be reachable, since a spec in which nothing
\* happens keeps every guarantee. TLC finds one as a violation of its negation.
AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages
CrashHappens == AtRest /\ budget.crash = 0
DuplicateHappens == AtRest /\ budget.duplicate = 0
LeaseExpiryHappens == AtRest /\ budget.lease = 0

NotAllSlotsBusy == ~AllSlotsBusy
NotAllDone == ~AllDone
NotCrashHappens == ~CrashHappens
NotDuplicateHappens == ~DuplicateHappens
NotLeaseExpiryHappens == ~LeaseExpiryHappens

=============================================================================
