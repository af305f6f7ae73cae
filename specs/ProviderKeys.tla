---------------------------- MODULE ProviderKeys ----------------------------
(***************************************************************************)
(* The provider's side of an idempotency key.                              *)
(*                                                                         *)
(* All requests come under one key; each asks for something else, and is   *)
(* repeated until it is answered. The provider keeps a record of the key:  *)
(* whether its request is started or done, which one it is, and who works  *)
(* on it. A request that comes while another worker owns the key gets the  *)
(* answer 409, and comes again. The variants are ways to use the record.   *)
(*                                                                         *)
(* Source: idempotency keys as providers of payments document them.        *)
(* Left out: several keys, forgetting them, and charges that fail.         *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Copies      \* copies of every request at the start

VARIABLES
    key,        \* the record of the key: phase, body, owner
    account     \* the requests that were executed

vars == <<endpoint, key, account>>
stores == <<key, account>>

TypeOK ==
    /\ key.phase \in {"unused", "started", "done"}
    /\ "body" \in DOMAIN key => key.body \in Messages
    /\ key.owner \in {"nobody", "Provider"}
    /\ Range(account.charged) \subseteq Messages

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ key = [version |-> 0, phase |-> "unused", owner |-> "nobody"]
    /\ account = [version |-> 0, charged |-> <<>>]

-----------------------------------------------------------------------------
(* The variants: which step follows which, for request m and the key k as  *)
(* it was found. "GiveBack" is the 409: the request comes again.           *)

\* The key stands for another request.
OtherBody(m, k) ==
    Variant # "body-ignored" /\ "body" \in DOMAIN k /\ k.body # m

Leased(m, k) ==
    [LoadKey       |-> CASE OtherBody(m, k) \/ k.phase = "done" -> "Answer"
                         [] ~OtherBody(m, k) /\ k.phase = "unused" -> "Reserve"
                         [] OTHER -> IF k.owner = "nobody" THEN "Reserve" ELSE "GiveBack",
     Reserve       |-> "LoadAccount",
     LoadAccount   |-> "ChargeAndSave",
     ChargeAndSave |-> "Answer",
     Answer        |-> "Ack"]

NeverTakenOver(m, k) ==
    [Leased(m, k) EXCEPT !.LoadKey =
        IF @ = "Reserve" /\ k.phase = "started" THEN "GiveBack" ELSE @]

OneTransaction(m, k) ==
    [Leased(m, k) EXCEPT !.LoadKey = IF @ = "Reserve" THEN "LoadAccount" ELSE @]

CheckThenCharge(m, k) ==
    [LoadAccount |-> "Charge",
     Charge      |-> "SaveKey",
     SaveKey     |-> "Answer"] @@ OneTransaction(m, k)

Steps(m, k) ==
    CASE Variant \in {"leased", "body-ignored"} -> Leased(m, k)
      [] Variant = "never-taken-over"           -> NeverTakenOver(m, k)
      [] Variant = "one-transaction"            -> OneTransaction(m, k)
      [] Variant = "check-then-charge"          -> CheckThenCharge(m, k)

\* What slot s does after `step`.
Then(s, step) == Steps(slots[s].message, slots[s].key)[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive ==
    /\ MayTake
    /\ \E m \in BagToSet(incoming) : Takes(m, "LoadKey", TRUE)
    /\ UNCHANGED stores

LoadKey(s) ==
    /\ At(s, "LoadKey")
    /\ Proceeds(s, Steps(slots[s].message, key).LoadKey, [key |-> key])
    /\ UNCHANGED <<observed, stores>>

\* The key in another phase, for the request of slot s.
KeyOf(s, phase, owner) ==
    [version |-> slots[s].key.version, phase |-> phase, body |-> slots[s].message,
     owner |-> owner]

Reserve(s) ==
    /\ At(s, "Reserve")
    /\ LET new == KeyOf(s, "started", "Provider") IN
       /\ Commits(s, "key", key, new, {}, Then(s, "Reserve"))
       /\ key' = Committed(s, "key", key, new)
    /\ UNCHANGED <<sent, fresh, account>>

LoadAccount(s) ==
    /\ At(s, "LoadAccount")
    /\ Proceeds(s, Then(s, "LoadAccount"), [account |-> account])
    /\ UNCHANGED <<observed, stores>>

\* The account with the request of slot s.
Charged(s) == [slots[s].account EXCEPT !.charged = Append(@, slots[s].message)]

Charge(s) ==
    /\ At(s, "Charge")
    /\ Commits(s, "account", account, Charged(s), {"charged"}, Then(s, "Charge"))
    /\ account' = Committed(s, "account", account, Charged(s))
    /\ UNCHANGED <<sent, fresh, key>>

SaveKey(s) ==
    /\ At(s, "SaveKey")
    /\ LET new == KeyOf(s, "done", "nobody") IN
       /\ Commits(s, "key", key, new, {}, Then(s, "SaveKey"))
       /\ key' = Committed(s, "key", key, new)
    /\ UNCHANGED <<sent, fresh, account>>

\* Both or neither.
ChargeAndSave(s) ==
    /\ At(s, "ChargeAndSave")
    /\ LET charged == NextVersion(account, Charged(s))
           used == NextVersion(key, KeyOf(s, "done", "nobody"))
       IN  IF IsCurrent(s, "account", account) /\ IsCurrent(s, "key", key)
           THEN /\ account' = charged
                /\ key' = used
                /\ hist' = Append(hist, slots[s].message)
                /\ Proceeds(s, Then(s, "ChargeAndSave"),
                            [account |-> charged, key |-> used])
           ELSE GivesBack(s) /\ UNCHANGED <<hist, stores>>
    /\ UNCHANGED <<sent, fresh>>

\* The answer is 422 if the key belongs to another request, else the charge.
Answer(s) ==
    /\ At(s, "Answer")
    /\ LET m == slots[s].message
           told == IF OtherBody(m, slots[s].key) THEN "OtherBody" ELSE "Charged"
       IN  sent' = sent \cup {[cause |-> m, output |-> "Answer",
                               message |-> [request |-> m, outcome |-> told], basis |-> 0]}
    /\ Proceeds(s, "Ack", Nothing)
    /\ UNCHANGED <<hist, fresh, stores>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment. The key is reserved under a lease: it has no owner any *)
