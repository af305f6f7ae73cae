-------------------------------- MODULE Trip --------------------------------
(***************************************************************************)
(* A travel agency books a flight and a room with two third parties. Each  *)
(* has a memory and late requests of its own. With a key in the request,   *)
(* a party books a trip once; without one, each attempt books again. Lost  *)
(* answers are aimed: each party has a budget of them.                     *)
(***************************************************************************)
EXTENDS Guarantees

CONSTANT Variant

VARIABLES
    airlineProvider, airlineLate,   \* what the airline has booked, late requests
    hotelProvider, hotelLate        \* the same of the hotel

Airline == INSTANCE ThirdParties WITH provider <- airlineProvider, late <- airlineLate
Hotel == INSTANCE ThirdParties WITH provider <- hotelProvider, late <- hotelLate

airline == <<airlineProvider, airlineLate>>
hotel == <<hotelProvider, hotelLate>>
vars == <<endpoint, airline, hotel>>

TypeOK ==
    /\ airlineProvider.trips \in Seq(Messages)
    /\ hotelProvider.trips \in Seq(Messages)

Init ==
    /\ EndpointInit(CopiesOf(1))
    /\ airlineProvider = [trips |-> <<>>] /\ airlineLate = EmptyBag
    /\ hotelProvider = [trips |-> <<>>] /\ hotelLate = EmptyBag

\* The request to a party has a key; in `half-keyed`, only that to the airline.
Request(s, party) ==
    [trip |-> slots[s].message,
     keyed |-> \/ Variant = "keyed"
               \/ Variant = "half-keyed" /\ party = "Airline"]

\* What a party has booked after request r.
After(booked, r) ==
    IF r.keyed /\ r.trip \in Range(booked.trips)
    THEN booked ELSE [trips |-> Append(booked.trips, r.trip)]

-----------------------------------------------------------------------------

Receive == Receives("BookFlight", TRUE) /\ UNCHANGED <<airline, hotel>>

BookFlight(s) ==
    /\ At(s, "BookFlight")
    /\ Airline!AsksOf(s, "Airline", "FlightBooked", Request(s, "Airline"))
    /\ UNCHANGED <<observed, airline, hotel>>

FlightBooked(s) ==
    /\ At(s, "FlightBooked")
    /\ Airline!Answered(s, After(airlineProvider, slots[s].request), "BookRoom")
    /\ UNCHANGED hotel

BookRoom(s) ==
    /\ At(s, "BookRoom")
    /\ Hotel!AsksOf(s, "Hotel", "RoomBooked", Request(s, "Hotel"))
    /\ UNCHANGED <<observed, airline, hotel>>

RoomBooked(s) ==
    /\ At(s, "RoomBooked")
    /\ Hotel!Answered(s, After(hotelProvider, slots[s].request), "Ack")
    /\ UNCHANGED airline

Ack(s) ==
    /\ At(s, "Ack")
    /\ Acknowledges(s)
    /\ UNCHANGED <<observed, airline, hotel>>

-----------------------------------------------------------------------------

Crash == Crashes /\ UNCHANGED <<airline, hotel>>
Recover == Recovers /\ UNCHANGED <<airline, hotel>>

AnswerLost(s) ==
    \/ /\ Airline!CallingOf(s, "Airline")
       /\ Airline!AnswerIsLostBy(s, "unknown_Airline", After(airlineProvider, slots[s].request), "GiveBack")
       /\ UNCHANGED hotel
    \/ /\ Hotel!CallingOf(s, "Hotel")
       /\ Hotel!AnswerIsLostBy(s, "unknown_Hotel", After(hotelProvider, slots[s].request), "GiveBack")
       /\ UNCHANGED airline

RequestDelayed(s) ==
    \/ /\ Airline!CallingOf(s, "Airline")
       /\ Airline!RequestIsDelayed(s, "GiveBack")
       /\ UNCHANGED hotel
    \/ /\ Hotel!CallingOf(s, "Hotel")
       /\ Hotel!RequestIsDelayed(s, "GiveBack")
       /\ UNCHANGED airline

LateRequestArrives ==
    \/ /\ \E r \in BagToSet(airlineLate) :
            /\ airlineLate' = airlineLate (-) One(r)
            /\ airlineProvider' = After(airlineProvider, r)
       /\ UNCHANGED <<endpoint, hotel>>
    \/ /\ \E r \in BagToSet(hotelLate) :
            /\ hotelLate' = hotelLate (-) One(r)
            /\ hotelProvider' = After(hotelProvider, r)
       /\ UNCHANGED <<endpoint, airline>>

Next ==
    \/ Receive
    \/ \E s \in Slots : BookFlight(s)
    \/ \E s \in Slots : FlightBooked(s)
    \/ \E s \in Slots : BookRoom(s)
    \/ \E s \in Slots : RoomBooked(s)
    \/ \E s \in Slots : Ack(s)
    \/ LateRequestArrives
    \/ Recover
    \/ Crash
    \/ \E s \in Slots : AnswerLost(s)
    \/ \E s \in Slots : RequestDelayed(s)

Fairness ==
    /\ WF_vars(Receive) /\ WF_vars(LateRequestArrives) /\ WF_vars(Recover)
    /\ \A s \in Slots :
        /\ WF_vars(BookFlight(s)) /\ WF_vars(FlightBooked(s))
        /\ WF_vars(BookRoom(s)) /\ WF_vars(RoomBooked(s)) /\ WF_vars(Ack(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------

AtRest == EndpointAtRest /\ airlineLate = EmptyBag /\ hotelLate = EmptyBag

AllSlotsBusy == Free = {}
AllDone == AtRest /\ acked = Messages

Once(trips) == \A i, j \in DOMAIN trips : trips[i] = trips[j] => i = j
BookedOnce == Once(airlineProvider.trips) /\ Once(hotelProvider.trips)

Booked(m) == m \in Range(airlineProvider.trips) /\ m \in Range(hotelProvider.trips)
AllBooked == AtRest => \A m \in Messages : Booked(m)

Settles == <>[]AtRest

=============================================================================
