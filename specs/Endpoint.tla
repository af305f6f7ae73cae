------------------------------ MODULE Endpoint ------------------------------
(***************************************************************************)
(* One endpoint: what it is sent, the slots that handle it, crash and      *)
(* recovery, and what an outside observer saw. Every protocol of Tandem    *)
(* extends this module and adds its own stores and steps.                  *)
(*                                                                         *)
(* A slot runs one handler at a time. Between two of its steps the slot is *)
(* a record: where it stands (`at`, the name of the action it takes next), *)
(* the message it works on, and the values the handler still remembers.    *)
(*                                                                         *)
(* A message from a queue is leased: it is invisible while a slot works on *)
(* it and comes back unless it is acknowledged. A request from a browser   *)
(* is not leased: when its handler dies, it is gone.                       *)
(*                                                                         *)
(* Left out: time (a lease may expire at any moment, as often as `budget`  *)
(* allows) and order (any waiting message may be the next one).            *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Messages,   \* identities of the messages sent to the endpoint: 1..n
    Slots,      \* how many messages it handles at a time: 1..k
    Budget      \* how often each fault may happen, a record fault |-> count

VARIABLES
    incoming,   \* bag of messages that wait for a slot
    leases,     \* slots whose message comes back unless acknowledged
    slots,      \* slot |-> what its handler is doing
    up,         \* is the endpoint running?
    acked,      \* messages acknowledged (or requests answered)
    hist,       \* causes of the changes of business state, oldest first
    sent,       \* everything published, with its cause
    fresh,      \* message |-> fresh identities drawn for it so far
    budget      \* faults that may still happen

endpoint == <<incoming, leases, slots, up, acked, hist, sent, fresh, budget>>
observed == <<hist, sent, fresh>>

Idle == [at |-> "Idle"]

\* These messages wait at the start. Identities are drawn for `messages`.
EndpointInitFor(messages, waiting) ==
    /\ incoming = waiting
    /\ leases = {}
    /\ slots = [s \in Slots |-> Idle]
    /\ up = TRUE
    /\ acked = {}
    /\ hist = <<>>
    /\ sent = {}
    /\ fresh = [m \in messages |-> 0]
    /\ budget = Budget

EndpointInit(waiting) == EndpointInitFor(Messages, waiting)

-----------------------------------------------------------------------------
(* Auxiliary operators *)

\* A bag with one copy of x.
One(x) == SetToBag({x})

\* n copies of every message.
CopiesOf(n) == [m \in Messages |-> n]

\* The elements of a sequence.
Range(q) == {q[i] : i \in DOMAIN q}

\* Slot s takes the step named `step` next.
At(s, step) == slots[s].at = step

Free == {s \in Slots : At(s, "Idle")}

\* The n-th identity drawn for a message; 0 stands for the one derived from it.
NewId(m) == <<m, fresh[m] + 1>>
DerivedId(m) == <<m, 0>>
Draws(m) == fresh' = [fresh EXCEPT ![m] = @ + 1]

Spends(fault) == budget' = [budget EXCEPT ![fault] = @ - 1]

\* A fault that hits only the protocol's own variables.
Strikes(fault) ==
    /\ budget[fault] > 0
    /\ Spends(fault)
    /\ UNCHANGED <<incoming, leases, slots, up, acked, observed>>

\* What slot s remembers under this name, or `otherwise` if it has no such value.
Recalled(s, name, otherwise) ==
    IF name \in DOMAIN slots[s] THEN slots[s][name] ELSE otherwise

-----------------------------------------------------------------------------
(* Steps of a slot. Each defines the change of the slot and its message;   *)
(* the protocol adds what happens to `observed` and to its stores.         *)

\* A slot could start to handle a message.
MayTake == up /\ Free # {}

\* The lowest free slot starts on message m, which waits, with step `first`.
Takes(m, first, leased) ==
    LET s == CHOOSE x \in Free : \A y \in Free : x <= y IN
    /\ incoming' = incoming (-) One(m)
    /\ leases' = IF leased THEN leases \cup {s} ELSE leases
    /\ slots' = [slots EXCEPT ![s] = [at |-> first, message |-> m]]
    /\ UNCHANGED <<up, acked, budget, observed>>

\* The same for any message that waits.
Receives(first, leased) ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, first, leased)

\* A poller has no queue: its lowest free slot wakes up by itself.
WakeUp == [type |-> "WakeUp"]
Wakes(first) ==
    LET s == CHOOSE x \in Free : \A y \in Free : x <= y IN
    /\ slots' = [slots EXCEPT ![s] = [at |-> first, message |-> WakeUp]]
    /\ UNCHANGED <<incoming, leases, up, acked, budget, observed>>

Nothing == <<>>

\* Gives up: a leased message waits again, a request is gone.
GivesUp(s) ==
    /\ slots' = [slots EXCEPT ![s] = Idle]
    /\ incoming' = IF s \in leases THEN incoming (+) One(slots[s].message)
                                   ELSE incoming
    /\ leases' = leases \ {s}
    /\ UNCHANGED <<up, acked>>

\* Gives up by itself; a fault that makes it give up spends its own budget.
GivesBack(s) == GivesUp(s) /\ UNCHANGED budget

