------------------------- MODULE TokenDeduplication -------------------------
(***************************************************************************)
(* Deduplication with tokens: a message is processed only while its token  *)
(* exists. Its sender creates the token first, its receiver deletes it     *)
(* last, and a missing token means: processed.                             *)
(*                                                                         *)
(* Each command adds one line to the order and must lead to one event,     *)
(* LineAdded, which Billing charges if the event's token exists. The event *)
(* waits in the order, saved with the line, until it is published. The     *)
(* variants differ in how the event gets its token.                        *)
(*                                                                         *)
(* Source: token-based deduplication with a checkpoint for the tokens of   *)
(* outgoing messages; the handler of the workshop's exercise 14.           *)
(* Left out: who creates the tokens of the commands (they exist from the   *)
(* start), and how Billing does its part (it is one step).                 *)
(***************************************************************************)
EXTENDS Guarantees

CONSTANTS
    Variant,    \* how the event gets its token
    Copies      \* copies of every command that wait at the start

VARIABLES
    order,      \* the one document: lines, and events not yet dispatched
    tokens,     \* the tokens that exist, of commands and of events
    outgoing,   \* bag of events that wait for Billing
    bill        \* Billing's document: how often each line was charged

vars == <<endpoint, order, tokens, outgoing, bill>>
stores == <<order, tokens, outgoing, bill>>

\* Variants that save the event's token in the order.
Saves == Variant \in {"persisted-first", "checkpoint"}

\* The token that its sender has drawn for command m, answering a message 0.
TokenOf(m) == <<0, m>>

Tokens == ({0} \cup Messages) \X Nat

TypeOK ==
    /\ order.version \in Nat
    /\ order.lines \in Seq(Messages)
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
(* The handler, step by step *)

\* Document o with the line that command m asks for, and its event.
Added(m, o) ==
    LET lines == Append(o.lines, m)
        event == [lines |-> Len(lines), tokens |-> <<>>]
    IN  [o EXCEPT !.lines = lines, !.pending = (m :> event) @@ @]

\* Document o without the event of command m.
Cleaned(m, o) == [o EXCEPT !.pending = [x \in DOMAIN @ \ {m} |-> @[x]]]

HasToken(m, o) == o.pending[m].tokens # <<>>

\* Where the event of command m, in document o, begins to get its token.
Prepares(m, o) ==
    CASE Saves /\ HasToken(m, o)      -> "Publish"
      [] Variant = "persisted-first"
           /\ ~HasToken(m, o)         -> "Checkpoint"
      [] OTHER                        -> "CreateToken"

\* Writes `document`, made from the slot's copy. Optimistic concurrency: if
\* somebody else has written since, the handler gives the message back.
Commits(s, document, next) ==
    IF order.version = slots[s].order.version
    THEN LET new == [document EXCEPT !.version = order.version + 1] IN
         /\ order' = new
         /\ hist' = IF new.lines # order.lines
                    THEN Append(hist, slots[s].message) ELSE hist
         /\ Proceeds(s, next, [order |-> new])
    ELSE /\ GivesBack(s)
         /\ UNCHANGED <<order, hist>>

Receive ==
    /\ Takes("Load", TRUE)
    /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, "CheckToken", [order |-> order])
    /\ UNCHANGED <<observed, stores>>

\* After Load: a token that is still there proves that the order, when it was
\* loaded, had either not processed the command or not yet removed its event.
CheckToken(s) ==
    LET m == slots[s].message
        o == slots[s].order
        pending == m \in DOMAIN o.pending
        exists == TokenOf(m) \in tokens
    IN
    /\ At(s, "CheckToken")
    /\ Proceeds(s, CASE exists /\ pending  -> Prepares(m, o)
                     [] exists /\ ~pending -> "Save"
                     [] ~exists /\ pending -> "Clean"
                     [] OTHER              -> "Ack", Nothing)
    /\ UNCHANGED <<observed, stores>>

Save(s) ==
    LET m == slots[s].message
        new == Added(m, slots[s].order)
    IN
    /\ At(s, "Save")
    /\ Commits(s, new, Prepares(m, new))
    /\ UNCHANGED <<sent, fresh, tokens, outgoing, bill>>

CreateToken(s) ==
    LET m == slots[s].message
        token == CASE Variant = "recreated"       -> DerivedId(m)
                   [] Variant = "persisted-first" ->
                        slots[s].order.pending[m].tokens[1]
                   [] OTHER                       -> NewId(m)
    IN
    /\ At(s, "CreateToken")
    /\ tokens' = tokens \cup {token}
    /\ Proceeds(s, IF Variant = "checkpoint" THEN "Checkpoint" ELSE "Publish",
                [token |-> token])
    /\ IF Variant \in {"regenerated", "checkpoint"} THEN Draws(m)
                                                    ELSE UNCHANGED fresh
    /\ UNCHANGED <<hist, sent, order, outgoing, bill>>

\* Saves the event's token: before it is created, or after.
Checkpoint(s) ==
    LET m == slots[s].message
        first == Variant = "persisted-first"
        token == IF first THEN NewId(m) ELSE slots[s].token
    IN
    /\ At(s, "Checkpoint")
    /\ Commits(s, [slots[s].order EXCEPT !.pending[m].tokens = <<token>>],
               IF first THEN "CreateToken" ELSE "Publish")
    /\ IF first THEN Draws(m) ELSE UNCHANGED fresh
    /\ UNCHANGED <<sent, tokens, outgoing, bill>>

Publish(s) ==
    LET m == slots[s].message
        pending == slots[s].order.pending[m]
        event == [line  |-> m,
                  lines |-> pending.lines,
                  token |-> IF Saves THEN pending.tokens[1]
                                     ELSE slots[s].token]
    IN
    /\ At(s, "Publish")
    /\ sent' = sent \cup {[cause |-> m, output |-> "LineAdded",
                           message |-> event, basis |-> event.lines]}
    /\ outgoing' = outgoing (+) One(event)
    /\ Proceeds(s, "DeleteToken", Nothing)
    /\ UNCHANGED <<hist, fresh, order, tokens, bill>>

