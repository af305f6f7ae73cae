------------------------- MODULE TokenDeduplication -------------------------
(***************************************************************************)
(* Deduplication with tokens: a message is processed only while its token  *)
(* exists. Its sender creates the token first, its receiver deletes it     *)
(* last, and a missing token means: processed.                             *)
(*                                                                         *)
(* Billing charges LineAdded if the event's token exists. The event waits  *)
(* in the order, saved with the line, until it is published. The variants  *)
(* differ in how the event gets its token.                                 *)
(*                                                                         *)
(* Source: token-based deduplication with a checkpoint for the tokens of   *)
(* outgoing messages; the handler of the workshop's exercise 14.           *)
(* Left out: who creates the tokens of the commands (they exist from the   *)
(* start), and how Billing does its part (it is one step).                 *)
(***************************************************************************)
EXTENDS OrderLines, Downstream

VARIABLES
    tokens,     \* the tokens that exist, of commands and of events
    bill        \* Billing's document: how often each line was charged

vars == <<endpoint, order, tokens, outgoing, bill>>
stores == <<order, tokens, outgoing, bill>>

\* The token that its sender has drawn for command m, answering a message 0.
TokenOf(m) == <<0, m>>
Tokens == ({0} \cup Messages) \X Nat

TypeOK ==
    /\ OrderTypeOK
    /\ DOMAIN order.pending \subseteq Messages
    /\ \A m \in DOMAIN order.pending : order.pending[m].tokens \in Seq(Tokens)
    /\ tokens \subseteq Tokens
    /\ \A e \in BagToSet(outgoing) : e.line \in Messages /\ e.token \in Tokens
    /\ DOMAIN bill.charged \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, pending |-> <<>>]
    /\ tokens = {TokenOf(m) : m \in Messages}
    /\ outgoing = EmptyBag
    /\ bill = [version |-> 0, charged |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m and the handler's *)
(* copy o of the order. They differ in how the event gets its token.       *)

HasToken(m, o) == m \in DOMAIN o.pending /\ o.pending[m].tokens # <<>>

\* The steps of all variants, if the event gets its token from `first` on.
\* CheckToken comes after Load: a token that is still there proves that the
\* order, when it was loaded, had either not processed the command or not yet
\* removed its event.
Dispatch(m, o, first) ==
    LET exists == TokenOf(m) \in tokens
        pending == m \in DOMAIN o.pending IN
    [Load        |-> "CheckToken",
     CheckToken  |-> CASE exists /\ ~pending              -> "Save"
                       [] exists /\ HasToken(m, o)        -> "Publish"
                       [] exists /\ pending               -> first
                       [] ~exists /\ pending              -> "Clean"
                       [] OTHER                           -> "Ack",
     Save        |-> first,
     Publish     |-> "DeleteToken",
     DeleteToken |-> "Clean",
     Clean       |-> "Ack"]

\* Creates a token at every attempt, a new one or the same one again.
CreateAtDispatch(m, o) ==
    [CreateToken |-> "Publish"] @@ Dispatch(m, o, "CreateToken")

\* Saves the token that it has drawn, and then creates it, once.
PersistedFirst(m, o) ==
    [Checkpoint  |-> "CreateToken",
     CreateToken |-> "Publish"] @@ Dispatch(m, o, "Checkpoint")

\* Creates the token that it has drawn, and then saves it.
CreatedFirst(m, o) ==
    [CreateToken |-> "Checkpoint",
     Checkpoint  |-> "Publish"] @@ Dispatch(m, o, "CreateToken")

Steps(m, o) ==
    CASE Variant \in {"regenerated", "recreated"} -> CreateAtDispatch(m, o)
      [] Variant = "persisted-first"              -> PersistedFirst(m, o)
      [] Variant = "checkpoint"                   -> CreatedFirst(m, o)

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* Document o with the line that command m asks for, and its event.
Added(m, o) ==
    LET lines == Append(o.lines, m)
        event == [lines |-> Len(lines), tokens |-> <<>>]
    IN  [o EXCEPT !.lines = lines, !.pending = (m :> event) @@ @]

\* Document o without the event of command m.
Cleaned(m, o) == [o EXCEPT !.pending = [x \in DOMAIN @ \ {m} |-> @[x]]]

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<observed, stores>>

CheckToken(s) ==
    /\ At(s, "CheckToken")
    /\ Proceeds(s, Then(s, "CheckToken"), Nothing)
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    /\ At(s, "Save")
    /\ Writes(s, Added(slots[s].message, slots[s].order), Then(s, "Save"))
    /\ UNCHANGED <<sent, fresh, tokens, outgoing, bill>>

CreateToken(s) ==
    /\ At(s, "CreateToken")
    /\ LET m == slots[s].message
           token == CASE Variant = "recreated"       -> DerivedId(m)
                      [] Variant = "persisted-first" ->
                           slots[s].order.pending[m].tokens[1]
                      [] OTHER                       -> NewId(m) IN
       /\ tokens' = tokens \cup {token}
       /\ Proceeds(s, Then(s, "CreateToken"), [token |-> token])
       /\ IF token = NewId(m) THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<hist, sent, order, outgoing, bill>>

\* Saves the event's token: the one that was created, or one that will be.
Checkpoint(s) ==
    /\ At(s, "Checkpoint")
    /\ LET m == slots[s].message
           token == Recalled(s, "token", NewId(m)) IN
       /\ Writes(s, [slots[s].order EXCEPT !.pending[m].tokens = <<token>>],
                 Then(s, "Checkpoint"))
       /\ IF token = NewId(m) THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<sent, tokens, outgoing, bill>>

\* The event carries the token that was saved with it, or else the slot's.
Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message
           pending == slots[s].order.pending[m]
           event == [line  |-> m,
                     lines |-> pending.lines,
                     token |-> IF HasToken(m, slots[s].order)
                               THEN pending.tokens[1] ELSE slots[s].token] IN
       /\ Announces(m, event)
       /\ Leaves(event)
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, order, tokens, bill>>

DeleteToken(s) ==
    /\ At(s, "DeleteToken")
    /\ tokens' = tokens \ {TokenOf(slots[s].message)}
    /\ Proceeds(s, Then(s, "DeleteToken"), Nothing)
    /\ UNCHANGED <<observed, order, outgoing, bill>>

Clean(s) ==
    /\ At(s, "Clean")
    /\ Writes(s, Cleaned(slots[s].message, slots[s].order), Then(s, "Clean"))
    /\ UNCHANGED <<sent, fresh, tokens, outgoing, bill>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* Billing, in one step: charges an event that has a token, drops the rest *)

Charged(line) ==
    [version |-> bill.version + 1,
     charged |-> IF line \in DOMAIN bill.charged
                 THEN [bill.charged EXCEPT ![line] = @ + 1]
                 ELSE (line :> 1) @@ bill.charged]

DownstreamReceives ==
    /\ \E e \in BagToSet(outgoing) :
         /\ Consumes(e)
         /\ tokens' = tokens \ {e.token}
         /\ bill' = IF e.token \in tokens THEN Charged(e.line) ELSE bill
    /\ UNCHANGED <<endpoint, order>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

DuplicateDownstream == DuplicatesDownstream /\ UNCHANGED <<order, tokens, bill>>

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : CheckToken(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : CreateToken(s)
    \/ \E s \in Slots : Checkpoint(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : DeleteToken(s)
    \/ \E s \in Slots : Clean(s)
    \/ \E s \in Slots : Ack(s)
    \/ DownstreamReceives
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ DuplicateDownstream
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(DownstreamReceives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(CheckToken(s)) /\ WF_vars(Save(s))
        /\ WF_vars(CreateToken(s)) /\ WF_vars(Checkpoint(s)) /\ WF_vars(Publish(s))
        /\ WF_vars(DeleteToken(s)) /\ WF_vars(Clean(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ outgoing = EmptyBag

NoDoubleDownstream == \A line \in DOMAIN bill.charged : bill.charged[line] <= 1
AllDownstream == AtRest => Range(order.lines) \subseteq DOMAIN bill.charged

NoGhostAtRest == AtRest => NoGhostEver

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

\* Tokens drawn for a command after its first: each may be left as garbage.
DrawnAgain == UNION {{<<m, n>> : n \in 2..fresh[m]} : m \in Messages}

\* Tokens exist only for commands that may still arrive (their own, and their
\* event's), for events on their way, and as garbage of attempts that failed.
DedupBounded ==
    Cardinality(tokens) <=
        2 * Cardinality(InFlight) + Cardinality(BagToSet(outgoing))
          + Cardinality(DrawnAgain)

NoPendingAtRest == AtRest => order.pending = <<>>
CleanAtRest == AtRest => tokens = {}

Settles == <>[]AtRest

=============================================================================
