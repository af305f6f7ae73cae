//! Random walks, for models that are too large to search. They can find a violation, but cannot prove
//! that there is none.
//!
//! A walk starts in a random initial state. It ends when no step changes the state, when it reaches
//! its maximal length, or when it has found what the run is looking for. It chooses among the steps
//! that change the state. All are equally likely, except that a step to a state that no walk has
//! visited is four times as likely: on the broken variants of Tandem's own catalogue this nearly
//! halves the number of steps to violations that are hard to find, and costs nothing for easy ones.
//!
//! Walks are taken in batches, and the visited states are those of earlier batches. So all choices
//! follow from the seed, for any number of threads, and a run can be repeated exactly.
//!
//! The path of a walk to a finding contains many unnecessary steps. It is shrunk until no step can be
//! left out: see [`Sighting`].

mod choices;
mod generator;
mod shrink;

use std::time::Instant;

use rayon::prelude::*;

use self::choices::{Choice, choices, initial};
pub use self::generator::Generator;
use self::shrink::shrink;
use super::space::{Space, Watch, watches};
use super::transitions::{Action, Label, Node};
use super::visited::VisitedSet;
use super::{number, places};
use crate::limits::{CutOff, Progress, Run, resident};

/// How much more likely a step to a new state is chosen.
const NEW: usize = 4;
/// The number of steps between two checks of the time.
const LOOK: usize = 1024;

/// Which walks to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The seed of all random choices.
    pub seed: u64,
    /// The number of walks, unless a limit of the run or a finding ends it earlier.
    pub walks: u64,
    /// The largest number of steps in a walk. Steps that change nothing are not taken.
    pub steps: usize,
    /// A mask of predicates. The run ends when one of them is decided.
    pub until: u64,
}

impl Plan {
    /// Takes walks until an invariant is violated.
    pub fn new(space: &impl Space, seed: u64, walks: u64, steps: usize) -> Self {
        Plan {
            seed,
            walks,
            steps,
            until: mask(&space.predicates(), Watch::False),
        }
    }
}

/// The result of random walks.
pub struct Walked<S: Space> {
    /// For each predicate of the space: where it was first decided, in the order of the walks. `None`
    /// proves nothing.
    pub decided: Vec<Option<Sighting<S::Node>>>,
    /// The actions on the paths of the findings, by label, in alphabetical order.
    pub actions: Vec<Action>,
    /// The number of walks taken. The last one may be incomplete.
    pub walks: u64,
    /// The total number of steps.
    pub steps: u64,
    /// The distinct states that were visited, in the order of the visits.
    pub met: Vec<S::Key>,
    /// The limit that ended the run, if one did.
    pub cut_off: Option<CutOff>,
}

/// A state that decides a predicate, and a path to it.
///
/// The path is locally minimal: if any step, or a short run of steps, is left out, no steps with the
/// labels of the later ones, in their order, decide the predicate. It need not be a shortest path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting<N> {
    /// The number of the walk, from 0.
    pub walk: u64,
    /// The number of steps before it.
    pub taken: usize,
    /// The path, which ends in the state.
    pub way: Way<N>,
    /// Whether shrinking was completed. It stops early if a very long path has too many possible
    /// shortcuts.
    pub minimal: bool,
}

/// A path: the initial state, and each step with the state after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way<N> {
    /// The initial state.
    pub start: N,
    /// The labels and the states they lead to.
    pub steps: Vec<(Label, N)>,
}

/// Takes random walks through a space. The result does not depend on the number of threads, unless
/// time, memory or the user ends the run.
///
/// # Panics
///
/// If the space has more than 64 predicates.
pub fn walk<S: Space>(space: &S, plan: &Plan, run: &Run<'_>) -> Walked<S> {
    let watches = watches(space);
    let mut walks = Walks {
        space,
        initial: initial(space),
        plan,
        run,
        started: Instant::now(),
        told: Instant::now(),
        invariants: mask(&watches, Watch::False),
        open: mask(&watches, Watch::False) | mask(&watches, Watch::True),
        met: VisitedSet::new(),
        found: Walked {
            decided: watches.iter().map(|_| None).collect(),
            actions: Vec::new(),
            walks: 0,
            steps: 0,
            met: Vec::new(),
            cut_off: None,
        },
    };
    if !walks.initial.is_empty() {
        walks.all();
    }
    walks.finish()
}

