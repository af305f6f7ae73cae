//! The tail: what follows the save, in one of 24 orders, for a command of one's own or another's.

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

/// Which command is marked as processed, given the command at hand and the item.
type ToMark = fn(&AddLine, &Item) -> Option<MessageId>;

/// The steps of a tail in their order, and which command it marks.
#[derive(Clone)]
pub(super) struct Tail {
    steps: Vec<Step>,
    to_mark: ToMark,
}

/// The command that the transaction belongs to; none if the item is gone and nobody can tell.
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

    /// The published solution: deletes before it marks, and marks the command at hand.
    pub(super) fn as_published() -> Self {
        Tail {
            steps: vec![Step::Publish, Step::Delete, Step::Mark, Step::Clear],
            to_mark: |command, _| Some(command.id),
        }
    }

    /// The same, but marks the command that the item names, and the one at hand if it is gone.
    pub(super) fn with_the_id_from_the_item() -> Self {
        Tail {
            to_mark: |command, item| item.owner().or(Some(command.id)),
            ..Tail::as_published()
        }
    }

    /// The tail with the steps of its name, in that order; each once.
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

    /// Finishes the transaction that is pending in the order, whose item is the given one, or an
    /// empty one if it is gone.
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
