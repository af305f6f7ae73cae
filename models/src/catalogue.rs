//! The catalogue: the protocols with their variants and bounds, and the expected results.
//!
//! A protocol is a type that implements [`Protocol`]. The command line, the explorer, CI and the README's
//! table read only the catalogue. Other crates bring their own protocols by adding them to a
//! [`Catalogue`].

mod collection;
mod instance;
mod mistakes;
mod price;
mod select;
mod setting;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub use collection::{Catalogue, Pins};
pub use instance::{Instance, Overrides};
pub use price::Price;
pub use select::CatalogueError;
use serde::Serialize;
pub use setting::Setting;

use crate::kit::fault::{Aim, Fault};
use crate::kit::guarantees::Guarantee;
use crate::kit::happening::Happening;
use crate::kit::system::System;

/// A protocol: its description, and its model for each instance.
pub trait Protocol: Send + Sync {
    /// The description of the protocol.
    fn describe(&self) -> Description;

    /// The model of one variant with its bounds and faults.
    fn system(&self, instance: &Instance) -> System;
}

/// The description of a protocol.
pub struct Description {
    /// Its name on the command line, in kebab case.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The part of the course to which it belongs. Tandem's own protocols are in parts 1 to 5.
    pub part: u8,
    /// Its goal, in a sentence.
    pub goal: &'static str,
    /// Its TLA+ module: name and text.
    pub module: Module,
    /// The variant that its name alone stands for, which must be correct.
    pub default_variant: &'static str,
    /// Its variants, incorrect ones first.
    pub variants: Vec<Variant>,
    /// Its bounds.
    pub parameters: Vec<Parameter>,
    /// Its faults.
    pub faults: Vec<FaultKind>,
    /// The participants, in the order in which they are drawn.
    pub actors: &'static [&'static str],
    /// The steps of its handlers: the name of each action, and a description.
    pub steps: &'static [(&'static str, &'static str)],
    /// Its guarantees, in the order of the report.
    pub guarantees: Vec<Guarantee>,
    /// Larger bounds, which are not part of the usual checks.
    pub larger: Vec<Setting>,
}

/// A module from the folder `specs`, by its name.
macro_rules! shared {
    ($name:literal) => {
        Module {
            name: $name,
            text: include_str!(concat!("../../specs/", $name, ".tla")),
        }
    };
}

/// A TLA+ module.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The modules that protocols' modules extend. Each shared module has one line here.
pub const SHARED_MODULES: &[Module] = &[
    shared!("Endpoint"),
    shared!("Guarantees"),
    shared!("Documents"),
    shared!("OrderedQueue"),
    shared!("ThirdParties"),
    shared!("Courier"),
    shared!("Bookings"),
    shared!("Downstream"),
    shared!("Browser"),
    shared!("ScriptedClient"),
    shared!("OrderLines"),
    shared!("Resources"),
    shared!("Participant"),
    shared!("ShopEndpoint"),
    shared!("OrderMaker"),
    shared!("StatusClient"),
];

/// A variant of a protocol.
#[derive(Debug, Clone, Default)]
pub struct Variant {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// The value of the constant `Variant` in TLA+. Several variants may have the same handler and differ
    /// in their bounds and faults.
    pub handler: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Whether it is correct, under the assumption that its summary names, if any.
    pub right: bool,
    /// The guarantees that it claims. For an incorrect variant, these are what its author believed.
    pub claims: &'static [&'static str],
    /// The guarantees that it violates, each with one sentence why. All others hold.
    pub breaks: &'static [(&'static str, &'static str)],
    /// The protocol's guarantees that do not apply to this variant, and are not checked for it.
    pub not_applicable: &'static [&'static str],
    /// The witnesses that it never reaches, each with one sentence why. For example, the slots of an
    /// endpoint are never busy in a variant that sends nothing to the endpoint.
    pub unreached: &'static [(&'static str, &'static str)],
    /// The bounds for which the expected verdicts are valid, where they differ from the parameters'
    /// defaults.
    pub bounds: &'static [(&'static str, u8)],
    /// The faults for which the expected verdicts are valid. The default is none.
    pub faults: &'static [(Fault, u8)],
    /// The same for faults that are aimed at one target.
    pub aimed: &'static [(Aim, u8)],
}

