//! Assembles whole states for code that needs them.

use stateright::actor::{ActorModelState, Network};

use super::{History, Interned, Participant};

/// A buffer that holds the last assembled state. To assemble the next one, only the parts that
/// differ are replaced, because successive states have most parts in common.
pub(super) struct Scratch<A: Participant, H> {
    state: ActorModelState<A, H>,
    leaves: Vec<u32>,
    fewer: Vec<u32>,
    more: Vec<u32>,
}

impl<A: Participant, H: History> Scratch<A, H> {
    pub(super) fn new<C>(space: &Interned<'_, A, C, H>) -> Self {
        let (state, leaves) = space.initial.clone();
        let (fewer, more) = (Vec::new(), Vec::new());
        Scratch {
            state,
            leaves,
            fewer,
            more,
        }
    }

    /// Assembles the state with these leaves.
    pub(super) fn of<C>(
        &mut self,
        space: &Interned<'_, A, C, H>,
        leaves: &[u32],
    ) -> &ActorModelState<A, H> {
        let actors = space.model.actors.len();
        for (place, after) in leaves[..=actors].iter().enumerate() {
            let before = std::mem::replace(&mut self.leaves[place], *after);
            if before != *after && place < actors {
                self.place_seat(space, before, *after);
            } else if before != *after {
                self.place_rest(space, before, *after);
            }
        }
        &self.state
    }

    pub(super) fn into_state(self) -> ActorModelState<A, H> {
        self.state
    }

    fn place_seat<C>(&mut self, space: &Interned<'_, A, C, H>, before: u32, after: u32) {
        let (before, after) = (space.seats.get(before), space.seats.get(after));
        if before.local != after.local {
            space.locals.get(after.local).show(&mut self.state);
        }
        self.place_inbox(space, before.inbox, after.inbox);
    }

    fn place_rest<C>(&mut self, space: &Interned<'_, A, C, H>, before: u32, after: u32) {
        let (before, after) = (space.rests.get(before), space.rests.get(after));
        if before.history != after.history {
            let history = space.histories.get(after.history);
            self.state.history.clone_from(history);
        }
        if let Network::UnorderedDuplicating(_, last) = &mut self.state.network {
            *last = after.last.map(|id| space.mail.envelope(id).clone());
        }
        self.place_inbox(space, before.astray, after.astray);
    }

    /// Replaces the messages of one inbox in the network by those of another.
    fn place_inbox<C>(&mut self, space: &Interned<'_, A, C, H>, before: u32, after: u32) {
        if before == after {
            return;
        }
        let (before, after) = (space.mail.inbox(before), space.mail.inbox(after));
        let envelope = |id: &u32| space.mail.envelope(*id);
        differences(before, after, &mut self.fewer, &mut self.more);
        match &mut self.state.network {
            Network::Ordered(channels) => {
                for envelope in before.iter().map(envelope) {
                    channels.remove(&(envelope.src, envelope.dst));
                }
                for envelope in after.iter().map(envelope) {
                    let channel = channels.entry((envelope.src, envelope.dst)).or_default();
                    channel.push_back(envelope.msg.clone());
                }
            }
            Network::UnorderedDuplicating(set, _) => {
                for envelope in self.fewer.iter().map(envelope) {
                    set.remove(envelope);
                }
                set.extend(self.more.iter().map(envelope).cloned());
            }
            Network::UnorderedNonDuplicating(multiset) => {
                for envelope in self.fewer.iter().map(envelope) {
                    match multiset.get_mut(envelope) {
                        Some(times) if *times > 1 => *times -= 1,
                        _ => {
                            multiset.remove(envelope);
                        }
                    }
                }
                for envelope in self.more.iter().map(envelope) {
                    *multiset.entry(envelope.clone()).or_insert(0) += 1;
                }
            }
        }
    }
}

/// Computes what must be removed from one bag and added to it to get another bag.
fn differences(before: &[u32], after: &[u32], fewer: &mut Vec<u32>, more: &mut Vec<u32>) {
    more.clear();
    more.extend(after);
    fewer.clear();
    for id in before {
        match more.iter().position(|other| other == id) {
            Some(place) => {
                more.swap_remove(place);
            }
            None => fewer.push(*id),
        }
    }
}
