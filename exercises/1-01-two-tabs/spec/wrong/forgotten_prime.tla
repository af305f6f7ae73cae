---- MODULE Submit ----
EXTENDS DoubleSubmitBefore

\* One transaction: the submitted cart and a new order. `flag` writes the cart
\* even if another request has written it since; `optimistic` writes nothing then.
Submit(s) ==
    /\ At(s, "Submit")
    /\ IF Variant = "flag" \/ IsCurrent(s, "cart", cart)
       THEN LET c == slots[s].cart.id
                new == NextVersion(cart, Submitted(slots[s].cart)) IN
            /\ cart = new
            /\ orders' = WithOrderOf(c)
            /\ hist' = Append(hist, slots[s].message)
            /\ Proceeds(s, Then("Submit"),
                        [cart |-> new, orders |-> OrderOf(c)])
       ELSE GivesBack(s) /\ UNCHANGED <<hist, stores>>
    /\ Draws(slots[s].message)
    /\ UNCHANGED <<sent, outgoing, user>>

====