fn mask(watches: &[Watch], of: Watch) -> u64 {
    let places = watches.iter().enumerate();
    let places = places.filter(|(_, watch)| **watch == of);
    places.fold(0, |mask, (place, _)| mask | 1 << place)
}

/// The record of one walk.
struct Survey<K> {
    /// The index of the chosen initial state, then the index of each chosen step.
    choices: Vec<u32>,
    /// The states that were unknown when the walk began, in order. A state may occur twice.
    fresh: Vec<K>,
    /// Which predicates were decided, and after how many steps.
    settled: Vec<(usize, u64)>,
}

struct Walks<'w, S: Space> {
    space: &'w S,
    initial: Vec<S::Node>,
    plan: &'w Plan,
    run: &'w Run<'w>,
    started: Instant,
    told: Instant,
    invariants: u64,
    /// The predicates that are not decided yet.
    open: u64,
    met: VisitedSet<S::Key>,
    found: Walked<S>,
}

impl<S: Space> Walks<'_, S> {
    fn all(&mut self) {
        let threads = self.run.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        // If the system cannot create threads, the current one does all the work.
        let pool = (threads > 1).then(|| pool.build().ok()).flatten();
        while self.found.walks < self.plan.walks {
            let first = self.found.walks;
            let batch = first.saturating_add((first / 4).clamp(16, 1024));
            let batch = first..self.plan.walks.min(batch);
            let one = |walk| self.survey(walk);
            let surveys = match &pool {
                None => batch.map(one).collect(),
                Some(pool) => pool.install(|| batch.into_par_iter().map(one).collect()),
            };
            if self.space.fault().is_some() {
                self.found.cut_off = Some(CutOff::Fault);
                return;
            }
            if !self.put_together(surveys) {
                return;
            }
            self.tell();
        }
    }

    /// Takes a walk, unless the run ends before the walk does.
    fn survey(&self, walk: u64) -> Result<Survey<S::Key>, CutOff> {
        let mut generator = Generator::of_walk(self.plan.seed, walk);
        let (mut worker, mut truths) = (self.space.worker(), self.space.worker());
        let first = generator.below(self.initial.len());
        let mut survey = Survey {
            choices: vec![number(first)],
            fresh: Vec::new(),
            settled: Vec::new(),
        };
        let mut node = self.initial[first].clone();
        for steps in 0..=self.plan.steps {
            if steps % LOOK == 0
                && let Some(cut_off) = self.run.limits.reached(self.started, self.run.cancel, 0)
            {
                return Err(cut_off);
            }
            if self.meets(steps, &node, &mut survey, &mut truths) || steps == self.plan.steps {
                break;
            }
            let mut choices = choices(self.space, &node, &mut worker);
            let is_new = |choice: &Choice<S>| self.met.find(choice.key).is_none();
            let weight = |choice| if is_new(choice) { NEW } else { 1 };
            let Some(choice) = generator.choose(choices.iter().map(weight)) else {
                break;
            };
            survey.choices.push(number(choice));
            node = choices.swap_remove(choice).node;
        }
        Ok(survey)
    }

    /// Records a state. Returns whether the walk has found what is sought.
    fn meets<'s>(
        &'s self,
        steps: usize,
        node: &S::Node,
        survey: &mut Survey<S::Key>,
        worker: &mut S::Worker<'s>,
    ) -> bool {
        let key = self.space.key(node);
        // A state that is already known decides nothing that is still open.
        if self.met.find(key).is_some() {
            return false;
        }
        survey.fresh.push(key);
        let truths = self.space.truths(node, self.open, worker);
        let settled = (truths ^ self.invariants) & self.open;
        if settled != 0 {
            survey.settled.push((steps, settled));
        }
        settled & self.plan.until != 0
    }

    /// Merges the records of walks, one after the other. Returns false if that ends the run.
    fn put_together(&mut self, surveys: Vec<Result<Survey<S::Key>, CutOff>>) -> bool {
        let asked = self.open;
        for survey in surveys {
            let survey = match survey {
                Ok(survey) => survey,
                Err(cut_off) => {
                    self.found.cut_off = Some(cut_off);
                    return false;
                }
            };
            let walk = self.found.walks;
            self.found.walks += 1;
            self.found.steps += survey.choices.len() as u64 - 1;
            for (steps, settled) in survey.settled {
                for place in places(settled & self.open) {
                    let way = self.way(&survey.choices[..=steps]);
                    let sighting = self.sighting(walk, way, asked, place);
                    self.found.decided[place] = Some(sighting);
                }
                self.open &= !settled;
            }
            let room = survey.fresh.into_iter().all(|key| self.meet(key));
            let sought = asked & !self.open & self.plan.until;
            if !room || sought != 0 || self.open == 0 {
                return false;
            }
        }
        true
    }

    /// The path with these choices.
    fn way(&self, chosen: &[u32]) -> Way<S::Node> {
        let mut worker = self.space.worker();
        let mut chosen = chosen.iter().map(|choice| *choice as usize);
        let start = self.initial[chosen.next().unwrap_or(0)].clone();
        let (mut at, mut steps) = (start.clone(), Vec::new());
        for choice in chosen {
            let Choice { label, node, .. } =
                choices(self.space, &at, &mut worker).swap_remove(choice);
            at = node.clone();
            steps.push((label, node));
        }
        Way { start, steps }
    }

    fn sighting(
        &self,
        walk: u64,
        way: Way<S::Node>,
        asked: u64,
        place: usize,
    ) -> Sighting<S::Node> {
        let wanted = self.invariants >> place & 1 == 0;
        let taken = way.steps.len();
        let (way, minimal) = shrink(self.space, way, |node, worker| {
            let truths = self.space.truths(node, asked, worker);
            (truths >> place & 1 == 1) == wanted
        });
        Sighting {
            walk,
            taken,
            way,
            minimal,
        }
    }

    /// Counts a state. Returns false if no more states fit.
    fn meet(&mut self, key: S::Key) -> bool {
        let (states, max) = (self.met.len(), self.run.limits.max_states);
        let max = max.filter(|max| states as usize >= *max);
        if (max.is_some() || states == Node::MAX) && self.met.find(key).is_none() {
            self.found.cut_off = Some(max.map_or(CutOff::Full, CutOff::States));
            return false;
        }
        self.met.meet(key);
        true
    }

    fn tell(&mut self) {
        let (found, states, started) = (&self.found, self.met.len(), self.started);
        self.run.tell(&mut self.told, || Progress {
            states: states as usize,
            steps: found.steps,
            depth: 0,
            walks: Some(found.walks),
            queue: 0,
            memory: resident(),
            elapsed: started.elapsed(),
            estimate: None,
        });
    }

    /// Renumbers the actions of the paths by their names, so that labels are the same in every run.
    fn finish(mut self) -> Walked<S> {
        let all = self.space.actions();
        let decided = &mut self.found.decided;
        let labels = || decided.iter().flatten().flat_map(|found| &found.way.steps);
        let actions = labels().filter_map(|(label, _)| all.get(usize::from(*label)));
        let mut actions: Vec<Action> = actions.cloned().collect();
        actions.sort_unstable();
        actions.dedup();
        let found = decided.iter_mut().flatten();
        for (label, _) in found.flat_map(|found| &mut found.way.steps) {
            if let Some(action) = all.get(usize::from(*label)) {
                let place = actions.partition_point(|other| other < action);
                *label = Label::try_from(place).unwrap_or(Label::MAX);
            }
        }
        Walked {
            actions,
            met: (0..self.met.len()).map(|node| self.met.key(node)).collect(),
            ..self.found
        }
    }
}
