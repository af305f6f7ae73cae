//! A look at the first states of a model, for the shape of the tree.

use std::collections::HashSet;

use super::tree::Grown;
use super::{History, Interned, Participant};
use crate::cancel::Cancel;
use crate::limits::{Limits, Run};
use crate::{Keep, search};

/// States to look at.
const STATES: usize = 1_000;

/// The weight of each part of a state: the logarithm of how many values it has among the first
/// states. Parts with many values should be on both sides of the tree. The shape decides how much
/// memory and time a search takes, and nothing else.
pub(super) fn weights<A: Participant, C: Sync, H: History>(
    mut space: Interned<'_, A, C, H>,
) -> Vec<f64> {
    space.questions.clear();
    let limits = Limits {
        max_states: Some(STATES),
        ..Limits::NONE
    };
    let found = search(space, Keep::Paths, &Run::new(&limits, &Cancel::new()));
    let space = found.space();
    let mut values = vec![HashSet::new(); space.model.actors.len() + 1];
    let mut grown = Grown::default();
    for node in 0..found.states() {
        space.tree.read(found.key(node).0, &mut grown);
        let leaves = space.tree.leaves(&grown);
        for (values, leaf) in values.iter_mut().zip(leaves) {
            values.insert(*leaf);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "they are few")]
    let weight = |values: &HashSet<u32>| (values.len() as f64).ln();
    values.iter().map(weight).collect()
}
