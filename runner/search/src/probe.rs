//! Checks whether the last level that a depth limit allows has steps to unknown states.

use super::chunk::Job;
use super::space::Space;
use super::visited::VisitedSet;

/// Whether a step of these states leads to an unknown state. Stops at the first one.
pub(super) fn leads_further<S: Space>(space: &S, known: &VisitedSet<S::Key>, job: &Job<S>) -> bool {
    let (mut worker, mut judge) = (space.worker(), space.worker());
    let mut is_new =
        |node: &S::Node| known.find(space.key(node)).is_none() && space.within(node, &mut judge);
    job.nodes().filter(|node| !space.broken(node)).any(|node| {
        let mut further = false;
        space.expand(node, &mut worker, |_, after| {
            further = further || is_new(&after);
        });
        further
    })
}
