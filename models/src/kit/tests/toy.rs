//! A toy protocol: a till counts messages, and may send requests to a bank.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::kit::actors::Volatile;
use crate::kit::document::{Document, Event, Identity};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::kit::third_party::ThirdParty;
use crate::value::Value;

pub(super) const SEEN: &str = "seen";

/// The count, and a note that is not business state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Count {
    pub(super) total: u8,
    pub(super) note: u8,
}

impl Document for Count {
    const COLLECTION: &'static str = "count";
    const BUSINESS: &'static [&'static str] = &["total"];
}

#[derive(Serialize)]
pub(super) struct Counted(u8);

impl Event for Counted {
    const OUTPUT: &'static str = "Counted";
    fn basis(&self) -> i64 {
        1
    }
}

pub(super) type Handle = fn(&mut dyn Io, &u8) -> Flow;

/// The settings of the toy.
pub(super) struct Toy {
    pub(super) handler: Handle,
    pub(super) intake: Intake,
    pub(super) messages: u8,
    pub(super) copies: u8,
    pub(super) clicks: u8,
    pub(super) slots: usize,
    pub(super) faults: &'static [(Fault, u8)],
    pub(super) may_fail: &'static [&'static str],
    pub(super) third_party: bool,
    pub(super) downstream: Option<Handle>,
}

impl Default for Toy {
    fn default() -> Self {
        Toy {
            handler: count,
            intake: Intake::Queue,
            messages: 1,
            copies: 1,
            clicks: 0,
            slots: 1,
            faults: &[],
            may_fail: &[],
            third_party: false,
            downstream: None,
        }
    }
}

pub(super) fn system(toy: &Toy) -> System {
    let messages: Vec<Value> = (1..=toy.messages).map(Value::from).collect();
    let stores = Stores::default().one(&Count::default()).set(SEEN, []);
    let budget = toy.faults.iter().copied().collect();
    let handler = Handler::new(toy.handler);
    let bank = || ThirdParty::new(&0_u8, pay, |paid| if *paid > 0 { vec![0] } else { vec![] });
    System::new(Spec {
        intake: toy.intake,
        copies: toy.copies,
        clicks: toy.clicks,
        slots: toy.slots,
        downstream: toy.downstream.map(|next| ("Ledger", Handler::new(next))),
        third_parties: toy
            .third_party
            .then(|| ("Bank", bank().unwrap()))
            .into_iter()
            .collect(),
        may_fail: toy.may_fail,
        guarantees: vec![ask::NO_LOST_OUTPUT, ask::CONSISTENT_OUTPUT],
        ..Spec::new("Till", messages, budget, handler, stores)
    })
}

fn pay(paid: &mut u8, _payment: u8) -> u8 {
    *paid += 1;
    *paid
}

/// How often the bank was paid.
pub(super) fn paid(system: &System, state: &State) -> i64 {
    let bank = usize::from(system.third_parties[0]);
    match &*state.actors.actor_states[bank] {
        Volatile::Memory(paid) => paid.as_int().unwrap(),
        other => panic!("{other:?} is no memory"),
    }
}

pub(super) fn count(io: &mut dyn Io, _: &u8) -> Flow {
    let mut count = io.load::<Count>("Load", 0)?;
    count.total += 1;
    io.commit("Save", &mut count)?.or_give_back()?;
    io.ack("Ack")
}

pub(super) fn announce(io: &mut dyn Io, message: &u8) -> Flow {
    io.publish("Publish", &Counted(*message))?.or_give_back()?;
    io.ack("Ack")
}

pub(super) fn charge(io: &mut dyn Io, message: &u8) -> Flow {
    io.ask::<u8>(["Charge", "Charged"], message)?
        .or_give_back()?;
    io.ack("Ack")
}

pub(super) fn answers(io: &mut dyn Io, message: &u8) -> Flow {
    io.reply("Reply", message)
}

/// Inserts an identity that it has drawn.
pub(super) fn marks(io: &mut dyn Io, _: &u8) -> Flow {
    let id: Identity = io.fresh_id()?;
    io.insert("Mark", SEEN, id)?.or_give_back()?;
    io.ack("Ack")
}

pub(super) fn panics(io: &mut dyn Io, _: &u8) -> Flow {
    io.load::<Count>("Load", 0)?;
    panic!("no stock")
}

pub(super) fn loops(io: &mut dyn Io, _: &u8) -> Flow {
    loop {
        io.load::<Count>("Load", 0)?;
    }
}

pub(super) fn misnames(io: &mut dyn Io, _: &u8) -> Flow {
    io.contains("Look", "stock", 1)?;
    io.ack("Ack")
}

pub(super) fn never_acks(io: &mut dyn Io, _: &u8) -> Flow {
    io.load::<Count>("Load", 0).map(drop)
}

/// Continues after a call whose outcome is not known.
pub(super) fn swallows(io: &mut dyn Io, _: &u8) -> Flow {
    let _ = io.load::<Count>("Load", 0);
    let _ = io.contains("Look", SEEN, 1);
    io.ack("Ack")
}

/// Makes another call in every run.
pub(super) fn wavers(io: &mut dyn Io, _: &u8) -> Flow {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    if RUNS.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
        io.load::<Count>("Load", 0)?;
    } else {
        io.contains("Look", SEEN, 1)?;
    }
    io.ack("Ack")
}
