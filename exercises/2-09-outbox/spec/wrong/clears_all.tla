---- MODULE MarkDispatched ----
EXTENDS OutboxBefore

MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ Writes(s, [slots[s].order EXCEPT !.outbox = <<>>],
              Then(s, "MarkDispatched"))
    /\ UNCHANGED <<sent, fresh, inbox>>

====
