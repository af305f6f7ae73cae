//! Enumerates a Rust model completely, in a fixed breadth-first order.
//!
//! Stateright 0.31 does not return shortest counterexamples and knows no views, so paths, counts
//! and the graph come from here, the same every time. Nothing is hashed away: states that are
//! taken for the same are the same.

mod space;
mod truth;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use stateright::Model;
use std::hash::Hasher;
use tandem_models::kit::replay::Breach;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};

use crate::graph::Graph;
use crate::limits::CutOff;
use crate::limits::Run;
use space::Space;
use truth::Truth;

/// What an enumeration found.
pub struct Exploration<'a> {
    system: &'a System,
    space: Space<'a>,
    /// The raw states, in numbers, in breadth-first order.
    states: Rows,
    /// From which raw state each was first reached, and by which action; an initial state from
    /// itself.
    parents: Vec<(u32, u8)>,
    actions: Vec<&'static str>,
    /// Where the steps of each raw state start in `steps`.
    offsets: Vec<usize>,
    steps: Vec<(u8, u32)>,
    initial: usize,
    /// The view of each raw state.
    view_of: Vec<u32>,
    /// A raw state for each view, the first one.
    first_of_view: Vec<u32>,
    /// Per property, in the model's order: the first raw state that decides it.
    pub decided: Vec<Option<u32>>,
    /// Why the enumeration is not complete, if it is not.
    pub cut_off: Option<CutOff>,
    /// A handler that broke the rules of replay, and where.
    pub breach: Option<(u32, Breach)>,
}

/// A path through a model: its first state, then step and state by turns.
#[derive(Debug, Clone)]
pub struct Path {
    /// The initial state.
    pub start: State,
    /// The steps, each with the state after it.
    pub steps: Vec<(Step, State)>,
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
pub fn explore<'a>(system: &'a System, run: &Run<'_>) -> Exploration<'a> {
    let mut search = Search::new(system);
    search.run(run);
    search.found
}

/// Rows of numbers, all of one width, each kept once.
struct Rows {
    width: usize,
    numbers: Vec<u32>,
    table: HashTable<u32>,
}

impl Rows {
    fn new(width: usize) -> Self {
        Rows {
            width,
            numbers: Vec::new(),
            table: HashTable::new(),
        }
    }

    fn len(&self) -> usize {
        self.numbers.len() / self.width
    }

    fn get(&self, row: u32) -> &[u32] {
        let start = row as usize * self.width;
        &self.numbers[start..start + self.width]
    }

    /// The place of a row, and whether it is new.
    fn place(&mut self, row: &[u32]) -> (u32, bool) {
        let (width, numbers) = (self.width, &self.numbers);
        let at = |place: u32| &numbers[place as usize * width..(place as usize + 1) * width];
        let next = u32::try_from(numbers.len() / width).unwrap_or(u32::MAX);
        let entry = self.table.entry(
            hash(row),
            |place| at(*place) == row,
            |place| hash(at(*place)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => (*known.get(), false),
            hashbrown::hash_table::Entry::Vacant(vacant) => {
                vacant.insert(next);
                self.numbers.extend_from_slice(row);
                (next, true)
            }
        }
    }
}

fn hash(row: &[u32]) -> u64 {
    let mut hasher = FxHasher::default();
    for number in row {
        hasher.write_u32(*number);
    }
    hasher.finish()
}

struct Search<'a> {
    found: Exploration<'a>,
    views: Rows,
    truth: Truth<'a>,
    look: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(system: &'a System) -> Self {
        let space = Space::new(system);
        let width = space.width();
        let truth = Truth::new(system);
        let found = Exploration {
            system,
            space,
            states: Rows::new(width),
            parents: Vec::new(),
            actions: Vec::new(),
            offsets: vec![0],
            steps: Vec::new(),
            initial: 0,
            view_of: Vec::new(),
            first_of_view: Vec::new(),
            decided: vec![None; truth.len()],
            cut_off: None,
            breach: None,
        };
        Search {
            found,
            views: Rows::new(width),
            truth,
            look: Vec::new(),
        }
    }

    fn run(&mut self, run: &Run<'_>) {
        let started = Instant::now();
        for state in self.found.space.initial() {
            self.meet(&state, None);
        }
        self.found.initial = self.found.states.len();
        let mut successors = Vec::new();
        let mut next = 0_u32;
        while (next as usize) < self.found.states.len() {
            if let Some(cut_off) = run.limits.reached(started, run.cancel) {
                self.found.cut_off = Some(cut_off);
                break;
            }
            let state = self.found.states.get(next).to_vec();
            self.found.space.expand(&state, &mut successors);
            for (action, after) in successors.drain(..) {
                let action = self.action(action);
                let to = self.meet(&after, Some((next, action)));
                self.found.steps.push((action, to));
            }
            self.found.offsets.push(self.found.steps.len());
            next += 1;
        }
        self.found
            .offsets
            .resize(self.found.states.len() + 1, self.found.steps.len());
    }

