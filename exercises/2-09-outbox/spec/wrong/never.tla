---- MODULE MarkDispatched ----
EXTENDS OutboxBefore

MarkDispatched(s) ==
    FALSE

====
