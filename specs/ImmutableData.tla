--------------------------- MODULE ImmutableData ---------------------------
(***************************************************************************)
(* Revisions of a price list arrive at least once and in any order. They   *)
(* are kept, announced, and read later.                                    *)
(*                                                                         *)
(* Three variants keep what arrives in one document: the last that         *)
(* was written, the highest, or all. Two make a file of each revision,     *)
(* with a content that differs at every attempt, under a name that is the  *)
(* same for all attempts or new for each.                                  *)
(*                                                                         *)
(* Source: posts of the workshop's authors on consistent messaging and on  *)
(* side effects.                                                           *)
(* Left out: removing old revisions and files.                             *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every revision that wait at the start

VARIABLES
    prices,     \* the one document: the revision written last, the set of all
                \* that are known, and the file of each
    files       \* name |-> file

vars == <<endpoint, prices, files>>
stores == <<prices, files>>

TypeOK ==
    /\ prices.version \in Nat
    /\ prices.current \in Messages \cup {0}
    /\ prices.known \subseteq Messages
    /\ DOMAIN prices.files \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ prices = [version |-> 0, current |-> 0, known |-> {}, files |-> <<>>]
    /\ files = <<>>

-----------------------------------------------------------------------------
(* The variants: which step follows which, for revision m and the          *)
(* handler's copy p of the prices.                                         *)

Overwriting ==
    [Receive |-> "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

NewerWins(m, p) ==
    [Receive |-> "Load",
     Load    |-> CASE m < p.current -> "Ack"
                   [] m = p.current -> "Publish"
                   [] m > p.current -> "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

Facts(m, p) ==
    [Receive |-> "Load",
     Load    |-> IF m \in p.known THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

\* Both variants with files; they differ in the name.
InAFile(m, p) ==
    [Receive |-> "Store",
     Store   |-> "Load",
     Load    |-> IF m \in DOMAIN p.files THEN "Publish" ELSE "Save",
     Save    |-> "Publish",
     Publish |-> "Ack"]

WithFiles == Variant \in {"same-name", "new-name"}

Steps(m, p) ==
    CASE Variant = "overwriting" -> Overwriting
      [] Variant = "newer-wins"  -> NewerWins(m, p)
      [] Variant = "facts"       -> Facts(m, p)
      [] WithFiles               -> InAFile(m, p)

\* The prices as slot s knows them: its copy; before it has one, what is stored.
Known(s) == IF "prices" \in DOMAIN slots[s] THEN slots[s].prices ELSE prices

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, Known(s))[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The name under which an attempt at revision m stores a file with `content`.
Name(m, content) == IF Variant = "same-name" THEN DerivedId(m) ELSE content

Receive ==
    /\ MayTake /\ UNCHANGED stores
    /\ \E m \in BagToSet(incoming) : Takes(m, Steps(m, prices).Receive, TRUE)

\* The content of the file is drawn, so no two attempts make the same file.
Store(s) ==
    /\ At(s, "Store")
    /\ LET m == slots[s].message
           name == Name(m, NewId(m))
           version == IF name \in DOMAIN files THEN files[name].version ELSE 0
           file == [version |-> version + 1, content |-> NewId(m)] IN
       /\ files' = (name :> file) @@ files
       /\ Draws(m)
       /\ Proceeds(s, Then(s, "Store"), [files |-> file])
    /\ UNCHANGED <<hist, sent, prices>>

Load(s) ==
    /\ At(s, "Load")
    /\ Proceeds(s, Then(s, "Load"), [prices |-> prices])
    /\ UNCHANGED <<observed, stores>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

\* Document p with revision m, of which slot s has made a file.
WithFile(s, m, p) ==
    LET content == slots[s].files.content
        made == [name |-> Name(m, content), content |-> content]
    IN  [p EXCEPT !.files = (m :> made) @@ @]

Save(s) ==
    /\ At(s, "Save")
    /\ LET m == slots[s].message
           next == Then(s, "Save")
           business == {"current", "known", "files"}
           blind == [version |-> 0, current |-> m, known |-> {}, files |-> <<>>]
           p == Known(s)
           new == CASE Variant = "newer-wins" -> [p EXCEPT !.current = m]
                    [] Variant = "facts"      -> [p EXCEPT !.known = @ \cup {m}]
                    [] WithFiles              -> WithFile(s, m, p)
                    [] OTHER                  -> blind IN
       IF Variant = "overwriting"
       THEN /\ Overwrites(s, "prices", prices, new, business, next)
            /\ prices' = NextVersion(prices, new)
       ELSE /\ Commits(s, "prices", prices, new, business, next)
            /\ prices' = Committed(s, "prices", prices, new)
    /\ UNCHANGED <<sent, fresh, files>>

Publish(s) ==
    /\ At(s, "Publish")
    /\ LET m == slots[s].message
           known == [output |-> "PricesKnown",
                     message |-> [id |-> DerivedId(m), revision |-> m]]
           published == [output |-> "ListPublished",
                         message |-> [id |-> DerivedId(m),
                                      file |-> slots[s].prices.files[m]]] IN
       sent' = sent \cup {[cause |-> m, basis |-> 0] @@
                              IF WithFiles THEN published ELSE known}
    /\ Proceeds(s, Then(s, "Publish"), Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ \E s \in Slots : Store(s)
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Ack(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : Publish(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots : /\ WF_vars(Store(s)) /\ WF_vars(Load(s))
                        /\ WF_vars(Ack(s)) /\ WF_vars(Save(s))
                        /\ WF_vars(Publish(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* The revisions that a reader finds.
Readable ==
    (prices.known \cup DOMAIN prices.files \cup {prices.current}) \ {0}

\* When all is done, a reader finds the newest revision.
Converges == AtRest => \A m \in Messages : \E r \in Readable : r >= m

\* What an event has named is there, as it was named.
StaysReadable ==
    \A e \in sent :
        IF WithFiles
        THEN files[e.message.file.name].content = e.message.file.content
        ELSE e.message.revision \in Readable

NoLostOutput ==
    NoLostOutputOf({IF WithFiles THEN "ListPublished" ELSE "PricesKnown"})

\* What is written in place is the last of hist; sets and maps hold all of it.
ExactlyOnceEquivalent ==
    /\ NoDoubleEffect
    /\ IF prices.current = 0 THEN Readable = Range(hist)
                             ELSE prices.current = hist[Len(hist)]
    /\ AtRest => Range(hist) = Messages

\* One revision is for readers; the others wait for copies that may still come.
DedupBounded == Cardinality(Readable) <= Cardinality(InFlight) + 1

\* When all is done, every file is that of a revision.
CleanAtRest ==
    AtRest => DOMAIN files = {prices.files[m].name : m \in DOMAIN prices.files}

\* Once faults have stopped, all work ends (under Fairness).
Settles == <>[]AtRest

=============================================================================