\* Goes on to `step`, remembering `locals` from now on. "GiveBack" is no step:
\* there the handler ends, and gives its message back. "End" is how a handler
\* ends that has nothing to acknowledge or to give back.
Proceeds(s, step, locals) ==
    IF step \in {"GiveBack", "End"}
    THEN GivesBack(s)
    ELSE /\ slots' = [slots EXCEPT ![s] = [at |-> step] @@ locals @@ slots[s]]
         /\ UNCHANGED <<incoming, leases, up, acked, budget>>

\* Acknowledges and ends; without effect if the lease is lost.
Acknowledges(s) ==
    /\ slots' = [slots EXCEPT ![s] = Idle]
    /\ leases' = leases \ {s}
    /\ acked' = IF s \in leases THEN acked \cup {slots[s].message} ELSE acked
    /\ UNCHANGED <<incoming, up, budget>>

-----------------------------------------------------------------------------
(* What a slot sends, and what the endpoint receives.                      *)

\* `message` is published for `cause`, as its output of this name. `basis` is
\* the place in hist of the change that it reports; 0 if it reports none.
Emits(cause, output, message, basis) ==
    sent' = sent \cup {[cause |-> cause, output |-> output,
                        message |-> message, basis |-> basis]}

\* The slots when slot s has gone on to `step`.
SlotsAfter(s, step) ==
    [slots EXCEPT ![s] = IF step = "End" THEN Idle ELSE [slots[s] EXCEPT !.at = step]]

\* Slot s goes on to `step`, after a fault.
GoesTo(s, step) ==
    /\ slots' = SlotsAfter(s, step)
    /\ UNCHANGED <<incoming, leases, up, acked>>

\* Slot s answers its request, which is not leased, and goes on to `step`.
Answers(s, step) ==
    /\ slots' = SlotsAfter(s, step)
    /\ acked' = acked \cup {slots[s].message}
    /\ UNCHANGED <<incoming, leases, up, budget, observed>>

\* Slot s puts `message` into the endpoint's own queue, and goes on to `step`.
\* Leaves `budget` open, since a fault may do so, too.
SendsHere(s, step, message) ==
    /\ incoming' = incoming (+) One(message)
    /\ slots' = SlotsAfter(s, step)
    /\ UNCHANGED <<leases, up, acked>>

\* A bag of messages arrives in the queue. Leaves `budget` open: their sender may
\* be another endpoint.
ArriveAll(messages) ==
    /\ incoming' = incoming (+) messages
    /\ UNCHANGED <<leases, slots, up, acked, observed>>

Arrives(message) == ArriveAll(One(message))

-----------------------------------------------------------------------------
(* The environment: faults, and recovery. No fairness on faults.           *)
(* A fault that is aimed has its own budget, such as crash_Shop: operators *)
(* that end with `By` take the name of the budget that the fault uses.     *)

\* All slots stop between two steps; leased messages wait again.
CrashesBy(fault) ==
    LET messages == {slots[s].message : s \in leases}
        returned == [m \in messages |->
                        Cardinality({s \in leases : slots[s].message = m})]
    IN  /\ up
        /\ budget[fault] > 0
        /\ up' = FALSE
        /\ slots' = [s \in Slots |-> Idle]
        /\ incoming' = incoming (+) returned
        /\ leases' = {}
        /\ Spends(fault)
        /\ UNCHANGED <<acked, observed>>

Crashes == CrashesBy("crash")

Recovers ==
    /\ ~up
    /\ up' = TRUE
    /\ UNCHANGED <<incoming, leases, slots, acked, budget, observed>>

\* The broker delivers a message once more than it was sent.
DuplicatesBy(fault) ==
    /\ budget[fault] > 0
    /\ \E m \in BagToSet(incoming) : incoming' = incoming (+) One(m)
    /\ Spends(fault)
    /\ UNCHANGED <<leases, slots, up, acked, observed>>

Duplicates == DuplicatesBy("duplicate")

\* A slot is too slow: its message waits again while it runs on.
LeaseExpiresBy(s, fault) ==
    /\ budget[fault] > 0
    /\ s \in leases
    /\ leases' = leases \ {s}
    /\ incoming' = incoming (+) One(slots[s].message)
    /\ Spends(fault)
    /\ UNCHANGED <<slots, up, acked, observed>>

LeaseExpiresOf(s) == LeaseExpiresBy(s, "lease")

\* A waiting message disappears by `fault`, if it is one of these.
Vanishes(messages, fault) ==
    /\ budget[fault] > 0
    /\ \E m \in BagToSet(incoming) \cap messages : incoming' = incoming (-) One(m)
    /\ Spends(fault)
    /\ UNCHANGED <<leases, slots, up, acked, observed>>

\* It is lost on its way ...
Loses(messages) == Vanishes(messages, "lose")

\* ... or expires in its queue before anybody handles it.
Expires(messages) == Vanishes(messages, "expire")

\* The call of slot s in `step` ends by `fault`, and the slot gives up. Leaves
\* `observed` open: the protocol says whether the call had its effect.
CallEnds(s, step, fault) ==
    /\ At(s, step)
    /\ budget[fault] > 0
    /\ GivesUp(s)
    /\ Spends(fault)

=============================================================================
