---- MODULE IdsWithState ----
EXTENDS NaturalIdempotencyBefore

\* TODO: `Shows` asks the lines. Whom should it ask?
IdsWithState(m, o) ==
    [Load |-> IF Shows(m, o) THEN "Publish" ELSE "Save"] @@ Check(m, o)

====
