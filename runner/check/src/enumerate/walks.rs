//! Random walks through a protocol's model, over its numbered states.

use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use tandem_models::kit::replay::Breach;
use tandem_models::kit::system::System;

use super::path::{End, Path, along};
use super::space::Packed;
use super::states::{Form, States};
use tandem_search::Action;
use tandem_search::limits::{CutOff, Run};
use tandem_search::random::{self, Plan, Sighting};

/// The result of random walks.
pub struct Walks {
    /// For each property, in the model's order: where a walk first decided it.
    pub decided: Vec<Option<Met>>,
    /// A handler that broke the rules of replay, and where.
    pub breach: Option<(Met, Breach)>,
    /// The number of walks taken.
    pub walks: u64,
    /// The total number of steps.
    pub steps: u64,
    /// The number of distinct views visited.
    pub states: usize,
    /// The limit that ended the run, if one did.
    pub cut_off: Option<CutOff>,
}

/// The place in a walk where something was found.
pub struct Met {
    /// The number of the walk, from 0.
    pub walk: u64,
    /// The number of steps before it.
    pub taken: usize,
    /// A path to the same finding, after shrinking.
    pub path: Path,
    /// Whether no step of the path can be left out.
    pub minimal: bool,
}

/// Takes up to this many walks of up to this many steps each, until a property in `sought` is
/// decided or a handler breaks the rules of replay.
pub fn walk(
    system: &System,
    (seed, walks, steps): (u64, u64, usize),
    sought: &[&str],
    run: &Run<'_>,
) -> Walks {
    let states = States::new(Arc::new(system.remembering()), false, Form::Fitting);
    let asked = states.system().asked();
    let names = asked.iter().map(|(property, _)| property.name);
    let until = names.enumerate().filter(|(_, name)| sought.contains(name));
    let until = until.fold(states.breach(), |mask, (place, _)| mask | 1 << place);
    let plan = Plan {
        seed,
        walks,
        steps,
        until,
    };
    let mut found = random::walk(&states, &plan, run);
    let broken = found.decided.pop().flatten();
    let broken = broken.map(|sighting| met(&states, &found.actions, sighting));
    let breach = broken.and_then(|met| {
        let breach = states.system().breach(met.path.last()).cloned();
        breach.map(|breach| (met, breach))
    });
    found.decided.truncate(asked.len());
    let views = found.met.iter().map(|key| states.look(*key));
    let views: HashSet<Packed, FxBuildHasher> = views.collect();
    let decided = found.decided.into_iter();
    Walks {
        decided: decided
            .map(|found_at| found_at.map(|sighting| met(&states, &found.actions, sighting)))
            .collect(),
        breach,
        walks: found.walks,
        steps: found.steps,
        states: views.len(),
        cut_off: found.cut_off,
    }
}

fn met(states: &States, actions: &[Action], sighting: Sighting<Packed>) -> Met {
    let start = states.unpack(sighting.way.start);
    let way = sighting.way.steps.into_iter();
    Met {
        walk: sighting.walk,
        taken: sighting.taken,
        path: along(states, actions, start, way, End::Open),
        minimal: sighting.minimal,
    }
}
