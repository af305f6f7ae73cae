---- MODULE SavedTail ----
EXTENDS OutOfDocumentOutboxBefore

\* TODO: in which order? The event and the mark need what the other two steps take away.
SavedTail == <<"Publish", "DeleteItem", "Mark", "Clear">>

====
