//! What is written on arrows.

use tandem_models::kit::io::Call;
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::value::Value;

/// A message or request that reaches the endpoint.
pub(super) fn incoming(system: &System, message: &Value) -> String {
    let noun = match system.spec().intake {
        Intake::Queue => "message",
        Intake::Requests => "request",
    };
    format!("{noun} {}", brief(message))
}

/// An event, under the name of the output that it is.
pub(super) fn event(state: &State, message: &Value) -> String {
    let mut sent = state.world.sent.iter();
    let published = sent.find(|sent| sent.get("message") == Some(message));
    let output = published.and_then(|sent| sent.get("output").and_then(Value::as_str));
    match output {
        Some(output) => format!("{output} {}", brief(message)),
        None => brief(message),
    }
}

/// A value without its punctuation: `id=⟨1, 1⟩ lines=1` for `[id |-> <<1, 1>>, lines |-> 1]`.
pub(super) fn brief(value: &Value) -> String {
    let fields: Option<Vec<String>> = match value {
        Value::Fun(_) => value
            .entries()
            .map(|(name, value)| Some(format!("{}={}", name.as_str()?, angled(value))))
            .collect(),
        _ => None,
    };
    fields.map_or_else(|| angled(value), |fields| fields.join(" "))
}

fn angled(value: &Value) -> String {
    value.to_string().replace("<<", "⟨").replace(">>", "⟩")
}

/// What a call asks for.
pub(super) fn call(call: &Call) -> String {
    match call {
        Call::Load { collection, .. } => format!("load {collection}"),
        Call::Commit(writes) => {
            let written: Vec<_> = writes.iter().map(|write| write.collection).collect();
            format!("write {}", written.join(", "))
        }
        Call::Contains(member) => format!("{} in {}?", angled(&member.id), member.set),
        Call::Insert(member) => format!("put {} into {}", angled(&member.id), member.set),
        Call::Remove(member) => format!("take {} from {}", angled(&member.id), member.set),
        Call::Publish {
            output, message, ..
        } => format!("{output} {}", brief(message)),
        Call::Reply(answer) => format!("answer {}", brief(answer)),
        Call::Ack => "ack".to_owned(),
        Call::Ask { request, .. } => brief(request),
    }
}
