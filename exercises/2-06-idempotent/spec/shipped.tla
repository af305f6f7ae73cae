---- MODULE IdsWithState ----
EXTENDS NaturalIdempotencyBefore

\* TODO: `Shows` looks at the lines. What should be looked at?
IdsWithState(m, o) ==
    [Load |-> IF Shows(m, o) THEN "Publish" ELSE "Save"] @@ Check(m, o)

====