/// A bound of the model.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its constant in TLA+.
    pub constant: &'static str,
    /// Whether the constant is the number or the set `1..number`.
    pub kind: ParameterKind,
    /// Its default.
    pub default: u8,
    /// Its minimum.
    pub min: u8,
    /// Its maximum.
    pub max: u8,
    /// What it counts, and what it must allow so that the check is meaningful.
    pub allows: &'static str,
    /// Whether each additional unit is independent work. If not (for example a second request with the
    /// same key), the cost of one more is not the price of a message.
    pub independent: bool,
}

impl Parameter {
    /// The same parameter, where an additional unit is not independent work.
    #[must_use]
    pub fn related(self) -> Self {
        Parameter {
            independent: false,
            ..self
        }
    }

    /// The number of messages; the default is 1.
    pub fn messages(max: u8, allows: &'static str) -> Self {
        Parameter::set(["messages", "Messages"], 1..=max, 1, allows)
    }

    /// The number of messages that are handled at the same time; the default is 1.
    pub fn slots(max: u8, allows: &'static str) -> Self {
        Parameter::set(["slots", "Slots"], 1..=max, 1, allows)
    }

    /// The number of copies of every message at the start.
    pub fn copies(default: u8) -> Self {
        let allows = "copies of every command at the start; two make each a duplicate";
        Parameter::number(["copies", "Copies"], 1..=3, default, allows)
    }

    /// The number of tabs in which the user clicks at the start.
    pub fn tabs(default: u8) -> Self {
        let allows = "tabs in which the user clicks; two make a double submit";
        Parameter::number(["tabs", "Tabs"], 1..=3, default, allows)
    }

    /// How often the user clicks again.
    pub fn clicks() -> Self {
        let allows = "clicks more, while an answer is missing; one gets over one lost request";
        Parameter::number(["clicks", "Clicks"], 0..=2, 0, allows)
    }

    /// A bound that is a number in TLA+.
    pub fn number(
        [name, constant]: [&'static str; 2],
        range: RangeInclusive<u8>,
        default: u8,
        allows: &'static str,
    ) -> Self {
        Parameter {
            name,
            constant,
            kind: ParameterKind::Number,
            default,
            min: *range.start(),
            max: *range.end(),
            allows,
            independent: true,
        }
    }

    /// A bound that is the set of the numbers from 1 in TLA+.
    pub fn set(
        names: [&'static str; 2],
        range: RangeInclusive<u8>,
        default: u8,
        allows: &'static str,
    ) -> Self {
        Parameter {
            kind: ParameterKind::Set,
            ..Parameter::number(names, range, default, allows)
        }
    }
}

/// How a parameter appears in TLA+.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// As a number.
    Number,
    /// As the set of the numbers from 1.
    Set,
}

/// A fault that a protocol's model knows.
#[derive(Debug, Clone)]
pub struct FaultKind {
    /// The fault, and its target if it is aimed.
    pub aim: Aim,
    /// How often it may happen at most.
    pub max: u8,
    /// What it hits in this protocol, and what it must allow so that the check is meaningful.
    pub allows: &'static str,
}

impl FaultKind {
    /// A fault, its maximum, and what it must allow.
    pub fn new(fault: Fault, max: u8, allows: &'static str) -> Self {
        FaultKind {
            aim: fault.into(),
            max,
            allows,
        }
    }

    /// The same, aimed at one target: the name of an endpoint, a store or a third party.
    #[must_use]
    pub fn at(self, target: &'static str) -> Self {
        FaultKind {
            aim: self.aim.fault.at(target),
            ..self
        }
    }

    /// The endpoint of a queue crashes.
    pub fn crash(max: u8) -> Self {
        let allows = "one lets any attempt stop half-way and be repeated";
        FaultKind::new(Fault::Crash, max, allows)
    }

