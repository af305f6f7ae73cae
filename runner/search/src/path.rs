//! Paths as the model has them: states and actions.

use stateright::Model;

use super::explored::Explored;
use super::space::Space;
use super::transitions::Node;

/// A path through a model: its first state, then action and state by turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Path<S, A> {
    /// The initial state.
    pub start: S,
    /// The steps, each with the state after it.
    pub steps: Vec<(A, S)>,
}

/// A space that stands for a Stateright model.
pub trait Modelled: Space {
    /// The model.
    type Model: Model;

    /// The model.
    fn model(&self) -> &Self::Model;

    /// A state, as the model has it.
    fn state(&self, node: &Self::Node) -> <Self::Model as Model>::State;

    /// Whether this is the state with this key.
    fn is(&self, state: &<Self::Model as Model>::State, key: Self::Key) -> bool;
}

/// The path of the model of a space.
type PathOf<S> =
    Path<<<S as Modelled>::Model as Model>::State, <<S as Modelled>::Model as Model>::Action>;

impl<S: Modelled> Explored<S>
where
    <S::Model as Model>::State: Clone,
    <S::Model as Model>::Action: Clone,
{
    /// The shortest path to a state.
    pub fn path(&self, to: Node) -> PathOf<S> {
        let (space, model) = (self.space(), self.space().model());
        let way = self.way(to);
        let start = space.state(&self.node(way[0].1));
        let mut at = start.clone();
        let (mut steps, mut actions) = (Vec::new(), Vec::new());
        for (_, node) in &way[1..] {
            model.actions(&at, &mut actions);
            let step = actions.drain(..).find_map(|action| {
                let after = model.next_state(&at, action.clone())?;
                space.is(&after, self.key(*node)).then_some((action, after))
            });
            let Some((action, after)) = step else { break };
            at = after.clone();
            steps.push((action, after));
        }
        Path { start, steps }
    }
}
