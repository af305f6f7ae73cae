//! The texts on arrows.

use tandem_models::kit::io::{Call, Outcome};
use tandem_models::kit::names::named;
use tandem_models::kit::system::System;
use tandem_models::value::Value;

/// The text of a call.
pub(super) fn call(call: &Call) -> String {
    match call {
        Call::Load { collection, .. } => format!("load {collection}"),
        Call::List { collection } => format!("read all {collection}"),
        Call::Next { sequence } => format!("next of {sequence}"),
        Call::Commit(writes) => {
            let written: Vec<_> = writes.iter().map(|write| write.collection).collect();
            format!("write {}", written.join(", "))
        }
        Call::CommitAndPublish(writes, publish) => {
            let written: Vec<_> = writes.iter().map(|write| write.collection).collect();
            format!(
                "write {}, publish {}",
                written.join(", "),
                self::call(publish)
            )
        }
        Call::Contains(member) => format!("{} in {}?", member.id.brief(), member.set),
        Call::Insert(member) => format!("put {} into {}", member.id.brief(), member.set),
        Call::Remove(member) => format!("take {} from {}", member.id.brief(), member.set),
        Call::Publish {
            output, message, ..
        } => named(output, message),
        Call::Send {
            output,
            message,
            later,
            ..
        } => match later {
            true => format!("{}, later", named(output, message)),
            false => named(output, message),
        },
        Call::Delete(deletion) => format!("delete from {}", deletion.collection),
        Call::Reply(answer) => answer.brief(),
        Call::Ack => "ack".to_owned(),
        Call::Ask { request, .. } => request.brief(),
    }
}

/// The result of a call that reads something. For a document this is its business state, and each
/// other field that is not empty.
pub(super) fn answer(system: &System, call: &Call, outcome: &Outcome) -> Option<String> {
    match (call, outcome) {
        (_, Outcome::Number(number)) => Some(number.to_string()),
        (_, Outcome::Found(true)) => Some("yes".to_owned()),
        (_, Outcome::Found(false)) => Some("no".to_owned()),
        (_, Outcome::Loaded { document: None, .. }) => Some("not there yet".to_owned()),
        (
            Call::Load { collection, .. },
            Outcome::Loaded {
                document: Some(document),
                ..
            },
        ) => {
            let business = system.spec().schema.business(collection);
            let fields = document.entries().filter_map(|(name, value)| {
                let name = name.as_str()?.to_owned();
                let told = business.contains(&name.as_str()) || !is_empty(value);
                told.then(|| (name, value.clone()))
            });
            let told = Value::record(fields);
            Some(match is_empty(&told) {
                true => "nothing".to_owned(),
                false => told.brief(),
            })
        }
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Set(elements) => elements.is_empty(),
        Value::Seq(items) => items.is_empty(),
        _ => false,
    }
}
