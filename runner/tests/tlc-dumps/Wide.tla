---- MODULE Wide ----
EXTENDS Naturals, Sequences
VARIABLE net
Init == net = <<>>
Send == Len(net) < 2 /\ net' = Append(net, [type |-> "order placed with the shop", from |-> "customer one", seq |-> Len(net), tags |-> {"one", "two", "three"}])
Next == Send
====
