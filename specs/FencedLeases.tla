---------------------------- MODULE FencedLeases ----------------------------
(***************************************************************************)
(* Several relay workers share a table of rows; one of them is slower than *)
(* its lease.                                                              *)
(*                                                                         *)
(* The slots are the workers. A worker wakes up while there is a row for   *)
(* it, takes a lease on the row with a new fencing number, sends both to   *)
(* the stream and marks the row as sent. If the stream refuses the row or  *)
(* does not answer, it releases the row. The stream is another party's     *)
(* system (`provider`). The variants differ in which row a worker takes    *)
(* and in what is checked; `fenced` is right.                              *)
(*                                                                         *)
(* Source: public reports about outbox tables with several workers.        *)
(* Left out: how rows come into the table; renewing a lease.               *)
(***************************************************************************)
EXTENDS Guarantees, ThirdParties

CONSTANT
    Variant     \* which workers; Messages are the rows

VARIABLE
    rows        \* number |-> owner, fencing number, is it marked as sent?

vars == <<endpoint, rows, provider, late>>
stores == <<rows, provider, late>>

TypeOK ==
    /\ \A n \in Messages : /\ rows[n].owner \in {"nobody", "Relay"}
                           /\ rows[n].fence \in Nat
                           /\ rows[n].sent \in BOOLEAN
    /\ provider.rows \in Seq(Messages)
    /\ \A n \in Messages : provider.fences[n] \in Nat

Init ==
    /\ EndpointInit(EmptyBag)
    /\ rows = [n \in Messages |->
                  [version |-> 0, owner |-> "nobody", fence |-> 0, sent |-> FALSE]]
    /\ provider = [rows |-> <<>>, fences |-> [n \in Messages |-> 0]]
    /\ late = EmptyBag

-----------------------------------------------------------------------------
(* The variants: which rows of r a worker may take, and which step follows *)
(* which.                                                                  *)

Unsent(r) == {n \in Messages : ~r[n].sent}
First(set) == {n \in set : \A k \in set : n <= k}
Unowned(r) == {n \in Messages : r[n].owner = "nobody"}

Wanted(r) ==
    CASE Variant = "no-lease" -> First(Unsent(r))
      [] Variant = "any-row"  -> First(Unsent(r) \cap Unowned(r))
      [] OTHER                -> First(Unsent(r)) \cap Unowned(r)

WithLease ==
    [ReadRows  |-> "TakeLease",
     TakeLease |-> "Send",
     Accepted  |-> "Mark",
     Refused   |-> "Release",
     Mark      |-> "GiveBack"]

NoLease == [WithLease EXCEPT !.ReadRows = "Send"]

MarkFirst ==
    [ReadRows  |-> "TakeLease",
     TakeLease |-> "Mark",
     Mark      |-> "Send",
     Accepted  |-> "GiveBack",
     Refused   |-> "GiveBack"]

Steps ==
    CASE Variant = "no-lease"   -> NoLease
      [] Variant = "mark-first" -> MarkFirst
      [] OTHER                  -> WithLease

-----------------------------------------------------------------------------
(* The stream *)

\* It refuses a worker that somebody has replaced, if it looks at the number.
Refuses(r) ==
    /\ Variant \in {"fenced", "released-blindly"}
    /\ r.fence < provider.fences[r.row]

Highest(a, b) == IF a > b THEN a ELSE b

\* What it is after request r.
After(r) ==
    IF Refuses(r) THEN provider
    ELSE [rows   |-> Append(provider.rows, r.row),
          fences |-> [provider.fences EXCEPT ![r.row] = Highest(@, r.fence)]]

-----------------------------------------------------------------------------
(* A worker, step by step *)

Wake ==
    /\ MayTake
    /\ Wanted(rows) # {}
    /\ Wakes("ReadRows")
    /\ UNCHANGED stores

ReadRows(s) ==
    /\ At(s, "ReadRows")
    /\ IF Wanted(rows) = {} THEN GivesBack(s)
                            ELSE Proceeds(s, Steps.ReadRows, [rows |-> rows])
    /\ UNCHANGED <<observed, stores>>

\* The row that slot s works on, and its copy. Once it has written the row it
\* remembers that one only.
Number(s) ==
    IF "number" \in DOMAIN slots[s] THEN slots[s].number
    ELSE CHOOSE n \in Wanted(slots[s].rows) : TRUE
Copy(s) ==
    IF "number" \in DOMAIN slots[s] THEN slots[s].rows ELSE slots[s].rows[Number(s)]

\* Slot s writes its row, with a check of its version unless it is blind.
Writes(s, row, blind, next) ==
    LET n == Number(s)
        new == [row EXCEPT !.version = rows[n].version + 1]
    IN  IF blind \/ row.version = rows[n].version
        THEN /\ rows' = [rows EXCEPT ![n] = new]
             /\ Proceeds(s, next, [rows |-> new, number |-> n])
        ELSE GivesBack(s) /\ UNCHANGED rows

TakeLease(s) ==
    /\ At(s, "TakeLease")
    /\ Writes(s, [Copy(s) EXCEPT !.owner = "Relay", !.fence = @ + 1], FALSE,
              Steps.TakeLease)
    /\ UNCHANGED <<observed, provider, late>>

Send(s) ==
    /\ At(s, "Send")
    /\ Asks(s, "SendAnswered", [row |-> Number(s), fence |-> Copy(s).fence])
    /\ UNCHANGED <<observed, stores>>

SendAnswered(s) ==
    /\ At(s, "SendAnswered")
    /\ Answered(s, After(slots[s].request),
                IF Refuses(slots[s].request) THEN Steps.Refused ELSE Steps.Accepted)
    /\ UNCHANGED rows

Mark(s) ==
    /\ At(s, "Mark")
    /\ Writes(s, [Copy(s) EXCEPT !.owner = "nobody", !.sent = TRUE], FALSE,
              Steps.Mark)
    /\ UNCHANGED <<observed, provider, late>>

Release(s) ==
    /\ At(s, "Release")
    /\ Writes(s, [Copy(s) EXCEPT !.owner = "nobody"],
              Variant = "released-blindly", "GiveBack")
    /\ UNCHANGED <<observed, provider, late>>

-----------------------------------------------------------------------------
(* The environment. A crash also takes requests that are under way, as in  *)
(* the other protocols with a third party.                                 *)

NobodyHas(n) == [rows[n] EXCEPT !.owner = "nobody"]

Crash ==
    /\ Crashes
    /\ rows' = [n \in Messages |-> NobodyHas(n)]
    /\ UNCHANGED <<provider, late>>

Recover == Recovers /\ UNCHANGED stores

\* The lease runs out; its worker goes on.
RowLeaseExpires ==
    /\ Strikes("lease")
    /\ \E n \in Messages : /\ rows[n].owner # "nobody"
                           /\ rows' = [rows EXCEPT ![n] = NobodyHas(n)]
    /\ UNCHANGED <<provider, late>>

\* The request never arrived ...
RequestLost(s) == TimesOut(s, "lose", Steps.Refused) /\ UNCHANGED stores

\* ... or arrived and only its answer was lost ...
AnswerLost(s) ==
    /\ TimesOut(s, "unknown", Steps.Refused)
    /\ provider' = After(slots[s].request)
    /\ UNCHANGED <<rows, late>>

\* ... or has yet to arrive.
RequestDelayed(s) ==
    /\ TimesOut(s, "late", Steps.Refused)
    /\ late' = late (+) One(slots[s].request)
    /\ UNCHANGED <<rows, provider>>

LateRequestArrives ==
    /\ \E r \in BagToSet(late) : late' = late (-) One(r) /\ provider' = After(r)
    /\ UNCHANGED <<endpoint, rows>>

Next ==
    \/ Wake
    \/ \E s \in Slots : ReadRows(s)
    \/ \E s \in Slots : TakeLease(s)
    \/ \E s \in Slots : Send(s)
    \/ \E s \in Slots : SendAnswered(s)
    \/ \E s \in Slots : Mark(s)
    \/ \E s \in Slots : Release(s)
    \/ LateRequestArrives
    \/ Recover
    \/ Crash
    \/ RowLeaseExpires
    \/ \E s \in Slots : RequestLost(s)
    \/ \E s \in Slots : AnswerLost(s)
    \/ \E s \in Slots : RequestDelayed(s)

Fairness ==
    /\ WF_vars(Wake) /\ WF_vars(LateRequestArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(ReadRows(s)) /\ WF_vars(TakeLease(s)) /\ WF_vars(Send(s))
        /\ WF_vars(SendAnswered(s)) /\ WF_vars(Mark(s)) /\ WF_vars(Release(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

\* There is no row left for a worker either.
AtRest == EndpointAtRest /\ late = EmptyBag /\ Wanted(rows) = {}

AllSlotsBusy == Free = {}
AllDone == AtRest

InOrder ==
    \A i, j \in DOMAIN provider.rows : i < j => provider.rows[i] <= provider.rows[j]

EveryRowSent == AtRest => Messages \subseteq Range(provider.rows)

Settles == <>[]AtRest

=============================================================================
