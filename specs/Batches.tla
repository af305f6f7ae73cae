------------------------------ MODULE Batches ------------------------------
(***************************************************************************)
(* A batch of messages of which one fails.                                 *)
(*                                                                         *)
(* The broker hands over a batch under one lease. The endpoint handles its *)
(* messages in their order; each adds a line to an order. The broker knows *)
(* which messages of the batch are open; what is open is delivered again.  *)
(* The variants differ in what they acknowledge and when.                  *)
(*                                                                         *)
(* Source: public reports about batches in which one message fails.        *)
(* Left out: a message that always fails; messages that change the batch.  *)
(***************************************************************************)
EXTENDS Guarantees, Documents

CONSTANTS
    Variant,    \* which handler
    Size,       \* messages of a batch
    Copies      \* copies of every batch at the start

VARIABLES
    order,      \* the one document: lines
    batches     \* batch |-> the places of its messages that are open

vars == <<endpoint, order, batches>>
stores == <<order, batches>>

Items == {<<b, n>> : b \in Messages, n \in 1..Size}

TypeOK ==
    /\ order.lines \in Seq(Items)
    /\ \A b \in Messages : batches[b].open \subseteq 1..Size

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ order = [version |-> 0, lines |-> <<>>]
    /\ batches = [b \in Messages |-> [version |-> 0, open |-> 1..Size]]

-----------------------------------------------------------------------------
(* The variants: which step follows which. `item` is the message that is   *)
(* handled, o the order, `onward` what follows when the message needs no   *)
(* further step.                                                           *)

Known(item, o) == item \in Range(o.lines)

WholeBatch(item, o, onward) ==
    [Load      |-> "Save",
     Save      |-> onward,
     SaveFails |-> "GiveBack"]

AcknowledgeAnyway(item, o, onward) ==
    [Load      |-> IF Known(item, o) THEN onward ELSE "Save",
     Save      |-> onward,
     SaveFails |-> onward]

OneByOne(item, o, onward) ==
    [Load      |-> "Save",
     Save      |-> "AckOne",
     SaveFails |-> onward,
     AckOne    |-> onward]

WholeBatchDeduplicated(item, o, onward) ==
    [WholeBatch(item, o, onward) EXCEPT !.Load =
        IF Known(item, o) THEN onward ELSE "Save"]

OneByOneDeduplicated(item, o, onward) ==
    [OneByOne(item, o, onward) EXCEPT !.Load =
        IF Known(item, o) THEN "AckOne" ELSE "Save"]

Steps(item, o, onward) ==
    CASE Variant = "whole-batch"              -> WholeBatch(item, o, onward)
      [] Variant = "acknowledge-anyway"       -> AcknowledgeAnyway(item, o, onward)
      [] Variant = "one-by-one"               -> OneByOne(item, o, onward)
      [] Variant = "whole-batch-deduplicated" ->
             WholeBatchDeduplicated(item, o, onward)
      [] Variant \in {"one-by-one-deduplicated", "up-to-here"} ->
             OneByOneDeduplicated(item, o, onward)

OfBatch == {"whole-batch", "acknowledge-anyway", "whole-batch-deduplicated"}

\* The messages that are open after the acknowledgement of message n.
OpenAfter(open, n) ==
    IF Variant = "up-to-here" THEN {k \in open : k > n} ELSE open \ {n}

\* What follows message n of a batch with these open messages.
Onward(open, n) ==
    IF \E k \in open : k > n THEN "Load"
    ELSE IF Variant \in OfBatch \/ open = {} THEN "AckAll" ELSE "GiveBack"

-----------------------------------------------------------------------------
(* The handler, step by step *)

\* The place of the message that slot s works on; 0 before the first.
Place(s) == IF "place" \in DOMAIN slots[s] THEN slots[s].place ELSE 0

\* The place of the message after it.
NextPlace(s) ==
    CHOOSE n \in slots[s].batches.open :
        n > Place(s) /\ \A k \in slots[s].batches.open : k > Place(s) => n <= k

Item(s) == <<slots[s].message, Place(s)>>

\* What slot s does after `step`.
Then(s, step) ==
    Steps(Item(s), order, Onward(slots[s].batches.open, Place(s)))[step]

Receive ==
    /\ MayTake
    /\ \E b \in BagToSet(incoming) : Takes(b, "Open", TRUE)
    /\ UNCHANGED stores

Open(s) ==
    /\ At(s, "Open")
    /\ LET b == batches[slots[s].message] IN
       Proceeds(s, Onward(b.open, 0), [batches |-> b])
    /\ UNCHANGED <<observed, stores>>

\* The order is loaded for the next message.
Load(s) ==
    /\ At(s, "Load")
    /\ LET n == NextPlace(s)
           item == <<slots[s].message, n>>
           onward == Onward(slots[s].batches.open, n)
       IN  Proceeds(s, Steps(item, order, onward).Load, [order |-> order, place |-> n])
    /\ UNCHANGED <<observed, stores>>

\* The message counts as failed, and its line is not written.
Fails(s) == Then(s, "SaveFails")

Save(s) ==
    /\ At(s, "Save")
    /\ LET new == [slots[s].order EXCEPT !.lines = Append(@, Item(s)), !.version = @ + 1]
       IN  IF IsCurrent(s, "order", order)
           THEN /\ order' = new
                /\ hist' = Append(hist, Item(s))
                /\ Proceeds(s, Then(s, "Save"), [order |-> new])
           ELSE Proceeds(s, Fails(s), Nothing) /\ UNCHANGED <<hist, order>>
    /\ UNCHANGED <<sent, fresh, batches>>

AckOne(s) ==
    /\ At(s, "AckOne")
    /\ LET b == slots[s].message
           mine == slots[s].batches
           new == [open |-> OpenAfter(mine.open, Place(s)), version |-> mine.version + 1]
       IN  IF mine.version = batches[b].version
           THEN /\ batches' = [batches EXCEPT ![b] = new]
                /\ Proceeds(s, Onward(new.open, Place(s)), [batches |-> new])
           ELSE GivesBack(s) /\ UNCHANGED batches
    /\ UNCHANGED <<observed, order>>

AckAll(s) == At(s, "AckAll") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores

\* The write of a line fails.
CallFails(s) ==
    /\ At(s, "Save")
    /\ budget.fail > 0
    /\ Spends("fail")
    /\ IF Fails(s) = "GiveBack"
       THEN GivesUp(s)
       ELSE /\ slots' = [slots EXCEPT ![s].at = Fails(s)]
            /\ UNCHANGED <<incoming, leases, up, acked>>
    /\ UNCHANGED <<observed, stores>>

Next ==
    \/ Receive
    \/ \E s \in Slots : Open(s)
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Save(s)
    \/ \E s \in Slots : AckOne(s)
    \/ \E s \in Slots : AckAll(s)
    \/ Recover
    \/ Crash
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ \E s \in Slots : CallFails(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Open(s)) /\ WF_vars(Load(s)) /\ WF_vars(Save(s))
        /\ WF_vars(AckOne(s)) /\ WF_vars(AckAll(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest

\* Every message of every batch has added its line.
EveryMessageHandled == AtRest => Items \subseteq Range(order.lines)

Settles == <>[]AtRest

=============================================================================
