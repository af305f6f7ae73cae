----------------------------- MODULE CacheRefill -----------------------------
(***************************************************************************)
(* A cache stands beside a database. An update saves a price and clears    *)
(* the cache. A reader that finds the cache empty reads the database and   *)
(* fills the cache, perhaps with what it has read before the update.       *)
(* The variants differ in what an update and a reader do with the cache.   *)
(* `versioned-fill` and `compare-versions` are right.                      *)
(*                                                                         *)
(* Source: public reports of caches that kept old data after an update.    *)
(* Left out: entries that expire, and replicas of the database.            *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handlers; Messages are updates, each to this revision
    Copies      \* copies of every message that wait at the start

VARIABLES
    later,      \* bag of messages that are not due yet
    price,      \* the price in the database: its revision
    cache       \* what the cache holds: a revision, or nothing

Update(r) == [type |-> "UpdatePrice", revision |-> r]
Read(r) == [type |-> "ReadPrice", known |-> r]
Again(r) == [type |-> "ClearAgain", revision |-> r]
Given == {Update(r) : r \in Messages} \cup {Read(0)}

vars == <<endpoint, later, price, cache>>
stores == <<later, price, cache>>
Revisions == Messages \cup {0}

TypeOK ==
    /\ price.version \in Nat
    /\ price.revision \in Revisions
    /\ cache.version \in Nat
    /\ cache.holds = <<>> \/ cache.holds[1] \in Revisions
    /\ BagToSet(later) \subseteq {Again(r) : r \in Messages}

Init ==
    /\ EndpointInitFor(Given, [m \in Given |-> Copies])
    /\ later = EmptyBag
    /\ price = [version |-> 0, revision |-> 0]
    /\ cache = [version |-> 0, holds |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for an update to the revision r *)
(* with the price p as it knows it, and for a reader that has found c in   *)
(* the cache.                                                              *)

Saving(r, p, next) == IF p.revision < r THEN "SavePrice" ELSE next

\* An update: saves, and then does something to the cache.
SavesThen(r, p, next) ==
    [Receive    |-> "LoadPrice",
     LoadPrice  |-> Saving(r, p, next),
     SavePrice  |-> next,
     ClearCache |-> "SendRead",
     FillCache  |-> "SendRead",
     SendRead   |-> "Ack"]

ClearFirst(r, p) ==
    [SavesThen(r, p, "SendRead") EXCEPT !.Receive    = "ClearCache",
                                        !.ClearCache = "LoadPrice"]

ClearAgain(r, p) ==
    [SendClear |-> "SendRead", ClearCache |-> "SendClear"]
        @@ SavesThen(r, p, "ClearCache")

UpdateSteps(r, p) ==
    CASE Variant = "clear-first"   -> ClearFirst(r, p)
      [] Variant = "write-through" -> SavesThen(r, p, "FillCache")
      [] Variant = "clear-again"   -> ClearAgain(r, p)
      [] OTHER                     -> SavesThen(r, p, "ClearCache")

\* A reader: serves what is in the cache, else what it reads and fills in.
ReadSteps(p, c) ==
    [Receive   |-> "LoadCache",
     LoadCache |-> IF c.holds = <<>> THEN "LoadPrice" ELSE "Serve",
     LoadPrice |-> "FillCache",
     FillCache |-> "Serve",
     Serve     |-> "Ack"]

CheckAfterFill(p, c) ==
    [CheckPrice |-> IF c.holds = <<p.revision>> THEN "Serve" ELSE "ClearCache",
     ClearCache |-> "Serve",
     FillCache  |-> "CheckPrice"]
        @@ ReadSteps(p, c)

CompareVersions(p, c) ==
    [ReadSteps(p, c) EXCEPT
        !.LoadCache = "LoadPrice",
        !.LoadPrice = IF c.holds = <<p.revision>> THEN "Serve" ELSE "FillCache"]

ReaderSteps(p, c) ==
    CASE Variant = "check-after-fill" -> CheckAfterFill(p, c)
      [] Variant = "compare-versions" -> CompareVersions(p, c)
      [] OTHER                        -> ReadSteps(p, c)

ClearingAgain == [Receive |-> "ClearCache", ClearCache |-> "Ack"]

Steps(m, p, c) ==
    CASE m.type = "UpdatePrice" -> UpdateSteps(m.revision, p)
      [] m.type = "ReadPrice"   -> ReaderSteps(p, c)
      [] m.type = "ClearAgain"  -> ClearingAgain

-----------------------------------------------------------------------------
(* The handlers, step by step *)

Message(s) == slots[s].message
\* Price and cache as slot s knows them, or else as they are.
KnownPrice(s) == Recalled(s, "price", price)
KnownCache(s) == Recalled(s, "cache", cache)

\* What slot s does after `step`, if it then knows p and c.
Then(s, step, p, c) == Steps(Message(s), p, c)[step]

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) :
         Takes(m, Steps(m, price, cache).Receive, TRUE)
    /\ UNCHANGED stores

