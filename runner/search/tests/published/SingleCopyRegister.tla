------------------------- MODULE SingleCopyRegister -------------------------
(* Servers that each keep a register of their own, as single_copy_register.rs *)
(* says it: what a server knows is the letter that it holds.                  *)
EXTENDS Register

Init == RegisterInit(LAMBDA server : Blank)

Put(e) ==
    /\ Is(e, "Put")
    /\ ServerTakes(e, e.msg.letter, Reply(e, [type |-> "PutOk", request |-> e.msg.request]))

Get(e) ==
    /\ Is(e, "Get")
    /\ LET letter == servers[e.to]
           answer == [type |-> "GetOk", request |-> e.msg.request, letter |-> letter]
       IN  ServerTakes(e, letter, Reply(e, answer))

Next == \E e \in Deliverable : Put(e) \/ Get(e) \/ PutOk(e) \/ GetOk(e)
=============================================================================
