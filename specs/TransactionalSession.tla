------------------------ MODULE TransactionalSession ------------------------
(***************************************************************************)
(* A request sends a completion message for later and then commits. The    *)
(* completer publishes what it finds committed. If it finds nothing after  *)
(* some tries, it leaves a tombstone, which lets a late commit fail.       *)
(*                                                                         *)
(* The commit creates the record of its session: it fails if there is one. *)
(* The variants are the ways people write this; `tombstone` is right.      *)
(*                                                                         *)
(* Source: the session of the workshop's end-to-end example.               *)
(* Left out: how long "later" is, and the clean-up of records.             *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,        \* which handlers
    Messages,       \* requests, each of which has a session of its own: 1..n
    Tabs,           \* tabs in which the user sends each at the start
    WebSlots,       \* how many requests the web server handles at a time: 1..k
    CompleterSlots, \* how many messages the completer handles at a time: 1..k
    Tries,          \* how often the completer looks again for a commit
    Budget          \* how often each fault may happen

VARIABLES
    webIncoming, webLeases, webSlots, webUp, webAcked, webHist, webSent,
    webFresh,       \* the variables of the web server, as in Endpoint
    completerIncoming, completerLeases, completerSlots, completerUp, completerAcked,
    completerHist, completerSent,
    completerFresh, \* those of the completer
    completerLater, \* bag of messages to the completer that are not due yet
    budget,         \* faults that may still happen, to either of them
    sessions,       \* session |-> its record
    replies,        \* bag of replies on their way to the browser
    browser         \* tabs that wait for a reply

Completion(m, t) == [session |-> m, tries |-> t]

Web == INSTANCE Guarantees WITH
    Slots <- WebSlots, incoming <- webIncoming, leases <- webLeases,
    slots <- webSlots, up <- webUp, acked <- webAcked, hist <- webHist,
    sent <- webSent, fresh <- webFresh
Completer == INSTANCE Guarantees WITH
    Messages <- {Completion(m, t) : m \in Messages, t \in 0..Tries},
    Slots <- CompleterSlots, incoming <- completerIncoming,
    leases <- completerLeases, slots <- completerSlots, up <- completerUp,
    acked <- completerAcked, hist <- completerHist, sent <- completerSent,
    fresh <- completerFresh

web == <<webIncoming, webLeases, webSlots, webUp, webAcked, webHist, webSent, webFresh>>
completer == <<completerIncoming, completerLeases, completerSlots, completerUp,
               completerAcked, completerHist, completerSent, completerFresh>>
user == <<replies, browser>>
vars == <<web, completer, completerLater, budget, sessions, user>>
webSeen == <<webHist, webSent, webFresh>>
completerSeen == <<completerHist, completerSent, completerFresh>>

TypeOK ==
    /\ \A m \in Messages : /\ sessions[m].version \in Nat
                           /\ sessions[m].committed \in BOOLEAN
                           /\ sessions[m].abandoned \in BOOLEAN
    /\ \A c \in BagToSet(completerLater) : c.session \in Messages /\ c.tries \in 0..Tries
    /\ BagToSet(replies) \subseteq {"Done"}
    /\ browser.waiting \in 0..Tabs

Init ==
    /\ Web!EndpointInit(Web!CopiesOf(Tabs))
    /\ Completer!EndpointInit(EmptyBag)
    /\ completerLater = EmptyBag
    /\ sessions = [m \in Messages |->
                      [version |-> 0, committed |-> FALSE, abandoned |-> FALSE]]
    /\ replies = EmptyBag
    /\ browser = [waiting |-> Tabs, clicks |-> 0]

-----------------------------------------------------------------------------
(* The variants: which step follows which.                                 *)

\* What a request does.
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
    CASE r.committed \/ Variant = "unchecked"        -> "Publish"
      [] OTHER -> IF r.abandoned                     THEN "AckCompletion"
                  ELSE IF Variant = "retry-without-limit" THEN "TryAgainLater"
                  ELSE IF t < Tries                  THEN "TryAgainLater"
                  ELSE IF Variant = "no-tombstone"   THEN "AckCompletion"
                                                     ELSE "SaveTombstone"

-----------------------------------------------------------------------------
(* The web server, step by step *)

\* The session of slot s.
Session(s) == webSlots[s].message

WebReceives ==
    /\ Web!MayTake
    /\ \E m \in BagToSet(webIncoming) : Web!Takes(m, Then("WebReceives"), FALSE)
    /\ UNCHANGED <<completer, completerLater, sessions, user>>

SendCompletion(s) ==
    LET message == Completion(Session(s), 0) IN
    /\ Web!At(s, "SendCompletion")
    /\ completerLater' = completerLater (+) Web!One(message)
    /\ webSent' = webSent \cup {[cause |-> Session(s), output |-> "Completion",
                                 message |-> message, basis |-> 0]}
    /\ Web!Proceeds(s, Then("SendCompletion"), Web!Nothing)
    /\ UNCHANGED <<webHist, webFresh, completer, sessions, user>>

