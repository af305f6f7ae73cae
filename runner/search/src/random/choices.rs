//! The steps among which a walk chooses.

use super::super::space::Space;
use super::super::transitions::Label;

/// A step that a walk may choose.
pub(super) struct Choice<S: Space> {
    pub(super) label: Label,
    pub(super) node: S::Node,
    pub(super) key: S::Key,
}

/// The initial states, in the model's order.
pub(super) fn initial<S: Space>(space: &S) -> Vec<S::Node> {
    let mut worker = space.worker();
    let mut nodes = space.initial();
    nodes.retain(|node| space.within(node, &mut worker));
    nodes
}

/// The steps of a state that change it, in the model's order.
pub(super) fn choices<'s, S: Space>(
    space: &'s S,
    node: &S::Node,
    worker: &mut S::Worker<'s>,
) -> Vec<Choice<S>> {
    let mut choices = Vec::new();
    if !space.broken(node) {
        let before = space.key(node);
        space.expand(node, worker, |label, node| {
            let key = space.key(&node);
            if key != before {
                choices.push(Choice { label, node, key });
            }
        });
    }
    choices.retain(|choice| space.within(&choice.node, worker));
    choices
}
