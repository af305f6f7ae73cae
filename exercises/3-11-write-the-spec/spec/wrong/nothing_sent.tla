---- MODULE Publish ----
EXTENDS HandlerLadderBefore

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN
       /\ UNCHANGED sent
       /\ IF StoresId THEN UNCHANGED fresh ELSE Draws(m)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

====