    /// The number of an action name.
    fn action(&mut self, name: &'static str) -> u8 {
        let actions = &mut self.found.actions;
        let known = actions.iter().position(|known| *known == name);
        let place = known.unwrap_or_else(|| {
            actions.push(name);
            actions.len() - 1
        });
        u8::try_from(place).unwrap_or(u8::MAX)
    }

    /// The number of a state, new or known. A new one is looked at once.
    fn meet(&mut self, state: &[u32], from: Option<(u32, u8)>) -> u32 {
        let found = &mut self.found;
        let (place, new) = found.states.place(state);
        if !new {
            return place;
        }
        found.parents.push(from.unwrap_or((place, 0)));
        found.space.look(state, &mut self.look);
        let (view, new) = self.views.place(&self.look);
        found.view_of.push(view);
        if new {
            found.first_of_view.push(place);
        }
        self.truth
            .decide(&found.space, state, place, &mut found.decided);
        if found.breach.is_none() && found.space.broken(state) {
            let breach = found.system.breach(&found.space.unpack(state)).cloned();
            found.breach = breach.map(|breach| (place, breach));
        }
        place
    }
}

impl Exploration<'_> {
    /// How large the graph is.
    pub fn size(&self) -> Size {
        let mut depth: Vec<usize> = Vec::with_capacity(self.parents.len());
        for (place, (parent, _)) in self.parents.iter().enumerate() {
            let before = depth.get(*parent as usize).copied().unwrap_or(0);
            depth.push(if *parent as usize == place {
                1
            } else {
                before + 1
            });
        }
        let deepest = self
            .first_of_view
            .iter()
            .map(|raw| depth[*raw as usize])
            .max();
        let views = self.first_of_view.iter();
        Size {
            raw_states: self.states.len(),
            states: self.first_of_view.len(),
            transitions: views.map(|raw| self.through_view(*raw).len()).sum(),
            depth: deepest.unwrap_or(0),
        }
    }

    /// A raw state.
    pub fn state(&self, raw: u32) -> State {
        self.space.unpack(self.states.get(raw))
    }

    /// The shortest path to a raw state.
    pub fn path(&self, to: u32) -> Path {
        let mut way = vec![to];
        let mut at = to;
        while self.parents[at as usize].0 != at {
            at = self.parents[at as usize].0;
            way.push(at);
        }
        way.reverse();
        let start = self.state(at);
        let mut before = start.clone();
        let mut steps = Vec::new();
        for raw in &way[1..] {
            let (after, action) = (
                self.state(*raw),
                self.actions[self.parents[*raw as usize].1 as usize],
            );
            let mut enabled = Vec::new();
            self.system.actions(&before, &mut enabled);
            let step = enabled.into_iter().find(|step| {
                step.action == action
                    && self.system.next_state(&before, step.clone()).as_ref() == Some(&after)
            });
            // The numbers come from the model's own steps, so there is one.
            let Some(step) = step else { break };
            steps.push((step, after.clone()));
            before = after;
        }
        Path { start, steps }
    }

    /// The graph of the views.
    pub fn graph(&self) -> Graph {
        let names: Vec<Arc<str>> = self
            .actions
            .iter()
            .map(|action| Arc::from(*action))
            .collect();
        let steps = self.first_of_view.iter().map(|raw| {
            let steps = self.through_view(*raw).into_iter();
            steps
                .map(|(action, to)| (Arc::clone(&names[action as usize]), to as usize))
                .collect()
        });
        let views = self.first_of_view.iter();
        Graph {
            states: views
                .map(|raw| self.system.view(&self.state(*raw)))
                .collect(),
            initial: (0..self.initial)
                .map(|raw| self.view_of[raw] as usize)
                .collect(),
            steps: steps.collect(),
        }
    }

    /// Two raw states with the same view whose steps differ: the view forgets something.
    pub fn clash(&self) -> Option<(u32, u32)> {
        let raw_states = 0..u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        raw_states
            .map(|raw| (self.first_of_view[self.view_of[raw as usize] as usize], raw))
            .filter(|(first, raw)| first != raw)
            .find(|(first, raw)| self.through_view(*first) != self.through_view(*raw))
    }

    /// The steps of a raw state as its view has them.
    fn through_view(&self, raw: u32) -> BTreeSet<(u8, u32)> {
        let raw = raw as usize;
        let view = self.view_of[raw];
        self.steps[self.offsets[raw]..self.offsets[raw + 1]]
            .iter()
            .map(|(action, to)| (*action, self.view_of[*to as usize]))
            .filter(|(_, to)| *to != view)
            .collect()
    }
}