\* Creates the record with its change; `blind-commit` overwrites what is there.
Commit(s) ==
    LET m == Session(s)
        new == [version |-> sessions[m].version + 1, committed |-> TRUE,
                abandoned |-> FALSE]
    IN
    /\ Web!At(s, "Commit")
    /\ IF sessions[m].version = 0 \/ Variant = "blind-commit"
       THEN /\ sessions' = [sessions EXCEPT ![m] = new]
            /\ webHist' = (IF sessions[m].committed THEN webHist
                                                     ELSE Append(webHist, m))
            /\ Web!Proceeds(s, Then("Commit"), [sessions |-> new])
       ELSE Web!GivesBack(s) /\ UNCHANGED <<webHist, sessions>>
    /\ UNCHANGED <<webSent, webFresh, completer, completerLater, user>>

ReplyDone(s) ==
    /\ Web!At(s, "ReplyDone")
    /\ replies' = replies (+) Web!One("Done")
    /\ webAcked' = webAcked \cup {Session(s)}
    /\ webSlots' = [webSlots EXCEPT ![s] = Web!Idle]
    /\ UNCHANGED <<webIncoming, webLeases, webUp, webSeen, budget, completer,
                   completerLater, sessions, browser>>

ReplyArrives ==
    /\ \E r \in BagToSet(replies) : replies' = replies (-) Web!One(r)
    /\ browser' = [browser EXCEPT !.waiting = IF @ > 0 THEN @ - 1 ELSE 0]
    /\ UNCHANGED <<web, completer, completerLater, budget, sessions>>

-----------------------------------------------------------------------------
(* The completer, step by step *)

Message(s) == completerSlots[s].message

CompleterMessageBecomesDue ==
    /\ \E c \in BagToSet(completerLater) :
         /\ completerLater' = completerLater (-) Completer!One(c)
         /\ completerIncoming' = completerIncoming (+) Completer!One(c)
    /\ UNCHANGED <<completerLeases, completerSlots, completerUp, completerAcked,
                   completerSeen, web, budget, sessions, user>>

CompleterReceives ==
    /\ Completer!MayTake
    /\ \E c \in BagToSet(completerIncoming) : Completer!Takes(c, "LoadSession", TRUE)
    /\ UNCHANGED <<web, completerLater, sessions, user>>

LoadSession(s) ==
    LET record == sessions[Message(s).session] IN
    /\ Completer!At(s, "LoadSession")
    /\ Completer!Proceeds(s, AfterLoad(Message(s).tries, record), [sessions |-> record])
    /\ UNCHANGED <<completerSeen, web, completerLater, sessions, user>>

