//! Names for people: messages by the protocol's noun, events by the name of the output.

use super::actors::Volatile;
use super::system::{Intake, State, System};
use super::third_party::ThirdParty;
use crate::value::Value;

impl System {
    /// The noun for a message to the endpoint: the protocol's own, else "message" or "request".
    pub fn noun(&self) -> &'static str {
        self.spec.noun.unwrap_or(match self.spec.intake {
            Intake::Queue => "message",
            Intake::Requests => "request",
        })
    }

    /// The name of a message to an endpoint, as in "message 1". A message with a type is named after
    /// it: "CreateOrder 1".
    pub fn message(&self, message: &Value) -> String {
        match message.get("type").and_then(Value::as_str) {
            Some(kind) => {
                let others = message.entries();
                let others = others.filter(|(field, _)| field.as_str() != Some("type"));
                let others: Vec<_> = others.collect();
                match others[..] {
                    [] => kind.to_owned(),
                    [(_, value)] => named(kind, value),
                    _ => {
                        let fields = others.iter();
                        let fields = fields
                            .filter_map(|(name, value)| Some((name.as_str()?, (*value).clone())));
                        named(kind, &Value::record(fields))
                    }
                }
            }
            None => named(self.noun(), message),
        }
    }

    /// The name of a published message, after its output: "LineAdded (line 1)".
    pub fn event(&self, state: &State, event: &Value) -> String {
        let mut sent = state.world.sent.iter();
        let published = sent.find(|sent| sent.get("message") == Some(event));
        let output = published.and_then(|sent| sent.get("output")?.as_str());
        named(output.unwrap_or("message"), event)
    }

    /// What the third party does with a request that reaches it now, if the protocol describes it.
    pub fn says(&self, state: &State, request: &Value) -> Option<String> {
        let (party, memory) = self.party(state)?;
        party.says(memory, request)
    }

    /// The third party's answer to a request that reaches it now.
    pub fn answer(&self, state: &State, request: &Value) -> Option<Value> {
        let (party, memory) = self.party(state)?;
        let (_, answer) = party.respond(memory, request).ok()?;
        Some(answer)
    }

    fn party<'a>(&'a self, state: &'a State) -> Option<(&'a ThirdParty, &'a Value)> {
        let (_, party) = self.spec.third_party.as_ref()?;
        match &*state.actors.actor_states[usize::from(self.third_party?)] {
            Volatile::Memory(memory) => Some((party, memory)),
            _ => None,
        }
    }
}

/// A value with a name. The value is in parentheses if it has several parts.
pub fn named(name: &str, value: &Value) -> String {
    match value {
        Value::Fun(_) => format!("{name} ({})", value.brief()),
        _ => format!("{name} {}", value.brief()),
    }
}
