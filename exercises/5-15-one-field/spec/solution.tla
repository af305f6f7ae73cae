---- MODULE SavedTail ----
EXTENDS OutOfDocumentOutboxBefore

\* The tail: what follows the save, as the variant orders it.
SavedTail ==
    LET P == "Publish"
        M == "Mark"
        D == "DeleteItem"
        C == "Clear"
    IN  CASE Variant \in {"as-published", "id-from-item"} -> <<P, D, M, C>>
          [] Variant = "publish-clear-mark-delete"        -> <<P, C, M, D>>
          [] Variant = "mark-delete-publish-clear"        -> <<M, D, P, C>>
          [] Variant = "mark-publish-delete-clear"        -> <<M, P, D, C>>
          [] Variant = "mark-publish-clear-delete"        -> <<M, P, C, D>>
          [] Variant = "publish-mark-clear-delete"        -> <<P, M, C, D>>
          [] OTHER                                        -> <<P, M, D, C>>

====
