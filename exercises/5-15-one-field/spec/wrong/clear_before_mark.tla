---- MODULE SavedTail ----
EXTENDS OutOfDocumentOutboxBefore

\* The tail: what follows the save, as the variant orders it.
SavedTail == <<"Publish", "Clear", "Mark", "DeleteItem">>

====
