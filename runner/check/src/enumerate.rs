//! Enumerates a protocol's model completely, and through its view.
//!
//! Stateright 0.31 does not return shortest counterexamples and knows no views, so paths, counts
//! and the graph come from here, the same every time. Nothing is hashed away: states that are
//! taken for the same are the same.

mod around;
mod cells;
mod path;
mod space;
mod states;
mod truth;
mod unfolded;
mod views;
mod walks;

use std::collections::BTreeMap;
use std::sync::Arc;

use tandem_models::kit::guarantees::{Guarantee, When};
use tandem_models::kit::replay::Breach;
use tandem_models::kit::system::{State, System};

pub use around::Distances;
pub use path::{End, Path};
use path::{path_to, through};
pub use space::Folded;
pub use states::Form;
use states::States;
use tandem_search::limits::{CutOff, Run};
use tandem_search::liveness::{Fairness, Formula, Lasso, violation};
use tandem_search::numerals::thousands;
use tandem_search::space::Space;
use tandem_search::visited::VisitedSet;
use tandem_search::{
    Action, Bits, Explored, Keep, Label, Node, Transitions, deadlock, search, search_telling,
};
pub use unfolded::Unfolded;
pub use views::Views;
pub use walks::{Met, Walks, walk};

/// What an enumeration found.
pub struct Exploration {
    /// What was taken for one another.
    pub folded: Folded,
    /// Whether anything was to be.
    symmetric: bool,
    found: Explored<States>,
    /// The view of each raw state.
    view_of: Vec<u32>,
    /// A raw state for each view, the first one.
    first_of_view: Vec<Node>,
    /// For each label the first one whose action has the same name.
    names: Vec<Label>,
    /// For each of those, the steps between distinct views.
    steps_of_views: Vec<usize>,
    /// Per property, in the model's order: the first raw state that decides it.
    pub decided: Vec<Option<Node>>,
    /// Why the enumeration is not complete, if it is not.
    pub cut_off: Option<CutOff>,
    /// A handler that broke the rules of replay, and where.
    pub breach: Option<(Node, Breach)>,
}

/// The size of an enumerated graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Raw states.
    pub raw_states: usize,
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
    /// States on the longest of all shortest paths.
    pub depth: usize,
}

/// Enumerates the model.
pub fn explore(system: &System, run: &Run<'_>) -> Exploration {
    explore_with(system, false, run)
}

/// The same, and tells of each invariant that is violated and each witness that is reached, by its
/// place among [`System::asked`], as soon as the shortest path that shows it is certain: it is the one
/// that the exploration has at the end. Liveness is judged on the whole graph, and so told of only there.
pub fn explore_telling(
    system: &System,
    run: &Run<'_>,
    decided: &mut dyn FnMut(usize, &Path),
) -> Exploration {
    let asked = system.asked().len();
    explored(system, (false, Form::Fitting), run, &mut |found, place| {
        if let Some(raw) = found.decided[place].filter(|_| place < asked) {
            decided(place, &path_to(found, &found.space().actions(), raw));
        }
    })
}

/// Enumerates the model up to symmetry: states that differ only in which slot does what, or in which
/// of interchangeable messages is called what, are taken for one. Verdicts on states, and the lengths
/// of shortest paths, are those of the whole graph; liveness is not judged.
pub fn explore_symmetric(system: &System, run: &Run<'_>) -> Exploration {
    explore_with(system, true, run)
}

/// Enumerates the model in the one way or the other.
pub fn explore_with(system: &System, symmetric: bool, run: &Run<'_>) -> Exploration {
    explored(system, (symmetric, Form::Fitting), run, &mut |_, _| {})
}

/// Enumerates the model in one form or the other, which must not make a difference.
pub fn explore_in(form: Form, system: &System, run: &Run<'_>) -> Exploration {
    explored(system, (false, form), run, &mut |_, _| {})
}

