//! Names for people: messages by the protocol's noun, events by the name of the output.

use super::system::{Intake, State, System};
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

    /// The reply to a request. For a client with a script, the reply contains the request too.
    pub fn reply_to(&self, request: &Value, answer: &Value) -> Value {
        match self.spec.script.is_empty() {
            true => answer.clone(),
            false => Value::record([("request", request.clone()), ("says", answer.clone())]),
        }
    }

    /// The name of a published message, after its output: "LineAdded (line 1)".
    pub fn event(&self, state: &State, event: &Value) -> String {
        let mut sent = state.world.sent.iter();
        let published = sent.find(|sent| sent.get("message") == Some(event));
        let output = published.and_then(|sent| sent.get("output")?.as_str());
        named(output.unwrap_or("message"), event)
    }
}

/// A value with a name. The value is in parentheses if it has several parts.
pub fn named(name: &str, value: &Value) -> String {
    match value {
        Value::Fun(_) => format!("{name} ({})", value.brief()),
        _ => format!("{name} {}", value.brief()),
    }
}
