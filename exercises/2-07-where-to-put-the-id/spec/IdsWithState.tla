---- MODULE IdsWithState ----
EXTENDS OutboxBefore

\* TODO: what does the handler look at after Load, and what does it do if it finds the id?
IdsWithState(m, o) ==
    [Receive |-> "Load",
     Load    |-> "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

====
