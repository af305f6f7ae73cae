----------------------------- MODULE SagaTimeout -----------------------------
(***************************************************************************)
(* An order waits for its payment. A message that the endpoint has sent to *)
(* itself for later cancels it.                                            *)
(*                                                                         *)
(* That message cannot be called back: it races with the payment, or       *)
(* arrives when the customer has a new order. The customer has at most one *)
(* open order, so the saga is found by the customer. The variants are the  *)
(* ways people write this; `own-instance` is right.                        *)
(*                                                                         *)
(* Source: public reports about the time-outs of sagas.                    *)
(* Left out: how long "later" is, and payments that arrive before their    *)
(* order, which are not charged.                                           *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handlers; Messages are the orders of the one customer
    Copies      \* copies of every message that wait at the start

VARIABLES
    later,      \* bag of messages that are not due yet
    saga        \* the one document: the open order, and how others have ended

Place(o) == [type |-> "PlaceOrder", order |-> o]
Pay(o) == [type |-> "PayOrder", order |-> o]
Overdue(o) == [type |-> "PaymentOverdue", order |-> o]
Given == {Place(o) : o \in Messages} \cup {Pay(o) : o \in Messages}

vars == <<endpoint, later, saga>>
stores == <<later, saga>>

Endings == {"Refused", "Shipped", "Cancelled"}

TypeOK ==
    /\ saga.version \in Nat
    /\ saga.open \in Messages \cup {0}
    /\ \A o \in DOMAIN saga.ended : o \in Messages /\ saga.ended[o] \in Endings
    /\ BagToSet(later) \subseteq {Overdue(o) : o \in Messages}

Init ==
    /\ EndpointInitFor(Given, [m \in Given |-> Copies])
    /\ later = EmptyBag
    /\ saga = [version |-> 0, open |-> 0, ended |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for the message m and the saga  *)
(* g as the handler knows it.                                              *)

\* Saga g says that order o has ended like this.
HasEnded(g, o, ending) == o \in DOMAIN g.ended /\ g.ended[o] = ending

IsKnown(g, o) == g.open = o \/ o \in DOMAIN g.ended

\* An order is placed. A copy finds what the first one did.
AfterStart(o, g) ==
    IF g.open = o THEN "SendTimeout"
    ELSE IF HasEnded(g, o, "Refused") THEN "Publish" ELSE "Ack"

Placing(o, g) ==
    [LoadSaga    |-> IF IsKnown(g, o) THEN AfterStart(o, g) ELSE "StartSaga",
     StartSaga   |-> AfterStart(o, g),
     SendTimeout |-> "Ack",
     Publish     |-> "Ack"]

AcknowledgingCopies(o, g) ==
    [Placing(o, g) EXCEPT !.LoadSaga = IF IsKnown(g, o) THEN "Ack" ELSE "StartSaga"]

\* How payment and time-out end an order.
Ending(m) ==
    CASE m.type = "PlaceOrder" -> "Refused"
      [] m.type = "PayOrder"   -> "Shipped"
      [] OTHER                 -> "Cancelled"

\* They do so only if this is true.
MayEnd(m, g) ==
    CASE m.type = "PayOrder" \/ Variant \notin {"unguarded", "by-key"} -> g.open = m.order
      [] m.type # "PayOrder" /\ Variant = "by-key"    -> g.open # 0
      [] m.type # "PayOrder" /\ Variant = "unguarded" ->
             ~HasEnded(g, m.order, "Cancelled")

SaveOf(m) == IF m.type = "PayOrder" THEN "Ship" ELSE "Cancel"

\* What was saved is published, also by a copy that finds it saved.
SavingFirst(m, g) ==
    [LoadSaga |-> IF MayEnd(m, g) THEN SaveOf(m)
                  ELSE IF HasEnded(g, m.order, Ending(m)) THEN "Publish" ELSE "Ack",
     Ship     |-> "Publish",
     Cancel   |-> "Publish",
     Publish  |-> "Ack"]

PublishingFirst(m, g) ==
    [LoadSaga |-> IF MayEnd(m, g) \/ HasEnded(g, m.order, Ending(m))
                  THEN "Publish" ELSE "Ack",
     Publish  |-> IF MayEnd(m, g) THEN SaveOf(m) ELSE "Ack",
     Ship     |-> "Ack",
     Cancel   |-> "Ack"]

Steps(m, g) ==
    CASE m.type = "PlaceOrder" /\ Variant = "acknowledge-copies" ->
             AcknowledgingCopies(m.order, g)
      [] m.type = "PlaceOrder" /\ Variant # "acknowledge-copies" -> Placing(m.order, g)
      [] m.type # "PlaceOrder" /\ Variant = "publish-first"      -> PublishingFirst(m, g)
      [] OTHER                                                   -> SavingFirst(m, g)

-----------------------------------------------------------------------------
(* The handlers, step by step *)

Message(s) == slots[s].message

\* What slot s does after `step`, when it knows saga g.
Then(s, step, g) == Steps(Message(s), g)[step]

Receive == Receives("LoadSaga", TRUE) /\ UNCHANGED stores

LoadSaga(s) ==
    /\ At(s, "LoadSaga")
    /\ Proceeds(s, Then(s, "LoadSaga", saga),
                       [saga |-> saga, found |-> saga.open])
    /\ UNCHANGED <<observed, stores>>

\* Slot s saves its saga with other contents, as its step of this name. Unless
\* that is blind, its copy must be the current one.
Saves(s, step, open, ended, blindly) ==
    /\ LET new == [slots[s].saga EXCEPT !.open = open, !.ended = ended] IN
       IF blindly \/ IsCurrent(s, "saga", saga)
       THEN /\ Overwrites(s, "saga", saga, new, {"open", "ended"}, Then(s, step, new))
            /\ saga' = NextVersion(saga, new)
       ELSE GivesBack(s) /\ UNCHANGED <<hist, saga>>
    /\ UNCHANGED <<sent, fresh, later>>

\* The function f, with y for x.
With(f, x, y) == (x :> y) @@ f

\* The order is open from now on, unless another one is.
StartSaga(s) ==
    /\ At(s, "StartSaga")
    /\ LET g == slots[s].saga
           o == Message(s).order IN
       IF g.open = 0 THEN Saves(s, "StartSaga", o, g.ended, FALSE)
       ELSE Saves(s, "StartSaga", g.open, With(g.ended, o, "Refused"), FALSE)

SendTimeout(s) ==
    /\ At(s, "SendTimeout")
    /\ LET m == Message(s)
           overdue == Overdue(m.order) IN
       /\ later' = later (+) One(overdue)
       /\ Emits(m, "PaymentOverdue", overdue, 0)
       /\ Proceeds(s, Then(s, "SendTimeout", slots[s].saga), Nothing)
    /\ UNCHANGED <<hist, fresh, saga>>

\* The order that slot s ends, or has ended: its own; `by-key`, the open one.
Ended(s) ==
    IF /\ Variant = "by-key"
       /\ Message(s).type = "PaymentOverdue"
       /\ slots[s].found # 0
    THEN slots[s].found ELSE Message(s).order

\* Slot s saves its saga without the order that it ends.
Ends(s, step) ==
    LET g == slots[s].saga
        o == Ended(s)
    IN  Saves(s, step, IF g.open = o THEN 0 ELSE g.open,
              With(g.ended, o, Ending(Message(s))), Variant = "blind-save")

Ship(s) == At(s, "Ship") /\ Ends(s, "Ship")

Cancel(s) == At(s, "Cancel") /\ Ends(s, "Cancel")

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET event == [order |-> Ended(s), ending |-> Ending(Message(s))] IN
       Emits(Message(s), "OrderEnded", event, 0)
    /\ Proceeds(s, Then(s, "Publish", slots[s].saga), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

\* No time is too short, and none too long.
BecomesDue ==
    /\ \E m \in BagToSet(later) :
         /\ later' = later (-) One(m)
         /\ Arrives(m)
    /\ UNCHANGED <<budget, saga>>

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : LoadSaga(s)
    \/ \E s \in Slots : StartSaga(s)
    \/ \E s \in Slots : SendTimeout(s)
    \/ \E s \in Slots : Ship(s)
    \/ \E s \in Slots : Cancel(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : Ack(s)
    \/ BecomesDue
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(BecomesDue) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(LoadSaga(s)) /\ WF_vars(StartSaga(s)) /\ WF_vars(SendTimeout(s))
        /\ WF_vars(Ship(s)) /\ WF_vars(Cancel(s)) /\ WF_vars(Publish(s))
        /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ later = EmptyBag

AllSlotsBusy == Free = {}
AllDone == AtRest /\ Given \subseteq acked

\* What others were told about the ends of orders.
Told == {e \in sent : e.output = "OrderEnded"}

OneEnding ==
    \A e, f \in Told :
        e.message.order = f.message.order => e.message.ending = f.message.ending

CancelledByItsOwnTimeout ==
    \A e \in Told :
        e.message.ending = "Cancelled" => e.cause.order = e.message.order

EveryOrderEnds ==
    AtRest => \A o \in Messages :
                  Place(o) \in acked => \E e \in Told : e.message.order = o

Settles == <>[]AtRest

=============================================================================
