//! Paths with the model's own states and actions.

use std::fmt::{self, Debug};

use stateright::Model;

use super::explored::Explored;
use super::fault::ModelFault;
use super::liveness::Lasso;
use super::space::Space;
use super::transitions::{Action, Label, Node};

/// A path through a model: its initial state, and its actions with the states after them.
#[derive(Debug, Clone, PartialEq)]
pub struct Path<S, A> {
    /// The initial state.
    pub start: S,
    /// The steps, each with the state after it.
    pub steps: Vec<(A, S)>,
    /// What happens after the last step.
    pub end: PathEnd,
}

/// What happens after the last step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathEnd {
    /// Not specified: the path only leads to a state.
    Open,
    /// Stuttering: the behaviour stays in the last state forever.
    Stutters,
    /// The behaviour repeats forever everything after this many steps.
    Repeats(usize),
}

/// One line for each step and each state.
impl<S: Debug, A: Debug> fmt::Display for Path<S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "   0. initial state\n      {:?}", self.start)?;
        for (number, (action, after)) in (1..).zip(&self.steps) {
            write!(f, "\n{number:4}. {action:?}\n      {after:?}")?;
        }
        match self.end {
            PathEnd::Open => Ok(()),
            PathEnd::Stutters => write!(f, "\n      and nothing happens any more"),
            PathEnd::Repeats(first) => {
                write!(f, "\n      and again from step {} on, forever", first + 1)
            }
        }
    }
}

/// A space that represents a Stateright model.
pub trait Modelled: Space {
    /// The model.
    type Model: Model;

    /// The model.
    fn model(&self) -> &Self::Model;

    /// The model's state for a node.
    fn state(&self, node: &Self::Node) -> <Self::Model as Model>::State;

    /// Whether this is the state with this key.
    fn is(&self, state: &<Self::Model as Model>::State, key: Self::Key) -> bool;

    /// The name of an action; `None` if an action is identified by its index among those of a
    /// state.
    fn name_of(&self, action: &<Self::Model as Model>::Action) -> Option<Action>;
}

/// A path of the model of a space.
pub type PathOf<S> =
    Path<<<S as Modelled>::Model as Model>::State, <<S as Modelled>::Model as Model>::Action>;

impl<S: Modelled> Explored<S>
where
    <S::Model as Model>::State: Clone + Debug,
    <S::Model as Model>::Action: Clone,
{
    /// The shortest path to a state.
    ///
    /// # Errors
    ///
    /// If the steps of the model differ from those during the search.
    pub fn path(&self, to: Node) -> Result<PathOf<S>, ModelFault> {
        let way = self.way(to);
        self.follow(way[0].1, way[1..].iter().copied(), PathEnd::Open)
    }

    /// The infinite behaviour that a lasso represents.
    ///
    /// # Errors
    ///
    /// If the steps of the model differ from those during the search.
    pub fn behaviour(&self, lasso: &Lasso) -> Result<PathOf<S>, ModelFault> {
        let steps = lasso.stem.iter().chain(&lasso.cycle);
        let end = match lasso.cycle.is_empty() {
            true => PathEnd::Stutters,
            false => PathEnd::Repeats(lasso.stem.len()),
        };
        self.follow(lasso.start, steps.map(|step| (step.label, step.to)), end)
    }

    /// The path of the model along these steps.
    fn follow(
        &self,
        start: Node,
        way: impl Iterator<Item = (Label, Node)>,
        end: PathEnd,
    ) -> Result<PathOf<S>, ModelFault> {
        let (space, model) = (self.space(), self.space().model());
        // During the search, labels are those of the space.
        let names = match self.actions.is_empty() {
            true => space.actions(),
            false => self.actions.clone(),
        };
        let start = space.state(&self.node(start)?);
        let mut at = start.clone();
        let (mut steps, mut actions) = (Vec::new(), Vec::new());
        for (label, node) in way {
            actions.clear();
            model.actions(&at, &mut actions);
            let step = actions.drain(..).enumerate().find_map(|(place, action)| {
                let same = match space.name_of(&action) {
                    Some(name) => names.get(usize::from(label)) == Some(&name),
                    None => place == usize::from(label),
                };
                let after = same.then(|| model.next_state(&at, action.clone()))??;
                space.is(&after, self.key(node)).then_some((action, after))
            });
            let (action, after) = step.ok_or_else(|| ModelFault::Unstable {
                state: format!("{at:?}"),
                difference: "the step that the search has taken is missing, or has another place"
                    .to_owned(),
            })?;
            at = after.clone();
            steps.push((action, after));
        }
        Ok(Path { start, steps, end })
    }
}
