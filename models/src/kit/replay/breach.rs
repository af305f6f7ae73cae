//! The rules that a handler can break, and the explanation for its author.

use crate::kit::io::{Call, Write};

/// How a handler broke the rules of replay.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Breach {
    /// It made another call when it was run again.
    #[error(
        "the handler is not deterministic: run again with the same message and outcomes it asked \
         for {now} instead of {before}; take clocks, random numbers, threads and globals out of it"
    )]
    NotDeterministic {
        /// The first call.
        before: String,
        /// The call in the second run.
        now: String,
    },
    /// It panicked. The text ends with the file and line.
    #[error("the handler panicked: {0}; return an outcome instead")]
    Panicked(String),
    /// It made too many calls for one message.
    #[error(
        "the handler made {0} calls for one message and has not returned; does it have a loop that \
         does not end?"
    )]
    Endless(usize),
    /// It continued after a call whose outcome is not known.
    #[error(
        "the handler goes on after {0} was interrupted; end the line of the call with `?`, so that \
         nothing happens after a call that has not returned"
    )]
    WentOn(&'static str),
    /// It unwrapped the result of a call that was interrupted.
    #[error(
        "the handler panics when {call} is interrupted: {panic}; write `?` instead of `unwrap` or \
         `expect`, so that nothing happens after a call that has not returned"
    )]
    Unwrapped {
        /// The step.
        call: &'static str,
        /// The panic, with its file and line.
        panic: String,
    },
    /// It named a step that its protocol does not have.
    #[error("`{name}` is not a step of this protocol; {hint}")]
    UnknownStep {
        /// The name.
        name: &'static str,
        /// The most similar name of a step, or the names of all steps.
        hint: String,
    },
    /// It answered a request twice.
    #[error(
        "the handler answers the same request twice, with {first} and then with {second}; return \
         after the first answer"
    )]
    SecondReply {
        /// The step of the first answer.
        first: &'static str,
        /// The step of the second.
        second: &'static str,
    },
    /// It used `Io` in a way that no step supports.
    #[error("{0}")]
    Misuse(String),
}

impl Breach {
    /// The breach for a step that the protocol does not have.
    pub(in crate::kit) fn unknown_step(name: &'static str, steps: &[&'static str]) -> Self {
        let near = |step: &&&str| strsim::damerau_levenshtein(step, name);
        let nearest = steps.iter().min_by_key(near).filter(|step| near(step) <= 3);
        let hint = match nearest {
            Some(step) => format!("did you mean `{step}`?"),
            None => format!("its steps are {}", steps.join(", ")),
        };
        Breach::UnknownStep { name, hint }
    }

    /// The breach for a handler that made another call than before. If both have the same step, the
    /// message shows the content of the calls.
    pub(in crate::kit) fn differs(before: &Asked<'_>, now: &Asked<'_>) -> Self {
        let same = before.name() == now.name();
        Breach::NotDeterministic {
            before: before.words(same),
            now: now.words(same),
        }
    }
}

/// The last action of a handler in a run.
pub(in crate::kit) enum Asked<'a> {
    /// A call.
    Call(&'a str, &'a Call),
    /// Anything else, as a phrase.
    Other(String),
}

impl Asked<'_> {
    fn name(&self) -> &str {
        match self {
            Asked::Call(action, _) => action,
            Asked::Other(what) => what,
        }
    }

    fn words(&self, with_content: bool) -> String {
        match self {
            Asked::Call(action, call) if with_content => format!("{action} {}", content(call)),
            other => other.name().to_owned(),
        }
    }
}

/// The content of a call.
fn content(call: &Call) -> String {
    match call {
        Call::Load { collection, key } => format!("of {collection} {}", key.plain()),
        Call::Commit(writes) => {
            let write = |write: &Write| {
                let (key, document) = (write.key.plain(), write.document.plain());
                let when = when(write.expected);
                format!("{} {key} = {document} {when}", write.collection)
            };
            let writes: Vec<_> = writes.iter().map(write).collect();
            format!("of {}", writes.join(" and "))
        }
        Call::Contains(member) | Call::Insert(member) | Call::Remove(member) => {
            format!("of {} in {}", member.id.plain(), member.set)
        }
        Call::CommitAndPublish(writes, publish) => {
            let commit = content(&Call::Commit(writes.clone()));
            format!("{commit}, and {}", content(publish))
        }
        Call::Publish { message, .. } => format!("of {}", message.plain()),
        Call::Send { to, message, .. } => format!("of {} to {to}", message.plain()),
        Call::Delete(deletion) => {
            let (key, when) = (deletion.key.plain(), when(deletion.expected));
            format!("of {} {key} {when}", deletion.collection)
        }
        Call::Reply(answer) => format!("with {}", answer.plain()),
        Call::List { collection } => format!("of all documents in {collection}"),
        Call::Next { sequence } => format!("of the sequence {sequence}"),
        Call::Ack => "of the message".to_owned(),
        Call::Ask { request, .. } => format!("with {}", request.plain()),
    }
}

fn when(expected: Option<i64>) -> String {
    match expected {
        Some(version) => format!("if its version is {version}"),
        None => "blindly".to_owned(),
    }
}
