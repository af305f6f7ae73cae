//! Queries on a finished enumeration, for the explorer: the position of a state, and its distance to the
//! next violation.

use tandem_models::kit::system::{State, System};

use super::Exploration;
use super::truth::Truth;
use tandem_search::{Action, Bits, Node, Step};

/// For each raw state, the distance to the nearest one in which some of the chosen invariants is false.
pub struct Distances(Vec<u16>);

/// The distance if no state with a false invariant can be reached.
const NEVER: u16 = u16::MAX;

impl Distances {
    /// The number of steps from a raw state to the nearest violation: 0 in a violation, `None` if none can
    /// be reached.
    pub fn of(&self, raw: Node) -> Option<usize> {
        let steps = self.0.get(raw as usize).copied().unwrap_or(NEVER);
        (steps != NEVER).then_some(usize::from(steps))
    }
}

impl Exploration {
    /// The number of a raw state. The enumeration must be complete, so that all parts of the state have
    /// numbers.
    pub fn node(&self, state: &State) -> Option<Node> {
        if self.cut_off.is_some() {
            return None;
        }
        let states = self.found.space();
        let packed = states.pack(state);
        self.found.find(states.representative(packed))
    }

    /// The number of steps on the shortest path to a raw state.
    pub fn distance(&self, raw: Node) -> usize {
        self.found.depth(raw).saturating_sub(1)
    }

    /// The number of initial raw states. They come first.
    pub fn initial(&self) -> Node {
        self.found.initial
    }

    /// The raw states on the shortest path to a state, including that state.
    pub fn way(&self, to: Node) -> Vec<Node> {
        let way = self.found.way(to).into_iter();
        way.map(|(_, raw)| raw).collect()
    }

    /// The number of distinct views at each depth; the depth is the number of steps on a shortest path. The
    /// last raw states may have no new views.
    pub fn states_by_depth(&self) -> Vec<usize> {
        let mut levels = vec![0; self.size().depth];
        for raw in &self.first_of_view {
            levels[self.distance(*raw)] += 1;
        }
        levels
    }

    /// The first raw state of each view, in breadth-first order.
    pub fn first_of_views(&self) -> &[Node] {
        &self.first_of_view
    }

    /// The first raw state with the same view as this one.
    pub fn same_view(&self, raw: Node) -> Node {
        self.first_of_view[self.view_of[raw as usize] as usize]
    }

    /// The number of schedules: complete paths between raw states, from an initial state to one without
    /// steps. At most [`u128::MAX`]. Returns `None` if the graph has a cycle. The enumeration must be
    /// complete.
    pub fn schedules(&self) -> Option<u128> {
        self.found.transitions.complete_paths(self.found.initial)
    }

    /// The steps of a raw state, in the model's order, with the action of each.
    pub fn steps(&self, raw: Node) -> impl Iterator<Item = (&Action, Node)> {
        let known = (raw as usize) < self.found.transitions.states();
        let steps = known.then(|| self.found.transitions.of(raw));
        let steps = steps.into_iter().flatten();
        steps.map(|step| (&self.actions()[usize::from(step.label)], step.to))
    }

    /// For each raw state, the distance to the nearest one in which one of the named invariants is false.
    pub fn distances(&self, names: &[&str]) -> Distances {
        let violated = self.violated(names);
        let turned = self.found.transitions.reversed();
        let mut steps = vec![NEVER; self.found.states() as usize];
        let mut level: Vec<Node> = violated.iter().collect();
        let mut distance = 0;
        while !level.is_empty() && distance < NEVER {
            for raw in &level {
                steps[*raw as usize] = distance;
            }
            distance += 1;
            let mut next = Vec::new();
            for raw in level {
                for Step { to: from, .. } in turned.of(raw) {
                    let seen = &mut steps[from as usize];
                    if *seen == NEVER {
                        *seen = distance;
                        next.push(from);
                    }
                }
            }
            level = next;
        }
        Distances(steps)
    }

    /// The raw states in which one of the named invariants is false.
    fn violated(&self, names: &[&str]) -> Bits {
        let states = self.found.space();
        let truth = Truth::new(self.system());
        let invariants = truth.invariants() & mask(self.system(), names);
        let size = self.found.states() as usize;
        Bits::where_true(size, |raw| {
            states.truth(&truth, self.found.key(raw), invariants) & invariants != invariants
        })
    }
}

/// The mask of the named properties, with the numbering of [`Truth`].
fn mask(system: &System, names: &[&str]) -> u64 {
    let asked = system.asked().into_iter().enumerate();
    let named = asked.filter(|(_, (property, _))| names.contains(&property.name));
    named.fold(0, |mask, (place, _)| mask | 1 << place)
}
