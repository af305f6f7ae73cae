---- MODULE Submit ----
EXTENDS DoubleSubmitBefore

\* TODO: the write must not happen if the cart was written since it was loaded. `IsCurrent` tells.
Submit(s) ==
    /\ At(s, "Submit")
    /\ IF TRUE
       THEN LET c == slots[s].cart.id
                new == NextVersion(cart, Submitted(slots[s].cart)) IN
            /\ cart' = new
            /\ orders' = WithOrderOf(c)
            /\ hist' = Append(hist, slots[s].message)
            /\ Proceeds(s, Then("Submit"),
                        [cart |-> new, orders |-> OrderOf(c)])
       ELSE GivesBack(s) /\ UNCHANGED <<hist, stores>>
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, outgoing, user>>

====
