---- MODULE Publish ----
EXTENDS HandlerLadderBefore

\* TODO: which transaction is announced, and is a new one drawn?
Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN
       /\ sent' = sent \cup {Processed(m, NewId(m))}
       /\ Draws(m)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

====
