//! What things are called: messages by the protocol's noun, events by the output that they are.

use super::system::{Intake, State, System};
use crate::value::Value;

impl System {
    /// What reaches the endpoint: the protocol's own noun, else "message" or "request".
    pub fn noun(&self) -> &'static str {
        self.spec.noun.unwrap_or(match self.spec.intake {
            Intake::Queue => "message",
            Intake::Requests => "request",
        })
    }

    /// One of the messages that reach an endpoint, as in "message 1". One that has a type is called by
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

    /// What travels when a handler answers a request: to a client with a script, the request too.
    pub fn reply_to(&self, request: &Value, answer: &Value) -> Value {
        match self.spec.script.is_empty() {
            true => answer.clone(),
            false => Value::record([("request", request.clone()), ("says", answer.clone())]),
        }
    }

    /// A message that was published, under the name of the output that it is: "LineAdded (line 1)".
    pub fn event(&self, state: &State, event: &Value) -> String {
        let mut sent = state.world.sent.iter();
        let published = sent.find(|sent| sent.get("message") == Some(event));
        let output = published.and_then(|sent| sent.get("output")?.as_str());
        named(output.unwrap_or("message"), event)
    }
}

/// A value under a name: in parentheses where it says more than one thing.
pub fn named(name: &str, value: &Value) -> String {
    match value {
        Value::Fun(_) => format!("{name} ({})", value.brief()),
        _ => format!("{name} {}", value.brief()),
    }
}