fn explored(
    system: &System,
    (symmetric, form): (bool, Form),
    run: &Run<'_>,
    settled: &mut dyn FnMut(&Explored<States>, usize),
) -> Exploration {
    let states = States::new(Arc::new(system.remembering()), symmetric, form);
    let found = search_telling(states, Keep::Graph, run, settled);
    let states = found.space();
    let mut views = VisitedSet::new();
    let mut view_of = Vec::with_capacity(found.states() as usize);
    let mut first_of_view = Vec::new();
    for raw in 0..found.states() {
        let (view, new) = views.meet(states.look(found.key(raw)));
        if new {
            first_of_view.push(raw);
        }
        view_of.push(view);
    }
    drop(views);
    let mut decided = found.decided.clone();
    let broken = decided.pop().flatten();
    decided.truncate(states.system().asked().len());
    let mut exploration = Exploration {
        folded: states.folded(),
        symmetric,
        view_of,
        first_of_view,
        steps_of_views: vec![0; found.actions.len()],
        names: first_labels(&found.actions),
        decided,
        cut_off: found.cut_off,
        breach: None,
        found,
    };
    exploration.breach = broken.and_then(|raw| Some((raw, exploration.breach_at(raw)?)));
    exploration.count();
    exploration
}

/// The search alone, with what it decides and no more, as Stateright's checkers do it: no graph, no
/// view, no liveness. Returns how many raw states there are, and per property whether it is decided.
pub fn decide(system: &System, run: &Run<'_>) -> (usize, Vec<bool>) {
    let mut spec = system.spec().clone();
    let always = |guarantee: &Guarantee| matches!(guarantee.when, When::Always);
    spec.guarantees.retain(always);
    let system = Arc::new(System::new(spec).remembering());
    let found = search(
        States::new(Arc::clone(&system), false, Form::Fitting),
        Keep::Paths,
        run,
    );
    let decided = found.decided.iter().take(system.asked().len());
    let decided = decided.map(Option::is_some).collect();
    (found.states() as usize, decided)
}

/// For each label the first one whose action has the same name: a view's steps say nothing of slots.
fn first_labels(actions: &[Action]) -> Vec<Label> {
    let first = |action: &Action| actions.partition_point(|other| other.name < action.name);
    let labels = actions.iter().map(first);
    labels
        .map(|label| Label::try_from(label).unwrap_or(Label::MAX))
        .collect()
}

impl Exploration {
    /// The model.
    pub fn system(&self) -> &Arc<System> {
        self.found.space().system()
    }

    /// How large the graph is.
    pub fn size(&self) -> Size {
        let deepest = self.first_of_view.iter();
        Size {
            raw_states: self.found.states() as usize,
            states: self.first_of_view.len(),
            transitions: self.steps_of_views.iter().sum(),
            depth: deepest.map(|raw| self.found.depth(*raw)).max().unwrap_or(0),
        }
    }

    /// How many steps between distinct views each action takes.
    pub fn fired(&self) -> BTreeMap<&str, usize> {
        let taken = self.actions().iter().zip(&self.steps_of_views);
        let taken = taken.filter(|(_, steps)| **steps > 0);
        taken
            .map(|(action, steps)| (&*action.name, *steps))
            .collect()
    }

    fn count(&mut self) {
        let mut counts = std::mem::take(&mut self.steps_of_views);
        for raw in &self.first_of_view {
            for (label, _) in self.through_view(*raw) {
                counts[usize::from(label)] += 1;
            }
        }
        self.steps_of_views = counts;
    }

    /// What was taken for one another, in words, and how many states are left; nothing if all were to be
    /// told apart.
    pub fn symmetry(&self) -> Option<String> {
        let said = || match self.found.space().knows_symmetry() {
            true => self.folded.said_of(self.size().raw_states),
            false => "none, as symmetry is known only for systems with one endpoint".to_owned(),
        };
        self.symmetric.then(said)
    }

    /// How far it came, in words.
    pub fn covered(&self) -> String {
        format!(
            "of {} raw states the steps of {} were taken, on {} levels",
            thousands(self.found.states() as usize),
            thousands(self.found.expanded()),
            thousands(self.found.levels().len())
        )
    }

    /// The actions, by label.
    pub fn actions(&self) -> &[Action] {
        &self.found.actions
    }

    /// The transitions between raw states.
    pub fn transitions(&self) -> &Transitions {
        &self.found.transitions
    }

    /// A raw state.
    pub fn state(&self, raw: Node) -> State {
        self.found.space().unpack(self.found.key(raw))
    }

