---- MODULE Publish ----
EXTENDS HandlerLadderBefore

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN
       /\ sent' = sent \cup {Processed(m, IF StoresId
                                          THEN slots[s].db.transactions[m]
                                          ELSE NewId(m))}
       /\ IF StoresId THEN UNCHANGED fresh ELSE Draws(m)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

====