\* A message of slot s is out.
Sends(s, output, message) ==
    /\ completerSent' = completerSent \cup
           {[cause |-> Message(s).session, output |-> output,
             message |-> message, basis |-> 0]}
    /\ Completer!Proceeds(s, "AckCompletion", Completer!Nothing)
    /\ UNCHANGED <<completerHist, completerFresh, web, sessions, user>>

Publish(s) ==
    /\ Completer!At(s, "Publish")
    /\ Sends(s, "OrderPlaced", [session |-> Message(s).session])
    /\ UNCHANGED completerLater

TryAgainLater(s) ==
    LET c == Message(s)
        next == Completion(c.session, IF Variant = "retry-without-limit" THEN c.tries
                                                                    ELSE c.tries + 1)
    IN
    /\ Completer!At(s, "TryAgainLater")
    /\ completerLater' = completerLater (+) Completer!One(next)
    /\ Sends(s, "Completion", next)

SaveTombstone(s) ==
    LET m == Message(s).session
        new == [completerSlots[s].sessions EXCEPT !.abandoned = TRUE,
                                                  !.version = sessions[m].version + 1]
    IN
    /\ Completer!At(s, "SaveTombstone")
    /\ IF completerSlots[s].sessions.version = sessions[m].version
       THEN /\ sessions' = [sessions EXCEPT ![m] = new]
            /\ Completer!Proceeds(s, "AckCompletion", [sessions |-> new])
       ELSE Completer!GivesBack(s) /\ UNCHANGED sessions
    /\ UNCHANGED <<completerSeen, web, completerLater, user>>

AckCompletion(s) ==
    /\ Completer!At(s, "AckCompletion")
    /\ Completer!Acknowledges(s)
    /\ UNCHANGED <<completerSeen, web, completerLater, sessions, user>>

-----------------------------------------------------------------------------
(* The environment *)

ofWeb == <<completer, completerLater, sessions, user>>
ofCompleter == <<web, completerLater, sessions, user>>
WebCrashes == Web!Crashes /\ UNCHANGED ofWeb
WebRecovers == Web!Recovers /\ UNCHANGED ofWeb
WebMessageDuplicated == Web!Duplicates /\ UNCHANGED ofWeb
CompleterCrashes == Completer!Crashes /\ UNCHANGED ofCompleter
CompleterRecovers == Completer!Recovers /\ UNCHANGED ofCompleter
CompleterMessageDuplicated == Completer!Duplicates /\ UNCHANGED ofCompleter
CompleterLeaseExpires(s) == Completer!LeaseExpiresOf(s) /\ UNCHANGED ofCompleter

\* The broker does not take a message.
WebCallFails(s) ==
    /\ Web!At(s, "SendCompletion")
    /\ budget.fail > 0
    /\ Web!GivesUp(s)
    /\ Web!Spends("fail")
    /\ UNCHANGED <<webSeen, ofWeb>>

CompleterCallFails(s) ==
    /\ Completer!At(s, "Publish") \/ Completer!At(s, "TryAgainLater")
    /\ budget.fail > 0
    /\ Completer!GivesUp(s)
    /\ Completer!Spends("fail")
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
(* What is asked of it *)

AtRest ==
    /\ Web!EndpointAtRest
    /\ Completer!EndpointAtRest
    /\ completerLater = EmptyBag
    /\ replies = EmptyBag

AllSlotsBusy == Web!Free = {} /\ Completer!Free = {}
AllDone == AtRest /\ Messages \subseteq webAcked

Published(m) == \E e \in completerSent : e.output = "OrderPlaced" /\ e.cause = m

OnlyCommittedIsPublished == \A m \in Messages : Published(m) => sessions[m].committed
CommittedIsPublished ==
    AtRest => \A m \in Messages : sessions[m].committed => Published(m)
ToldTheTruth == AtRest => \A m \in webAcked : Published(m)

NoDoubleEffect == Web!NoDoubleEffect /\ Completer!NoDoubleEffect

Settles == <>[]AtRest

=============================================================================
