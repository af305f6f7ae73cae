------------------------ MODULE PrepareCommitPublish ------------------------
(***************************************************************************)
(* Register, prepare, commit, publish, clean up: side effects that no      *)
(* transaction includes.                                                   *)
(*                                                                         *)
(* The body of the event is in another store. Every attempt at a command   *)
(* registers itself in the order, writes a body of its own, and saves the  *)
(* order with the event that names it. The event is published, the bodies  *)
(* of all other attempts are deleted, and the register is cleared. The     *)
(* variants leave out or exchange a step, or do not name bodies by their   *)
(* attempt.                                                                *)
(*                                                                         *)
(* Source: the side effects of the workshop's material, with names that    *)
(* are unique to an attempt, and the study of attempts that overlap.       *)
(* Left out: who consumes the event, and how long bodies are kept.         *)
(***************************************************************************)
EXTENDS OrderLines

CONSTANT
    Attempts    \* attempts that may be registered at a time for one command

VARIABLE
    bodies      \* name |-> document: the attempt that wrote the body

vars == <<endpoint, order, bodies>>
stores == <<order, bodies>>

TypeOK ==
    /\ OrderTypeOK
    /\ DOMAIN order.attempts \subseteq Messages
    /\ \A m \in DOMAIN order.attempts :
           /\ order.attempts[m] \subseteq {m} \X Nat
           /\ Cardinality(order.attempts[m]) <= Attempts
    /\ DOMAIN order.selected \subseteq Messages
    /\ DOMAIN bodies \subseteq Messages \X Nat

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>, attempts |-> <<>>,
                selected |-> <<>>]
    /\ bodies = <<>>

