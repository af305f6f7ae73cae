------------------------ MODULE LinearizableRegister ------------------------
(* The algorithm of Attiya, Bar-Noy and Dolev, as linearizable_register.rs    *)
(* says it and explains it. A version is <<timestamp, letter>>, a timestamp   *)
(* <<number, leader>>.                                                        *)
EXTENDS Register

Earlier(version, other) ==
    LET a == version[1]
        b == other[1]
    IN  a[1] < b[1] \/ (a[1] = b[1] /\ a[2] < b[2])

Later(version, other) == IF Earlier(version, other) THEN other ELSE version
Latest(versions) == CHOOSE v \in versions : \A other \in versions : ~Earlier(v, other)

(* What a server leads: nothing, or an operation in its first or second round. What to write and *)
(* what was read are None or <<letter>>.                                                         *)
Idle == [phase |-> "Idle"]
Asking(request, client, write, heard) ==
    [phase |-> "Asking", request |-> request, client |-> client, write |-> write, heard |-> heard]
Recording(asked, read, recorded) ==
    [phase |-> "Recording", request |-> asked.request, client |-> asked.client,
     read |-> read, recorded |-> recorded]

Init == RegisterInit(LAMBDA server : [newest |-> <<<<0, server>>, Blank>>, leads |-> Idle])

(* Begins an operation, with its own answer to the first round. *)
Leads(e, write) ==
    LET replica == servers[e.to]
        heard == (e.to :> replica.newest)
    IN  /\ replica.leads = Idle
        /\ ServerTakes(e,
            [replica EXCEPT !.leads = Asking(e.msg.request, e.from, write, heard)],
            Broadcast(e.to, Others(e.to), [type |-> "Query", request |-> e.msg.request]))

Put(e) == Is(e, "Put") /\ Leads(e, <<e.msg.letter>>)
Get(e) == Is(e, "Get") /\ Leads(e, None)

Query(e) ==
    LET replica == servers[e.to]
    IN  /\ Is(e, "Query")
        /\ ServerTakes(e, replica,
            Reply(e, [type |-> "Newest", request |-> e.msg.request, version |-> replica.newest]))

Newest(e) ==
    LET replica == servers[e.to]
        asked == [replica.leads EXCEPT !.heard = (e.from :> e.msg.version) @@ @]
        newest == Latest({asked.heard[s] : s \in DOMAIN asked.heard})
        decided == IF asked.write = None THEN newest
                   ELSE <<<<newest[1][1] + 1, e.to>>, asked.write[1]>>
        read == IF asked.write = None THEN <<newest[2]>> ELSE None
        record == [type |-> "Record", request |-> e.msg.request, version |-> decided]
    IN  /\ Is(e, "Newest")
        /\ replica.leads.phase = "Asking" /\ replica.leads.request = e.msg.request
        /\ IF Cardinality(DOMAIN asked.heard) < Majority
           THEN ServerTakes(e, [replica EXCEPT !.leads = asked], <<>>)
           ELSE ServerTakes(e,
                [newest |-> Later(replica.newest, decided),
                 leads |-> Recording(asked, read, {e.to})],
                Broadcast(e.to, Others(e.to), record))

Record(e) ==
    /\ Is(e, "Record")
    /\ ServerTakes(e, [servers[e.to] EXCEPT !.newest = Later(@, e.msg.version)],
        Reply(e, [type |-> "Recorded", request |-> e.msg.request]))

Recorded(e) ==
    LET replica == servers[e.to]
        asked == [replica.leads EXCEPT !.recorded = @ \union {e.from}]
        answer == IF asked.read = None THEN [type |-> "PutOk", request |-> asked.request]
                  ELSE [type |-> "GetOk", request |-> asked.request, letter |-> asked.read[1]]
    IN  /\ Is(e, "Recorded")
        /\ replica.leads.phase = "Recording" /\ replica.leads.request = e.msg.request
        /\ e.from \notin replica.leads.recorded
        /\ IF Cardinality(asked.recorded) < Majority
           THEN ServerTakes(e, [replica EXCEPT !.leads = asked], <<>>)
           ELSE ServerTakes(e, [replica EXCEPT !.leads = Idle],
                <<Envelope(e.to, asked.client, answer)>>)

Takes(e) ==
    \/ Put(e) \/ Get(e) \/ Query(e) \/ Newest(e) \/ Record(e) \/ Recorded(e)
    \/ PutOk(e) \/ GetOk(e)

Next == \E e \in Deliverable : Takes(e) \/ (IsInTheWay(e) /\ ~ENABLED Takes(e))
=============================================================================
