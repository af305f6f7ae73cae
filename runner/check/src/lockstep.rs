//! Random walks of two machines in lockstep, for graphs that are too large to enumerate.
//!
//! In every second walk the Rust side chooses the steps, in the others the TLA+ side; the other side
//! must have the same step. In every visited state, all steps of both sides are compared, and the
//! truth of the predicates. So a difference is found by the first walk that reaches its state. A run
//! without a difference proves nothing about states that no walk has visited.

pub(crate) mod batched;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Instant;

use tandem_models::value::StateView;
use tandem_search::limits::{CutOff, Run};
use tandem_search::random::Generator;
use tandem_tla::divergence::{Divergence, Side};

/// How much more likely a step to a new state is chosen, as in Tandem's other random walks.
const NEW: usize = 4;

/// A machine that can be walked. Its states have numbers that are valid during one walk.
pub(crate) trait Walkable {
    /// The error if it cannot be evaluated.
    type Error;

    /// Begins a walk. Returns the initial states.
    fn initial(&mut self) -> Result<Vec<(StateView, usize)>, Self::Error>;

    /// The steps of a state: the name of the action, and the state after it.
    fn steps(&mut self, state: usize) -> Result<Vec<Move>, Self::Error>;

    /// The truth of all predicates in a state, in the same order on both sides.
    fn truths(&mut self, state: usize) -> Result<Vec<bool>, Self::Error>;
}

/// A step: the name of the action, the view of the state after it, and the number of that state.
pub(crate) type Move = (Arc<str>, StateView, usize);

/// The number, length and seed of random walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkPlan {
    /// The seed of all random choices.
    pub seed: u64,
    /// The number of walks, unless a difference or a limit ends them earlier.
    pub walks: u64,
    /// The largest number of steps in a walk.
    pub steps: usize,
}

/// How much was walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WalkExtent {
    /// The number of walks begun.
    pub walks: u64,
    /// The total number of steps.
    pub steps: u64,
    /// The number of distinct states visited.
    pub states: usize,
    /// The limit that ended the walks, if one did.
    pub cut_off: Option<CutOff>,
}

/// A difference that a walk has found.
pub(crate) enum Met {
    /// A step or an initial state that only one side has.
    Step(Box<Divergence>),
    /// A predicate has a different truth on each side.
    Truth {
        start: StateView,
        path: Vec<(String, StateView)>,
        /// The index of the predicate.
        place: usize,
        /// Its truth in Rust.
        rust: bool,
        /// The number of the state in Rust.
        state: usize,
    },
}

/// One walk: its initial state, its steps without loops, and its current state.
struct Way {
    start: StateView,
    path: Vec<(String, StateView)>,
    rust: usize,
    tla: usize,
}

impl Way {
    fn view(&self) -> &StateView {
        self.path.last().map_or(&self.start, |(_, view)| view)
    }

    /// Takes a step. If the walk has been in that state before, the loop is removed.
    fn take(&mut self, action: &str, view: StateView, (rust, tla): (usize, usize)) {
        (self.rust, self.tla) = (rust, tla);
        if view == self.start {
            self.path.clear();
        } else if let Some(place) = self.path.iter().position(|(_, before)| *before == view) {
            self.path.truncate(place + 1);
        } else {
            self.path.push((action.to_owned(), view));
        }
    }
}

