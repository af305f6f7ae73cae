------------------------------ MODULE Register ------------------------------
(* The surroundings of every register model, as register.rs says it: clients  *)
(* that write and then read, and the question whether what they saw could     *)
(* have come from one register that does one thing at a time. A model extends *)
(* this by its servers.                                                       *)
EXTENDS Network, FiniteSets
CONSTANTS ServerCount, ClientCount
VARIABLES
    servers,  \* what each of them knows
    history   \* each client's operations, all but the last of which have returned

(* The history says what Stateright's LinearizabilityTester keeps. It also tells what its client *)
(* waits for, so clients have no variable of their own.                                          *)

Servers == 0..ServerCount - 1
Clients == ServerCount..ServerCount + ClientCount - 1
Others(server) == SelectSeq([n \in 1..ServerCount |-> n - 1], LAMBDA s : s # server)
Majority == ServerCount \div 2 + 1

None == <<>>  \* an optional value that is not there
Blank == ""   \* what a register holds until somebody writes
Letter(client) == <<"A", "B", "C", "D">>[client - ServerCount + 1]

(* An operation that begins when so many of each client have returned. A read's letter is told *)
(* when it returns.                                                                            *)
Operation(does, letter, after) ==
    [does |-> does, letter |-> letter, after |-> after, returned |-> FALSE]

RegisterInit(knows(_)) ==
    /\ servers = [s \in Servers |-> knows(s)]
    /\ history = [c \in Clients |->
        <<Operation("Write", Letter(c), [other \in Clients |-> 0])>>]
    /\ network = Sent(<<>>, [n \in 1..ClientCount |->
        LET c == ServerCount + n - 1
        IN  Envelope(c, c % ServerCount, [type |-> "Put", request |-> c, letter |-> Letter(c)])])

-----------------------------------------------------------------------------
(* What an actor does with an envelope e. One that it has no use for stays where it is, but on an *)
(* ordered network it is in the way of others, and is lost.                                       *)

Is(e, type) == e.msg.type = type

ServerTakes(e, knows, sent) ==
    /\ servers' = [servers EXCEPT ![e.to] = knows]
    /\ Deliver(e, sent)
    /\ UNCHANGED history

IsInTheWay(e) == NetworkKind = "ordered" /\ Deliver(e, <<>>) /\ UNCHANGED <<servers, history>>

(* A client's requests are numbered in multiples of its own number. *)
Awaits(e) ==
    LET last == Len(history[e.to])
    IN  ~history[e.to][last].returned /\ e.msg.request = last * e.to

PutOk(e) ==
    /\ Is(e, "PutOk") /\ Awaits(e)
    /\ LET client == e.to
           returned == [history EXCEPT ![client][1].returned = TRUE]
           after == [c \in Clients |->
                Cardinality({n \in DOMAIN returned[c] : returned[c][n].returned})]
           get == [type |-> "Get", request |-> 2 * client]
       IN  /\ history' = [returned EXCEPT ![client] = Append(@, Operation("Read", Blank, after))]
           /\ Deliver(e, <<Envelope(client, (client + 1) % ServerCount, get)>>)
    /\ UNCHANGED servers

GetOk(e) ==
    /\ Is(e, "GetOk") /\ Awaits(e)
    /\ history' = [history EXCEPT ![e.to][2].returned = TRUE, ![e.to][2].letter = e.msg.letter]
    /\ Deliver(e, <<>>)
    /\ UNCHANGED servers

-----------------------------------------------------------------------------

(* Whether the rest of the history can be put in a row, once so many operations of each client   *)
(* are done and the register has this letter: each after those that had returned when it began.  *)
(* What has not returned may be left out, and a read that has not always is: nobody was told.    *)
RECURSIVE Serializable(_, _)
Serializable(done, letter) ==
    \/ \A c \in Clients : \A n \in done[c] + 1..Len(history[c]) : ~history[c][n].returned
    \/ \E c \in {c \in Clients : done[c] < Len(history[c])} :
        LET operation == history[c][done[c] + 1]
        IN  /\ \A other \in Clients : operation.after[other] <= done[other]
            /\ operation.does = "Read" => operation.returned /\ operation.letter = letter
            /\ Serializable([done EXCEPT ![c] = @ + 1], operation.letter)

Linearizable == Serializable([c \in Clients |-> 0], Blank)

(* What should be reached some day is asked as what should never be: an answer with a written *)
(* value is on its way to a reader.                                                           *)
ValueChosen == \A e \in Deliverable : Is(e, "GetOk") => e.msg.letter = Blank
=============================================================================
