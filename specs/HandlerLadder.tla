--------------------------- MODULE HandlerLadder ---------------------------
(***************************************************************************)
(* Eight rungs to a message handler. Processing a message is an entry in   *)
(* the log of a database, and an event announces it. Each rung corrects    *)
(* what was wrong with the handler of the rung before it.                  *)
(*                                                                         *)
(* A save or a publish may fail without effect. Up to rung 4 the handler   *)
(* logs that and acknowledges the message; from rung 5 on it gives the     *)
(* message back. Rungs 6 to 8 have the same handler, in models of          *)
(* different size.                                                         *)
(*                                                                         *)
(* Source: the workshop's model-checking ladder, MessageHandler.tla.       *)
(* Left out: events about the state; who consumes the event.               *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every message that wait at the start

VARIABLES
    db          \* the one document: the log, and the transaction of each entry

vars == <<endpoint, db>>
stores == <<db>>

TypeOK ==
    /\ db.version \in Nat
    /\ db.log \in Seq(Messages)
    /\ DOMAIN db.transactions \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ db = [version |-> 0, log |-> <<>>, transactions |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for message m and the handler's *)
(* copy d of the database. `Failed` is what follows a call that failed, or *)
(* a write that was refused.                                               *)

\* Rung 1.
PublishThenSave ==
    [Receive |-> "Load",
     Load    |-> "Publish",
     Publish |-> "Save",
     Save    |-> "Ack",
     Failed  |-> [Publish |-> "Save", Save |-> "Ack"]]

\* Rung 2.
SaveThenPublish ==
    [Receive |-> "Load",
     Load    |-> "Save",
     Save    |-> "Publish",
     Publish |-> "Ack",
     Failed  |-> [Save |-> "Ack", Publish |-> "Ack"]]

\* Rung 3.
Atomic ==
    [Receive        |-> "Load",
     Load           |-> "SaveAndPublish",
     SaveAndPublish |-> "Ack",
     Failed         |-> [SaveAndPublish |-> "Ack"]]

\* Rung 4.
Guarded(m, d) ==
    [Load |-> IF m \in Range(d.log) THEN "Ack" ELSE "SaveAndPublish"] @@ Atomic

\* Rung 5; and rungs 6 to 8, which publish the transaction that is stored.
Retried(m, d) ==
    [Receive |-> "Load",
     Load    |-> IF m \in Range(d.log) THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack",
     Failed  |-> [Save |-> "GiveBack", Publish |-> "GiveBack"]]

Steps(m, d) ==
    CASE Variant = "publish-then-save"        -> PublishThenSave
      [] Variant = "save-then-publish"        -> SaveThenPublish
      [] Variant = "atomic"                   -> Atomic
      [] Variant = "guarded"                  -> Guarded(m, d)
      [] Variant \in {"retried", "stored"}    -> Retried(m, d)

\* The database as slot s knows it: its copy; before it has one, what is stored.
Known(s) == IF "db" \in DOMAIN slots[s] THEN slots[s].db ELSE db

\* What slot s does after `step`, and after it has failed.
Then(s, step) == Steps(slots[s].message, Known(s))[step]
ThenIfFailed(s) == Steps(slots[s].message, Known(s)).Failed[slots[s].at]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* Document d with an entry for message m.
Logged(m, d) == [d EXCEPT !.log = Append(@, m)]

\* The same, and the transaction that makes it.
LoggedAndStored(m, d) ==
    [Logged(m, d) EXCEPT !.transactions = (m :> NewId(m)) @@ @]

\* The transaction's id is stored with the entry, and published from there.
StoresId == Variant = "stored"

\* Writes `document`, made from the slot's copy; refused if somebody has
\* written since.
Writes(s, document, next) ==
    IF IsCurrent(s, "db", db)
    THEN /\ Overwrites(s, "db", db, document, {"log"}, next)
         /\ db' = NextVersion(db, document)
    ELSE /\ Proceeds(s, ThenIfFailed(s), Nothing)
         /\ UNCHANGED <<hist, db>>

\* The event that transaction t has processed message m.
Processed(m, t) ==
    [cause |-> m, output |-> "Processed",
     message |-> [transaction |-> t], basis |-> 0]

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, db).Receive, TRUE)

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [db |-> db])
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           d == slots[s].db IN
       /\ Writes(s, IF StoresId THEN LoggedAndStored(m, d) ELSE Logged(m, d),
                 Then(s, "Save"))
       /\ IF StoresId THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED sent

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN
       /\ sent' = sent \cup {Processed(m, IF StoresId
                                          THEN slots[s].db.transactions[m]
                                          ELSE NewId(m))}
       /\ IF StoresId THEN UNCHANGED fresh ELSE Draws(m)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, stores>>

\* Database and broker agree to do both, or neither.
SaveAndPublish(s) ==
    /\ At(s, "SaveAndPublish")
    /\ LET m == slots[s].message IN
       /\ Writes(s, Logged(m, slots[s].db), Then(s, "SaveAndPublish"))
       /\ sent' = IF IsCurrent(s, "db", db)
                  THEN sent \cup {Processed(m, NewId(m))} ELSE sent
       /\ Draws(m)

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

\* The call draws its transaction id all the same.
DrawsAtCall(s) ==
    CASE At(s, "Save")    -> StoresId
      [] At(s, "Publish") -> ~StoresId
      [] OTHER            -> TRUE

\* A save or a publish fails, without effect.
CallFails(s) ==
    /\ slots[s].at \in {"Save", "Publish", "SaveAndPublish"}
    /\ budget.fail > 0
    /\ Spends("fail")
    /\ IF DrawsAtCall(s) THEN Draws(slots[s].message) ELSE UNCHANGED fresh
    /\ LET next == ThenIfFailed(s) IN
       IF next = "GiveBack"
       THEN GivesUp(s)
       ELSE /\ slots' = [slots EXCEPT ![s].at = next]
            /\ UNCHANGED <<incoming, leases, up, acked>>
    /\ UNCHANGED <<hist, sent, stores>>

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : SaveAndPublish(s)
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : CallFails(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Save(s)) /\ WF_vars(Load(s))
                        /\ WF_vars(Ack(s)) /\ WF_vars(Publish(s))
                        /\ WF_vars(SaveAndPublish(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

NoLostOutput == NoLostOutputOf({"Processed"})

\* The log is what processing each message of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ db.log = hist
    /\ AtRest => Range(hist) = Messages

\* Transactions are stored only for messages that may still arrive.
DedupBounded == Cardinality(DOMAIN db.transactions) <= Cardinality(InFlight)

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
