--------------------------- MODULE LinkHandshake ---------------------------
(***************************************************************************)
(* A link with two acknowledgements, after which both sides forget.        *)
(*                                                                         *)
(* The sender keeps each message as a delivery: unsent, then accepted,     *)
(* then gone. A transfer has its effect at the receiver, which remembers   *)
(* the message until the sender settles it. A command in the sender's own  *)
(* queue makes it work on a delivery, again and again until it is gone.    *)
(* A call of the receiver is two steps, and may be lost, or its answer.    *)
(*                                                                         *)
(* Source: settlement in AMQP 1.0. The variants leave out one part of it   *)
(* each; `durable` is right as long as no transfer is overtaken.           *)
(* Left out: messages that the receiver refuses, and resuming a link.      *)
(***************************************************************************)
EXTENDS Guarantees, ThirdParties

CONSTANT
    Variant     \* which sender

VARIABLE
    deliveries  \* message |-> delivery, as long as the sender keeps it

vars == <<endpoint, deliveries, provider, late>>
stores == <<deliveries, provider, late>>

TypeOK ==
    /\ DOMAIN deliveries \subseteq Messages
    /\ \A m \in DOMAIN deliveries : deliveries[m].state \in {"unsent", "accepted"}
    /\ provider.effects \in [Messages -> Nat]
    /\ provider.unsettled \subseteq Messages
    /\ \A f \in BagToSet(late) : f.ask \in {"Transfer", "Settle"}

Init ==
    /\ EndpointInit(CopiesOf(1))
    /\ deliveries = [m \in Messages |-> [version |-> 0, state |-> "unsent"]]
    /\ provider = [effects |-> [m \in Messages |-> 0], unsettled |-> {}]
    /\ late = EmptyBag

-----------------------------------------------------------------------------
(* The receiver, which remembers effects, and messages not settled         *)

TransferOf(m, remember) == [ask |-> "Transfer", id |-> m, remember |-> remember]
SettlementOf(m) == [ask |-> "Settle", id |-> m]

\* What the receiver knows after frame f. A message that it remembers has no
\* effect; effect and identity are one transaction.
After(f) ==
    IF f.ask = "Settle" THEN [provider EXCEPT !.unsettled = @ \ {f.id}]
    ELSE [effects   |-> IF f.id \in provider.unsettled THEN provider.effects
                        ELSE [provider.effects EXCEPT ![f.id] = @ + 1],
          unsettled |-> IF f.remember THEN provider.unsettled \cup {f.id}
                        ELSE provider.unsettled]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for a delivery in this state,   *)
(* and what follows a frame without an answer.                             *)

Durable(state) ==
    [Load             |-> IF state = "unsent" THEN "Transfer" ELSE "Settle",
     Transfer         |-> "TransferAnswered",
     TransferAnswered |-> "SaveAccepted",
     SaveAccepted     |-> "Settle",
     Settle           |-> "SettleAnswered",
     SettleAnswered   |-> "DeleteDelivery",
     DeleteDelivery   |-> "Ack",
     TransferTimesOut |-> "GiveBack",
     SettleTimesOut   |-> "GiveBack"]

VolatileSender(state) == [Durable(state) EXCEPT !.TransferAnswered = "Settle"]

SettleUnconfirmed(state) ==
    [Durable(state) EXCEPT !.SettleTimesOut = "DeleteDelivery"]

OneAcknowledgement(state) ==
    [Durable(state) EXCEPT !.Load = IF state = "unsent" THEN "Transfer" ELSE "Ack",
                           !.SaveAccepted = "Ack"]

NoLinkState(state) ==
    [Durable(state) EXCEPT !.TransferAnswered = "DeleteDelivery"]

SettledOnSend(state) ==
    [Durable(state) EXCEPT !.Load = "DeleteDelivery",
                           !.DeleteDelivery = "Transfer",
                           !.TransferAnswered = "Ack",
                           !.TransferTimesOut = "Ack"]

Steps(state) ==
    CASE Variant = "durable"             -> Durable(state)
      [] Variant = "volatile-sender"     -> VolatileSender(state)
      [] Variant = "settle-unconfirmed"  -> SettleUnconfirmed(state)
      [] Variant = "one-acknowledgement" -> OneAcknowledgement(state)
      [] Variant = "no-link-state"       -> NoLinkState(state)
      [] Variant = "settled-on-send"     -> SettledOnSend(state)

Remembers == Variant \notin {"no-link-state", "settled-on-send"}

\* What slot s does after `step`, which finds it with its copy of the delivery.
Then(s, step) == Steps(slots[s].deliveries.state)[step]

-----------------------------------------------------------------------------
(* The sender, step by step *)

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

\* A delivery that is gone is settled.
Load(s) ==
    /\ At(s, "Load")
    /\ LET m == slots[s].message IN
       IF m \in DOMAIN deliveries
       THEN Proceeds(s, Steps(deliveries[m].state).Load,
                     [deliveries |-> deliveries[m]])
       ELSE Proceeds(s, "Ack", Nothing)
    /\ UNCHANGED <<observed, stores>>