    /// The faults between a queue and its endpoint: crashes, duplicates, and expired leases, each up to
    /// twice.
    pub fn of_a_queue() -> Vec<Self> {
        let duplicate = "one lets a copy arrive when all seemed done";
        vec![
            FaultKind::crash(2),
            FaultKind::new(Fault::Duplicate, 2, duplicate),
            FaultKind::lease(2),
        ]
    }

    /// A request from a browser, or a command, arrives once more.
    pub fn request_duplicated(max: u8) -> Self {
        let allows = "one lets a request or a command arrive once more";
        FaultKind::new(Fault::Duplicate, max, allows)
    }

    /// A request or its reply is lost.
    pub fn request_lost(max: u8) -> Self {
        let allows = "one lets a request or a reply vanish, so that the user waits";
        FaultKind::new(Fault::Lose, max, allows)
    }

    /// The broker refuses a command that is sent to it.
    pub fn refusal(max: u8) -> Self {
        FaultKind::new(Fault::Fail, max, "one lets the broker refuse a command")
    }

    /// The broker accepts a command, but its sender does not get the confirmation.
    pub fn unconfirmed(max: u8) -> Self {
        let allows = "one lets the broker take a command and not say so";
        FaultKind::new(Fault::Unknown, max, allows)
    }

    /// The lease on a command expires.
    pub fn lease(max: u8) -> Self {
        let allows = "one lets a command be handled while it is being handled";
        FaultKind::new(Fault::Lease, max, allows)
    }
}

/// What the catalogue expects of a guarantee; in JSON `"holds"` or `"violated"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// It holds.
    Holds,
    /// It is violated.
    Violated,
}

impl Description {
    /// The variant with that name.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }

    /// The guarantees that apply to a variant.
    pub fn guarantees_of(&self, variant: &Variant) -> Vec<Guarantee> {
        self.guarantees
            .iter()
            .filter(|guarantee| !variant.not_applicable.contains(&guarantee.name))
            .copied()
            .collect()
    }

    /// The expected result for every guarantee that applies to a variant.
    pub fn expected(&self, variant: &Variant) -> BTreeMap<&'static str, Expected> {
        let expected = |name| match variant.why_broken(name) {
            Some(_) => Expected::Violated,
            None => Expected::Holds,
        };
        self.guarantees_of(variant)
            .iter()
            .map(|g| (g.name, expected(g.name)))
            .collect()
    }

    /// The actions in the protocol's module, in the order of its `Next`. Not every variant takes all of
    /// them.
    pub fn actions(&self) -> Vec<&'static str> {
        let lines = self.module.text.lines();
        let next = lines
            .skip_while(|line| !line.starts_with("Next =="))
            .skip(1);
        let disjuncts = next.map_while(|line| line.trim_start().strip_prefix("\\/"));
        let name = |disjunct: &'static str| {
            let call = disjunct.rsplit(':').next()?.trim();
            call.split('(').next().filter(|name| !name.is_empty())
        };
        disjuncts.filter_map(name).collect()
    }

    /// Whether an action is fair: it is eventually taken if it stays possible.
    pub fn is_fair(&self, action: &str) -> bool {
        let kind = Happening::named(action, self.actors);
        kind.is_none_or(|(kind, _)| kind.is_fair())
    }

    /// The description of a step.
    pub fn words(&self, action: &str) -> Option<&'static str> {
        let mut own = self.steps.iter();
        let own = own.find(|(name, _)| *name == action);
        own.map(|(_, words)| *words).or_else(|| {
            let kind = Happening::named(action, self.actors);
            kind.map(|(kind, _)| kind.words())
        })
    }
}

impl Variant {
    /// Why it violates a guarantee, if it does.
    pub fn why_broken(&self, guarantee: &str) -> Option<&'static str> {
        reason(self.breaks, guarantee)
    }

    /// Why it never reaches a witness, if so.
    pub fn why_unreached(&self, witness: &str) -> Option<&'static str> {
        reason(self.unreached, witness)
    }
}

fn reason(reasons: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    let found = reasons.iter().find(|(one, _)| *one == name);
    found.map(|(_, why)| *why)
}