    /// The raw states in the order in which they were met, each with the number of its view.
    pub fn raws(&self) -> impl Iterator<Item = (Node, u32)> {
        (0..).zip(self.view_of.iter().copied())
    }

    /// The shortest path to a raw state.
    pub fn path(&self, to: Node) -> Path {
        path_to(&self.found, self.actions(), to)
    }

    /// How a handler broke the rules of replay at the end of the shortest path there: a breach speaks
    /// of messages by the names that they have on that path.
    fn breach_at(&self, raw: Node) -> Option<Breach> {
        let (system, path) = (self.system(), self.path(raw));
        let breach = system.breach(path.last()).cloned();
        breach.or_else(|| system.breach(&self.state(raw)).cloned())
    }

    /// A behaviour that never ends.
    fn lasso(&self, lasso: &Lasso) -> Path {
        let steps = lasso.stem.iter().chain(&lasso.cycle);
        let end = match lasso.cycle.is_empty() {
            true => End::Stutters,
            false => End::Repeats(lasso.stem.len()),
        };
        let steps = steps.map(|step| (step.label, step.to));
        through(&self.found, self.actions(), lasso.start, steps, end)
    }

    /// The nearest state in which nothing can happen any more although the system is not at rest.
    /// None where the search was cut off, since steps may have been left out.
    pub fn deadlock(&self) -> Option<Node> {
        if self.cut_off.is_some() {
            return None;
        }
        let states = self.found.space();
        let expanded = self.found.transitions.states();
        let at_rest = |raw: Node| states.at_rest(self.found.key(raw));
        deadlock(
            &self.found.transitions,
            &Bits::where_true(expanded, at_rest),
        )
    }

    /// For each guarantee of what comes true some day a behaviour that violates it, of the shortest
    /// stem, if there is one. Nothing at all if the graph is not complete, or folded.
    pub fn liveness(&self) -> BTreeMap<&'static str, Option<Path>> {
        if self.cut_off.is_some() || self.folded.any() {
            return BTreeMap::new();
        }
        let size = self.found.states() as usize;
        let initial: Vec<Node> = (0..self.found.initial).collect();
        let fair = (0..).zip(self.actions());
        let fair = fair.filter(|(_, action)| self.system().is_fair(&action.name));
        let fairness: Vec<_> = fair.map(|(label, _)| Fairness::weak([label])).collect();
        let kept = self.found.truths.iter().filter(|truth| !truth.is_empty());
        let mut kept = kept.map(|truth| Bits::where_true(size, |node| truth[node as usize]));
        let mut next = || kept.next().unwrap_or_else(|| Bits::none(size));
        let liveness = self.system().liveness().into_iter().map(|guarantee| {
            let holds = next();
            let formula = match guarantee.when {
                // Not among those of liveness.
                When::Always => return (guarantee.name, None),
                When::Eventually => Formula::Eventually(holds),
                When::AlwaysEventually => Formula::AlwaysEventually(holds),
                When::EventuallyAlways => Formula::EventuallyAlways(holds),
                When::After(_) => Formula::LeadsTo(next(), holds),
            };
            let lasso = violation(&self.found.transitions, &initial, &formula, &fairness);
            // The graph is complete, so there is an answer.
            let lasso = lasso.ok().flatten();
            (guarantee.name, lasso.map(|lasso| self.lasso(&lasso)))
        });
        liveness.collect()
    }

    /// Two raw states with the same view whose steps differ: the view forgets something.
    pub fn clash(&self) -> Option<(Node, Node)> {
        (0..self.found.states())
            .map(|raw| (self.first_of_view[self.view_of[raw as usize] as usize], raw))
            .filter(|(first, raw)| first != raw)
            .find(|(first, raw)| self.through_view(*first) != self.through_view(*raw))
    }

    /// The steps of a raw state as its view has them, each once.
    fn through_view(&self, raw: Node) -> Vec<(Label, u32)> {
        // The rest was not expanded.
        if raw as usize >= self.found.transitions.states() {
            return Vec::new();
        }
        let view = self.view_of[raw as usize];
        let steps = self.found.transitions.of(raw).map(|step| {
            let name = self.names[usize::from(step.label)];
            (name, self.view_of[step.to as usize])
        });
        let mut steps: Vec<_> = steps.filter(|(_, to)| *to != view).collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }
}
