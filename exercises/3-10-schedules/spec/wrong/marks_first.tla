---- MODULE EntityThenInbox ----
EXTENDS InboxOutboxBefore

EntityThenInbox(m, o, processed) ==
    [Receive    |-> "Load",
     Load       |-> "CheckInbox",
     CheckInbox |-> IF processed THEN Finishes(m, o) ELSE Processes(m, o),
     Save       |-> "Mark",
     Publish    |-> "Clean",
     Mark       |-> "Publish",
     Clean      |-> "Ack"]

====
