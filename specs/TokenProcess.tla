---------------------------- MODULE TokenProcess ----------------------------
(***************************************************************************)
(* A chain of activities. A signal starts each of them, and every signal   *)
(* has a token: created before the signal is sent, deleted when the        *)
(* activity that it starts has done its work.                              *)
(*                                                                         *)
(* An activity performs its work only while the token of its signal is     *)
(* there. So tokens are conserved: those that live are the tokens of       *)
(* signals that are still to be processed, and garbage. The variants are   *)
(* the ways people write this; `conserving` is right.                      *)
(*                                                                         *)
(* Source: the workshop's post on token-driven processes.                  *)
(* Left out: processes that branch and join, and who collects garbage.     *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,    \* which handler
    Messages,   \* processes: 1..n
    Last,       \* activities of a process: 1..Last
    Slots,      \* how many signals are handled at a time: 1..k
    Budget      \* how often each fault may happen

VARIABLES
    incoming, leases, slots, up, acked, hist, sent, fresh,
    budget,     \* the variables of the endpoint, as in Endpoint
    activities, \* activity |-> what it has performed, and what is pending
    numbers,    \* the sequence of the numbers of tokens
    tokens      \* the tokens that live

Activities == 1..Last

Signal(a, p, t) == [activity |-> a, process |-> p, token |-> t]
First == {Signal(1, p, p) : p \in Messages}

Endpoint == INSTANCE Guarantees WITH Messages <- First

vars == <<incoming, leases, slots, up, acked, hist, sent, fresh, budget,
          activities, numbers, tokens>>
stores == <<activities, numbers, tokens>>

TypeOK ==
    /\ \A a \in Activities :
         /\ activities[a].version \in Nat
         /\ activities[a].performed \in Seq(Messages)
         /\ \A t \in DOMAIN activities[a].pending :
              t \in 1..numbers.last /\ activities[a].pending[t] \in 0..numbers.last
    /\ tokens \subseteq 1..numbers.last

Init ==
    /\ Endpoint!EndpointInit(Endpoint!CopiesOf(1))
    /\ activities = [a \in Activities |->
                        [version |-> 0, performed |-> <<>>, pending |-> <<>>]]
    /\ numbers = [version |-> 0, last |-> Cardinality(Messages)]
    /\ tokens = Messages

-----------------------------------------------------------------------------
(* The variants: which step follows which, for the signal m, and the       *)
(* document d of its activity as the handler knows it.                     *)

IsPending(m, d) == m.token \in DOMAIN d.pending

\* The token of the next signal is saved.
IsSaved(m, d) == IsPending(m, d) /\ d.pending[m.token] # 0

\* The signal is passed on, unless the activity is the last one; then `next`.
PassesOn(m, d, next) ==
    CASE m.activity = Last -> next
      [] m.activity # Last /\ IsSaved(m, d)  -> "SendSignal"
      [] m.activity # Last /\ ~IsSaved(m, d) -> "DrawToken"

Cleaning(m, d) == IF IsPending(m, d) THEN "Clean" ELSE "Ack"

Conserving(m, d) ==
    LET rest == PassesOn(m, d, "DeleteToken") IN
    [CheckToken  |-> CASE m.token \notin tokens               -> Cleaning(m, d)
                       [] m.token \in tokens /\ IsPending(m, d)  -> rest
                       [] m.token \in tokens /\ ~IsPending(m, d) -> "Perform",
     Perform     |-> rest,
     DrawToken   |-> "CreateToken",
     CreateToken |-> "Checkpoint",
     Checkpoint  |-> "SendSignal",
     SendSignal  |-> "DeleteToken",
     DeleteToken |-> "Clean",
     Clean       |-> "Ack"]

NoCheckpoint(m, d) == [Conserving(m, d) EXCEPT !.CreateToken = "SendSignal"]

SendFirst(m, d) ==
    [Conserving(m, d) EXCEPT !.DrawToken   = "Checkpoint",
                             !.SendSignal  = "CreateToken",
                             !.CreateToken = "DeleteToken"]

DeleteFirst(m, d) ==
    [Conserving(m, d) EXCEPT
        !.CheckToken  = CASE m.token \notin tokens               -> Cleaning(m, d)
                          [] m.token \in tokens /\ IsPending(m, d)  -> "DeleteToken"
                          [] m.token \in tokens /\ ~IsPending(m, d) -> "Perform",
        !.Perform     = "DeleteToken",
        !.DeleteToken = PassesOn(m, d, "Clean"),
        !.SendSignal  = "Clean"]

Keep(m, d) ==
    [Conserving(m, d) EXCEPT
        !.CheckToken = IF IsPending(m, d) THEN PassesOn(m, d, "Clean") ELSE "Perform",
        !.Perform    = PassesOn(m, d, "Clean"),
        !.SendSignal = "Clean"]

Steps(m, d) ==
    CASE Variant = "no-checkpoint" -> NoCheckpoint(m, d)
      [] Variant = "send-first"    -> SendFirst(m, d)
      [] Variant = "delete-first"  -> DeleteFirst(m, d)
      [] Variant = "keep"          -> Keep(m, d)
      [] Variant = "conserving"    -> Conserving(m, d)

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* What slot s works on, the activity that it starts, and what it knows of it.
Message(s) == slots[s].message
Number(s) == Message(s).activity
Known(s) == slots[s].activities

\* What slot s does after `step`, if it then knows d.
Then(s, step, d) == Steps(Message(s), d)[step]

Receive ==
    /\ Endpoint!MayTake
    /\ \E m \in BagToSet(incoming) : Endpoint!Takes(m, "LoadActivity", TRUE)
    /\ UNCHANGED stores

LoadActivity(s) ==
    /\ Endpoint!At(s, "LoadActivity")
    /\ Endpoint!Proceeds(s, "CheckToken", [activities |-> activities[Number(s)]])
    /\ UNCHANGED <<hist, sent, fresh, stores>>

CheckToken(s) ==
    /\ Endpoint!At(s, "CheckToken")
    /\ Endpoint!Proceeds(s, Then(s, "CheckToken", Known(s)), Endpoint!Nothing)
    /\ UNCHANGED <<hist, sent, fresh, stores>>

\* Slot s saves what its activity has performed, and what is pending.
Saves(s, step, performed, pending) ==
    LET a == Number(s)
        new == [version |-> activities[a].version + 1, performed |-> performed,
                pending |-> pending]
        after == IF performed # activities[a].performed
                 THEN Append(hist, Message(s)) ELSE hist
    IN
    /\ IF Known(s).version = activities[a].version
       THEN /\ activities' = [activities EXCEPT ![a] = new]
            /\ hist' = after
            /\ Endpoint!Proceeds(s, Then(s, step, new), [activities |-> new])
       ELSE Endpoint!GivesBack(s) /\ UNCHANGED <<hist, activities>>
    /\ UNCHANGED <<sent, fresh, numbers, tokens>>

\* What is pending in d, with the token t for the next signal of m.
Pending(d, m, t) == (m.token :> t) @@ d.pending

Perform(s) ==
    /\ Endpoint!At(s, "Perform")
    /\ LET m == Message(s) IN
       Saves(s, "Perform", Append(Known(s).performed, m.process),
             Pending(Known(s), m, 0))

\* A number is taken for good, whatever becomes of the slot.
DrawToken(s) ==
    /\ Endpoint!At(s, "DrawToken")
    /\ LET n == numbers.last + 1 IN
       /\ numbers' = [version |-> numbers.version + 1, last |-> n]
       /\ Endpoint!Proceeds(s, Then(s, "DrawToken", Known(s)), [token |-> n])
    /\ UNCHANGED <<hist, sent, fresh, activities, tokens>>

\* The token of the next signal: the one that is saved, or the one just drawn.
Following(s) ==
    IF IsSaved(Message(s), Known(s)) THEN Known(s).pending[Message(s).token]
                                     ELSE slots[s].token

CreateToken(s) ==
    /\ Endpoint!At(s, "CreateToken")
    /\ tokens' = tokens \cup {Following(s)}
    /\ Endpoint!Proceeds(s, Then(s, "CreateToken", Known(s)), Endpoint!Nothing)
    /\ UNCHANGED <<hist, sent, fresh, activities, numbers>>

Checkpoint(s) ==
    /\ Endpoint!At(s, "Checkpoint")
    /\ Saves(s, "Checkpoint", Known(s).performed,
             Pending(Known(s), Message(s), slots[s].token))

SendSignal(s) ==
    /\ Endpoint!At(s, "SendSignal")
    /\ LET m == Message(s)
           signal == Signal(m.activity + 1, m.process, Following(s)) IN
       /\ incoming' = incoming (+) Endpoint!One(signal)
       /\ sent' = sent \cup {[cause |-> m, output |-> "Signal", message |-> signal,
                              basis |-> 0]}
    /\ slots' = [slots EXCEPT ![s].at = Then(s, "SendSignal", Known(s))]
    /\ UNCHANGED <<leases, up, acked, hist, fresh, budget, stores>>