/// Walks both sides until they differ.
///
/// # Errors
///
/// If a step of one side cannot be evaluated.
pub(crate) fn walk<R: Walkable, T: Walkable, E: From<R::Error> + From<T::Error>>(
    (rust, tla): (&mut R, &mut T),
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<(WalkExtent, Option<Met>), E> {
    let started = Instant::now();
    let mut extent = WalkExtent::default();
    let mut known: HashSet<StateView> = HashSet::new();
    for walk in 0..plan.walks {
        let mut choose = Generator::of_walk(plan.seed, walk);
        let (ours, theirs) = (rust.initial()?, tla.initial()?);
        if let Some(found) = other_start(&ours, &theirs) {
            return Ok((extent, Some(Met::Step(Box::new(found)))));
        }
        let Some((start, at)) = ours.get(choose.below(ours.len())).cloned() else {
            break;
        };
        extent.walks += 1;
        let twin = theirs.iter().find(|(view, _)| *view == start);
        let mut way = Way {
            rust: at,
            tla: twin.map_or(0, |(_, at)| *at),
            path: Vec::new(),
            start,
        };
        for _ in 0..plan.steps {
            extent.cut_off = run.limits.reached(started, run.cancel, 0);
            if extent.cut_off.is_some() {
                return Ok((extent, None));
            }
            let (ours, theirs) = (
                moves(rust, way.rust, way.view())?,
                moves(tla, way.tla, way.view())?,
            );
            if known.insert(way.view().clone()) {
                extent.states += 1;
                let truths = (rust.truths(way.rust)?, tla.truths(way.tla)?);
                let found = other_step(&way, &ours, &theirs).or_else(|| other_truth(&way, truths));
                if found.is_some() {
                    return Ok((extent, found));
                }
            }
            let (own, other) = match walk % 2 {
                0 => (&ours, &theirs),
                _ => (&theirs, &ours),
            };
            let Some((action, view, own_at)) = chosen(own, &known, &mut choose) else {
                break;
            };
            let twin = other
                .iter()
                .find(|(name, after, _)| name == action && after == view);
            let Some((.., other_at)) = twin else {
                // Two states with the same view have different steps; only the first one was compared.
                return Ok((extent, other_step(&way, &ours, &theirs)));
            };
            let both = match walk % 2 {
                0 => (*own_at, *other_at),
                _ => (*other_at, *own_at),
            };
            way.take(action, view.clone(), both);
            extent.steps += 1;
        }
    }
    Ok((extent, None))
}

/// The names of all actions that are possible in the states visited by some walks of one side alone.
///
/// # Errors
///
/// If the side cannot be evaluated.
pub(crate) fn actions_met<W: Walkable>(
    side: &mut W,
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<BTreeSet<String>, W::Error> {
    let started = Instant::now();
    let (mut names, mut known) = (BTreeSet::new(), HashSet::new());
    for walk in 0..plan.walks {
        let mut choose = Generator::of_walk(plan.seed, walk);
        let initial = side.initial()?;
        let Some((mut view, mut at)) = initial.get(choose.below(initial.len())).cloned() else {
            break;
        };
        for _ in 0..plan.steps {
            if run.limits.reached(started, run.cancel, 0).is_some() {
                return Ok(names);
            }
            let steps = side.steps(at)?;
            let named = steps.iter().map(|(name, ..)| name.to_string());
            names.extend(named);
            known.insert(view);
            match chosen(&steps, &known, &mut choose) {
                Some((_, after, number)) => (view, at) = (after.clone(), *number),
                None => break,
            }
        }
    }
    Ok(names)
}

/// The steps that change something, without repetition.
fn moves<W: Walkable>(side: &mut W, at: usize, view: &StateView) -> Result<Vec<Move>, W::Error> {
    let mut steps = side.steps(at)?;
    steps.retain(|(_, after, _)| after != view);
    steps.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    steps.dedup_by(|one, other| (&one.0, &one.1) == (&other.0, &other.1));
    Ok(steps)
}

fn chosen<'s>(
    steps: &'s [Move],
    known: &HashSet<StateView>,
    choose: &mut Generator,
) -> Option<&'s Move> {
    let weight = |step: &Move| if known.contains(&step.1) { 1 } else { NEW };
    let place = choose.choose(steps.iter().map(weight))?;
    steps.get(place)
}

fn other_start(ours: &[(StateView, usize)], theirs: &[(StateView, usize)]) -> Option<Divergence> {
    let only = |these: &[(StateView, usize)], those: &[(StateView, usize)], only: Side| {
        let mut alone = these
            .iter()
            .filter(|(view, _)| !those.iter().any(|(other, _)| other == view));
        let state = alone.next()?.0.clone();
        Some(Divergence {
            start: None,
            path: Vec::new(),
            only,
            action: None,
            instead: those.first().map(|(view, _)| view.clone()),
            state,
            others: Vec::new(),
        })
    };
    only(ours, theirs, Side::Rust).or_else(|| only(theirs, ours, Side::Tla))
}

/// The first step that only one side can take.
fn other_step(way: &Way, ours: &[Move], theirs: &[Move]) -> Option<Met> {
    let has = |steps: &[Move], (name, view, _): &Move| {
        steps
            .iter()
            .any(|(other, after, _)| other == name && after == view)
    };
    let only = |these: &[Move], those: &[Move], only: Side| {
        let alone = these.iter().find(|step| !has(those, step))?;
        let mut instead = those
            .iter()
            .filter(|step| step.0 == alone.0 && !has(these, step));
        let others: BTreeSet<_> = those.iter().map(|(name, ..)| name.to_string()).collect();
        Some(Met::Step(Box::new(Divergence {
            start: Some(way.start.clone()),
            path: way.path.clone(),
            only,
            action: Some(alone.0.to_string()),
            state: alone.1.clone(),
            instead: instead.next().map(|(_, view, _)| view.clone()),
            others: others.into_iter().collect(),
        })))
    };
    only(ours, theirs, Side::Rust).or_else(|| only(theirs, ours, Side::Tla))
}

fn other_truth(way: &Way, (ours, theirs): (Vec<bool>, Vec<bool>)) -> Option<Met> {
    let place = ours
        .iter()
        .zip(&theirs)
        .position(|(one, other)| one != other)?;
    Some(Met::Truth {
        start: way.start.clone(),
        path: way.path.clone(),
        rust: ours[place],
        state: way.rust,
        place,
    })
}
