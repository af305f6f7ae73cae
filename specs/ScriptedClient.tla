--------------------------- MODULE ScriptedClient ---------------------------
(***************************************************************************)
(* A client with a script: it makes one request after the other, and keeps *)
(* what it was told. A script is a sequence of moves, each a record:       *)
(*                                                                         *)
(*     request     what the client sends                                   *)
(*     again       how often it may send it again while no answer comes    *)
(*     polls       how often it asks again after another answer than       *)
(*     until       ... this one                                            *)
(*     gives_up    whether it may give up waiting, and go on               *)
(*     skip        moves that it leaves out after an answer, as they are   *)
(*                 only there for the case that it gave up                 *)
(*                                                                         *)
(* A reply names the request that it answers. The module has no endpoint:  *)
(* a protocol puts the bag of requests that follow into a queue.           *)
(*                                                                         *)
(* Left out: several requests at the same time, and which of several equal *)
(* requests a reply answers.                                               *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

VARIABLES
    replies,    \* bag of replies on their way to the client
    client      \* its move, what is left of that, and what it has heard

user == <<replies, client>>

\* The client waits for the answer to its move.
Waits(script) == client.at <= Len(script)
MoveOf(script) == script[client.at]

\* The client at the n-th move, or behind the last one, with what it has heard.
StandsAt(script, n, heard) ==
    [at    |-> n,
     again |-> IF n <= Len(script) THEN script[n].again ELSE 0,
     polls |-> IF n <= Len(script) THEN script[n].polls ELSE 0,
     heard |-> heard]

\* What it sends when it stands at the n-th move.
RequestAt(script, n) ==
    IF n <= Len(script) THEN SetToBag({script[n].request}) ELSE EmptyBag

ClientInit(script) ==
    /\ replies = EmptyBag
    /\ client = StandsAt(script, 1, <<>>)

\* The client after this many moves, the first of which came to `heard`.
GoesOn(script, moves, heard) ==
    StandsAt(script, client.at + moves, Append(client.heard, heard))

\* An endpoint answers `request`.
RepliesTo(request, says) ==
    /\ replies' = replies (+) SetToBag({[request |-> request, says |-> says]})
    /\ UNCHANGED client

\* Reply r answers the move, or it answers an earlier one and is ignored.
IsAnswer(script, r) == Waits(script) /\ r.request = MoveOf(script).request

PollsAfter(script, r) ==
    IsAnswer(script, r) /\ client.polls > 0 /\ r.says # MoveOf(script).until

HearsReply(script, r) ==
    /\ replies' = replies (-) SetToBag({r})
    /\ client' = IF PollsAfter(script, r) THEN [client EXCEPT !.polls = @ - 1]
                 ELSE IF IsAnswer(script, r)
                      THEN GoesOn(script, 1 + MoveOf(script).skip, r.says)
                      ELSE client

\* What the client sends after reply r.
FollowsReply(script, r) ==
    IF PollsAfter(script, r) THEN RequestAt(script, client.at)
    ELSE IF IsAnswer(script, r)
         THEN RequestAt(script, client.at + 1 + MoveOf(script).skip)
         ELSE EmptyBag

\* A reply is lost, which the client does not notice.
LosesReply ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) SetToBag({r})
    /\ UNCHANGED client

\* The client sends its request once more. No fairness: it need not.
ClicksAgain(script) ==
    /\ Waits(script)
    /\ client.again > 0
    /\ client' = [client EXCEPT !.again = @ - 1]
    /\ UNCHANGED replies

\* The client gives up waiting, and goes on. No fairness: it may wait on.
GivesUpOn(script) ==
    /\ Waits(script)
    /\ MoveOf(script).gives_up
    /\ client' = GoesOn(script, 1, "GaveUp")
    /\ UNCHANGED replies

\* What the client sends then.
FollowsGivingUp(script) == RequestAt(script, client.at + 1)

=============================================================================
