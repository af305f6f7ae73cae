//! Names for actions.

use stateright::actor::ActorModelAction;

use crate::Action;

/// Names an action by its kind, as Stateright does, with the actor's index (from 1) as slot. For
/// `Deliver` and `Drop` the slot is the receiver; it is `None` if the index is too large.
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
