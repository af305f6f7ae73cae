---- MODULE IdsWithState ----
EXTENDS OutboxBefore

\* Also derived-ids, whose events have other ids.
IdsWithState(m, o) ==
    [Receive |-> "Load",
     Load    |-> IF m \in inbox THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

====
