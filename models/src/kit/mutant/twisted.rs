//! An [`Io`] in which one call is changed.

use std::collections::BTreeMap;

use super::{Mutant, Surroundings, Twist};
use crate::kit::io::{Call, Flow, Io, Outcome, Stop, Write};
use crate::kit::world::with_field;
use crate::value::Value;

/// Performs every call unchanged, except the one that the mutant changes.
pub(super) struct Twisted<'a> {
    io: &'a mut dyn Io,
    message: &'a Value,
    mutant: &'a Mutant,
    around: &'a Surroundings,
    /// A call that will be made after the next one.
    held: Option<(&'static str, Call)>,
    /// Whether the message was acknowledged, or the request answered, earlier than the handler
    /// assumes.
    ended: bool,
    drawn: usize,
    /// The documents as the handler knows them.
    known: BTreeMap<(&'static str, Value), Value>,
}

impl<'a> Twisted<'a> {
    pub(super) fn new(
        io: &'a mut dyn Io,
        message: &'a Value,
        mutant: &'a Mutant,
        around: &'a Surroundings,
    ) -> Self {
        Twisted {
            io,
            message,
            mutant,
            around,
            held: None,
            ended: false,
            drawn: 0,
            known: BTreeMap::new(),
        }
    }

    /// The result of the handler. If a delayed call was not followed by another one, it is made now.
    pub(super) fn end(mut self, returned: Flow) -> Flow {
        match returned {
            Ok(()) | Err(Stop::GivenBack) => self.release()?,
            Err(Stop::Suspended(_) | Stop::Misuse(_)) => {}
        }
        returned
    }

    fn release(&mut self) -> Flow {
        match self.held.take() {
            Some((action, call)) => self.io.perform(action, call).map(drop),
            None => Ok(()),
        }
    }

    /// Performs a call without a change.
    fn passes(&mut self, action: &'static str, call: &Call) -> Flow<Outcome> {
        let ends = matches!(call, Call::Ack | Call::Reply(_));
        if ends && self.ended {
            return Ok(Outcome::Done);
        }
        let outcome = self.io.perform(action, call.clone())?;
        self.learns(call, &outcome);
        self.release()?;
        Ok(outcome)
    }

    /// Performs the changed call.
    fn twists(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        match &self.mutant.twist {
            Twist::Skip => Ok(self.presumed(&call)),
            Twist::Twice => {
                let outcome = self.io.perform(action, call.clone())?;
                self.io.perform(action, call)?;
                Ok(outcome)
            }
            Twist::PutOff if self.held.is_none() => {
                let presumed = self.presumed(&call);
                self.held = Some((action, call));
                Ok(presumed)
            }
            Twist::Blind => self.passes(action, &blind(call)),
            Twist::DropField(field) => {
                let call = self.without(field, call);
                self.passes(action, &call)
            }
            Twist::AckEarly(ack) => self.early(ack, Call::Ack, (action, call)),
            Twist::ReplyEarly(reply, answer) => {
                self.early(reply, Call::Reply(answer.clone()), (action, call))
            }
            Twist::GiveBack => {
                self.passes(action, &call)?;
                Err(Stop::GivenBack)
            }
            _ => {
                let outcome = self.passes(action, &call)?;
                Ok(self.taken_for(&call, outcome))
            }
        }
    }

    /// Acknowledges or answers before the call, once.
    fn early(
        &mut self,
        step: &'static str,
        end: Call,
        (action, call): (&'static str, Call),
    ) -> Flow<Outcome> {
        if !self.ended {
            self.io.perform(step, end)?;
            self.ended = true;
        }
        self.passes(action, &call)
    }

    /// The outcome that the handler receives.
    fn taken_for(&self, call: &Call, outcome: Outcome) -> Outcome {
        match (&self.mutant.twist, outcome) {
            (Twist::Answer(found), Outcome::Found(_)) => Outcome::Found(*found),
            (Twist::SeeNothing, Outcome::Loaded { version, .. }) => Outcome::Loaded {
                version,
                document: None,
            },
            (Twist::SeeNothing, Outcome::Listed(_)) => Outcome::Listed(Vec::new()),
            (Twist::SeeField(field, truth), Outcome::Loaded { version, document }) => {
                let default = match call {
                    Call::Load { collection, .. } => self.around.default(collection).cloned(),
                    _ => None,
                };
                let seen = document.or(default);
                let seen = seen.map(|seen| with_field(&seen, field, Value::Bool(*truth)));
                Outcome::Loaded {
                    version,
                    document: seen,
                }
            }
            (Twist::IgnoreConflict, Outcome::Conflict)
            | (Twist::IgnoreFailure, Outcome::Failed) => self.presumed(call),
            (_, outcome) => outcome,
        }
    }

    /// The outcome that the handler assumes for a skipped call.
    fn presumed(&self, call: &Call) -> Outcome {
        match call {
            Call::Load { .. } => Outcome::Loaded {
                version: 0,
                document: None,
            },
            Call::List { .. } => Outcome::Listed(Vec::new()),
            Call::Next { .. } => Outcome::Number(1),
            Call::Contains(_) => Outcome::Found(false),
            Call::Commit(writes) | Call::CommitAndPublish(writes, _) => {
                let next = |write: &Write| write.expected.unwrap_or(0) + 1;
                Outcome::Committed(writes.iter().map(next).collect())
            }
            Call::Ask { party, request, .. } => {
                let mut parties = self.around.parties.iter();
                let asked = parties.find(|(name, _)| party.is_none_or(|party| party == *name));
                let answer =
                    asked.and_then(|(_, party)| party.respond(&party.memory, request).ok());
                answer.map_or(Outcome::Failed, |(_, answer)| Outcome::Answered(answer))
            }
            Call::Insert(_)
            | Call::Remove(_)
            | Call::Publish { .. }
            | Call::Send { .. }
            | Call::Delete(_)
            | Call::Reply(_)
            | Call::Ack => Outcome::Done,
        }
    }

    /// The call with one field of the written documents set to its previous value.
    fn without(&self, field: &str, call: Call) -> Call {
        let old = |write: Write| {
            let place = (write.collection, write.key.clone());
            let known = self.known.get(&place);
            let known = known.or_else(|| self.around.default(write.collection));
            match known.and_then(|known| known.get(field)) {
                Some(before) => Write {
                    document: with_field(&write.document, field, before.clone()),
                    ..write
                },
                None => write,
            }
        };
        match call {
            Call::Commit(writes) => Call::Commit(writes.into_iter().map(old).collect()),
            Call::CommitAndPublish(writes, publish) => {
                Call::CommitAndPublish(writes.into_iter().map(old).collect(), publish)
            }
            call => call,
        }
    }

    fn learns(&mut self, call: &Call, outcome: &Outcome) {
        match (call, outcome) {
            (Call::Load { collection, key }, Outcome::Loaded { document, .. }) => {
                let document = document
                    .as_ref()
                    .or_else(|| self.around.default(collection));
                if let Some(document) = document.cloned() {
                    self.known.insert((collection, key.clone()), document);
                }
            }
            (Call::List { collection }, Outcome::Listed(rows)) => {
                for (key, _, row) in rows {
                    self.known.insert((collection, key.clone()), row.clone());
                }
            }
            (call, _) => {
                for write in call.writes() {
                    let place = (write.collection, write.key.clone());
                    self.known.insert(place, write.document.clone());
                }
            }
        }
    }
}

/// The call without its check of the version.
fn blind(call: Call) -> Call {
    let blinded = |write: Write| Write {
        expected: None,
        ..write
    };
    match call {
        Call::Commit(writes) => Call::Commit(writes.into_iter().map(blinded).collect()),
        Call::CommitAndPublish(writes, publish) => {
            Call::CommitAndPublish(writes.into_iter().map(blinded).collect(), publish)
        }
        Call::Delete(mut deletion) => {
            deletion.expected = None;
            Call::Delete(deletion)
        }
        call => call,
    }
}

impl Io for Twisted<'_> {
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        match action == self.mutant.action && !matches!(self.mutant.twist, Twist::Derive(_)) {
            true => self.twists(action, call),
            false => self.passes(action, &call),
        }
    }

    fn fresh(&mut self) -> Flow<Value> {
        let number = self.drawn;
        self.drawn += 1;
        if self.mutant.twist == Twist::Derive(number) {
            let derived = [self.message.clone(), Value::from(0)];
            return Ok(Value::seq(derived));
        }
        self.io.fresh()
    }
}
