//! Records what a handler does, and derives the mistakes that are possible there.

use std::collections::BTreeMap;

use super::{Mutant, Surroundings, Twist, fields};
use crate::kit::io::{Call, Flow, Io, Outcome, Write};
use crate::value::Value;

/// Performs every call, and records the mutants that change it.
pub(super) struct Recorder<'a> {
    io: &'a mut dyn Io,
    endpoint: usize,
    around: &'a Surroundings,
    /// The calls of this run so far.
    before: Vec<(&'static str, bool)>,
    /// The number of identities that this run has drawn.
    drawn: usize,
    /// The identities that it has drawn since the last call.
    undrawn: Vec<usize>,
    /// The documents as the handler knows them.
    known: BTreeMap<(&'static str, Value), Value>,
    /// The mutants.
    pub(super) met: Vec<Mutant>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(io: &'a mut dyn Io, endpoint: usize, around: &'a Surroundings) -> Self {
        Recorder {
            io,
            endpoint,
            around,
            before: Vec::new(),
            drawn: 0,
            undrawn: Vec::new(),
            known: BTreeMap::new(),
            met: Vec::new(),
        }
    }

    fn meet(&mut self, action: &'static str, twist: Twist) {
        let endpoint = self.endpoint;
        self.met.push(Mutant {
            endpoint,
            action,
            twist,
        });
    }

    /// The mistakes that do not depend on the outcome of a call.
    fn makes(&mut self, action: &'static str, call: &Call) {
        self.meet(action, Twist::Skip);
        let ends = matches!(call, Call::Ack | Call::Reply(_));
        if !ends {
            self.meet(action, Twist::Twice);
            self.meet(action, Twist::GiveBack);
        }
        for n in std::mem::take(&mut self.undrawn) {
            self.meet(action, Twist::Derive(n));
        }
        if let Some((last, true)) = self.before.last().copied() {
            self.meet(last, Twist::PutOff);
        }
        let earlier = |twist: Twist| {
            let all = self.before.iter();
            let all = all.map(|(before, _)| (*before, twist.clone()));
            all.collect::<Vec<_>>()
        };
        let early = match call {
            Call::Ack => earlier(Twist::AckEarly(action)),
            Call::Reply(answer) => earlier(Twist::ReplyEarly(action, answer.clone())),
            _ => Vec::new(),
        };
        for (before, twist) in early {
            self.meet(before, twist);
        }
        let versioned = match call {
            Call::Delete(deletion) => deletion.expected.is_some(),
            call => call.writes().iter().any(|write| write.expected.is_some()),
        };
        if versioned {
            self.meet(action, Twist::Blind);
        }
        for write in call.writes() {
            self.writes(action, write);
        }
        self.before.push((action, has_effect(call)));
    }

    fn writes(&mut self, action: &'static str, write: &Write) {
        let place = (write.collection, write.key.clone());
        let known = self.known.get(&place);
        let known = known.or_else(|| self.around.default(write.collection));
        let Some(known) = known.cloned() else { return };
        for (field, value) in fields(&write.document) {
            if known.get(&field).is_some_and(|before| before != value) {
                self.meet(action, Twist::DropField(field));
            }
        }
        self.known.insert(place, write.document.clone());
    }

    /// The mistakes that depend on the outcome of a call.
    fn came_to(&mut self, action: &'static str, call: &Call, outcome: &Outcome) {
        match (call, outcome) {
            (_, Outcome::Conflict) => self.meet(action, Twist::IgnoreConflict),
            (_, Outcome::Failed) => self.meet(action, Twist::IgnoreFailure),
            (_, Outcome::Found(found)) => self.meet(action, Twist::Answer(!found)),
            (Call::Load { collection, key }, Outcome::Loaded { document, .. }) => {
                let default = self.around.default(collection).cloned();
                if document.is_some() && *document != default {
                    self.meet(action, Twist::SeeNothing);
                }
                let Some(document) = document.clone().or(default) else {
                    return;
                };
                for (field, value) in fields(&document) {
                    if let Some(truth) = value.as_bool() {
                        self.meet(action, Twist::SeeField(field, !truth));
                    }
                }
                self.known.insert((collection, key.clone()), document);
            }
            (Call::List { collection }, Outcome::Listed(rows)) => {
                if !rows.is_empty() {
                    self.meet(action, Twist::SeeNothing);
                }
                for (key, _, row) in rows {
                    self.known.insert((collection, key.clone()), row.clone());
                }
            }
            _ => {}
        }
    }
}

/// Whether it has an effect and returns nothing that the handler needs, so that it can be made later.
fn has_effect(call: &Call) -> bool {
    match call {
        Call::Commit(_)
        | Call::CommitAndPublish(..)
        | Call::Insert(_)
        | Call::Remove(_)
        | Call::Delete(_)
        | Call::Publish { .. }
        | Call::Send { .. }
        | Call::Reply(_)
        | Call::Ack => true,
        Call::Load { .. }
        | Call::List { .. }
        | Call::Next { .. }
        | Call::Contains(_)
        | Call::Ask { .. } => false,
    }
}

impl Io for Recorder<'_> {
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        self.makes(action, &call);
        let outcome = self.io.perform(action, call.clone())?;
        self.came_to(action, &call, &outcome);
        Ok(outcome)
    }

    fn fresh(&mut self) -> Flow<Value> {
        self.undrawn.push(self.drawn);
        self.drawn += 1;
        self.io.fresh()
    }
}
