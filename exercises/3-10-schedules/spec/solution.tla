---- MODULE EntityThenInbox ----
EXTENDS InboxOutboxBefore

EntityThenInbox(m, o, processed) ==
    [Receive    |-> "Load",
     Load       |-> "CheckInbox",
     CheckInbox |-> IF processed THEN Finishes(m, o) ELSE Processes(m, o),
     Save       |-> "Publish",
     Publish    |-> "Mark",
     Mark       |-> "Clean",
     Clean      |-> "Ack"]

====
