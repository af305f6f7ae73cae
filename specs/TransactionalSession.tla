------------------------ MODULE TransactionalSession ------------------------
(***************************************************************************)
(* A request sends a completion message for later and then commits. The    *)
(* completer publishes what it finds committed. If it finds nothing after  *)
(* some tries, it leaves a tombstone, which lets a late commit fail.       *)
(* The commit creates the record of its session: it fails if there is one. *)
(* The variants are the ways people write this; `tombstone` is right.      *)
(*                                                                         *)
(* Source: the session of the workshop's end-to-end example.               *)
(* Left out: how long "later" is, and the clean-up of records.             *)
(***************************************************************************)
EXTENDS Browser

CONSTANTS
    Variant,        \* which handlers
    Messages,       \* requests, each of which has a session of its own: 1..n
    Tabs,           \* tabs in which the user sends each at the start
    WebSlots,       \* how many requests the web server handles at a time: 1..k
    CompleterSlots, \* how many messages the completer handles at a time: 1..k
    Tries,          \* how often the completer looks again for a commit
    Budget          \* how often each fault may happen

VARIABLES
    webIncoming, webLeases, webSlots, webUp, webAcked, webHist, webSent, webFresh,
    completerIncoming, completerLeases, completerSlots, completerUp,
    completerAcked, completerHist, completerSent,
    completerFresh, \* of the web server and of the completer, as in Endpoint
    completerLater, \* bag of messages to the completer that are not due yet
    budget,         \* faults that may still happen, to either of them
    sessions        \* session |-> its record

Completion(m, t) == [session |-> m, tries |-> t]

Web == INSTANCE Participant WITH
    Slots <- WebSlots, incoming <- webIncoming, leases <- webLeases,
    slots <- webSlots, up <- webUp, acked <- webAcked, hist <- webHist,
    sent <- webSent, fresh <- webFresh
Completer == INSTANCE Participant WITH
    Messages <- {Completion(m, t) : m \in Messages, t \in 0..Tries},
    Slots <- CompleterSlots, incoming <- completerIncoming,
    leases <- completerLeases, slots <- completerSlots, up <- completerUp,
    acked <- completerAcked, hist <- completerHist, sent <- completerSent,
    fresh <- completerFresh

webSeen == <<webHist, webSent, webFresh>>
web == <<webIncoming, webLeases, webSlots, webUp, webAcked, webSeen>>
completerSeen == <<completerHist, completerSent, completerFresh>>
completer == <<completerIncoming, completerLeases, completerSlots, completerUp,
               completerAcked, completerSeen>>
ofWeb == <<completer, completerLater, sessions, user>>
ofCompleter == <<web, completerLater, sessions, user>>
vars == <<web, completer, completerLater, budget, sessions, user>>

TypeOK ==
    /\ \A m \in Messages :
         sessions[m] \in [version : Nat, committed : BOOLEAN, abandoned : BOOLEAN]
    /\ \A c \in BagToSet(completerLater) : c.session \in Messages /\ c.tries \in 0..Tries
    /\ BrowserTypeOK({"Done"}, Tabs, 0)

Init ==
    /\ Web!EndpointInit(Web!CopiesOf(Tabs))
    /\ Completer!EndpointInit(EmptyBag)
    /\ completerLater = EmptyBag
    /\ sessions = [m \in Messages |->
                      [version |-> 0, committed |-> FALSE, abandoned |-> FALSE]]
    /\ BrowserInit(Tabs, 0)

-----------------------------------------------------------------------------
(* The variants: which step follows which.                                 *)

SendThenCommit ==
    [WebReceives    |-> "SendCompletion",
     SendCompletion |-> "Commit",
     Commit         |-> "ReplyDone"]

CommitThenSend ==
    [WebReceives    |-> "Commit",
     Commit         |-> "SendCompletion",
     SendCompletion |-> "ReplyDone"]

Then(step) ==
    IF Variant = "commit-first" THEN CommitThenSend[step] ELSE SendThenCommit[step]

\* What the completer does at its try t, when the record of the session is r.
AfterLoad(t, r) ==
    IF r.committed \/ Variant = "unchecked" THEN "Publish"
    ELSE IF r.abandoned THEN "AckCompletion"
    ELSE IF t < Tries \/ Variant = "retry-without-limit" THEN "TryAgainLater"
    ELSE IF Variant = "no-tombstone" THEN "AckCompletion" ELSE "SaveTombstone"

-----------------------------------------------------------------------------
(* The web server, step by step *)

Session(s) == webSlots[s].message

WebReceives == Web!Receives(Then("WebReceives"), FALSE) /\ UNCHANGED ofWeb

SendCompletion(s) ==
    /\ Web!At(s, "SendCompletion")
    /\ completerLater' = completerLater (+) Web!One(Completion(Session(s), 0))
    /\ Web!Emits(Session(s), "Completion", Completion(Session(s), 0), 0)
    /\ Web!Proceeds(s, Then("SendCompletion"), Web!Nothing)
    /\ UNCHANGED <<webHist, webFresh, completer, sessions, user>>

\* Creates the record with its change; `blind-commit` overwrites what is there.
Commit(s) ==
    /\ Web!At(s, "Commit")
    /\ LET m == Session(s)
           record == sessions[m]
           new == [record EXCEPT !.committed = TRUE, !.abandoned = FALSE] IN
       IF record.version = 0 \/ Variant = "blind-commit"
       THEN /\ Web!Overwrites(s, "sessions", record, new, {"committed"}, Then("Commit"))
            /\ sessions' = [sessions EXCEPT ![m] = Web!NextVersion(record, new)]
       ELSE Web!GivesBack(s) /\ UNCHANGED <<webHist, sessions>>
    /\ UNCHANGED <<webSent, webFresh, completer, completerLater, user>>

ReplyDone(s) ==
    /\ Web!At(s, "ReplyDone")
    /\ Web!Answers(s, "End")
    /\ RepliesWith("Done")
    /\ UNCHANGED <<completer, completerLater, sessions>>

ReplyArrives ==
    HearsReply /\ UNCHANGED <<web, completer, completerLater, budget, sessions>>

-----------------------------------------------------------------------------
(* The completer, step by step *)

Message(s) == completerSlots[s].message

CompleterMessageBecomesDue ==
    /\ \E c \in BagToSet(completerLater) :
         /\ completerLater' = completerLater (-) Completer!One(c)
         /\ Completer!Arrives(c)
    /\ UNCHANGED <<web, budget, sessions, user>>

CompleterReceives == Completer!Receives("LoadSession", TRUE) /\ UNCHANGED ofCompleter

LoadSession(s) ==
    /\ Completer!At(s, "LoadSession")
    /\ LET record == sessions[Message(s).session] IN
       Completer!Proceeds(s, AfterLoad(Message(s).tries, record), [sessions |-> record])
    /\ UNCHANGED <<completerSeen, ofCompleter>>

\* Slot s sends a message.
Sends(s, output, message) ==
    /\ Completer!Emits(Message(s).session, output, message, 0)
    /\ Completer!Proceeds(s, "AckCompletion", Completer!Nothing)
    /\ UNCHANGED <<completerHist, completerFresh, web, sessions, user>>

Publish(s) ==
    /\ Completer!At(s, "Publish")
    /\ Sends(s, "OrderPlaced", [session |-> Message(s).session])
    /\ UNCHANGED completerLater

TryAgainLater(s) ==
    /\ Completer!At(s, "TryAgainLater")
    /\ LET more == IF Variant = "retry-without-limit" THEN 0 ELSE 1
           next == [Message(s) EXCEPT !.tries = @ + more] IN
       /\ completerLater' = completerLater (+) Completer!One(next)
       /\ Sends(s, "Completion", next)

SaveTombstone(s) ==
    /\ Completer!At(s, "SaveTombstone")
    /\ LET m == Message(s).session
           new == [completerSlots[s].sessions EXCEPT !.abandoned = TRUE] IN
       /\ Completer!Commits(s, "sessions", sessions[m], new, {}, "AckCompletion")
       /\ sessions' = (m :> Completer!Committed(s, "sessions", sessions[m], new)) @@ sessions
    /\ UNCHANGED <<completerSent, completerFresh, web, completerLater, user>>

AckCompletion(s) ==
    /\ Completer!At(s, "AckCompletion")
    /\ Completer!Acknowledges(s)
    /\ UNCHANGED <<completerSeen, ofCompleter>>

-----------------------------------------------------------------------------
(* The environment *)

WebCrashes == Web!Crashes /\ UNCHANGED ofWeb
WebRecovers == Web!Recovers /\ UNCHANGED ofWeb
WebMessageDuplicated == Web!Duplicates /\ UNCHANGED ofWeb
CompleterCrashes == Completer!Crashes /\ UNCHANGED ofCompleter
CompleterRecovers == Completer!Recovers /\ UNCHANGED ofCompleter
CompleterMessageDuplicated == Completer!Duplicates /\ UNCHANGED ofCompleter
CompleterLeaseExpires(s) == Completer!LeaseExpiresOf(s) /\ UNCHANGED ofCompleter

\* The broker does not take a message.
WebCallFails(s) ==
    Web!CallEnds(s, "SendCompletion", "fail") /\ UNCHANGED <<webSeen, ofWeb>>

CompleterCallFails(s) ==
    /\ \E step \in {"Publish", "TryAgainLater"} : Completer!CallEnds(s, step, "fail")
    /\ UNCHANGED <<completerSeen, ofCompleter>>

Next ==
    \/ WebReceives
    \/ \E s \in WebSlots : SendCompletion(s)
    \/ \E s \in WebSlots : Commit(s)
    \/ \E s \in WebSlots : ReplyDone(s)
    \/ ReplyArrives
    \/ CompleterMessageBecomesDue
    \/ CompleterReceives
    \/ \E s \in CompleterSlots : LoadSession(s)
    \/ \E s \in CompleterSlots : Publish(s)
    \/ \E s \in CompleterSlots : TryAgainLater(s)
    \/ \E s \in CompleterSlots : SaveTombstone(s)
    \/ \E s \in CompleterSlots : AckCompletion(s)
    \/ WebRecovers
    \/ CompleterRecovers
    \/ WebCrashes
    \/ CompleterCrashes
    \/ WebMessageDuplicated
    \/ CompleterMessageDuplicated
    \/ \E s \in CompleterSlots : CompleterLeaseExpires(s)
    \/ \E s \in WebSlots : WebCallFails(s)
    \/ \E s \in CompleterSlots : CompleterCallFails(s)

Fairness ==
    /\ WF_vars(WebReceives) /\ WF_vars(WebRecovers) /\ WF_vars(ReplyArrives)
    /\ WF_vars(CompleterMessageBecomesDue)
    /\ WF_vars(CompleterReceives) /\ WF_vars(CompleterRecovers)
    /\ \A s \in WebSlots :
        WF_vars(SendCompletion(s)) /\ WF_vars(Commit(s)) /\ WF_vars(ReplyDone(s))
    /\ \A s \in CompleterSlots :
        /\ WF_vars(LoadSession(s)) /\ WF_vars(Publish(s)) /\ WF_vars(TryAgainLater(s))
        /\ WF_vars(SaveTombstone(s)) /\ WF_vars(AckCompletion(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest ==
    /\ Web!EndpointAtRest /\ Completer!EndpointAtRest
    /\ completerLater = EmptyBag /\ replies = EmptyBag

AllSlotsBusy == Web!Free = {} /\ Completer!Free = {}
AllDone == AtRest /\ Messages \subseteq webAcked

Published(m) == \E e \in completerSent : e.output = "OrderPlaced" /\ e.cause = m
Committed == {m \in Messages : sessions[m].committed}
OnlyCommittedIsPublished == \A m \in Messages : Published(m) => m \in Committed
CommittedIsPublished == AtRest => \A m \in Committed : Published(m)
ToldTheTruth == AtRest => \A m \in webAcked : Published(m)

NoDoubleEffect == Web!NoDoubleEffect /\ Completer!NoDoubleEffect
Settles == <>[]AtRest

=============================================================================
