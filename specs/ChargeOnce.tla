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
EXTENDS Guarantees

CONSTANT
    Variant     \* which handler

VARIABLES
    payments,   \* payment |-> document: is it paid, and a key if one is kept
    provider,   \* what the provider remembers: charges per payment, keys seen
    late        \* bag of requests under way that nobody waits for any more

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
(* The provider *)

WithKey(m, key) == [ask |-> "Charge", payment |-> m, key |-> key]
WithoutKey(m) == [ask |-> "Charge", payment |-> m]
Question(m) == [ask |-> "Query", payment |-> m]

\* What the provider remembers after request r. It charges unless it has seen
\* the request's key before; a request without a key is always a new one.
After(r) ==
    CASE r.ask = "Query" -> provider
      [] r.ask = "Charge" /\ "key" \notin DOMAIN r ->
           [provider EXCEPT !.charges[r.payment] = @ + 1]
      [] r.ask = "Charge" /\ "key" \in DOMAIN r ->
           IF r.key \in provider.keys THEN provider
           ELSE [provider EXCEPT !.charges[r.payment] = @ + 1,
                                 !.keys = @ \cup {r.key}]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* A document without its key.
Keyless(document) == [f \in DOMAIN document \ {"key"} |-> document[f]]

\* Writes `document`, made from the slot's copy. Optimistic concurrency: if
\* somebody else has written since, the handler gives the message back.
Commits(s, document, next) ==
    LET m == slots[s].message IN
    IF payments[m].version = slots[s].payments.version
    THEN LET new == [document EXCEPT !.version = payments[m].version + 1] IN
         /\ payments' = [payments EXCEPT ![m] = new]
         /\ hist' = IF new.paid # payments[m].paid THEN Append(hist, m)
                                                   ELSE hist
         /\ Proceeds(s, next, [payments |-> new])
    ELSE /\ GivesBack(s)
         /\ UNCHANGED <<payments, hist>>

\* The request leaves; the slot waits for its answer. Leaves `fresh` open.
Asks(s, answered, request) ==
    /\ Proceeds(s, answered, [request |-> request])
    /\ UNCHANGED <<hist, sent, stores>>

\* The call of slot s is over, and its handler goes on to `next`.
Returns(s, next) ==
    /\ slots' = [slots EXCEPT ![s] =
                    [f \in DOMAIN @ \ {"request"} |->
                        IF f = "at" THEN next ELSE @[f]]]
    /\ UNCHANGED <<incoming, leases, up, acked>>

\* The request arrives, and its answer comes in.
Answered(s, next) ==
    /\ provider' = After(slots[s].request)
    /\ Returns(s, next)
    /\ UNCHANGED <<budget, observed, payments, late>>

Receive ==
    /\ Takes("Load", TRUE)
    /\ UNCHANGED stores

Load(s) ==
    LET payment == payments[slots[s].message] IN
    /\ At(s, "Load")
    /\ Proceeds(s,
         CASE payment.paid -> "Ack"
           [] ~payment.paid /\ Variant = "query-first" -> "Query"
           [] ~payment.paid /\ Variant = "saved-key" ->
                IF "key" \in DOMAIN payment THEN "Charge" ELSE "SaveKey"
           [] OTHER -> "Charge",
         [payments |-> payment])
    /\ UNCHANGED <<observed, stores>>

SaveKey(s) ==
    LET m == slots[s].message IN
    /\ At(s, "SaveKey")
    /\ Commits(s, [key |-> NewId(m)] @@ slots[s].payments, "Charge")
    /\ Draws(m)
    /\ UNCHANGED <<sent, provider, late>>

Query(s) ==
    /\ At(s, "Query")
    /\ Asks(s, "QueryAnswered", Question(slots[s].message))
    /\ UNCHANGED fresh

QueryAnswered(s) ==
    /\ At(s, "QueryAnswered")
    /\ Answered(s, IF provider.charges[slots[s].message] > 0 THEN "Save"
                                                             ELSE "Charge")

Charge(s) ==
    LET m == slots[s].message IN
    /\ At(s, "Charge")
    /\ Asks(s, "ChargeAnswered",
         CASE Variant = "fresh-key"   -> WithKey(m, NewId(m))
           [] Variant \in {"derived-key", "timeout-as-failure"} ->
                                         WithKey(m, DerivedId(m))
           [] Variant = "saved-key"   -> WithKey(m, slots[s].payments.key)
           [] OTHER                   -> WithoutKey(m))
    /\ IF Variant = "fresh-key" THEN Draws(m) ELSE UNCHANGED fresh

ChargeAnswered(s) ==
    /\ At(s, "ChargeAnswered")
    /\ Answered(s, "Save")

\* The payment is paid; a key that was kept for it is not needed any more.
Save(s) ==
    /\ At(s, "Save")
    /\ Commits(s, [Keyless(slots[s].payments) EXCEPT !.paid = TRUE], "Ack")
    /\ UNCHANGED <<sent, fresh, provider, late>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment. A crash also takes requests that are under way: that   *)
(* one arrived before is the run in which its answer came first; that it   *)
(* arrives after, the run in which it was delayed first.                   *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* No answer comes in for slot s, and its handler gives the message back; or
\* takes that for "not charged" and is done with the message.
TimesOut(s, fault) ==
    /\ slots[s].at \in {"QueryAnswered", "ChargeAnswered"}
    /\ budget[fault] > 0
    /\ IF Variant = "timeout-as-failure" THEN Returns(s, "Ack") ELSE GivesUp(s)
    /\ Spends(fault)
    /\ UNCHANGED <<observed, payments>>

\* The request never arrived ...
RequestLost(s) ==
    /\ TimesOut(s, "lose")
    /\ UNCHANGED <<provider, late>>

\* ... or arrived and only its answer was lost ...
AnswerLost(s) ==
    /\ TimesOut(s, "unknown")
    /\ provider' = After(slots[s].request)
    /\ UNCHANGED late

\* ... or has yet to arrive.
RequestDelayed(s) ==
    /\ TimesOut(s, "late")
    /\ late' = late (+) One(slots[s].request)
    /\ UNCHANGED provider

LateRequestArrives ==
    /\ \E r \in BagToSet(late) :
        late' = late (-) One(r) /\ provider' = After(r)
    /\ UNCHANGED <<endpoint, payments>>

\* The provider keeps keys for a while only.
Forget ==
    /\ budget.forget > 0
    /\ \E k \in provider.keys : provider' = [provider EXCEPT !.keys = @ \ {k}]
    /\ Spends("forget")
    /\ UNCHANGED <<incoming, leases, slots, up, acked, observed>>
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
    /\ WF_vars(Receive)
    /\ WF_vars(LateRequestArrives)
    /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(SaveKey(s)) /\ WF_vars(Query(s))
        /\ WF_vars(QueryAnswered(s)) /\ WF_vars(Charge(s))
        /\ WF_vars(ChargeAnswered(s)) /\ WF_vars(Save(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest == EndpointAtRest /\ late = EmptyBag

\* No payment is charged twice.
NoDoubleCharge == \A m \in Messages : provider.charges[m] <= 1

\* Once all is done, every payment has been charged.
Charged == AtRest => \A m \in Messages : provider.charges[m] > 0

\* Once all is done, every payment that was charged is recorded as paid.
PaidRecorded ==
    AtRest => \A m \in Messages : provider.charges[m] > 0 => payments[m].paid

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

\* No payment keeps a key when all is done.
CleanAtRest == AtRest => Keeping = {}

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
