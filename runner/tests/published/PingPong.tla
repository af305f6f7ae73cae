------------------------------ MODULE PingPong ------------------------------
(* Two players who return a ball, as ping_pong.rs says it. Balls may be lost  *)
(* if Lossy, and stay where they are when they arrive if Repeated.            *)
EXTENDS Integers
CONSTANTS Max, Lossy, Repeated
VARIABLES server, receiver, balls

Init == server = 0 /\ receiver = 0 /\ balls = {<<"Ping", 0>>}

After(ball, back) == (IF Repeated THEN balls ELSE balls \ {ball}) \union {back}

ReturnPing(n) ==
    /\ <<"Ping", n>> \in balls /\ receiver = n /\ n < Max
    /\ receiver' = n + 1
    /\ balls' = After(<<"Ping", n>>, <<"Pong", n>>)
    /\ UNCHANGED server

ReturnPong(n) ==
    /\ <<"Pong", n>> \in balls /\ server = n /\ n < Max
    /\ server' = n + 1
    /\ balls' = After(<<"Pong", n>>, <<"Ping", n + 1>>)
    /\ UNCHANGED receiver

Lose == Lossy /\ \E ball \in balls : balls' = balls \ {ball} /\ UNCHANGED <<server, receiver>>

Next == Lose \/ \E n \in 0..Max : ReturnPing(n) \/ ReturnPong(n)

DeltaWithinOne == server - receiver \in -1..1
CanReachMax == Max \notin {server, receiver}
=============================================================================
