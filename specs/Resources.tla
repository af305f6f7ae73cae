----------------------------- MODULE Resources ------------------------------
(***************************************************************************)
(* A queue and a database that take part in transactions. Each has a       *)
(* record of every transaction, with the phase that it is in. A slot that  *)
(* has read a record moves it to another phase.                            *)
(*                                                                         *)
(* Left out: locks, and resources that decide by themselves.               *)
(***************************************************************************)
EXTENDS Guarantees, Documents, Downstream

VARIABLES
    queue,      \* transaction |-> how far the queue is with it
    database    \* transaction |-> how far the database is with it

Phases == {"idle", "prepared", "committed", "aborted"}

ResourcesTypeOK ==
    \A m \in Messages : {queue[m].phase, database[m].phase} \subseteq Phases

ResourcesInit ==
    /\ queue = [m \in Messages |-> [version |-> 0, phase |-> "idle"]]
    /\ database = queue

\* The phases of queue and database as slot s knows them, once it has asked.
Q(s) == slots[s].queue.phase
B(s) == slots[s].database.phase

\* Slot s moves a record to another phase, if nobody else has written it since
\* the slot read it; an abort does not ask.
Moves(s, store, record, phase, next) ==
    LET new == [slots[s][store] EXCEPT !.phase = phase] IN
    IF phase = "aborted" THEN Overwrites(s, store, record, new, {}, next)
                         ELSE Commits(s, store, record, new, {}, next)

\* The record afterwards.
Moved(s, store, record, phase) ==
    LET new == [slots[s][store] EXCEPT !.phase = phase] IN
    IF phase = "aborted" THEN NextVersion(record, new)
                         ELSE Committed(s, store, record, new)

QueueMoves(s, phase, next) ==
    LET m == slots[s].message IN
    /\ Moves(s, "queue", queue[m], phase, next)
    /\ queue' = [queue EXCEPT ![m] = Moved(s, "queue", queue[m], phase)]
    /\ UNCHANGED <<fresh, database>>

DatabaseMoves(s, phase, next) ==
    LET m == slots[s].message IN
    /\ Moves(s, "database", database[m], phase, next)
    /\ database' = [database EXCEPT ![m] = Moved(s, "database", database[m], phase)]
    /\ UNCHANGED <<sent, fresh, queue, outgoing>>

=============================================================================
