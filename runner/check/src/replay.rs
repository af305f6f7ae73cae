//! Replays recorded behaviours in the Rust model, and in [`on_spec`] on the TLA+ spec: how far the same steps
//! lead to the same states, and where they diverge.
//!
//! TLA+ always allows a step that changes nothing (a stuttering step). If the Rust model has no such step, it
//! stays in its state.

pub mod module;
pub mod on_spec;

use std::collections::BTreeSet;
use std::sync::Arc;

use stateright::Model;
use tandem_models::catalogue::{Catalogue, Instance, Overrides};
use tandem_models::kit::fault::Aim;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};
use tandem_models::value::StateView;

use crate::enumerate::{End, Path};
use crate::trace::Trace;
use tandem_tla::recording::{Behaviour, Ending, Format, Origin, RecordedStep};

/// A recorded behaviour beside the path in the Rust model.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The path in the Rust model, up to the step where they diverge.
    pub path: Path,
    /// For each of its steps, the index among the actions of the state before it.
    pub indices: Vec<usize>,
    /// For each recorded step that was followed, the index of the corresponding step of the path, from 0;
    /// `None` if it is a stuttering step.
    pub places: Vec<Option<usize>>,
    /// Where the two diverge; `None` if the Rust model takes every step.
    pub parts: Option<Parting>,
}

/// Where a recorded behaviour and the Rust model diverge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// The recorded step, from 1; 0 for the initial state.
    pub number: usize,
    /// The kind of difference.
    pub kind: PartingKind,
    /// A sentence why.
    pub reason: String,
    /// The state that the Rust model reaches instead.
    pub instead: Option<StateView>,
}

/// The kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartingKind {
    /// The behaviour has other variables, so it belongs to another spec.
    Variables,
    /// The initial states differ, so it has other bounds or another variant.
    Start,
    /// The Rust model does not have the recorded step.
    Step,
}

/// Takes the recorded steps in the Rust model.
#[must_use]
pub fn replay(system: &System, behaviour: &Behaviour) -> Replay {
    let starts = system.init_states();
    let same = starts
        .iter()
        .find(|state| system.view(state) == behaviour.start);
    let start = same.or(starts.first()).cloned();
    let start = start.expect("a model of the catalogue has an initial state");
    let mut taken = Taken {
        system,
        at: start.clone(),
        indices: Vec::new(),
        steps: Vec::new(),
        places: Vec::new(),
    };
    let parts = match same {
        None => Some(other_start(&system.view(&start), &behaviour.start)),
        Some(_) => taken.follow(behaviour),
    };
    let end = match (&parts, behaviour.ending) {
        (Some(_), _) | (None, Ending::Open) => End::Open,
        (None, Ending::Stutters) => End::Stutters,
        (None, Ending::Repeats(back)) => {
            let before = taken.places.iter().take(back).flatten().count();
            match before == taken.steps.len() {
                true => End::Stutters,
                false => End::Repeats(before),
            }
        }
    };
    Replay {
        path: Path {
            start,
            steps: taken.steps,
            end,
        },
        indices: taken.indices,
        places: taken.places,
        parts,
    }
}

/// Converts a trace into a behaviour that can be replayed.
#[must_use]
pub fn recorded(heading: &str, trace: &Trace) -> Behaviour {
    let steps = trace.steps.iter().map(|step| RecordedStep {
        action: Some(step.action.clone()),
        state: step.state.clone(),
    });
    Behaviour {
        format: Format::Tandem,
        heading: heading.to_owned(),
        property: None,
        origin: None,
        start: trace.start.clone(),
        steps: steps.collect(),
        ending: match trace.end {
            End::Open => Ending::Open,
            End::Stutters => Ending::Stutters,
            End::Repeats(back) => Ending::Repeats(back),
        },
        notes: Vec::new(),
    }
}

/// The instance to which a behaviour belongs: the one that the file names, or the first one in the catalogue
/// that can take all of its steps.
#[must_use]
pub fn home(catalogue: &Catalogue, behaviour: &Behaviour) -> Option<Instance> {
    let named = behaviour.origin.as_ref();
    let named = named.and_then(|origin| named_by(catalogue, origin));
    named.or_else(|| {
        let own = catalogue.select(None, &Overrides::default());
        let larger = catalogue.select_larger(None).unwrap_or_default();
        let all = own.unwrap_or_default().into_iter();
        let mut all = all.chain(larger.into_iter().map(|(instance, _)| instance));
        all.find(|instance| replay(&instance.system(), behaviour).parts.is_none())
    })
}

