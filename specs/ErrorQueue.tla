----------------------------- MODULE ErrorQueue -----------------------------
(***************************************************************************)
(* A message that cannot be handled is tried a few times and then set      *)
(* aside.                                                                  *)
(*                                                                         *)
(* A command fails while its customer is deleted. The broker counts its    *)
(* deliveries of each command. A command that was tried too often goes to  *)
(* the error queue, which is the queue of the operator: a person who       *)
(* enters the customer again and sends the command back. An attempt may    *)
(* kill its process, and what the process has counted is lost with it. The *)
(* variants differ in who counts; `counted-by-broker` is right.            *)
(*                                                                         *)
(* Source: public reports about poison messages. Left out: delays between  *)
(* attempts, leases that expire, and a count for each copy.                *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, Bags, TLC

CONSTANTS
    Variant,        \* which handler
    Messages,       \* commands: 1..n
    Limit,          \* how often a command is tried
    Fatal,          \* the attempt in one process that kills it; 0: none does
    OrdersSlots,    \* how many commands Orders handles at a time: 1..k
    Copies,         \* copies of every command that wait at the start
    Budget          \* how often each fault may happen

VARIABLES
    ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked, ordersHist,
    ordersSent,
    ordersFresh,    \* the variables of Orders, as in Endpoint
    operatorIncoming, operatorLeases, operatorSlots, operatorUp, operatorAcked,
    operatorHist, operatorSent,
    operatorFresh,  \* those of the operator, whose queue is the error queue
    budget,         \* faults that may still happen, to either of them
    order,          \* the one document: lines
    deliveries,     \* command |-> how often its broker has delivered it
    customers       \* the commands whose customers exist

OperatorSlots == {1}

Orders == INSTANCE Participant WITH
    Slots <- OrdersSlots, incoming <- ordersIncoming, leases <- ordersLeases,
    slots <- ordersSlots, up <- ordersUp, acked <- ordersAcked,
    hist <- ordersHist, sent <- ordersSent, fresh <- ordersFresh
Operator == INSTANCE Participant WITH
    Slots <- OperatorSlots, incoming <- operatorIncoming, leases <- operatorLeases,
    slots <- operatorSlots, up <- operatorUp, acked <- operatorAcked,
    hist <- operatorHist, sent <- operatorSent, fresh <- operatorFresh

ordersSeen == <<ordersHist, ordersSent, ordersFresh>>
theOrders == <<ordersIncoming, ordersLeases, ordersSlots, ordersUp, ordersAcked,
               ordersSeen>>
operatorSeen == <<operatorHist, operatorSent, operatorFresh>>
operator == <<operatorIncoming, operatorLeases, operatorSlots, operatorUp,
              operatorAcked, operatorSeen>>
stores == <<order, deliveries, customers>>
vars == <<theOrders, operator, budget, stores>>

TypeOK ==
    /\ order.lines \in Seq(Messages)
    /\ customers \subseteq Messages
    /\ \A m \in Messages : deliveries[m].count \in 0..(Limit + 1)

Init ==
    /\ Orders!EndpointInit(Orders!CopiesOf(Copies))
    /\ Operator!EndpointInit(EmptyBag)
    /\ order = [version |-> 0, lines |-> <<>>]
    /\ customers = Messages
    /\ deliveries = [m \in Messages |-> [version |-> 0, count |-> 0]]

-----------------------------------------------------------------------------
(* The variants: which step follows which, given whether the customer is   *)
(* there, whether the line is there, and how often the command was tried   *)
(* in this process and delivered. "GiveBack" is also how a handler ends    *)
(* whose process dies.                                                     *)

NoLimit(found, known) ==
    [OrdersReceives |-> "LookUp",
     LookUp         |-> IF found THEN "Load" ELSE "GiveBack",
     Load           |-> IF known THEN "Ack" ELSE "Save"]

CountedInMemory(found, known, attempts) ==
    [NoLimit(found, known) EXCEPT !.LookUp =
        CASE found                        -> "Load"
          [] ~found /\ attempts = Fatal   -> "GiveBack"
          [] OTHER -> IF attempts < Limit THEN "LookUp" ELSE "SetAside"]

CountedByBroker(found, known, count) ==
    [OrdersReceives |-> "ReadCount",
     ReadCount      |-> IF count > Limit THEN "SetAside" ELSE "LookUp"]
        @@ NoLimit(found, known)

Dropped(found, known, count) ==
    [CountedByBroker(found, known, count) EXCEPT !.ReadCount =
        IF @ = "SetAside" THEN "Ack" ELSE @]

Steps(found, known, attempts, count) ==
    CASE Variant = "no-limit"          -> NoLimit(found, known)
      [] Variant = "counted-in-memory" -> CountedInMemory(found, known, attempts)
      [] Variant = "dropped"           -> Dropped(found, known, count)
      [] Variant = "no-deduplication"  -> CountedByBroker(found, FALSE, count)
      [] Variant = "counted-by-broker" -> CountedByBroker(found, known, count)

-----------------------------------------------------------------------------
(* Orders, step by step *)

Command(s) == ordersSlots[s].message

\* How often slot s has tried its command.
Attempts(s) == Orders!Recalled(s, "attempts", 0)

\* What slot s does after `step`, by what the stores hold now.
Then(s, step) ==
    LET m == Command(s) IN
    Steps(m \in customers, m \in Orders!Range(order.lines), Attempts(s) + 1,
          deliveries[m].count)[step]

\* The broker counts as it delivers; at one more than the limit it stops.
OrdersReceives ==
    /\ Orders!MayTake
    /\ \E m \in BagToSet(ordersIncoming) :
         /\ Orders!Takes(m, Steps(TRUE, FALSE, 0, 0).OrdersReceives, TRUE)
         /\ deliveries' = [deliveries EXCEPT ![m].count = IF @ > Limit THEN @ ELSE @ + 1]
    /\ UNCHANGED <<operator, order, customers>>

ReadCount(s) ==
    /\ Orders!At(s, "ReadCount")
    /\ Orders!Proceeds(s, Then(s, "ReadCount"), [deliveries |-> deliveries[Command(s)]])
    /\ UNCHANGED <<ordersSeen, operator, stores>>

LookUp(s) ==
    /\ Orders!At(s, "LookUp")
    /\ Orders!Proceeds(s, Then(s, "LookUp"), [attempts |-> Attempts(s) + 1])
    /\ UNCHANGED <<ordersSeen, operator, stores>>

Load(s) ==
    /\ Orders!At(s, "Load")
    /\ Orders!Proceeds(s, Then(s, "Load"), [order |-> order])
    /\ UNCHANGED <<ordersSeen, operator, stores>>

Save(s) ==
    /\ Orders!At(s, "Save")
    /\ LET new == [ordersSlots[s].order EXCEPT !.lines = Append(@, Command(s))] IN
       /\ Orders!Commits(s, "order", order, new, {"lines"}, "Ack")
       /\ order' = Orders!Committed(s, "order", order, new)
    /\ UNCHANGED <<ordersSent, ordersFresh, operator, deliveries, customers>>

SetAside(s) ==
    /\ Orders!At(s, "SetAside")
    /\ Operator!Arrives(Command(s))
    /\ Orders!Emits(Command(s), "SetAside", Command(s), 0)
    /\ Orders!Proceeds(s, "Ack", Orders!Nothing)
    /\ UNCHANGED <<ordersHist, ordersFresh, stores>>

\* The broker is done with the command: if it comes again, it is a new one.
Ack(s) ==
    /\ Orders!At(s, "Ack")
    /\ Orders!Acknowledges(s)
    /\ LET leased == s \in ordersLeases IN
       deliveries' = [deliveries EXCEPT ![Command(s)].count = IF leased THEN 0 ELSE @]
    /\ UNCHANGED <<ordersSeen, operator, order, customers>>

-----------------------------------------------------------------------------
(* The operator, step by step *)

OperatorReceives == Operator!Receives("Repair", TRUE) /\ UNCHANGED <<theOrders, stores>>

Repair(s) ==
    /\ Operator!At(s, "Repair")
    /\ customers' = customers \cup {operatorSlots[s].message}
    /\ Operator!Proceeds(s, "Retry", Operator!Nothing)
    /\ UNCHANGED <<operatorSeen, theOrders, order, deliveries>>

Retry(s) ==
    /\ Operator!At(s, "Retry")
    /\ LET m == operatorSlots[s].message IN
       Orders!Arrives(m) /\ Operator!Emits(m, "Retry", m, 0)
    /\ Operator!Proceeds(s, "AckError", Operator!Nothing)
    /\ UNCHANGED <<operatorHist, operatorFresh, stores>>

AckError(s) ==
    /\ Operator!At(s, "AckError")
    /\ Operator!Acknowledges(s)
    /\ UNCHANGED <<operatorSeen, theOrders, stores>>

-----------------------------------------------------------------------------
(* The environment *)

\* Somebody deletes a customer.
Evict ==
    /\ Orders!Strikes("forget")
    /\ \E m \in customers : customers' = customers \ {m}
    /\ UNCHANGED <<operator, order, deliveries>>

OrdersCrashes == Orders!Crashes /\ UNCHANGED <<operator, stores>>
OrdersRecovers == Orders!Recovers /\ UNCHANGED <<operator, stores>>
OrdersMessageDuplicated == Orders!Duplicates /\ UNCHANGED <<operator, stores>>
OperatorCrashes == Operator!Crashes /\ UNCHANGED <<theOrders, stores>>
OperatorRecovers == Operator!Recovers /\ UNCHANGED <<theOrders, stores>>
OperatorMessageDuplicated == Operator!Duplicates /\ UNCHANGED <<theOrders, stores>>

Next ==
    \/ OrdersReceives
    \/ \E s \in OrdersSlots : ReadCount(s)
    \/ \E s \in OrdersSlots : LookUp(s)
    \/ \E s \in OrdersSlots : Load(s)
    \/ \E s \in OrdersSlots : Save(s)
    \/ \E s \in OrdersSlots : SetAside(s)
    \/ \E s \in OrdersSlots : Ack(s)
    \/ OperatorReceives
    \/ \E s \in OperatorSlots : Repair(s)
    \/ \E s \in OperatorSlots : Retry(s)
    \/ \E s \in OperatorSlots : AckError(s)
    \/ OrdersRecovers
    \/ OperatorRecovers
    \/ OrdersCrashes
    \/ OperatorCrashes
    \/ OrdersMessageDuplicated
    \/ OperatorMessageDuplicated
    \/ Evict

Fairness ==
    /\ WF_vars(OrdersReceives) /\ WF_vars(OrdersRecovers)
    /\ WF_vars(OperatorReceives) /\ WF_vars(OperatorRecovers)
    /\ \A s \in OrdersSlots :
        /\ WF_vars(ReadCount(s)) /\ WF_vars(LookUp(s)) /\ WF_vars(Load(s))
        /\ WF_vars(Save(s)) /\ WF_vars(SetAside(s)) /\ WF_vars(Ack(s))
    /\ \A s \in OperatorSlots :
        /\ WF_vars(Repair(s)) /\ WF_vars(Retry(s)) /\ WF_vars(AckError(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == Orders!EndpointAtRest /\ Operator!EndpointAtRest

AllSlotsBusy == Orders!Free = {} /\ Operator!Free = {}
AllDone == AtRest /\ Messages \subseteq ordersAcked

\* Nothing is lost: a command that was set aside is handled in the end.
EveryCommandHandled == AtRest => Messages \subseteq Orders!Range(order.lines)

NoDoubleEffect == Orders!NoDoubleEffect /\ Operator!NoDoubleEffect

Settles == <>[]AtRest

=============================================================================