(* more when its owner dies, or when it is too slow.                       *)

Crash == Crashes /\ key' = [key EXCEPT !.owner = "nobody"] /\ UNCHANGED account
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

RowLeaseExpires ==
    /\ Strikes("lease")
    /\ key.owner # "nobody"
    /\ key' = [key EXCEPT !.owner = "nobody"]
    /\ UNCHANGED account

Next ==
    \/ Receive
    \/ \E s \in Slots : LoadKey(s)
    \/ \E s \in Slots : Reserve(s)
    \/ \E s \in Slots : LoadAccount(s)
    \/ \E s \in Slots : Charge(s)
    \/ \E s \in Slots : SaveKey(s)
    \/ \E s \in Slots : ChargeAndSave(s)
    \/ \E s \in Slots : Answer(s)
    \/ \E s \in Slots : Ack(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ RowLeaseExpires

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(LoadKey(s)) /\ WF_vars(Reserve(s)) /\ WF_vars(LoadAccount(s))
        /\ WF_vars(Charge(s)) /\ WF_vars(SaveKey(s)) /\ WF_vars(ChargeAndSave(s))
        /\ WF_vars(Answer(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

OneChargePerKey == Len(account.charged) <= 1

ToldOnlyIfCharged ==
    \A e \in sent : e.message.outcome = "Charged"
                        => e.message.request \in Range(account.charged)

NoLostOutput == NoLostOutputOf({"Answer"})

Settles == <>[]AtRest

=============================================================================
