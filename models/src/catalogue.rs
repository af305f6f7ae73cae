//! The catalogue: what protocols there are, in which variants and sizes, and what each must show.
//!
//! A protocol is a type that implements [`Protocol`]; the command line, the explorer, CI and the
//! README's table read nothing else. Crates of others bring their own protocols by pushing them
//! onto a [`Catalogue`].

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

/// A protocol: what it says about itself, and one instance of it as a model.
pub trait Protocol: Send + Sync {
    /// What it says about itself.
    fn describe(&self) -> Description;

    /// The model of one variant at one size.
    fn system(&self, instance: &Instance) -> System;
}

/// What a protocol says about itself.
pub struct Description {
    /// Its name on the command line, in kebab case.
    pub name: &'static str,
    /// A title, in words.
    pub title: &'static str,
    /// The part of the workshop it belongs to; Tandem's own are from 1 to 5.
    pub part: u8,
    /// What it is about, in a sentence.
    pub goal: &'static str,
    /// Its TLA+ module: name and text.
    pub module: Module,
    /// The variant that its bare name stands for: the right one.
    pub default_variant: &'static str,
    /// The ways to do it, wrong ones first.
    pub variants: Vec<Variant>,
    /// Its sizes.
    pub parameters: Vec<Parameter>,
    /// What may go wrong.
    pub faults: Vec<FaultKind>,
    /// The participants, in the order in which they are drawn.
    pub actors: &'static [&'static str],
    /// What each step of the handlers does: action name and words.
    pub steps: &'static [(&'static str, &'static str)],
    /// What it is asked for, in the order of the report.
    pub guarantees: Vec<Guarantee>,
    /// Settings too large for every day.
    pub larger: Vec<Setting>,
}

/// A module of the folder `specs`, by its name.
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

/// The modules that protocols' modules extend. A new shared module is one line here.
pub const SHARED_MODULES: &[Module] = &[
    shared!("Endpoint"),
    shared!("Guarantees"),
    shared!("Documents"),
    shared!("ThirdParties"),
    shared!("Courier"),
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

/// One way to do it.
#[derive(Debug, Clone, Default)]
pub struct Variant {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// The value of `Variant` in TLA+: the same handler may be several variants that differ in
    /// their bounds and faults.
    pub handler: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Whether it is a right way, under the assumption that its summary names, if any.
    pub right: bool,
    /// The guarantees it claims: for a wrong variant, what its author believed.
    pub claims: &'static [&'static str],
    /// The guarantees that it breaks, each with one sentence why. All others hold.
    pub breaks: &'static [(&'static str, &'static str)],
    /// The protocol's guarantees that say nothing about this variant: it is not asked for them.
    pub not_applicable: &'static [&'static str],
    /// The witnesses that it never reaches, each with one sentence why. For example,
    /// the slots of an endpoint are never busy in a variant that sends nothing to it.
    pub unreached: &'static [(&'static str, &'static str)],
    /// Bounds at which the verdicts stand, where they differ from the parameters' defaults.
    pub bounds: &'static [(&'static str, u8)],
    /// Faults at which the verdicts stand, where they differ from none.
    pub faults: &'static [(Fault, u8)],
    /// The same for faults that are aimed at one target.
    pub aimed: &'static [(Aim, u8)],
}

/// A size.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its constant in TLA+.
    pub constant: &'static str,
    /// Whether the constant is the number or the set `1..number`.
    pub kind: ParameterKind,
    /// What it is if nobody says otherwise.
    pub default: u8,
    /// The least it may be.
    pub min: u8,
    /// The most it may be.
    pub max: u8,
    /// What it must allow to be worth anything, and what it counts.
    pub allows: &'static str,
    /// Whether each more is work of its own. If not, as for a second request under the same key, what one
    /// more costs is not the price of a message.
    pub independent: bool,
}

impl Parameter {
    /// The same, where one more is not work of its own.
    #[must_use]
    pub fn related(self) -> Self {
        Parameter {
            independent: false,
            ..self
        }
    }

    /// How many messages there are, 1 if nobody says otherwise.
    pub fn messages(max: u8, allows: &'static str) -> Self {
        Parameter::set(["messages", "Messages"], 1..=max, 1, allows)
    }

    /// How many of them are handled at a time, 1 if nobody says otherwise.
    pub fn slots(max: u8, allows: &'static str) -> Self {
        Parameter::set(["slots", "Slots"], 1..=max, 1, allows)
    }

    /// How many copies of every message there are at the start.
    pub fn copies(default: u8) -> Self {
        let allows = "copies of every command at the start; two make each a duplicate";
        Parameter::number(["copies", "Copies"], 1..=3, default, allows)
    }

    /// In how many tabs the user clicks at the start.
    pub fn tabs(default: u8) -> Self {
        let allows = "tabs in which the user clicks; two make a double submit";
        Parameter::number(["tabs", "Tabs"], 1..=3, default, allows)
    }

    /// How often the user clicks again.
    pub fn clicks() -> Self {
        let allows = "clicks more, while an answer is missing; one gets over one lost request";
        Parameter::number(["clicks", "Clicks"], 0..=2, 0, allows)
    }

    /// A size that is a number in TLA+.
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

    /// A size that is the set of the numbers from 1 in TLA+.
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
    /// Which, and at whom it is aimed, if it is.
    pub aim: Aim,
    /// The most it may happen.
    pub max: u8,
    /// What it hits here, and what it must allow.
    pub allows: &'static str,
}

impl FaultKind {
    /// A fault, the most it may happen, and what it must allow.
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

    /// What may go wrong between a queue and its endpoint: crashes, duplicates, expired leases, each
    /// up to twice.
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

    /// The broker refuses a command that is sent.
    pub fn refusal(max: u8) -> Self {
        FaultKind::new(Fault::Fail, max, "one lets the broker refuse a command")
    }

    /// The broker takes a command, and its sender does not hear of it.
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
    /// The variant of that name.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }

    /// What a variant is asked for: the protocol's guarantees that say something about it.
    pub fn guarantees_of(&self, variant: &Variant) -> Vec<Guarantee> {
        self.guarantees
            .iter()
            .filter(|guarantee| !variant.not_applicable.contains(&guarantee.name))
            .copied()
            .collect()
    }

    /// The full row of the matrix: what is expected of every guarantee that applies.
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

    /// The actions that the protocol's module has, in the order of its `Next`: what may happen in
    /// one variant or another.
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

    /// Whether an action is taken in the end if it stays possible.
    pub fn is_fair(&self, action: &str) -> bool {
        let kind = Happening::named(action, self.actors);
        kind.is_none_or(|(kind, _)| kind.is_fair())
    }

    /// What a step does, in words.
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
    /// Why it breaks a guarantee, if it does.
    pub fn why_broken(&self, guarantee: &str) -> Option<&'static str> {
        reason(self.breaks, guarantee)
    }

    /// Why it never reaches a witness, if it does not.
    pub fn why_unreached(&self, witness: &str) -> Option<&'static str> {
        reason(self.unreached, witness)
    }
}

fn reason(reasons: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    let found = reasons.iter().find(|(one, _)| *one == name);
    found.map(|(_, why)| *why)
}
