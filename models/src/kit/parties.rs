//! The third parties of a system: the one that a call sends a request to, their memories, and the
//! requests in transit.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use stateright::actor::{Id, Network};

use super::actors::{Msg, Volatile};
use super::hosts::prefixed;
use super::observe::waiting;
use super::replay::Breach;
use super::system::{State, System};
use super::third_party::ThirdParty;
use crate::value::{Value, from_value};

impl System {
    /// The places of the third parties among the participants, in the order of their numbers.
    pub fn third_parties(&self) -> &[Id] {
        &self.third_parties
    }

    /// The number of the third party that a call sends a request to: the one with this name, or the only one.
    pub fn party_asked(&self, name: Option<&str>) -> Option<usize> {
        let parties = &self.spec.third_parties;
        match name {
            Some(name) => parties.iter().position(|(party, _)| *party == name),
            None => (parties.len() == 1).then_some(0),
        }
    }

    /// The name of a third party.
    pub fn party_name(&self, party: usize) -> &'static str {
        self.spec
            .third_parties
            .get(party)
            .map_or("", |(name, _)| name)
    }

    /// The variable of the view for a third party. If there are several, it is prefixed: "bankProvider".
    pub fn party_variable(&self, party: usize, name: &str) -> String {
        match self.third_parties.len() {
            0 | 1 => name.to_owned(),
            _ => prefixed(self.party_name(party), name),
        }
    }

    /// The error if the third party of a call cannot be found.
    pub(super) fn nobody_asked(&self, action: &str, name: Option<&str>) -> Breach {
        let names: Vec<_> = self
            .spec
            .third_parties
            .iter()
            .map(|(name, _)| *name)
            .collect();
        let names = names.join(", ");
        Breach::Misuse(match name {
            _ if names.is_empty() => format!("{action} asks a third party, but has none"),
            Some(name) => {
                format!("{action} asks a third party '{name}', and the third parties are: {names}")
            }
            None => format!(
                "{action} asks a third party, and there are several: {names}; name one of them with \
                 `io.ask_party`"
            ),
        })
    }

    /// Requests in transit to a third party whose senders have given up.
    pub fn late(&self, party: usize, state: &State) -> BTreeMap<Value, usize> {
        self.third_parties
            .get(party)
            .map_or_else(BTreeMap::new, |id| {
                waiting(state, *id, |msg| match msg {
                    Msg::Request(None, request) => Some(request.clone()),
                    _ => None,
                })
            })
    }

    /// The memory of the only third party; `None` if there is not exactly one, or its memory has another type.
    pub fn memory<S: DeserializeOwned>(&self, state: &State) -> Option<S> {
        from_value(self.remembered_by(self.party_asked(None)?, state)?).ok()
    }

    /// The memory of the third party with this name.
    pub fn memory_of<S: DeserializeOwned>(&self, name: &str, state: &State) -> Option<S> {
        from_value(self.remembered_by(self.party_asked(Some(name))?, state)?).ok()
    }

    pub(super) fn remembered_by<'a>(&self, party: usize, state: &'a State) -> Option<&'a Value> {
        let place = usize::from(*self.third_parties.get(party)?);
        match &**state.actors.actor_states.get(place)? {
            Volatile::Memory(memory) => Some(memory),
            _ => None,
        }
    }

    /// What a third party does with a request that reaches it now, if the protocol describes it.
    pub fn says(&self, state: &State, party: usize, request: &Value) -> Option<String> {
        let (party, memory) = self.party(party, state)?;
        party.says(memory, request)
    }

    /// The answer of a third party to a request that reaches it now.
    pub fn answer(&self, state: &State, party: usize, request: &Value) -> Option<Value> {
        let (party, memory) = self.party(party, state)?;
        let (_, answer) = party.respond(memory, request).ok()?;
        Some(answer)
    }

    fn party<'a>(&'a self, party: usize, state: &'a State) -> Option<(&'a ThirdParty, &'a Value)> {
        let (_, declared) = self.spec.third_parties.get(party)?;
        Some((declared, self.remembered_by(party, state)?))
    }
}

/// The sender of this message to a participant; if there are several, the first.
pub(super) fn sender_of(state: &State, dst: Id, msg: &Msg) -> Option<Id> {
    let Network::UnorderedNonDuplicating(envelopes) = &state.actors.network else {
        return None;
    };
    let sent = envelopes.keys().filter(|envelope| envelope.dst == dst);
    sent.filter(|envelope| envelope.msg == *msg)
        .map(|envelope| envelope.src)
        .min()
}