DeleteToken(s) ==
    /\ At(s, "DeleteToken")
    /\ tokens' = tokens \ {TokenOf(slots[s].message)}
    /\ Proceeds(s, "Clean", Nothing)
    /\ UNCHANGED <<observed, order, outgoing, bill>>

Clean(s) ==
    /\ At(s, "Clean")
    /\ Commits(s, Cleaned(slots[s].message, slots[s].order), "Ack")
    /\ UNCHANGED <<sent, fresh, tokens, outgoing, bill>>

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* Billing, in one step: charges an event that has a token, drops the rest *)

Charged(line) ==
    [version |-> bill.version + 1,
     charged |-> IF line \in DOMAIN bill.charged
                 THEN [bill.charged EXCEPT ![line] = @ + 1]
                 ELSE (line :> 1) @@ bill.charged]

DownstreamReceives ==
    /\ \E e \in BagToSet(outgoing) :
         /\ outgoing' = outgoing (-) One(e)
         /\ tokens' = tokens \ {e.token}
         /\ bill' = IF e.token \in tokens THEN Charged(e.line) ELSE bill
    /\ UNCHANGED <<endpoint, order>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

DuplicateDownstream ==
    /\ budget.duplicate > 0
    /\ \E e \in BagToSet(outgoing) : outgoing' = outgoing (+) One(e)
    /\ Spends("duplicate")
    /\ UNCHANGED <<incoming, leases, slots, up, acked, observed>>
    /\ UNCHANGED <<order, tokens, bill>>

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
    /\ WF_vars(Receive)
    /\ WF_vars(DownstreamReceives)
    /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(CheckToken(s)) /\ WF_vars(Save(s))
        /\ WF_vars(CreateToken(s)) /\ WF_vars(Checkpoint(s))
        /\ WF_vars(Publish(s)) /\ WF_vars(DeleteToken(s))
        /\ WF_vars(Clean(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What is asked of it *)

AtRest == EndpointAtRest /\ outgoing = EmptyBag

\* No line is charged twice.
NoDoubleDownstream ==
    \A line \in DOMAIN bill.charged : bill.charged[line] <= 1

\* Every line that was added has been charged.
AllDownstream == AtRest => Range(order.lines) \subseteq DOMAIN bill.charged

NoGhostAtRest == AtRest => NoGhostEver

NoLostOutput == NoLostOutputOf({"LineAdded"})

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ order.lines = hist
    /\ AtRest => Range(hist) = Messages

\* Tokens drawn for a command after its first: each may be left as garbage.
DrawnAgain == UNION {{<<m, n>> : n \in 2..fresh[m]} : m \in Messages}

\* Tokens exist only for commands that may still arrive, for events that are
\* pending or on their way, and as garbage of attempts that failed.
DedupBounded ==
    Cardinality(tokens) <=
        Cardinality(InFlight) + Cardinality(DOMAIN order.pending)
          + Cardinality(BagToSet(outgoing)) + Cardinality(DrawnAgain)

\* No token and no pending event is left when all is done.
CleanAtRest == AtRest => tokens = {} /\ order.pending = <<>>

\* Once faults have stopped, all work comes to an end (under Fairness).
Settles == <>[]AtRest

=============================================================================