Transfer(s) ==
    /\ At(s, "Transfer")
    /\ Asks(s, Then(s, "Transfer"), TransferOf(slots[s].message, Remembers))
    /\ UNCHANGED <<observed, stores>>

TransferAnswered(s) ==
    /\ At(s, "TransferAnswered")
    /\ Answered(s, After(slots[s].request), Then(s, "TransferAnswered"))
    /\ UNCHANGED deliveries

\* The version of what is stored for m: 0 if nothing is.
VersionOf(m) == IF m \in DOMAIN deliveries THEN deliveries[m].version ELSE 0
Current(s) == slots[s].deliveries.version = VersionOf(slots[s].message)

SaveAccepted(s) ==
    /\ At(s, "SaveAccepted")
    /\ LET m == slots[s].message
           new == [version |-> VersionOf(m) + 1, state |-> "accepted"]
       IN  IF Current(s)
           THEN /\ deliveries' = (m :> new) @@ deliveries
                /\ Proceeds(s, Then(s, "SaveAccepted"), [deliveries |-> new])
           ELSE GivesBack(s) /\ UNCHANGED deliveries
    /\ UNCHANGED <<observed, provider, late>>

Settle(s) ==
    /\ At(s, "Settle")
    /\ Asks(s, Then(s, "Settle"), SettlementOf(slots[s].message))
    /\ UNCHANGED <<observed, stores>>

SettleAnswered(s) ==
    /\ At(s, "SettleAnswered")
    /\ Answered(s, After(slots[s].request), Then(s, "SettleAnswered"))
    /\ UNCHANGED deliveries

\* From here on the sender has no record of the message.
DeleteDelivery(s) ==
    /\ At(s, "DeleteDelivery")
    /\ LET others == DOMAIN deliveries \ {slots[s].message} IN
       IF Current(s)
       THEN /\ deliveries' = [m \in others |-> deliveries[m]]
            /\ Proceeds(s, Then(s, "DeleteDelivery"), Nothing)
       ELSE GivesBack(s) /\ UNCHANGED deliveries
    /\ UNCHANGED <<observed, provider, late>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* The step that follows if the frame of slot s gets no answer.
Unanswered(s) ==
    Then(s, IF At(s, "TransferAnswered") THEN "TransferTimesOut" ELSE "SettleTimesOut")

RequestLost(s) ==
    /\ RequestIsLost(s, Unanswered(s))
    /\ UNCHANGED deliveries

AnswerLost(s) ==
    /\ AnswerIsLost(s, After(slots[s].request), Unanswered(s))
    /\ UNCHANGED deliveries

\* The frame is overtaken by what is sent after it.
RequestDelayed(s) ==
    /\ RequestIsDelayed(s, Unanswered(s))
    /\ UNCHANGED deliveries

LateRequestArrives ==
    /\ \E f \in BagToSet(late) : late' = late (-) One(f) /\ provider' = After(f)
    /\ UNCHANGED <<endpoint, deliveries>>

\* The receiver restarts, and had its link state in memory.
Forget ==
    /\ Strikes("forget")
    /\ provider.unsettled # {}
    /\ provider' = [provider EXCEPT !.unsettled = {}]
    /\ UNCHANGED <<deliveries, late>>

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Transfer(s)
    \/ \E s \in Slots : TransferAnswered(s)
    \/ \E s \in Slots : SaveAccepted(s)
    \/ \E s \in Slots : Settle(s)
    \/ \E s \in Slots : SettleAnswered(s)
    \/ \E s \in Slots : DeleteDelivery(s)
    \/ \E s \in Slots : Ack(s)
    \/ LateRequestArrives
    \/ Recover
    \/ \E s \in Slots : RequestLost(s)
    \/ \E s \in Slots : AnswerLost(s)
    \/ \E s \in Slots : RequestDelayed(s)
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ Forget

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(LateRequestArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(Transfer(s)) /\ WF_vars(TransferAnswered(s))
        /\ WF_vars(SaveAccepted(s)) /\ WF_vars(Settle(s))
        /\ WF_vars(SettleAnswered(s)) /\ WF_vars(DeleteDelivery(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ late = EmptyBag

NoDoubleDelivery == \A m \in Messages : provider.effects[m] <= 1

Delivered == AtRest => \A m \in Messages : provider.effects[m] > 0

BothForget == AtRest => deliveries = <<>> /\ provider.unsettled = {}

\* What the two sides remember of messages that were received.
Remembered ==
    provider.unsettled
        \cup {m \in DOMAIN deliveries : deliveries[m].state = "accepted"}
DedupBounded == Cardinality(Remembered) <= Cardinality(InFlight)

Settles == <>[]AtRest

=============================================================================
