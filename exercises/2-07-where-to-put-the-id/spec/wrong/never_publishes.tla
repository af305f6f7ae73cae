---- MODULE IdsWithState ----
EXTENDS OutboxBefore

\* Also derived-ids, whose events have other ids.
IdsWithState(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF m \in o.processed THEN "Publish" ELSE "Save",
     Save    |-> "Ack",
     Publish |-> "Ack"]

====
