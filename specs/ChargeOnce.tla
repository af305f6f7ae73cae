----------------------------- MODULE ChargeOnce -----------------------------
(***************************************************************************)
(* A handler that charges a payment at a provider run by somebody else.    *)
(*                                                                         *)
(* Each command asks for one payment to be charged. The call is two steps: *)
(* the request leaves, and an answer or a time-out comes in; in between    *)
(* the endpoint may crash, and a request that timed out may have been      *)
(* performed, may be lost, or may still arrive. So the handler repeats it, *)
(* and the provider must recognise the repetition: by an idempotency key   *)
(* that is the same at every attempt.                                      *)
(*                                                                         *)
(* Source: idempotency keys as payment providers offer them; the variants  *)
(* are the ways people choose the key, or do without one.                  *)
(* Left out: payments that the provider declines, and refunds.             *)
(***************************************************************************)
EXTENDS Guarantees, Documents, ThirdParties

CONSTANT
    Variant     \* which handler

VARIABLE
    payments    \* payment |-> document: is it paid, and a key if one is kept

vars == <<endpoint, payments, provider, late>>
stores == <<payments, provider, late>>

TypeOK ==
    /\ \A m \in Messages :
        /\ payments[m].version \in Nat
        /\ payments[m].paid \in BOOLEAN
        /\ "key" \in DOMAIN payments[m] => payments[m].key \in Messages \X Nat
    /\ provider.charges \in [Messages -> Nat]
    /\ provider.keys \subseteq Messages \X Nat
    /\ \A r \in BagToSet(late) : r.ask \in {"Charge", "Query"}

Init ==
    /\ EndpointInit(CopiesOf(1))
    /\ payments = [m \in Messages |-> [version |-> 0, paid |-> FALSE]]
    /\ provider = [charges |-> [m \in Messages |-> 0], keys |-> {}]
    /\ late = EmptyBag

-----------------------------------------------------------------------------
(* The provider remembers the charges per payment, and the keys seen *)

WithKey(m, key) == [ask |-> "Charge", payment |-> m, key |-> key]
WithoutKey(m) == [ask |-> "Charge", payment |-> m]
Question(m) == [ask |-> "Query", payment |-> m]

\* What the provider remembers after request r. It charges unless it has seen
\* the request's key before; a request without a key is always a new one.
After(r) ==
    CASE r.ask = "Query" -> provider
      [] r.ask = "Charge" /\ "key" \notin DOMAIN r ->
           [provider EXCEPT !.charges[r.payment] = @ + 1]
      [] OTHER ->
           IF r.key \in provider.keys THEN provider
           ELSE [provider EXCEPT !.charges[r.payment] = @ + 1,
                                 !.keys = @ \cup {r.key}]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for payment p as the handler    *)
(* knows it, and what follows a call without an answer.                    *)

\* Charges without a key, or with a key that is the same at every attempt or
\* drawn for this one.
ChargeThenSave(p) ==
    [Load           |-> IF p.paid THEN "Ack" ELSE "Charge",
     Charge         |-> "ChargeAnswered",
     ChargeAnswered |-> "Save",
     Save           |-> "Ack",
     TimedOut       |-> "GiveBack"]

\* A call without an answer is taken for a payment that was not charged.
TimeoutAsFailure(p) == [ChargeThenSave(p) EXCEPT !.TimedOut = "Ack"]

\* Asks the provider first whether it has charged the payment.
QueryFirst(p, charged) ==
    [Load          |-> IF p.paid THEN "Ack" ELSE "Query",
     Query         |-> "QueryAnswered",
     QueryAnswered |-> IF charged THEN "Save" ELSE "Charge"]
        @@ ChargeThenSave(p)

\* Draws a key and saves it with the payment, and then charges.
SavedKey(p) ==
    [Load    |-> CASE p.paid                -> "Ack"
                   [] "key" \in DOMAIN p    -> "Charge"
                   [] OTHER                 -> "SaveKey",
     SaveKey |-> "Charge"]
        @@ ChargeThenSave(p)

Steps(p, charged) ==
    CASE Variant = "timeout-as-failure" -> TimeoutAsFailure(p)
      [] Variant = "query-first"        -> QueryFirst(p, charged)
      [] Variant = "saved-key"          -> SavedKey(p)
      [] OTHER                          -> ChargeThenSave(p)

\* The payment as slot s knows it: its copy, or the one that it loads now.
Known(s) == Recalled(s, "payments", payments[slots[s].message])

\* What slot s does after `step`.
Then(s, step) == Steps(Known(s), provider.charges[slots[s].message] > 0)[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* Document p, paid; a key that was kept for it is not needed any more.
Paid(p) == [version |-> p.version, paid |-> TRUE]

\* Writes `document`, made from the slot's copy.
Writes(s, document, next) ==
    LET m == slots[s].message IN
    /\ Commits(s, "payments", payments[m], document, {"paid"}, next)
    /\ payments' = (m :> Committed(s, "payments", payments[m], document)) @@ payments

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [payments |-> payments[slots[s].message]])
    /\ UNCHANGED <<observed, stores>>

