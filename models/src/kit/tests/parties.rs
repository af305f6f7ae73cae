//! Several third parties: a call names the one that it uses, and each has its own memory.

use serde::{Deserialize, Serialize};

use super::{after, enabled, initial, reachable};
use crate::kit::document::MessageId;
use crate::kit::fault::Fault;
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::third_party::ThirdParty;
use crate::value::Value;

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

fn trip(io: &mut dyn Io, trip: MessageId, keyed: bool) -> Flow {
    let request = Book { trip, keyed };
    let flight = ["BookFlight", "FlightBooked"];
    io.ask_party::<bool>("Airline", flight, &request)?
        .or_give_back()?;
    let room = ["BookRoom", "RoomBooked"];
    io.ask_party::<bool>("Hotel", room, &request)?
        .or_give_back()?;
    io.ack("Ack")
}

fn agency(handler: Handler, faults: &[(Fault, u8)]) -> System {
    let party = |name| {
        let party = ThirdParty::new(&Booked::default(), books, |_| Vec::new());
        (name, party.unwrap())
    };
    let budget = faults.iter().copied().collect();
    let messages = vec![Value::from(1)];
    System::new(Spec {
        third_parties: vec![party("Airline"), party("Hotel")],
        ..Spec::new("Agency", messages, budget, handler, Stores::default())
    })
}

fn keyed(keyed: bool) -> Handler {
    Handler::new(move |io: &mut dyn Io, id: &MessageId| trip(io, *id, keyed))
}

fn trips(system: &System, party: &str, state: &State) -> usize {
    system
        .memory_of::<Booked>(party, state)
        .unwrap()
        .trips
        .len()
}

#[test]
fn each_is_asked_by_its_name_and_remembers_for_itself() {
    let system = agency(keyed(true), &[]);
    let state = after(&system, &initial(&system), &["Receive", "BookFlight"]);
    let view = system.view(&state);
    let shown = |place: &str| view.at(place).unwrap().to_string();
    assert_eq!(shown("slots[1].party"), "\"Airline\"");
    let state = after(&system, &state, &["FlightBooked"]);
    let both = |state| ["Airline", "Hotel"].map(|party| trips(&system, party, state));
    assert_eq!(both(&state), [1, 0]);
    let state = after(&system, &state, &["BookRoom", "RoomBooked", "Ack"]);
    assert_eq!(both(&state), [1, 1]);
    let view = system.view(&state);
    for variable in [
        "airlineProvider",
        "hotelProvider",
        "airlineLate",
        "hotelLate",
    ] {
        assert!(view.at(variable).is_some(), "{variable}");
    }
    assert!(view.at("provider").is_none() && system.at_rest(&state));
}

#[test]
fn a_late_request_reaches_whom_it_was_sent_to_whoever_sent_it() {
    let wakes = |world: &crate::kit::world::World| world.budget.left(Fault::Late) > 0;
    let poller = Handler::poller(|io| {
        let request = Book {
            trip: MessageId(1),
            keyed: false,
        };
        let answer = io.ask_party::<bool>("Hotel", ["Remind", "Reminded"], &request)?;
        answer.or_give_back().map(drop)
    });
    let system = agency(keyed(true), &[(Fault::Late, 1)]);
    let system = System::new(Spec {
        further: vec![Further::poller("Desk", wakes, poller)],
        ..system.spec().clone()
    });
    let state = after(
        &system,
        &initial(&system),
        &["DeskWakes", "Remind", "DeskRequestDelayed"],
    );
    assert_eq!(
        (system.late(0, &state).len(), system.late(1, &state).len()),
        (0, 1)
    );
    assert!(!system.at_rest(&state));
    let state = after(&system, &state, &["LateRequestArrives"]);
    assert_eq!(trips(&system, "Hotel", &state), 1);
    assert!(!enabled(&system, &state).contains(&"LateRequestArrives"));
}

#[test]
fn whom_a_call_asks_must_be_known() {
    let told = |handler: Handler| {
        let system = agency(handler, &[]);
        let all = reachable(&system);
        let breach = all.iter().find_map(|state| system.breach(state));
        breach.unwrap().to_string()
    };
    let unnamed = told(Handler::new(|io: &mut dyn Io, _: &MessageId| {
        let steps = ["BookFlight", "FlightBooked"];
        io.ask::<bool>(steps, 1)?.or_give_back().map(drop)
    }));
    assert!(
        unnamed.contains("there are several: Airline, Hotel"),
        "{unnamed}"
    );
    let unknown = told(Handler::new(|io: &mut dyn Io, _: &MessageId| {
        let steps = ["BookTrain", "TrainBooked"];
        io.ask_party::<bool>("Railway", steps, 1)?
            .or_give_back()
            .map(drop)
    }));
    assert!(
        unknown.contains("the third parties are: Airline, Hotel"),
        "{unknown}"
    );
}

#[test]
fn an_answer_that_is_lost_books_twice_unless_the_request_has_a_key() {
    let most = |with_key| {
        let system = agency(keyed(with_key), &[(Fault::Unknown, 1), (Fault::Crash, 1)]);
        let all = reachable(&system);
        let parties = ["Airline", "Hotel"].into_iter();
        let most = parties.map(|party| {
            let booked = all.iter().map(|state| trips(&system, party, state));
            booked.max().unwrap()
        });
        most.collect::<Vec<_>>()
    };
    assert_eq!(most(false), [3, 3]);
    assert_eq!(most(true), [1, 1]);
}
