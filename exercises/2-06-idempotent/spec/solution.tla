---- MODULE IdsWithState ----
EXTENDS NaturalIdempotencyBefore

\* The order knows by name which commands were handled.
IdsWithState(m, o) ==
    [Load |-> IF m \in o.processed THEN "Publish" ELSE "Save"] @@ Check(m, o)

====
