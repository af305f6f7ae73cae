---- MODULE EntityThenInbox ----
EXTENDS InboxOutboxBefore

\* TODO: two steps stand in the wrong order; what follows Receive, and what follows each of the two?
EntityThenInbox(m, o, processed) ==
    [Receive    |-> "CheckInbox",
     CheckInbox |-> "Load",
     Load       |-> IF processed THEN Finishes(m, o) ELSE Processes(m, o),
     Save       |-> "Publish",
     Publish    |-> "Mark",
     Mark       |-> "Clean",
     Clean      |-> "Ack"]

====
