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
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler; Messages are the processes
    Last        \* activities of a process: 1..Last

VARIABLES
    activities, \* activity |-> what it has performed, and what is pending
    numbers,    \* the sequence of the numbers of tokens
    tokens      \* the tokens that live

Activities == 1..Last
Signal(a, p, t) == [activity |-> a, process |-> p, token |-> t]
First == {Signal(1, p, p) : p \in Messages}

stores == <<activities, numbers, tokens>>
vars == <<endpoint, stores>>

TypeOK ==
    /\ \A a \in Activities :
         /\ activities[a].performed \in Seq(Messages)
         /\ \A t \in DOMAIN activities[a].pending :
              t \in 1..numbers.last /\ activities[a].pending[t] \in 0..numbers.last
    /\ tokens \subseteq 1..numbers.last

Init ==
    /\ EndpointInitFor(First, [m \in First |-> 1])
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
      [] OTHER -> IF IsSaved(m, d) THEN "SendSignal" ELSE "DrawToken"

\* What follows CheckToken; `rest` if the work has been done.
Checked(m, d, rest) ==
    CASE m.token \in tokens -> IF IsPending(m, d) THEN rest ELSE "Perform"
      [] OTHER              -> IF IsPending(m, d) THEN "Clean" ELSE "Ack"

Conserving(m, d) ==
    LET rest == PassesOn(m, d, "DeleteToken") IN
    [CheckToken  |-> Checked(m, d, rest),
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
        !.CheckToken  = Checked(m, d, "DeleteToken"),
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

\* What slot s works on, the activity that it starts, what it knows of it, and
\* what it does after `step` if it then knows d.
Message(s) == slots[s].message
Number(s) == Message(s).activity
Known(s) == slots[s].activities
Then(s, step, d) == Steps(Message(s), d)[step]

Receive == Receives("LoadActivity", TRUE) /\ UNCHANGED stores

LoadActivity(s) ==
    /\ At(s, "LoadActivity")
    /\ Proceeds(s, "CheckToken", [activities |-> activities[Number(s)]])
    /\ UNCHANGED <<observed, stores>>

CheckToken(s) ==
    /\ At(s, "CheckToken")
    /\ Proceeds(s, Then(s, "CheckToken", Known(s)), Nothing)
    /\ UNCHANGED <<observed, stores>>

\* Slot s saves what its activity has performed, and what is pending.
Saves(s, step, performed, pending) ==
    LET a == Number(s)
        new == [Known(s) EXCEPT !.performed = performed, !.pending = pending] IN
    /\ Commits(s, "activities", activities[a], new, {"performed"}, Then(s, step, new))
    /\ activities' = (a :> Committed(s, "activities", activities[a], new)) @@ activities
    /\ UNCHANGED <<sent, fresh, numbers, tokens>>

\* What is pending as slot s knows it, with the token t for its next signal.
Pending(s, t) == (Message(s).token :> t) @@ Known(s).pending

Perform(s) ==
    /\ At(s, "Perform")
    /\ LET performed == Append(Known(s).performed, Message(s).process) IN
       Saves(s, "Perform", performed, Pending(s, 0))

\* A number stays taken even if the slot fails later.
DrawToken(s) ==
    /\ At(s, "DrawToken")
    /\ LET n == numbers.last + 1 IN
       /\ numbers' = [version |-> numbers.version + 1, last |-> n]
       /\ Proceeds(s, Then(s, "DrawToken", Known(s)), [token |-> n])
    /\ UNCHANGED <<observed, activities, tokens>>

\* The token of the next signal: the one that is saved, or the one just drawn.
Following(s) ==
    IF IsSaved(Message(s), Known(s)) THEN Known(s).pending[Message(s).token]
                                     ELSE slots[s].token

CreateToken(s) ==
    /\ At(s, "CreateToken")
    /\ tokens' = tokens \cup {Following(s)}
    /\ Proceeds(s, Then(s, "CreateToken", Known(s)), Nothing)
    /\ UNCHANGED <<observed, activities, numbers>>

Checkpoint(s) ==
    /\ At(s, "Checkpoint")
    /\ Saves(s, "Checkpoint", Known(s).performed, Pending(s, slots[s].token))

SendSignal(s) ==
    /\ At(s, "SendSignal")
    /\ LET m == Message(s)
           signal == Signal(m.activity + 1, m.process, Following(s)) IN
       /\ SendsHere(s, Then(s, "SendSignal", Known(s)), signal)
       /\ Emits(m, "Signal", signal, 0)
    /\ UNCHANGED <<hist, fresh, budget, stores>>

DeleteToken(s) ==
    /\ At(s, "DeleteToken")
    /\ tokens' = tokens \ {Message(s).token}
    /\ Proceeds(s, Then(s, "DeleteToken", Known(s)), Nothing)
    /\ UNCHANGED <<observed, activities, numbers>>

Clean(s) ==
    /\ At(s, "Clean")
    /\ LET d == Known(s) IN
       Saves(s, "Clean", d.performed,
             [t \in DOMAIN d.pending \ {Message(s).token} |-> d.pending[t]])

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

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
(* The guarantees *)

AtRest == EndpointAtRest

AllSlotsBusy == Free = {}
AllDone == AtRest /\ First \subseteq acked

Performed(a) == Range(activities[a].performed)
EachActivityOnce ==
    \A a \in Activities : Len(activities[a].performed) = Cardinality(Performed(a))

ProcessCompletes ==
    AtRest => \A p \in Messages, a \in Activities : p \in Performed(a)

\* Tokens of signals that were sent, or were there at the start.
Signalled == Messages \cup {e.message.token : e \in sent}
\* Live tokens are those of signals in flight, and tokens that no signal was
\* ever sent with: these are about to be used, or garbage.
TokensConserved ==
    /\ \A t \in tokens : t \in Signalled => \E m \in InFlight : m.token = t
    /\ \A m \in InFlight : m.token \in tokens \/ m.process \in Performed(m.activity)

CleanAtRest ==
    AtRest => tokens = {} /\ \A a \in Activities : activities[a].pending = <<>>
Settles == <>[]AtRest

=============================================================================
