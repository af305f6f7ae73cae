---- MODULE MarkDispatched ----
EXTENDS OutboxBefore

MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ Writes(s, Dispatched(slots[s].message, slots[s].order),
              Then(s, "MarkDispatched"))
    /\ UNCHANGED <<sent, inbox>>

====
