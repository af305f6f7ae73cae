--------------------------- MODULE ExactlyOnceHttp ---------------------------
(***************************************************************************)
(* A call to another service, the courier, by PUT, POST, GET and DELETE.   *)
(* An attempt at a command registers a URL of its own, puts a request      *)
(* there, and saves which URL is selected. Then the request is executed by *)
(* a POST, the requests of other attempts are deleted, and a follow-up is  *)
(* sent: the same message once more. It gets the response, saves it, and   *)
(* deletes the request.                                                    *)
(*                                                                         *)
(* Source: the posts on exactly-once HTTP, and the workshop's code, which  *)
(* is `post-on-receipt`. `four-phases` is right, and clean as long as one  *)
(* attempt is made at a time and no request arrives late.                  *)
(* Left out: bookings that are declined.                                   *)
(***************************************************************************)
EXTENDS Bookings

CONSTANT
    Variant     \* which handler

vars == <<endpoint, stores>>

TypeOK ==
    /\ BookingsTypeOK
    /\ CourierTypeOK

Init ==
    /\ EndpointInit(CopiesOf(Copies))
    /\ BookingsInit
    /\ CourierInit

-----------------------------------------------------------------------------
(* The variants: which step follows which, for booking b as the handler    *)
(* knows it, the URLs of other attempts that are left to delete, and       *)
(* whether the courier's answer is an error. A call waits for its answer.  *)

Cleaning(left) == IF left = {} THEN "SendFollowUp" ELSE "DeleteOther"

FourPhases(b, left, fails) ==
    [Load                |-> CASE IsFollowUp(b) -> IF b.answered THEN "Delete" ELSE "Get"
                               [] "url" \in DOMAIN b /\ ~IsFollowUp(b) -> "Post"
                               [] OTHER -> IF Cardinality(b.attempts) >= Attempts
                                           THEN "GiveBack" ELSE "Register",
     Register            |-> "Put",
     PutAnswered         |-> "Commit",
     Commit              |-> "Post",
     PostAnswered        |-> Cleaning(left),
     DeleteOtherAnswered |-> Cleaning(left),
     SendFollowUp        |-> "Clear",
     Clear               |-> "Ack",
     GetAnswered         |-> IF fails THEN "LoadAgain" ELSE "SaveResponse",
     LoadAgain           |-> IF b.answered THEN "Ack" ELSE "Reject",
     SaveResponse        |-> "Delete",
     DeleteAnswered      |-> "Ack",
     Reject              |-> "Ack"]

PostBeforeCommit(b, left, fails) ==
    [FourPhases(b, left, fails) EXCEPT
        !.Load         = IF @ = "Post" THEN Cleaning(left) ELSE @,
        !.PutAnswered  = "Post",
        !.PostAnswered = "Commit",
        !.Commit       = Cleaning(left)]

DeleteBeforeAnswer(b, left, fails) ==
    [GetAnswered    |-> IF fails THEN "LoadAgain" ELSE "Delete",
     DeleteAnswered |-> IF b.answered THEN "Ack" ELSE "SaveResponse",
     SaveResponse   |-> "Ack"] @@ FourPhases(b, left, fails)

PostOnReceipt(b, left, fails) ==
    LET right == FourPhases(b, left, fails) IN
    [Load         |-> CASE right.Load = "Post" -> Cleaning(left)
                        [] right.Load \in {"Get", "Delete"} -> "Post"
                        [] OTHER -> right.Load,
     Commit       |-> Cleaning(left),
     PostAnswered |-> IF fails THEN "Reject" ELSE right.Load] @@ right

Steps(b, left, fails) ==
    CASE Variant = "four-phases"          -> FourPhases(b, left, fails)
      [] Variant = "post-before-commit"   -> PostBeforeCommit(b, left, fails)
      [] Variant = "delete-before-answer" -> DeleteBeforeAnswer(b, left, fails)
      [] Variant = "post-on-receipt"      -> PostOnReceipt(b, left, fails)

\* What slot s does after `step`, which leaves it with booking b.
Then(s, step, b) == Steps(b, Left(s, b), FALSE)[step]

-----------------------------------------------------------------------------
(* The handler, step by step *)

Receive == Receives("Load", TRUE) /\ UNCHANGED stores

\* Slot s reads the booking in `step`.
Reads(s, step) ==
    /\ LET b == bookings[Command(s)] IN Proceeds(s, Then(s, step, b), [bookings |-> b])
    /\ UNCHANGED <<observed, stores>>

Load(s) == At(s, "Load") /\ Reads(s, "Load")
\* There is no response: another follow-up may have saved and deleted it.
LoadAgain(s) == At(s, "LoadAgain") /\ Reads(s, "LoadAgain")

Register(s) ==
    /\ At(s, "Register")
    /\ LET m == Command(s)
           b == [Known(s) EXCEPT !.attempts = @ \cup {NewId(m)}]
       IN  /\ IF IsCurrent(s, "bookings", bookings[m])
              THEN Proceeds(s, "Put", [bookings |-> NextVersion(bookings[m], b),
                                       attempt |-> NewId(m)])
              ELSE GivesBack(s)
           /\ bookings' = [bookings EXCEPT ![m] = Committed(s, "bookings", bookings[m], b)]
           /\ Draws(m)
    /\ UNCHANGED <<hist, sent, errors, theirs>>

\* Slot s writes booking b in `step`.
Writes(s, step, b) ==
    /\ LET m == Command(s) IN
       /\ Commits(s, "bookings", bookings[m], b, {"answered"}, Then(s, step, b))
       /\ bookings' = [bookings EXCEPT ![m] = Committed(s, "bookings", bookings[m], b)]
    /\ UNCHANGED <<sent, fresh, errors, theirs>>

\* Selects the attempt of this handler.
Commit(s) ==
    At(s, "Commit") /\ Writes(s, "Commit", [url |-> slots[s].attempt] @@ Known(s))
Clear(s) ==
    At(s, "Clear") /\ Writes(s, "Clear", [Known(s) EXCEPT !.attempts = {}])
SaveResponse(s) ==
    At(s, "SaveResponse") /\ Writes(s, "SaveResponse", [Known(s) EXCEPT !.answered = TRUE])

\* Slot s sends a request to the courier, and waits for the answer in `step` ...
Sends(s, step, request) == Asks(s, step, request) /\ UNCHANGED <<observed, stores>>

\* ... and goes on when the answer is there.
Hears(s, step) ==
    /\ LET next == Steps(Known(s), Left(s, Known(s)), Fails(slots[s].request))[step] IN
       CourierAnswers(s, next, Nothing)
    /\ UNCHANGED ours

Put(s) ==
    At(s, "Put") /\ Sends(s, "PutAnswered", [command |-> Command(s)] @@ To(s, "Put"))
PutAnswered(s) == At(s, "PutAnswered") /\ Hears(s, "PutAnswered")
Post(s) == At(s, "Post") /\ Sends(s, "PostAnswered", To(s, "Post"))
PostAnswered(s) == At(s, "PostAnswered") /\ Hears(s, "PostAnswered")
Get(s) == At(s, "Get") /\ Sends(s, "GetAnswered", To(s, "Get"))
GetAnswered(s) == At(s, "GetAnswered") /\ Hears(s, "GetAnswered")
Delete(s) == At(s, "Delete") /\ Sends(s, "DeleteAnswered", To(s, "Delete"))
DeleteAnswered(s) == At(s, "DeleteAnswered") /\ Hears(s, "DeleteAnswered")

DeleteOther(s) ==
    /\ At(s, "DeleteOther")
    /\ LET left == Left(s, Known(s))
           url == CHOOSE x \in left : \A y \in left : x[2] <= y[2]
       IN  Sends(s, "DeleteOtherAnswered", [ask |-> "Delete", url |-> url])

DeleteOtherAnswered(s) ==
    /\ At(s, "DeleteOtherAnswered")
    /\ LET deleted == Deleted(s) \cup {slots[s].request.url} IN
       CourierAnswers(s, Cleaning(Left(s, Known(s)) \ deleted), [deleted |-> deleted])
    /\ UNCHANGED ours

\* The follow-up is the same message once more, in the shop's own queue.
SendFollowUp(s) ==
    /\ At(s, "SendFollowUp")
    /\ SendsHere(s, Then(s, "SendFollowUp", Known(s)), Command(s))
    /\ Emits(Command(s), "FollowUp", Command(s), 0)
    /\ UNCHANGED <<hist, fresh, budget, stores>>

Reject(s) ==
    /\ At(s, "Reject")
    /\ errors' = errors \cup {Command(s)}
    /\ Proceeds(s, Then(s, "Reject", Known(s)), Nothing)
    /\ UNCHANGED <<observed, bookings, theirs>>

Ack(s) == At(s, "Ack") /\ Acknowledges(s) /\ UNCHANGED <<observed, stores>>

-----------------------------------------------------------------------------
(* The environment *)

Crash == Crashes /\ UNCHANGED stores
Recover == Recovers /\ UNCHANGED stores
Duplicate == Duplicates /\ UNCHANGED stores
LeaseExpires(s) == LeaseExpiresOf(s) /\ UNCHANGED stores
RequestLost(s) == RequestIsLost(s, "GiveBack") /\ UNCHANGED ours
AnswerLost(s) == LosesItsAnswer(s, "GiveBack") /\ UNCHANGED ours
RequestDelayed(s) == RequestIsDelayed(s, "GiveBack") /\ UNCHANGED ours
LateRequestArrives == ArrivesLate /\ UNCHANGED ours

Next ==
    \/ Receive
    \/ \E s \in Slots : Load(s)
    \/ \E s \in Slots : Register(s)
    \/ \E s \in Slots : Put(s)
    \/ \E s \in Slots : PutAnswered(s)
    \/ \E s \in Slots : Commit(s)
    \/ \E s \in Slots : Post(s)
    \/ \E s \in Slots : PostAnswered(s)
    \/ \E s \in Slots : DeleteOther(s)
    \/ \E s \in Slots : DeleteOtherAnswered(s)
    \/ \E s \in Slots : SendFollowUp(s)
    \/ \E s \in Slots : Clear(s)
    \/ \E s \in Slots : Get(s)
    \/ \E s \in Slots : GetAnswered(s)
    \/ \E s \in Slots : LoadAgain(s)
    \/ \E s \in Slots : SaveResponse(s)
    \/ \E s \in Slots : Delete(s)
    \/ \E s \in Slots : DeleteAnswered(s)
    \/ \E s \in Slots : Reject(s)
    \/ \E s \in Slots : Ack(s)
    \/ LateRequestArrives
    \/ Crash
    \/ Recover
    \/ Duplicate
    \/ \E s \in Slots : LeaseExpires(s)
    \/ \E s \in Slots : RequestLost(s)
    \/ \E s \in Slots : AnswerLost(s)
    \/ \E s \in Slots : RequestDelayed(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(LateRequestArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(Load(s)) /\ WF_vars(Register(s)) /\ WF_vars(Put(s))
        /\ WF_vars(PutAnswered(s)) /\ WF_vars(Commit(s)) /\ WF_vars(Post(s))
        /\ WF_vars(PostAnswered(s)) /\ WF_vars(DeleteOther(s))
        /\ WF_vars(DeleteOtherAnswered(s)) /\ WF_vars(SendFollowUp(s))
        /\ WF_vars(Clear(s)) /\ WF_vars(Get(s)) /\ WF_vars(GetAnswered(s))
        /\ WF_vars(SaveResponse(s)) /\ WF_vars(Delete(s)) /\ WF_vars(DeleteAnswered(s))
        /\ WF_vars(LoadAgain(s)) /\ WF_vars(Reject(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* The guarantees *)

AtRest == EndpointAtRest /\ late = EmptyBag

NoDoubleBooking == \A m \in Messages : provider.booked[m] <= 1
ResponseSaved == AtRest => \A m \in Messages : bookings[m].answered
NoPoison == errors = {}
RemoteClean == AtRest => provider.requests = <<>>
Settles == <>[]AtRest

=============================================================================
