---------------------------- MODULE ThirdParties ----------------------------
(***************************************************************************)
(* Calls to a service that somebody else runs. A call is two steps: the    *)
(* request leaves, and an answer or a time-out comes in. In between the    *)
(* slot remembers its request. A protocol says what the third party        *)
(* remembers, and what a request changes about that: here, `after` is what *)
(* it remembers after the request of the slot.                             *)
(*                                                                         *)
(* A request that timed out never arrived, or arrived and its answer was   *)
(* lost, or arrives later: three faults, one operator each, since each     *)
(* leaves the third party in another state.                                *)
(***************************************************************************)
EXTENDS Endpoint

VARIABLES
    provider,   \* what the third party remembers
    late        \* bag of requests under way that nobody waits for any more

\* Slot s waits for an answer.
Calling(s) == "request" \in DOMAIN slots[s]

\* Slot s sends `request` and waits for the answer in step `answered`.
Asks(s, answered, request) == Proceeds(s, answered, [request |-> request])

\* If there are several third parties, each has an INSTANCE of this module with its own
\* variables, and the slot also stores the name of its third party.
AsksOf(s, party, answered, request) ==
    Proceeds(s, answered, [request |-> request, party |-> party])

CallingOf(s, party) == Calling(s) /\ slots[s].party = party

\* The call of slot s is over: it forgets the request, remembers `locals` and goes
\* on to `next`. Leaves `budget` open, since a call may also end by a fault.
ReturnsWith(s, next, locals) ==
    IF next = "GiveBack"
    THEN GivesUp(s)
    ELSE LET rest == [f \in DOMAIN slots[s] \ {"request", "party"} |-> slots[s][f]] IN
         /\ slots' = [slots EXCEPT ![s] = [at |-> next] @@ locals @@ rest]
         /\ UNCHANGED <<incoming, leases, up, acked>>

\* The answer comes in.
AnsweredWith(s, after, next, locals) ==
    /\ provider' = after
    /\ ReturnsWith(s, next, locals)
    /\ UNCHANGED <<late, budget, observed>>

Answered(s, after, next) == AnsweredWith(s, after, next, Nothing)

\* No answer comes in, because of `fault`.
TimesOut(s, fault, next) ==
    /\ Calling(s)
    /\ budget[fault] > 0
    /\ ReturnsWith(s, next, Nothing)
    /\ Spends(fault)
    /\ UNCHANGED observed

\* The request never arrived ...
RequestIsLostBy(s, fault, next) ==
    /\ TimesOut(s, fault, next)
    /\ UNCHANGED <<provider, late>>

RequestIsLost(s, next) == RequestIsLostBy(s, "lose", next)

\* ... or arrived, and only its answer was lost ...
AnswerIsLostBy(s, fault, after, next) ==
    /\ TimesOut(s, fault, next)
    /\ provider' = after
    /\ UNCHANGED late

AnswerIsLost(s, after, next) == AnswerIsLostBy(s, "unknown", after, next)

\* ... or has yet to arrive.
RequestIsDelayedBy(s, fault, next) ==
    /\ TimesOut(s, fault, next)
    /\ late' = late (+) One(slots[s].request)
    /\ UNCHANGED provider

RequestIsDelayed(s, next) == RequestIsDelayedBy(s, "late", next)

=============================================================================
