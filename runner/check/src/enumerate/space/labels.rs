//! The labels of steps.

use tandem_search::Label;
use tandem_search::intern::Interner;

/// The labels of steps that all protocols share.
pub(in crate::enumerate) struct Labels {
    pub(in crate::enumerate) receive: Label,
    pub(in crate::enumerate) downstream: Label,
    pub(in crate::enumerate) reply: Label,
    pub(in crate::enumerate) ask_again: Label,
    pub(in crate::enumerate) late: Label,
    pub(in crate::enumerate) recover: Label,
    pub(in crate::enumerate) crash: Label,
    pub(in crate::enumerate) duplicate: [Label; 2],
    pub(in crate::enumerate) lost: [Label; 2],
    pub(in crate::enumerate) forget: Label,
    pub(in crate::enumerate) expired: [Label; 2],
    /// One label for each slot.
    pub(in crate::enumerate) lease: Vec<Label>,
}

impl Labels {
    pub(in crate::enumerate) fn new(actions: &Interner<(&'static str, u16)>, slots: usize) -> Self {
        let label = |name: &'static str, slot: usize| label(actions, name, slot);
        Labels {
            receive: label("Receive", 0),
            downstream: label("DownstreamReceives", 0),
            reply: label("ReplyArrives", 0),
            ask_again: label("AskAgain", 0),
            late: label("LateRequestArrives", 0),
            recover: label("Recover", 0),
            crash: label("Crash", 0),
            duplicate: [label("Duplicate", 0), label("DuplicateDownstream", 0)],
            lost: [label("RequestLost", 0), label("ReplyLost", 0)],
            forget: label("Forget", 0),
            expired: [
                label("MessageExpires", 0),
                label("DownstreamMessageExpires", 0),
            ],
            lease: (1..=slots)
                .map(|slot| label("LeaseExpires", slot))
                .collect(),
        }
    }
}

/// The label of an action. The slot is 0 if the action belongs to no slot.
pub(in crate::enumerate) fn label(
    actions: &Interner<(&'static str, u16)>,
    name: &'static str,
    slot: usize,
) -> Label {
    let slot = u16::try_from(slot).unwrap_or(u16::MAX);
    Label::try_from(actions.id((name, slot))).unwrap_or(Label::MAX)
}
