//! How actions are called.

use stateright::actor::ActorModelAction;

use crate::Action;

/// The kind of an action, as Stateright calls it, and in the slot the actor: its index, from 1. For
/// `Deliver` and `Drop` that is the receiver, which has no slot if its index is too large for one.
pub fn by_kind<M, T, R>(action: &ActorModelAction<M, T, R>) -> Action {
    let (name, actor) = match action {
        ActorModelAction::Deliver { dst, .. } => ("Deliver", dst),
        ActorModelAction::Drop(envelope) => ("Drop", &envelope.dst),
        ActorModelAction::Timeout(actor, _) => ("Timeout", actor),
        ActorModelAction::Crash(actor) => ("Crash", actor),
        ActorModelAction::Recover(actor) => ("Recover", actor),
        ActorModelAction::SelectRandom { actor, .. } => ("SelectRandom", actor),
    };
    let slot = usize::from(*actor).checked_add(1);
    Action {
        name: name.to_owned(),
        slot: slot.and_then(|slot| u16::try_from(slot).ok()),
    }
}
