//! The tail: the steps after the save, in one of 24 orders, for the same command or another one.

use super::{AddLine, INBOX, Item, Order};
use crate::kit::document::{MessageId, Versioned};
use crate::kit::io::{Flow, Io};

/// A step of the tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Publish,
    Mark,
    Delete,
    Clear,
}

const STEPS: [(&str, Step); 4] = [
    ("publish", Step::Publish),
    ("mark", Step::Mark),
    ("delete", Step::Delete),
    ("clear", Step::Clear),
];

/// Which command is marked as processed, given the current command and the item.
type ToMark = fn(&AddLine, &Item) -> Option<MessageId>;

/// The steps of a tail in order, and the command that it marks.
#[derive(Clone)]
pub(super) struct Tail {
    steps: Vec<Step>,
    to_mark: ToMark,
}

/// The command that the transaction belongs to; `None` if the item does not exist, because then it
/// is not known.
fn owner(_: &AddLine, item: &Item) -> Option<MessageId> {
    item.owner()
}

impl Tail {
    /// Publish and mark, then delete and clear.
    pub(super) fn right() -> Self {
        Tail {
            steps: vec![Step::Publish, Step::Mark, Step::Delete, Step::Clear],
            to_mark: owner,
        }
    }

    /// The published solution: deletes before it marks, and marks the current command.
    pub(super) fn as_published() -> Self {
        Tail {
            steps: vec![Step::Publish, Step::Delete, Step::Mark, Step::Clear],
            to_mark: |command, _| Some(command.id),
        }
    }

    /// The published solution, but it marks the command that the item names, or the current one if the
    /// item does not exist.
    pub(super) fn with_the_id_from_the_item() -> Self {
        Tail {
            to_mark: |command, item| item.owner().or(Some(command.id)),
            ..Tail::as_published()
        }
    }

    /// The tail with the steps that its name lists, in that order.
    pub(super) fn named(name: &str) -> Option<Self> {
        let step = |word| STEPS.iter().find(|(name, _)| *name == word);
        let steps = name
            .split('-')
            .map(|word| step(word).map(|(_, step)| *step));
        let steps: Vec<_> = steps.collect::<Option<_>>()?;
        let each_once = STEPS.iter().all(|(_, step)| steps.contains(step));
        let to_mark: ToMark = owner;
        (each_once && steps.len() == STEPS.len()).then_some(Tail { steps, to_mark })
    }

    /// Finishes the pending transaction of the order. `item` is its item, or an empty one if it
    /// does not exist.
    pub(super) fn carry_out(
        &self,
        io: &mut dyn Io,
        command: &AddLine,
        order: &mut Versioned<Order>,
        item: &Item,
    ) -> Flow {
        for step in &self.steps {
            match (step, item.event()) {
                (Step::Publish, Some(event)) => {
                    io.publish("Publish", event)?.or_give_back()?;
                }
                (Step::Delete, Some(event)) => {
                    io.delete_blindly::<Item>("DeleteItem", event.id)?
                        .or_give_back()?;
                }
                (Step::Publish | Step::Delete, None) => {}
                (Step::Mark, _) => {
                    if let Some(id) = (self.to_mark)(command, item) {
                        io.insert("Mark", INBOX, id)?.or_give_back()?;
                    }
                }
                (Step::Clear, _) => {
                    order.pending.clear();
                    io.commit("Clear", order)?.or_give_back()?;
                }
            }
        }
        Ok(())
    }
}
