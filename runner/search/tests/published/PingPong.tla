------------------------------ MODULE PingPong ------------------------------
(* Two players who return a ball, as ping_pong.rs says it. Balls may be lost  *)
(* if Lossy, and stay where they are when they arrive if the network says so. *)
EXTENDS Network, Integers
CONSTANTS Max, Lossy
VARIABLE returned  \* how many balls by player 0, who serves, and by player 1

Init ==
    /\ returned = [player \in 0..1 |-> 0]
    /\ network = Sent(<<>>, <<Envelope(0, 1, <<"Ping", 0>>)>>)

Return(ball) ==
    LET count == ball.msg[2]
        back == IF ball.to = 1 THEN <<"Pong", count>> ELSE <<"Ping", count + 1>>
    IN  /\ returned[ball.to] = count /\ count < Max
        /\ returned' = [returned EXCEPT ![ball.to] = count + 1]
        /\ Deliver(ball, Reply(ball, back))

Next == \E ball \in Deliverable :
    \/ Return(ball)
    \/ Lossy /\ Lose(ball) /\ UNCHANGED returned

(* Whenever a ball can be returned or lost, something happens some day. *)
vars == <<returned, network>>
Fair == Init /\ [][Next]_vars /\ WF_vars(Next)

SomebodyReturned(balls) == \E player \in 0..1 : returned[player] = balls

DeltaWithinOne == returned[0] - returned[1] \in -1..1
(* What should be reached some day is asked as what should never be. *)
CanReachMax == ~SomebodyReturned(Max)
MustReachMax == <>SomebodyReturned(Max)
(* Never true, as the game ends at Max. *)
MustExceedMax == <>SomebodyReturned(Max + 1)
=============================================================================
