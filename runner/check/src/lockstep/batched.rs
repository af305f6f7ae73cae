//! Walks beside a checker that is asked about many states at once, since each question is a run of it.
//!
//! The walks of both sides are taken first, and the states that they meet are kept in the order in which they
//! were met. Then all steps of these states and their truths are compared, as in walks in lockstep.

use std::sync::Arc;
use std::time::Instant;

use indexmap::IndexMap;
use tandem_models::value::StateView;
use tandem_search::limits::Run;
use tandem_search::random::Generator;

use super::{
    Met, Move, NEW, WalkExtent, WalkPlan, Walkable, Way, moves, other_start, other_step,
    other_truth,
};

/// How many states are asked about at once.
const BATCH: usize = 1_000;

/// A side that answers for many states at once.
pub(crate) trait Batched {
    /// Why it cannot answer.
    type Error;

    /// The initial states.
    fn initial(&mut self) -> Result<Vec<StateView>, Self::Error>;

    /// Random walks of its own, each from an initial state.
    fn walks(&mut self, plan: WalkPlan) -> Result<Vec<Vec<StateView>>, Self::Error>;

    /// What is around these states, from the first on, and perhaps not for all of them; nothing of a state
    /// that is not one of this side.
    fn around(&mut self, states: &[&StateView]) -> Result<Vec<Option<Around>>, Self::Error>;
}

/// The steps of a state, and the truth of everything that is asked of it.
pub(crate) struct Around {
    pub(crate) steps: Vec<(Arc<str>, StateView)>,
    pub(crate) truths: Vec<bool>,
}

/// A state that was met, as Rust has it.
struct Place {
    /// From where it was met first, and by which action.
    from: Option<(usize, Arc<str>)>,
    steps: Vec<Move>,
    truths: Vec<bool>,
}

/// All states that were met.
#[derive(Default)]
struct Places {
    known: IndexMap<StateView, Place>,
    extent: WalkExtent,
}

