----------------------------- MODULE Downstream -----------------------------
(***************************************************************************)
(* Messages on their way to a service behind a queue. The service handles  *)
(* each in one step, so it has no slots. The protocol says what it does.   *)
(***************************************************************************)
EXTENDS Endpoint

VARIABLE
    outgoing    \* bag of messages that wait for the service

\* `message` is in the queue of the service.
Leaves(message) == outgoing' = outgoing (+) One(message)

\* The service takes `message`.
Consumes(message) == outgoing' = outgoing (-) One(message)

\* The broker delivers a message once more than it was sent.
DuplicatesDownstream ==
    /\ Strikes("duplicate")
    /\ \E m \in BagToSet(outgoing) : outgoing' = outgoing (+) One(m)

\* A message expires before the service handles it.
ExpiresDownstream ==
    /\ Strikes("expire")
    /\ \E m \in BagToSet(outgoing) : outgoing' = outgoing (-) One(m)

=============================================================================
