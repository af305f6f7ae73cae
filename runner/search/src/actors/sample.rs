//! Samples the first states of a model to choose the shape of the tree.

use std::collections::HashSet;

use super::tree::Grown;
use super::{History, Interned, Participant};
use crate::cancel::Cancel;
use crate::limits::{Limits, Run};
use crate::{Keep, search};

/// The number of states in the sample.
const STATES: usize = 1_000;

/// The weight of each part of a state: the logarithm of its number of different values in the
/// sample. Parts with many values should be distributed over both sides of the tree. The shape
/// affects only the memory and time of a search.
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
