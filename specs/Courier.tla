------------------------------ MODULE Courier -------------------------------
(***************************************************************************)
(* A courier that is called by PUT, POST, GET and DELETE. A PUT leaves the *)
(* request for a booking at a URL, a POST executes it there once, a GET    *)
(* asks for the response, and a DELETE removes both.                       *)
(*                                                                         *)
(* The courier remembers the bookings per command, and requests by URL.    *)
(***************************************************************************)
EXTENDS ThirdParties

IsUrl(url) == url[1] \in Messages /\ url[2] \in Nat

CourierTypeOK ==
    /\ provider.booked \in [Messages -> Nat]
    /\ \A url \in DOMAIN provider.requests : IsUrl(url)
    /\ \A r \in BagToSet(late) : r.ask \in {"Put", "Post", "Get", "Delete"}

CourierInit ==
    /\ provider = [booked |-> [m \in Messages |-> 0], requests |-> <<>>]
    /\ late = EmptyBag

\* A request to this URL is answered with 400: nothing is there.
At400(url) == url \notin DOMAIN provider.requests

\* What the courier remembers after request r.
After(r) ==
    LET others == DOMAIN provider.requests \ {r.url} IN
    CASE r.ask = "Put" ->
           [provider EXCEPT !.requests =
               (r.url :> [command |-> r.command, executed |-> FALSE]) @@ @]
      [] r.ask = "Post" /\ ~At400(r.url) ->
           IF provider.requests[r.url].executed THEN provider
           ELSE [provider EXCEPT !.booked[provider.requests[r.url].command] = @ + 1,
                                 !.requests[r.url].executed = TRUE]
      [] r.ask = "Delete" ->
           [provider EXCEPT !.requests = [url \in others |-> @[url]]]
      [] OTHER -> provider

\* Whether the answer to request r is an error.
Fails(r) ==
    CASE r.ask = "Post" -> At400(r.url)
      [] r.ask = "Get"  -> At400(r.url) \/ ~provider.requests[r.url].executed
      [] OTHER          -> FALSE

\* The request of slot s is answered, or only its answer is lost.
CourierAnswers(s, next, locals) ==
    AnsweredWith(s, After(slots[s].request), next, locals)
LosesItsAnswer(s, next) == AnswerIsLost(s, After(slots[s].request), next)

\* A request that nobody waits for arrives.
ArrivesLate ==
    /\ \E r \in BagToSet(late) : late' = late (-) One(r) /\ provider' = After(r)
    /\ UNCHANGED endpoint

=============================================================================