-----------------------------------------------------------------------------
(* The variants: which step follows which, for command m, the handler's    *)
(* copy o of the order, and the bodies of other attempts that are `left`.  *)

\* The attempts at command m that are registered in document o.
Registered(m, o) == IF m \in DOMAIN o.attempts THEN o.attempts[m] ELSE {}

RegisterFirst(m, o, left) ==
    [Load       |-> CASE m \in DOMAIN o.attempts
                           /\ m \in DOMAIN o.selected        -> "Publish"
                      [] m \notin DOMAIN o.attempts
                           /\ m \in DOMAIN o.selected        -> "Ack"
                      [] Cardinality(Registered(m, o)) >= Attempts -> "GiveBack"
                      [] OTHER                               -> "Register",
     Register   |-> "Prepare",
     Prepare    |-> "Save",
     Save       |-> "Publish",
     Publish    |-> IF left = {} THEN "Clear" ELSE "DeleteBody",
     DeleteBody |-> IF Cardinality(left) = 1 THEN "Clear" ELSE "DeleteBody",
     Clear      |-> "Ack"]

PrepareFirst(m, o, left) ==
    LET right == RegisterFirst(m, o, left) IN
    [Load     |-> IF right.Load = "Register" THEN "Prepare" ELSE right.Load,
     Prepare  |-> "Register",
     Register |-> "Save"] @@ right

PublishFirst(m, o, left) ==
    [Prepare      |-> "PublishEarly",
     PublishEarly |-> "Save"] @@ RegisterFirst(m, o, left)

DuplicatesDropped(m, o, left) ==
    LET right == RegisterFirst(m, o, left) IN
    [Load |-> IF right.Load = "Publish" THEN "Ack" ELSE right.Load] @@ right

\* Also derived-names, whose bodies have other names.
Steps(m, o, left) ==
    CASE Variant \in {"register-first", "derived-names"} ->
             RegisterFirst(m, o, left)
      [] Variant = "prepare-first"      -> PrepareFirst(m, o, left)
      [] Variant = "publish-first"      -> PublishFirst(m, o, left)
      [] Variant = "duplicates-dropped" -> DuplicatesDropped(m, o, left)

\* The name of the body of an attempt.
NameOf(attempt) ==
    IF Variant = "derived-names" THEN DerivedId(attempt[1]) ELSE attempt

\* The names that slot s has deleted, and those that it has yet to delete.
Deleted(s) == Recalled(s, "deleted", {})
Left(s) ==
    LET m == slots[s].message
        o == Known(s)
    IN  IF m \in DOMAIN o.selected
        THEN {NameOf(a) : a \in Registered(m, o)}
                 \ ({o.selected[m].body} \cup Deleted(s))
        ELSE {}

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s), Left(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The attempt that slot s makes: a new one until it is first used.
Attempt(s) == Recalled(s, "attempt", NewId(slots[s].message))
Begins(s) == IF "attempt" \in DOMAIN slots[s] THEN UNCHANGED fresh
                                              ELSE Draws(slots[s].message)

\* The event of the attempt that slot s makes.
LineAdded(s) == [body    |-> NameOf(Attempt(s)),
                 attempt |-> Attempt(s),
                 lines   |-> Len(slots[s].order.lines) + 1]

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

Load(s) ==
    /\ At(s, "Load") /\ UNCHANGED <<observed, stores>>
    /\ Proceeds(s, Then(s, "Load"), [order |-> order])

\* To register is to write the order: it makes the save of others conflict.
Register(s) ==
    /\ At(s, "Register")
    /\ LET m == slots[s].message
           o == slots[s].order
           attempts == Registered(m, o) \cup {Attempt(s)}
           new == [o EXCEPT !.attempts = (m :> attempts) @@ @]
       IN  /\ IF IsCurrent(s, "order", order)
              THEN /\ Proceeds(s, Then(s, "Register"),
                               [order |-> NextVersion(order, new),
                                attempt |-> Attempt(s)])
              ELSE GivesBack(s)
           /\ order' = Committed(s, "order", order, new)
    /\ Begins(s)
    /\ UNCHANGED <<hist, sent, bodies>>

\* Writes the body, and replaces one that has the same name.
Prepare(s) ==
    /\ At(s, "Prepare")
    /\ LET name == NameOf(Attempt(s))
           version == IF name \in DOMAIN bodies THEN bodies[name].version ELSE 0
           body == [by |-> Attempt(s), version |-> version + 1]
       IN  /\ bodies' = (name :> body) @@ bodies
           /\ Proceeds(s, Then(s, "Prepare"),
                       [bodies |-> body, attempt |-> Attempt(s)])
    /\ Begins(s)
    /\ UNCHANGED <<hist, sent, order>>

PublishEarly(s) ==
    /\ At(s, "PublishEarly")
    /\ Announces(slots[s].message, LineAdded(s))
    /\ Proceeds(s, Then(s, "PublishEarly"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

\* The commit point: selects this attempt.
Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           o == slots[s].order
       IN  Writes(s, [o EXCEPT !.lines = Append(@, m),
                               !.selected = (m :> LineAdded(s)) @@ @],
                  Steps(m, o, {}).Save)
    /\ UNCHANGED <<sent, fresh, bodies>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message IN Announces(m, slots[s].order.selected[m])
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

DeleteBody(s) ==
    /\ At(s, "DeleteBody")
    /\ LET name == CHOOSE x \in Left(s) : \A y \in Left(s) : x[2] <= y[2] IN
       /\ bodies' = [x \in DOMAIN bodies \ {name} |-> bodies[x]]
       /\ Proceeds(s, Then(s, "DeleteBody"),
                   [deleted |-> Deleted(s) \cup {name}])
    /\ UNCHANGED <<observed, order>>

Clear(s) ==
    /\ At(s, "Clear")
    /\ LET o == slots[s].order
           others == DOMAIN o.attempts \ {slots[s].message}
       IN  Writes(s, [o EXCEPT !.attempts = [x \in others |-> @[x]]],
                  Then(s, "Clear"))
    /\ UNCHANGED <<sent, fresh, bodies>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores
Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Register(s)
    \/ \E s \in Slots : Prepare(s)
    \/ \E s \in Slots : PublishEarly(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Publish(s)
    \/ \E s \in Slots : DeleteBody(s)
    \/ \E s \in Slots : Clear(s)
    \/ \E s \in Slots : Ack(s)
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ Crash
    \/ Recover

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(Register(s)) /\ WF_vars(Prepare(s))
        /\ WF_vars(PublishEarly(s)) /\ WF_vars(Save(s)) /\ WF_vars(Publish(s))
        /\ WF_vars(DeleteBody(s)) /\ WF_vars(Clear(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest
NoGhostAtRest == AtRest => NoGhostEver

\* The body of every event published is there, and of the attempt committed.
Readable ==
    \A e \in sent : /\ e.message.body \in DOMAIN bodies
                    /\ bodies[e.message.body].by = e.message.attempt

\* The order is what processing each command of hist once would have made it.
ExactlyOnceEquivalent == EachOnce(order.lines, AtRest)

\* Events are kept only for commands that may still arrive.
DedupBounded ==
    Cardinality(DOMAIN order.selected) <= Cardinality(InFlight)

\* No attempt is registered when all is done, and no body is left that no
\* event names.
CleanAtRest ==
    AtRest => /\ order.attempts = <<>>
              /\ DOMAIN bodies \subseteq {e.message.body : e \in sent}

Settles == <>[]AtRest

=============================================================================
