------------------------------ MODULE Networks ------------------------------
(* A sender of numbers and one who keeps them, as networks.rs says it: a      *)
(* recorder keeps up to three, a listener the last one, and does not notice 0.*)
EXTENDS Network
CONSTANTS Numbers, Records, Lossy
VARIABLE kept

TwoThenOne == <<2, 1>>
TwiceTheSame == <<1, 1>>
NoughtThenOne == <<0, 1>>

Init == kept = <<>> /\ network = Sent(<<>>, [n \in DOMAIN Numbers |-> Envelope(0, 1, Numbers[n])])

Record(e) ==
    /\ Records /\ Len(kept) < 3
    /\ kept' = Append(kept, e.msg)
    /\ Deliver(e, <<>>)

Listen(e) == ~Records /\ e.msg # 0 /\ kept' = <<e.msg>> /\ Deliver(e, <<>>)

(* It is a step where 0 is in the way of others. *)
Ignore(e) ==
    /\ ~Records /\ e.msg = 0 /\ NetworkKind = "ordered"
    /\ Deliver(e, <<>>)
    /\ UNCHANGED kept

Next == \E e \in Deliverable :
    \/ Record(e) \/ Listen(e) \/ Ignore(e)
    \/ Lossy /\ Lose(e) /\ UNCHANGED kept
=============================================================================
