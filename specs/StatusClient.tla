---------------------------- MODULE StatusClient ----------------------------
(***************************************************************************)
(* A client that polls the status resource of its request. It keeps the    *)
(* last answer that it saw. After a 404 it may submit again as often as it *)
(* has attempts left; it notes each attempt before it sends the request.   *)
(*                                                                         *)
(* The client `until-done` also submits again after an answer "pending"    *)
(* that it has seen before, as the command may have expired.               *)
(*                                                                         *)
(* The client has no queue and one slot: it wakes up when the next poll    *)
(* changes something.                                                      *)
(***************************************************************************)
EXTENDS ShopEndpoint

CONSTANT
    Attempts        \* how often the client submits again

VARIABLES
    clientIncoming, clientLeases, clientSlots, clientUp, clientAcked, clientHist,
    clientSent,
    clientFresh,    \* the variables of the client, as in Endpoint
    status,         \* what the status resource answers
    client          \* the last answer that the client saw, submissions left

ClientSlots == {1}

Client == INSTANCE Participant WITH
    Messages <- {}, Slots <- ClientSlots,
    incoming <- clientIncoming, leases <- clientLeases, slots <- clientSlots,
    up <- clientUp, acked <- clientAcked, hist <- clientHist, sent <- clientSent,
    fresh <- clientFresh

clientSeen == <<clientHist, clientSent, clientFresh>>
theClient == <<clientIncoming, clientLeases, clientSlots, clientUp, clientAcked,
               clientSeen>>

StatusAnswers == {"NotFound", "Pending", "Done"}

ClientTypeOK ==
    /\ status.says \in StatusAnswers
    /\ client.saw \in StatusAnswers
    /\ client.left \in 0..Attempts

ClientInit ==
    /\ Client!EndpointInit(EmptyBag)
    /\ status = [version |-> 0, says |-> "NotFound"]
    /\ client = [version |-> 0, saw |-> "NotFound", left |-> Attempts]

\* With the status c, a client in state k submits again: there is no status, or, for
\* the client `until-done`, the status is still pending.
Stands(k, c) ==
    \/ c.says = "NotFound"
    \/ Variant = "until-done" /\ c.says = "Pending" /\ k.saw = "Pending"

\* The next poll changes something.
Learns ==
    \/ Stands(client, status) /\ client.left > 0
    \/ status.says # "NotFound" /\ client.saw \notin {"Done", status.says}

Wakes ==
    /\ Client!MayTake
    /\ Learns
    /\ Client!Wakes("LoadClient")
    /\ UNCHANGED <<shop, status, client>>

LoadsClient(s) ==
    /\ Client!At(s, "LoadClient")
    /\ Client!Proceeds(s, "GetStatus", [client |-> client])
    /\ UNCHANGED <<clientSeen, shop, status, client>>

GetsStatus(s) ==
    /\ Client!At(s, "GetStatus")
    /\ LET again == Stands(clientSlots[s].client, status)
           next == IF again THEN "NoteAttempt" ELSE "KeepAnswer" IN
       Client!Proceeds(s, next, [status |-> status])
    /\ UNCHANGED <<clientSeen, shop, status, client>>

\* Slot s writes what the client knows, and goes on to `next`.
Notes(s, document, next) ==
    /\ client' = Client!NextVersion(client, document)
    /\ Client!Proceeds(s, next, [client |-> Client!NextVersion(client, document)])
    /\ UNCHANGED <<clientSeen, shop, status>>

KeepsAnswer(s) ==
    /\ Client!At(s, "KeepAnswer")
    /\ Notes(s, [clientSlots[s].client EXCEPT !.saw = clientSlots[s].status.says], "End")

NotesAttempt(s) ==
    /\ Client!At(s, "NoteAttempt")
    /\ Notes(s, [clientSlots[s].client EXCEPT !.left = @ - 1], "SubmitAgain")

SubmitsAgain(s) ==
    /\ Client!At(s, "SubmitAgain")
    /\ Shop!Arrives(Request)
    /\ Client!Emits(Client!WakeUp, "Submit", Request, 0)
    /\ Client!GivesBack(s)
    /\ UNCHANGED <<clientHist, clientFresh, status, client>>

ClientAtRest == Client!EndpointAtRest /\ ~Learns

=============================================================================
