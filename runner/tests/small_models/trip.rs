//! A travel agency with two third parties.

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, Protocol, Variant,
};
use tandem_models::kit::document::MessageId;
use tandem_models::kit::fault::{Aim, Fault};
use tandem_models::kit::guarantees::{self as ask, About, Guarantee, NO_CLAUSES, When};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::stores::Stores;
use tandem_models::kit::system::{Spec, State, System};
use tandem_models::kit::third_party::ThirdParty;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Booked {
    trips: Vec<MessageId>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Book {
    trip: MessageId,
    keyed: bool,
}

fn books(booked: &mut Booked, request: Book) -> bool {
    if !request.keyed || !booked.trips.contains(&request.trip) {
        booked.trips.push(request.trip);
    }
    true
}

fn book(io: &mut dyn Io, trip: MessageId, keyed: [bool; 2]) -> Flow {
    let [first, then] = keyed.map(|keyed| Book { trip, keyed });
    let flight = ["BookFlight", "FlightBooked"];
    io.ask_party::<bool>("Airline", flight, &first)?
        .or_give_back()?;
    let room = ["BookRoom", "RoomBooked"];
    io.ask_party::<bool>("Hotel", room, &then)?.or_give_back()?;
    io.ack("Ack")
}

const PARTIES: [&str; 2] = ["Airline", "Hotel"];

fn booked(system: &System, state: &State) -> Vec<Vec<MessageId>> {
    let parties = PARTIES.into_iter();
    let booked = parties.filter_map(|party| system.memory_of::<Booked>(party, state));
    booked.map(|booked| booked.trips).collect()
}

const BOOKED_ONCE: Guarantee = Guarantee {
    name: "BookedOnce",
    promise: "no party has booked a trip twice",
    when: When::Always,
    about: About::Anything,
    holds: |system, state| {
        let once = |mut trips: Vec<MessageId>| {
            let all = trips.len();
            trips.sort_unstable();
            trips.dedup();
            trips.len() == all
        };
        booked(system, state).into_iter().all(once)
    },
    clauses: NO_CLAUSES,
};

const ALL_BOOKED: Guarantee = Guarantee {
    name: "AllBooked",
    promise: "once all is done, both parties have booked every trip",
    when: When::Always,
    about: About::Anything,
    holds: |system, state| {
        let known = |trips: &Vec<MessageId>| trips.contains(&MessageId(1));
        !system.at_rest(state) || booked(system, state).iter().all(known)
    },
    clauses: NO_CLAUSES,
};

const FAULTS: &[(Fault, u8)] = &[(Fault::Late, 1)];
const AT_THE_AIRLINE: &[(Aim, u8)] = &[(Fault::Unknown.at("Airline"), 1)];
const AT_THE_HOTEL: &[(Aim, u8)] = &[(Fault::Unknown.at("Hotel"), 1)];
const AT_BOTH: &[(Aim, u8)] = &[
    (Fault::Unknown.at("Airline"), 1),
    (Fault::Unknown.at("Hotel"), 1),
];

fn lost_answer() -> FaultKind {
    FaultKind::new(Fault::Unknown, 1, "one lets a party book without an answer")
}

pub(crate) struct Trip;

impl Protocol for Trip {
    fn describe(&self) -> Description {
        let believed = Variant {
            claims: &["BookedOnce", "AllBooked", "Settles"],
            faults: FAULTS,
            aimed: AT_BOTH,
            ..Variant::default()
        };
        Description {
            name: "trip",
            title: "A trip",
            part: 9,
            goal: "book a flight and a room once",
            module: Module {
                name: "Trip",
                text: include_str!("Trip.tla"),
            },
            default_variant: "keyed",
            variants: vec![
                Variant {
                    name: "unkeyed",
                    handler: "unkeyed",
                    summary: "each attempt books again",
                    breaks: &[("BookedOnce", "a crash, and the agency books again")],
                    faults: &[(Fault::Crash, 1)],
                    aimed: &[],
                    ..believed.clone()
                },
                Variant {
                    name: "half-keyed",
                    handler: "half-keyed",
                    summary: "only the request to the airline has a key",
                    breaks: &[("BookedOnce", "the answer of the hotel is lost")],
                    faults: &[],
                    aimed: AT_THE_HOTEL,
                    ..believed.clone()
                },
                Variant {
                    name: "reliable-hotel",
                    handler: "half-keyed",
                    summary: "the same, and only answers of the airline are lost",
                    right: true,
                    faults: &[],
                    aimed: AT_THE_AIRLINE,
                    ..believed.clone()
                },
                Variant {
                    name: "keyed",
                    handler: "keyed",
                    summary: "the request has the trip for a key",
                    right: true,
                    ..believed
                },
            ],
            parameters: vec![
                Parameter::messages(1, "trips"),
                Parameter::slots(1, "trips booked at a time"),
            ],
            faults: vec![
                FaultKind::crash(1),
                lost_answer().at("Airline"),
                lost_answer().at("Hotel"),
                FaultKind::new(Fault::Late, 1, "one lets a request arrive later"),
            ],
            actors: &["Broker", "Agency", "Airline", "Hotel"],
            steps: &[
                ("BookFlight", "asks for a flight"),
                ("FlightBooked", "books the flight"),
                ("BookRoom", "asks for a room"),
                ("RoomBooked", "books the room"),
                ("Ack", "acknowledges"),
            ],
            guarantees: vec![BOOKED_ONCE, ALL_BOOKED, ask::SETTLES],
            larger: Vec::new(),
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let keyed = match instance.variant.handler {
            "keyed" => [true, true],
            "half-keyed" => [true, false],
            _ => [false, false],
        };
        let handler = Handler::new(move |io: &mut dyn Io, trip: &MessageId| book(io, *trip, keyed));
        let parties = PARTIES.into_iter().map(|name| {
            let party = ThirdParty::new(&Booked::default(), books, |_| Vec::new());
            (name, party.unwrap())
        });
        System::new(Spec {
            third_parties: parties.collect(),
            ..instance.spec("Agency", 1, handler, Stores::default())
        })
    }
}