SaveKey(s) ==
    /\ At(s, "SaveKey")
    /\ LET m == slots[s].message IN
       /\ Writes(s, [key |-> NewId(m)] @@ slots[s].payments, Then(s, "SaveKey"))
       /\ Draws(m)
    /\ UNCHANGED <<sent, provider, late>>

Query(s) ==
    /\ At(s, "Query")
    /\ Asks(s, Then(s, "Query"), Question(slots[s].message))
    /\ UNCHANGED <<observed, stores>>

QueryAnswered(s) ==
    /\ At(s, "QueryAnswered")
    /\ Answered(s, After(slots[s].request), Then(s, "QueryAnswered"))
    /\ UNCHANGED payments

Charge(s) ==
    /\ At(s, "Charge")
    /\ LET m == slots[s].message IN
       /\ Asks(s, Then(s, "Charge"),
            CASE Variant = "fresh-key"   -> WithKey(m, NewId(m))
              [] Variant \in {"derived-key", "timeout-as-failure"} ->
                                            WithKey(m, DerivedId(m))
              [] Variant = "saved-key"   -> WithKey(m, slots[s].payments.key)
              [] OTHER                   -> WithoutKey(m))
       /\ IF Variant = "fresh-key" THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<hist, sent, stores>>

ChargeAnswered(s) ==
    /\ At(s, "ChargeAnswered")
    /\ Answered(s, After(slots[s].request), Then(s, "ChargeAnswered"))
    /\ UNCHANGED payments

Save(s) ==
    /\ At(s, "Save")
    /\ Writes(s, Paid(slots[s].payments), Then(s, "Save"))
    /\ UNCHANGED <<sent, fresh, provider, late>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment. A crash also takes requests that are under way. One    *)
(* that arrives nevertheless was answered or delayed before the crash.     *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* What the provider remembers after the request of slot s.
Performed(s) == After(slots[s].request)
RequestLost(s) == RequestIsLost(s, Then(s, "TimedOut")) /\ UNCHANGED payments
AnswerLost(s) ==
    AnswerIsLost(s, Performed(s), Then(s, "TimedOut")) /\ UNCHANGED payments
RequestDelayed(s) == RequestIsDelayed(s, Then(s, "TimedOut")) /\ UNCHANGED payments

LateRequestArrives ==
    /\ \E r \in BagToSet(late) : late' = late (-) One(r) /\ provider' = After(r)
    /\ UNCHANGED <<endpoint, payments>>

\* The provider keeps keys for a while only.
Forget ==
    /\ Strikes("forget")
    /\ \E k \in provider.keys : provider' = [provider EXCEPT !.keys = @ \ {k}]
    /\ UNCHANGED <<payments, late>>

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : SaveKey(s)
    \/ \E s \in Slots : Query(s)
    \/ \E s \in Slots : QueryAnswered(s)
    \/ \E s \in Slots : Charge(s)
    \/ \E s \in Slots : ChargeAnswered(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Ack(s)
    \/ LateRequestArrives
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ \E s \in Slots : RequestLost(s)
    \/ \E s \in Slots : AnswerLost(s)
    \/ \E s \in Slots : RequestDelayed(s)
    \/ Forget

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(LateRequestArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(SaveKey(s)) /\ WF_vars(Query(s))
        /\ WF_vars(QueryAnswered(s)) /\ WF_vars(Charge(s))
        /\ WF_vars(ChargeAnswered(s)) /\ WF_vars(Save(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ late = EmptyBag

NoDoubleCharge == \A m \in Messages : provider.charges[m] <= 1

\* Once all is done, every payment has been charged.
Charged == AtRest => \A m \in Messages : provider.charges[m] > 0

\* Once all is done, every payment that was charged is recorded as paid.
PaidRecorded == AtRest => \A m \in Messages : provider.charges[m] > 0 => payments[m].paid

\* Our own books are as if each command had been processed once. Whether the
\* provider charged twice does not show in them: that is NoDoubleCharge.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ \A m \in Messages : payments[m].paid <=> m \in Range(hist)
    /\ AtRest => Range(hist) = Messages

\* Payments that still keep a key.
Keeping == {m \in Messages : "key" \in DOMAIN payments[m]}

\* Keys are remembered only for commands that may still arrive.
DedupBounded ==
    Cardinality(provider.keys \cup {payments[m].key : m \in Keeping})
        <= Cardinality(InFlight)

CleanAtRest == AtRest => Keeping = {}
Settles == <>[]AtRest

=============================================================================