/// Walks both sides, half of the walks by each, and compares them in every state that was met.
///
/// # Errors
/// When one of them cannot be evaluated.
pub(crate) fn walk_in_batches<R: Walkable, T: Batched, E: From<R::Error> + From<T::Error>>(
    (rust, tla): (&mut R, &mut T),
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<(WalkExtent, Option<Met>), E> {
    let started = Instant::now();
    let mut met = Places::default();
    let theirs = tla.initial()?.into_iter().map(|view| (view, 0));
    if let Some(found) = other_start(&rust.initial()?, &theirs.collect::<Vec<_>>()) {
        return Ok((met.extent, Some(Met::Step(Box::new(found)))));
    }
    let by_tla = plan.walks / 2;
    for walk in 0..plan.walks - by_tla {
        met.extent.cut_off = run.limits.reached(started, run.cancel, 0);
        if met.extent.cut_off.is_some() {
            break;
        }
        let mut choose = Generator::of_walk(plan.seed, walk);
        met.by_rust(rust, plan.steps, &mut choose)?;
    }
    if by_tla > 0 && met.extent.cut_off.is_none() {
        let of_tla = WalkPlan {
            walks: by_tla,
            ..plan
        };
        for walk in tla.walks(of_tla)? {
            met.by_tla(rust, &walk)?;
        }
    }
    let (mut at, mut found) = (0, None);
    while at < met.known.len() && found.is_none() {
        let (difference, answered) = met.compared::<R, T, E>(rust, tla, at)?;
        found = difference;
        at += answered;
        met.extent.cut_off = met
            .extent
            .cut_off
            .or_else(|| run.limits.reached(started, run.cancel, 0));
        if met.extent.cut_off.is_some() {
            break;
        }
    }
    // States that nobody was asked about do not count.
    met.extent.states = at;
    Ok((met.extent, found))
}

impl Places {
    /// Keeps a state where it was not met before, and says its place and its steps.
    fn meet<R: Walkable>(
        &mut self,
        rust: &mut R,
        (view, at): (&StateView, usize),
        from: Option<(usize, Arc<str>)>,
    ) -> Result<(usize, Vec<Move>), R::Error> {
        let steps = moves(rust, at, view)?;
        if let Some(place) = self.known.get_index_of(view) {
            return Ok((place, steps));
        }
        let place = Place {
            from,
            truths: rust.truths(at)?,
            steps: steps.clone(),
        };
        let (place, _) = self.known.insert_full(view.clone(), place);
        Ok((place, steps))
    }

    fn by_rust<R: Walkable>(
        &mut self,
        rust: &mut R,
        most: usize,
        choose: &mut Generator,
    ) -> Result<(), R::Error> {
        let initial = rust.initial()?;
        let Some((mut view, mut at)) = initial.get(choose.below(initial.len())).cloned() else {
            return Ok(());
        };
        self.extent.walks += 1;
        let mut from = None;
        for left in (0..=most).rev() {
            let (place, steps) = self.meet(rust, (&view, at), from)?;
            if left == 0 {
                break;
            }
            let weight = |(_, after, _): &Move| {
                if self.known.contains_key(after) {
                    1
                } else {
                    NEW
                }
            };
            let Some(step) = choose.choose(steps.iter().map(weight)) else {
                break;
            };
            let (action, after, number) = steps[step].clone();
            (from, view, at) = (Some((place, action)), after, number);
            self.extent.steps += 1;
        }
        Ok(())
    }

    /// Follows a walk of the other side, as far as Rust goes along: where it does not, the steps of the last
    /// state show it.
    fn by_tla<R: Walkable>(&mut self, rust: &mut R, walk: &[StateView]) -> Result<(), R::Error> {
        let initial = rust.initial()?;
        let Some((mut view, mut at)) = initial
            .into_iter()
            .find(|(view, _)| Some(view) == walk.first())
        else {
            return Ok(());
        };
        self.extent.walks += 1;
        let mut from = None;
        for next in walk.iter().skip(1).map(Some).chain([None]) {
            let (place, steps) = self.meet(rust, (&view, at), from)?;
            let Some(next) = next else { break };
            if *next == view {
                from = None;
                continue;
            }
            let Some((action, after, number)) =
                steps.into_iter().find(|(_, after, _)| after == next)
            else {
                break;
            };
            (from, view, at) = (Some((place, action)), after, number);
            self.extent.steps += 1;
        }
        Ok(())
    }

    /// Compares the next states from this one on: the nearest difference, and how many were compared.
    fn compared<R: Walkable, T: Batched, E: From<R::Error> + From<T::Error>>(
        &self,
        rust: &mut R,
        tla: &mut T,
        at: usize,
    ) -> Result<(Option<Met>, usize), E> {
        let end = self.known.len().min(at + BATCH);
        let views: Vec<_> = self.known.keys().skip(at).take(end - at).collect();
        let answers = tla.around(&views)?;
        let answered = answers.len();
        let mut nearest: Option<(Way, Vec<Move>, Around)> = None;
        for (place, around) in (at..).zip(answers) {
            let Some(mut around) = around else { continue };
            let own = &self.known[place];
            let theirs = settled(std::mem::take(&mut around.steps), views[place - at]);
            let same = own.truths == around.truths
                && (own.steps.iter().map(|(name, view, _)| (name, view)))
                    .eq(theirs.iter().map(|(name, view, _)| (name, view)));
            if same {
                continue;
            }
            let way = self.way(place);
            if nearest
                .as_ref()
                .is_none_or(|(known, ..)| way.path.len() < known.path.len())
            {
                nearest = Some((way, theirs, around));
            }
        }
        let Some((mut way, theirs, around)) = nearest else {
            return Ok((None, answered));
        };
        let own = &self.known[way.view()];
        if let Some(found) = other_step(&way, &own.steps, &theirs) {
            return Ok((Some(found), answered));
        }
        way.rust = again(rust, &way)?;
        let truths = (own.truths.clone(), around.truths);
        Ok((other_truth(&way, truths), answered))
    }

    /// The way on which a state was met first.
    fn way(&self, place: usize) -> Way {
        let (mut at, mut path) = (place, Vec::new());
        let view = |place: usize| self.known.get_index(place).map(|(view, _)| view.clone());
        while let Some((before, action)) = &self.known[at].from {
            path.push((action.to_string(), view(at).unwrap_or_default()));
            at = *before;
        }
        path.reverse();
        Way {
            start: view(at).unwrap_or_default(),
            path,
            rust: 0,
            tla: 0,
        }
    }
}

/// The steps that change something, each once, in the order of those of the other side.
fn settled(steps: Vec<(Arc<str>, StateView)>, view: &StateView) -> Vec<Move> {
    let steps = steps.into_iter().map(|(name, after)| (name, after, 0));
    let mut steps: Vec<_> = steps.filter(|(_, after, _)| after != view).collect();
    steps.sort();
    steps.dedup();
    steps
}

/// The number of the state in Rust at the end of a way.
fn again<R: Walkable>(rust: &mut R, way: &Way) -> Result<usize, R::Error> {
    let initial = rust.initial()?;
    let start = initial.iter().find(|(view, _)| *view == way.start);
    let mut at = start.map_or(0, |(_, at)| *at);
    for (action, view) in &way.path {
        let steps = rust.steps(at)?;
        let step = steps
            .iter()
            .find(|(name, after, _)| **name == **action && after == view);
        at = step.map_or(at, |(.., after)| *after);
    }
    Ok(at)
}
