---- MODULE MarkDispatched ----
EXTENDS OutboxBefore

\* TODO: the event of this command leaves the order, and only if nobody has written the order meanwhile.
MarkDispatched(s) ==
    /\ At(s, "MarkDispatched")
    /\ Proceeds(s, Then(s, "MarkDispatched"), Nothing)
    /\ UNCHANGED <<observed, stores>>

====