DeleteToken(s) ==
    /\ Endpoint!At(s, "DeleteToken")
    /\ tokens' = tokens \ {Message(s).token}
    /\ Endpoint!Proceeds(s, Then(s, "DeleteToken", Known(s)), Endpoint!Nothing)
    /\ UNCHANGED <<hist, sent, fresh, activities, numbers>>

Clean(s) ==
    /\ Endpoint!At(s, "Clean")
    /\ LET d == Known(s) IN
       Saves(s, "Clean", d.performed,
             [t \in DOMAIN d.pending \ {Message(s).token} |-> d.pending[t]])

Ack(s) ==
    /\ Endpoint!At(s, "Ack")
    /\ Endpoint!Acknowledges(s)
    /\ UNCHANGED <<hist, sent, fresh, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Endpoint!Crashes /\ UNCHANGED stores
Recover == Endpoint!Recovers /\ UNCHANGED stores
Duplicate == Endpoint!Duplicates /\ UNCHANGED stores
LeaseExpires(s) == Endpoint!LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : LoadActivity(s)
    \/ \E s \in Slots : CheckToken(s)
    \/ \E s \in Slots : Perform(s)
    \/ \E s \in Slots : DrawToken(s)
    \/ \E s \in Slots : CreateToken(s)
    \/ \E s \in Slots : Checkpoint(s)
    \/ \E s \in Slots : SendSignal(s)
    \/ \E s \in Slots : DeleteToken(s)
    \/ \E s \in Slots : Clean(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(LoadActivity(s)) /\ WF_vars(CheckToken(s)) /\ WF_vars(Perform(s))
        /\ WF_vars(DrawToken(s)) /\ WF_vars(CreateToken(s)) /\ WF_vars(Checkpoint(s))
        /\ WF_vars(SendSignal(s)) /\ WF_vars(DeleteToken(s)) /\ WF_vars(Clean(s))
        /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest == Endpoint!EndpointAtRest

AllSlotsBusy == Endpoint!Free = {}
AllDone == AtRest /\ First \subseteq acked

EachActivityOnce ==
    \A a \in Activities :
        LET performed == activities[a].performed IN
        \A i, j \in DOMAIN performed : performed[i] = performed[j] => i = j

ProcessCompletes ==
    AtRest => \A p \in Messages, a \in Activities :
                  p \in Endpoint!Range(activities[a].performed)

\* Tokens of signals that were sent, or were there at the start.
Signalled == Messages \cup {e.message.token : e \in sent}

\* Live tokens are those of signals in flight, and tokens that no signal was
\* ever sent with: these are about to be used, or garbage.
TokensConserved ==
    LET flying == Endpoint!InFlight IN
    /\ \A t \in tokens : t \in Signalled => \E m \in flying : m.token = t
    /\ \A m \in flying :
         \/ m.token \in tokens
         \/ m.process \in Endpoint!Range(activities[m.activity].performed)

NoDoubleEffect == Endpoint!NoDoubleEffect

CleanAtRest ==
    AtRest => /\ tokens = {}
              /\ \A a \in Activities : activities[a].pending = <<>>

Settles == <>[]AtRest

=============================================================================