\* Slot s reads the price.
Reads(s, step) ==
    /\ Proceeds(s, Then(s, step, price, KnownCache(s)), [price |-> price])
    /\ UNCHANGED <<observed, stores>>

LoadPrice(s) == At(s, "LoadPrice") /\ Reads(s, "LoadPrice")
CheckPrice(s) == At(s, "CheckPrice") /\ Reads(s, "CheckPrice")

SavePrice(s) ==
    /\ At(s, "SavePrice")
    /\ LET new == [slots[s].price EXCEPT !.revision = Message(s).revision]
           next == Then(s, "SavePrice", new, KnownCache(s)) IN
       /\ Commits(s, "price", price, new, {"revision"}, next)
       /\ price' = Committed(s, "price", price, new)
    /\ UNCHANGED <<sent, fresh, later, cache>>

LoadCache(s) ==
    /\ At(s, "LoadCache")
    /\ Proceeds(s, Then(s, "LoadCache", KnownPrice(s), cache), [cache |-> cache])
    /\ UNCHANGED <<observed, stores>>

\* Slot s puts this into the cache, without a check of what the cache holds.
Puts(s, step, holds) ==
    LET new == [version |-> cache.version + 1, holds |-> holds] IN
    /\ cache' = new
    /\ Proceeds(s, Then(s, step, KnownPrice(s), new), [cache |-> new])
    /\ UNCHANGED <<observed, later, price>>

ClearCache(s) == At(s, "ClearCache") /\ Puts(s, "ClearCache", <<>>)

\* A versioned fill does nothing if the cache was filled or cleared since.
FillCache(s) ==
    /\ At(s, "FillCache")
    /\ IF /\ Variant \in {"versioned-fill", "give-up"}
          /\ slots[s].cache.version # cache.version
       THEN /\ Proceeds(s, IF Variant = "give-up" THEN "Ack" ELSE "Serve", Nothing)
            /\ UNCHANGED <<observed, stores>>
       ELSE Puts(s, "FillCache", <<slots[s].price.revision>>)

\* Slot s has sent a message.
Sends(s, output, message) ==
    /\ Emits(Message(s), output, message, 0)
    /\ UNCHANGED <<hist, fresh, price, cache>>

SendClear(s) ==
    /\ At(s, "SendClear")
    /\ LET again == Again(Message(s).revision) IN
       later' = later (+) One(again) /\ Sends(s, "ClearAgain", again)
    /\ Proceeds(s, "SendRead", Nothing)

\* The user who has changed the price gets the answer, and reads the price.
SendRead(s) ==
    /\ At(s, "SendRead")
    /\ LET read == Read(Message(s).revision) IN
       SendsHere(s, "Ack", read) /\ Sends(s, "ReadPrice", read)
    /\ UNCHANGED <<budget, later>>

\* What was read from the database, or else what was in the cache.
Serve(s) ==
    /\ At(s, "Serve")
    /\ LET holds == KnownCache(s).holds
           read == "price" \in DOMAIN slots[s]
           revision == IF read THEN slots[s].price.revision ELSE holds[1] IN
       Sends(s, "PriceServed", [revision |-> revision])
    /\ Proceeds(s, "Ack", Nothing)
    /\ UNCHANGED later

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

BecomesDue ==
    /\ \E m \in BagToSet(later) :
         /\ later' = later (-) One(m)
         /\ Arrives(m)
    /\ UNCHANGED <<budget, price, cache>>

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

Next ==
    \/ Receive
    \/ BecomesDue
    \/ \E s \in Slots : LoadPrice(s)
    \/ \E s \in Slots : SavePrice(s)
    \/ \E s \in Slots : LoadCache(s)
    \/ \E s \in Slots : FillCache(s)
    \/ \E s \in Slots : CheckPrice(s)
    \/ \E s \in Slots : ClearCache(s)
    \/ \E s \in Slots : SendClear(s)
    \/ \E s \in Slots : SendRead(s)
    \/ \E s \in Slots : Serve(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover) /\ WF_vars(BecomesDue)
    /\ \A s \in Slots :
        /\ WF_vars(LoadPrice(s)) /\ WF_vars(SavePrice(s)) /\ WF_vars(LoadCache(s))
        /\ WF_vars(FillCache(s)) /\ WF_vars(CheckPrice(s)) /\ WF_vars(ClearCache(s))
        /\ WF_vars(SendClear(s)) /\ WF_vars(SendRead(s)) /\ WF_vars(Serve(s))
        /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness
-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ later = EmptyBag
AllSlotsBusy == Free = {}
AllDone == AtRest /\ Given \subseteq acked
NoOldPriceServed ==
    \A e \in sent : e.output = "PriceServed" => e.message.revision >= e.cause.known
CacheIsCurrent == AtRest => cache.holds \in {<<>>, <<price.revision>>}

EveryReaderServed ==
    AtRest => \A m \in acked \ {Again(r) : r \in Messages} : \E e \in sent :
        e.cause = m /\ e.output # "ClearAgain"

Settles == <>[]AtRest

=============================================================================