/// The instance that is named in a file written by Tandem.
fn named_by(catalogue: &Catalogue, origin: &Origin) -> Option<Instance> {
    let label = origin.source.strip_prefix("tandem ")?;
    let mut overrides = Overrides::default();
    for (name, value) in &origin.parameters {
        let value = u8::try_from(*value).ok()?;
        match name.parse::<Aim>() {
            Ok(fault) => overrides.faults.push((fault, value)),
            Err(_) => overrides.parameters.push((name.clone(), value)),
        }
    }
    let mut found = catalogue.select(Some(label), &overrides).ok()?;
    let one = found.pop()?;
    found.is_empty().then_some(one)
}

struct Taken<'a> {
    system: &'a System,
    at: State,
    indices: Vec<usize>,
    steps: Vec<(Step, State)>,
    places: Vec<Option<usize>>,
}

impl Taken<'_> {
    fn follow(&mut self, behaviour: &Behaviour) -> Option<Parting> {
        let mut before = &behaviour.start;
        for (place, recorded) in behaviour.steps.iter().enumerate() {
            let number = place + 1;
            if let Some(reason) = other_variables(&behaviour.start, &recorded.state) {
                return Some(Parting {
                    number,
                    kind: PartingKind::Variables,
                    reason,
                    instead: None,
                });
            }
            match self.take(recorded.action.as_deref(), &recorded.state) {
                Ok(()) => {}
                Err(_) if recorded.state == *before => self.places.push(None),
                Err((reason, instead)) => {
                    return Some(Parting {
                        number,
                        kind: PartingKind::Step,
                        reason,
                        instead,
                    });
                }
            }
            before = &recorded.state;
        }
        None
    }

    /// The step with that name that leads to that view.
    fn take(
        &mut self,
        action: Option<&str>,
        view: &StateView,
    ) -> Result<(), (String, Option<StateView>)> {
        let mut actions = Vec::new();
        self.system.actions(&self.at, &mut actions);
        let mut other = None;
        for (index, step) in actions.into_iter().enumerate() {
            if action.is_some_and(|name| name != step.action) {
                continue;
            }
            let Some(after) = self.system.next_state(&self.at, step.clone()) else {
                continue;
            };
            let here = self.system.view(&after);
            if here == *view {
                self.places.push(Some(self.steps.len()));
                self.indices.push(index);
                self.steps.push((step, after.clone()));
                self.at = after;
                return Ok(());
            }
            other.get_or_insert(here);
        }
        let said = action.unwrap_or("any step");
        let reason = match &other {
            Some(_) => format!("in Rust {said} leads to another state"),
            None => format!("the Rust model cannot take {said} here"),
        };
        Err((reason, other))
    }
}

fn other_start(ours: &StateView, theirs: &StateView) -> Parting {
    let variables =
        only_one_side(ours, theirs).map(|what| format!("it belongs to another spec: {what}"));
    let (kind, reason) = match variables {
        Some(reason) => (PartingKind::Variables, reason),
        None => {
            let differ = theirs
                .iter()
                .filter(|(name, value)| ours.get(*name) != Some(*value));
            let differ: Vec<_> = differ.map(|(name, _)| &**name).collect();
            let reason = format!(
                "the initial states differ in {}: it was recorded on another variant, or at other \
                 bounds",
                differ.join(", ")
            );
            (PartingKind::Start, reason)
        }
    };
    Parting {
        number: 0,
        kind,
        reason,
        instead: Some(ours.clone()),
    }
}

/// A phrase about the variables that only one of the two states has.
fn only_one_side(ours: &StateView, theirs: &StateView) -> Option<String> {
    let names = |view: &StateView| view.keys().cloned().collect::<BTreeSet<Arc<str>>>();
    let (ours, theirs) = (names(ours), names(theirs));
    let list = |one: &BTreeSet<Arc<str>>, other: &BTreeSet<Arc<str>>| {
        let only: Vec<_> = one.difference(other).map(|name| &**name).collect();
        (!only.is_empty()).then(|| only.join(", "))
    };
    let theirs_only = list(&theirs, &ours).map(|names| format!("only the file has {names}"));
    let ours_only = list(&ours, &theirs).map(|names| format!("only this model has {names}"));
    let both: Vec<_> = theirs_only.into_iter().chain(ours_only).collect();
    (!both.is_empty()).then(|| both.join("; "))
}

/// A phrase about how the variables of a state differ from those of the first state.
fn other_variables(start: &StateView, state: &StateView) -> Option<String> {
    let lacks = start.keys().find(|name| !state.contains_key(*name));
    let has = || state.keys().find(|name| !start.contains_key(*name));
    match lacks {
        Some(name) => Some(format!("the recorded state has no value for {name}")),
        None => has().map(|name| {
            format!("the recorded state has {name}, which the first state does not have")
        }),
    }
}
