--------------------------- MODULE ScriptedClient ---------------------------
(***************************************************************************)
(* A client with a script: it makes one request after another, and stores  *)
(* the answers. A script is a sequence of moves, each a record:            *)
(*                                                                         *)
(*     request     the request that the client sends                       *)
(*     again       how often it may send it again until an answer arrives  *)
(*     polls       how often it sends it again after an answer other than  *)
(*     until       ... this one                                            *)
(*     gives_up    whether it may give up waiting, and continue            *)
(*     skip        the number of moves that it skips after an answer,      *)
(*                 since they are made only after it has given up          *)
(*                                                                         *)
(* A reply names the request that it answers. The module has no endpoint:  *)
(* a protocol puts the bag of requests that follow into a queue.           *)
(*                                                                         *)
(* Left out: several requests at the same time, and which of several equal *)
(* requests a reply answers.                                               *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

VARIABLES
    replies,    \* bag of replies in transit to the client
    client      \* its move, the tries left for that, and the outcomes so far

user == <<replies, client>>

\* The client waits for the answer to its move.
Waits(script) == client.at <= Len(script)
MoveOf(script) == script[client.at]

\* The client at the n-th move, or after the last one, with the outcomes so far.
StandsAt(script, n, heard) ==
    [at    |-> n,
     again |-> IF n <= Len(script) THEN script[n].again ELSE 0,
     polls |-> IF n <= Len(script) THEN script[n].polls ELSE 0,
     heard |-> heard]

\* The request that it sends at the n-th move.
RequestAt(script, n) ==
    IF n <= Len(script) THEN SetToBag({script[n].request}) ELSE EmptyBag

ClientInit(script) ==
    /\ replies = EmptyBag
    /\ client = StandsAt(script, 1, <<>>)

\* The client after this many moves; `heard` is the outcome of the first.
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

\* The requests that the client sends after reply r.
FollowsReply(script, r) ==
    IF PollsAfter(script, r) THEN RequestAt(script, client.at)
    ELSE IF IsAnswer(script, r)
         THEN RequestAt(script, client.at + 1 + MoveOf(script).skip)
         ELSE EmptyBag

\* A reply is lost. The client does not notice it.
LosesReply ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) SetToBag({r})
    /\ UNCHANGED client

\* The client sends its request once more. No fairness, since it may not do so.
ClicksAgain(script) ==
    /\ Waits(script)
    /\ client.again > 0
    /\ client' = [client EXCEPT !.again = @ - 1]
    /\ UNCHANGED replies

\* The client gives up waiting, and continues. No fairness, since it may keep waiting.
GivesUpOn(script) ==
    /\ Waits(script)
    /\ MoveOf(script).gives_up
    /\ client' = GoesOn(script, 1, "GaveUp")
    /\ UNCHANGED replies

\* The requests that the client sends after it has given up.
FollowsGivingUp(script) == RequestAt(script, client.at + 1)

=============================================================================
