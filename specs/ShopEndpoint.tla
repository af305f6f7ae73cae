---------------------------- MODULE ShopEndpoint ----------------------------
(***************************************************************************)
(* A shop that answers the requests of a browser and has a queue of its    *)
(* own. The one request submits the one cart. A request that dies with its *)
(* handler is gone; a message from the queue comes back.                   *)
(*                                                                         *)
(* `budget` belongs to the shop and to the other endpoints of a protocol.  *)
(***************************************************************************)
EXTENDS Browser

CONSTANTS
    Variant,        \* which handlers
    ShopSlots,      \* how many requests and commands it handles at a time: 1..k
    Budget          \* how often each fault may happen

VARIABLES
    shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopHist, shopSent,
    shopFresh,      \* the shop's own variables, as in Endpoint
    budget          \* faults that may still happen, to any endpoint

Request == [type |-> "Submit", cart |-> 1]

Shop == INSTANCE Participant WITH
    Messages <- {Request}, Slots <- ShopSlots,
    incoming <- shopIncoming, leases <- shopLeases, slots <- shopSlots,
    up <- shopUp, acked <- shopAcked, hist <- shopHist, sent <- shopSent,
    fresh <- shopFresh

shopSeen == <<shopHist, shopSent, shopFresh>>
shop == <<shopIncoming, shopLeases, shopSlots, shopUp, shopAcked, shopSeen>>

\* `command` goes into the shop's own queue, and slot s on to `next`.
CommandLeaves(s, command, next) ==
    /\ Shop!SendsHere(s, next, command)
    /\ Shop!Emits(shopSlots[s].message, command.type, command, 0)
    /\ UNCHANGED <<shopHist, shopFresh, user>>

\* Slot s answers its request with 202, and goes on to `next`.
Accepts(s, next) ==
    /\ Shop!Answers(s, next)
    /\ RepliesWith("Accepted")

\* Nothing waits or works in the shop, and no reply is on its way.
ShopAtRest == Shop!EndpointAtRest /\ replies = EmptyBag

\* Requests are answered where no fault has happened.
RequestAnswered == budget = Budget => AllAnswered({Request}, shopAcked, ShopSlots)

=============================================================================
