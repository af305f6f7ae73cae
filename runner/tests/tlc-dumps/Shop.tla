---- MODULE Shop ----
EXTENDS Naturals
VARIABLES owner, note, stock
vars == <<owner, note, stock>>
Init == owner \in {"ann", "bob"} /\ note = "a\"b\\c\nd\te" /\ stock = 2
Sell == stock > 0 /\ stock' = stock - 1 /\ UNCHANGED <<owner, note>>
Steal == stock > 1 /\ stock' = stock - 1 /\ UNCHANGED <<owner, note>>
SellAny == \E n \in 1..stock : stock' = stock - n /\ UNCHANGED <<owner, note>>
Wait == UNCHANGED vars
Hand == owner' = (IF owner = "ann" THEN "bob" ELSE "ann") /\ note' = "a -> b [label=\"x\"];}" /\ UNCHANGED stock
System == Sell \/ SellAny \/ Wait
Next == System \/ (Steal \/ Hand)
Spec == Init /\ [][Next]_vars
Fair == Spec /\ WF_vars(Sell)
Bound == stock > 0
SoldOut == <>(stock = 0)
====
