------------------------------- MODULE Paxos --------------------------------
(* Single-decree Paxos, as paxos.rs says it and explains it. A ballot is      *)
(* <<number, leader>>, a proposal <<request, client, letter>>, an acceptance  *)
(* <<ballot, proposal>>.                                                      *)
EXTENDS Register

Earlier(ballot, other) ==
    ballot[1] < other[1] \/ (ballot[1] = other[1] /\ ballot[2] < other[2])

Init == RegisterInit(LAMBDA server :
    [ballot |-> <<0, 0>>, proposal |-> None, promises |-> <<>>, acceptors |-> {},
     accepted |-> None, decided |-> FALSE])

Accepting(participant, acceptance) ==
    [participant EXCEPT !.ballot = acceptance[1], !.accepted = acceptance]

(* Begins the next ballot for this proposal, with its own promise. *)
Put(e) ==
    LET leader == servers[e.to]
        ballot == <<leader.ballot[1] + 1, e.to>>
    IN  /\ Is(e, "Put") /\ ~leader.decided /\ leader.proposal = None
        /\ ServerTakes(e,
            [leader EXCEPT
                !.ballot = ballot,
                !.proposal = <<e.msg.request, e.from, e.msg.letter>>,
                !.promises = (e.to :> leader.accepted),
                !.acceptors = {}],
            Broadcast(e.to, Others(e.to), [type |-> "Prepare", ballot |-> ballot]))

Prepare(e) ==
    LET participant == servers[e.to]
        ballot == e.msg.ballot
        promise == [type |-> "Promise", ballot |-> ballot, accepted |-> participant.accepted]
    IN  /\ Is(e, "Prepare") /\ ~participant.decided /\ Earlier(participant.ballot, ballot)
        /\ ServerTakes(e, [participant EXCEPT !.ballot = ballot], Reply(e, promise))

(* What a majority that promised lets it propose, which it is the first to accept. *)
Chosen(leader) ==
    LET told == {leader.promises[s] : s \in DOMAIN leader.promises} \ {None}
        latest == CHOOSE a \in told : \A other \in told : ~Earlier(a[1], other[1])
    IN  IF told = {} THEN leader.proposal ELSE latest[2]

Promise(e) ==
    LET participant == servers[e.to]
        leader == [participant EXCEPT !.promises = (e.from :> e.msg.accepted) @@ @]
        acceptance == <<leader.ballot, Chosen(leader)>>
    IN  /\ Is(e, "Promise") /\ ~participant.decided /\ participant.ballot = e.msg.ballot
        /\ IF Cardinality(DOMAIN leader.promises) # Majority THEN ServerTakes(e, leader, <<>>)
           ELSE ServerTakes(e,
                Accepting([leader EXCEPT !.proposal = acceptance[2], !.acceptors = @ \union {e.to}],
                    acceptance),
                Broadcast(e.to, Others(e.to), [type |-> "Accept", acceptance |-> acceptance]))

Accept(e) ==
    LET participant == servers[e.to]
        acceptance == e.msg.acceptance
    IN  /\ Is(e, "Accept") /\ ~participant.decided /\ ~Earlier(acceptance[1], participant.ballot)
        /\ ServerTakes(e, Accepting(participant, acceptance),
            Reply(e, [type |-> "Accepted", ballot |-> acceptance[1]]))

Accepted(e) ==
    LET participant == servers[e.to]
        leader == [participant EXCEPT !.acceptors = @ \union {e.from}]
        proposal == leader.proposal
        decision == [type |-> "Decided", acceptance |-> <<leader.ballot, proposal>>]
        answer == Envelope(e.to, proposal[2], [type |-> "PutOk", request |-> proposal[1]])
    IN  /\ Is(e, "Accepted") /\ ~participant.decided /\ participant.ballot = e.msg.ballot
        /\ IF Cardinality(leader.acceptors) # Majority THEN ServerTakes(e, leader, <<>>)
           ELSE ServerTakes(e, [leader EXCEPT !.decided = TRUE],
                Append(Broadcast(e.to, Others(e.to), decision), answer))

Decided(e) ==
    /\ Is(e, "Decided") /\ ~servers[e.to].decided
    /\ ServerTakes(e,
        Accepting([servers[e.to] EXCEPT !.decided = TRUE], e.msg.acceptance), <<>>)

(* Who knows the decision only answers reads. *)
Get(e) ==
    LET informed == servers[e.to]
        letter == informed.accepted[2][3]
    IN  /\ Is(e, "Get") /\ informed.decided
        /\ ServerTakes(e, informed,
            Reply(e, [type |-> "GetOk", request |-> e.msg.request, letter |-> letter]))

Next == \E e \in Deliverable :
    \/ Put(e) \/ Prepare(e) \/ Promise(e) \/ Accept(e) \/ Accepted(e) \/ Decided(e) \/ Get(e)
    \/ PutOk(e) \/ GetOk(e)
=============================================================================
