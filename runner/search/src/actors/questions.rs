//! The predicates of a space, and the parts of the state on which they depend.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::Relaxed;

use stateright::Property;
use stateright::actor::ActorModel;

use super::about::{About, Parts, Truth};
use super::scratch::Scratch;
use super::thread_state::Tools;
use super::turns::Rest;
use super::{History, Interned, Participant, Predicate, Snapshot, State};
use crate::cache::Cache;
use crate::space::Watch;

/// A predicate and its stored answers.
pub(super) struct Question<A: Participant, C, H: History> {
    pub(super) name: &'static str,
    pub(super) watch: Watch,
    pub(super) condition: Predicate<A, C, H>,
    pub(super) truth: Truth,
}

impl<A: Participant, C, H: History> Question<A, C, H> {
    /// The predicate of a property, which may depend on any part of the state.
    pub(super) fn of(property: &Property<ActorModel<A, C, H>>) -> Self {
        Question {
            name: property.name,
            watch: Watch::from(&property.expectation),
            condition: property.condition,
            truth: Truth::new(About::EVERYTHING),
        }
    }
}

/// The error for a declaration about a property that the model does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the model has no property `{name}`; it has {}", listed(.has))]
pub struct NoSuchProperty {
    /// The name in the declaration.
    pub name: String,
    /// The names of the model's properties.
    pub has: Vec<&'static str>,
}

/// The error if no declaration was compared with an actual truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no declaration was compared with anything: call `checked()` on the space, search it, and ask then"
)]
pub struct NotChecked;

pub(super) fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "none at all".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl<A: Participant, C, H: History> Interned<'_, A, C, H> {
    /// Declares on which part of a state a property depends, so that it is evaluated once for each
    /// value of that part instead of in every state.
    ///
    /// # Errors
    ///
    /// If the model has no property of this name.
    pub fn about(mut self, property: &str, about: About) -> Result<Self, NoSuchProperty> {
        let mut questions = self.questions.iter_mut();
        match questions.find(|question| question.name == property) {
            Some(question) => question.truth = Truth::new(about),
            None => {
                return Err(NoSuchProperty {
                    name: property.to_owned(),
                    has: self
                        .questions
                        .iter()
                        .map(|question| question.name)
                        .collect(),
                });
            }
        }
        Ok(self)
    }

    /// Declares on which part of a state the boundary depends: [`About::NOTHING`] if there is no
    /// boundary.
    #[must_use]
    pub fn bounded(mut self, about: About) -> Self {
        self.boundary = Truth::new(about);
        self
    }

    /// Adds a predicate.
    #[must_use]
    pub fn asked(
        mut self,
        name: &'static str,
        watch: Watch,
        about: About,
        condition: Predicate<A, C, H>,
    ) -> Self {
        self.questions.push(Question {
            name,
            watch,
            condition,
            truth: Truth::new(about),
        });
        self
    }

    /// Verifies the declarations: every predicate is evaluated in every new state and compared with
    /// the stored answer for its part. [`Interned::mistaken`] returns the wrong declarations. Use
    /// it in tests of declarations; it takes all the time that they would save.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// The predicates that depend on more than was declared, as found by a checked search. The
    /// boundary is listed as `within_boundary`. A declaration that is not listed is not proven:
    /// another model may refute it.
    ///
    /// # Errors
    ///
    /// If the space is not [`checked`](Interned::checked) or has not been searched, so that no
    /// declaration was verified.
    pub fn mistaken(&self) -> Result<Vec<&'static str>, NotChecked> {
        if !self.compared.load(Relaxed) {
            return Err(NotChecked);
        }
        let questions = self.questions.iter();
        let questions = questions.map(|question| (question.name, &question.truth));
        let all = questions.chain([("within_boundary", &self.boundary)]);
        let mistaken = all.filter(|(_, truth)| truth.is_mistaken());
        Ok(mistaken.map(|(name, _)| name).collect())
    }
}

impl<A: Participant, C, H: History> Interned<'_, A, C, H> {
    /// The truth of a predicate in a state, from the stored answers or evaluated now.
    pub(super) fn truth(
        &self,
        truth: &Truth,
        place: usize,
        at: Snapshot,
        tools: &mut Tools<A, H>,
        ask: impl FnOnce(&State<A, H>) -> bool,
    ) -> bool {
        let parts = self.parts(truth.about, at, tools);
        if tools.recent.len() <= place {
            tools.recent.resize_with(place + 1, Cache::new);
        }
        let known = truth.get(parts, &tools.recent[place]);
        if let Some(known) = known.filter(|_| !self.checked) {
            return known;
        }
        self.tree.read(at.0, &mut tools.before);
        let leaves = self.tree.leaves(&tools.before);
        let scratch = tools.scratch.get_or_insert_with(|| Scratch::new(self));
        let state = scratch.of(self, leaves);
        let name = self.questions.get(place).map(|question| question.name);
        let call = || match name {
            Some(name) => format!("the property `{name}`"),
            None => "`within_boundary`".to_owned(),
        };
        let now = match catch_unwind(AssertUnwindSafe(|| ask(state))) {
            Ok(now) => now,
            Err(payload) => {
                self.faults.panicked(&call(), state, None, &*payload);
                return false;
            }
        };
        if self.checked {
            self.compared.store(true, Relaxed);
        }
        if known.is_some_and(|known| known != now) {
            truth.refute();
        }
        truth.put(parts, &mut tools.recent[place], now);
        now
    }

    fn parts(&self, about: About, at: Snapshot, tools: &mut Tools<A, H>) -> Parts {
        if about == About::NOTHING {
            return Parts::None;
        }
        if about == About::EVERYTHING {
            return Parts::All;
        }
        self.tree.read(at.0, &mut tools.before);
        let leaves = self.tree.leaves(&tools.before);
        let mut parts = about
            .parts()
            .map(|part| self.part(part, leaves, &mut tools.pairs));
        match (parts.next(), parts.next()) {
            (None, _) => Parts::None,
            (Some(one), None) => Parts::One(one),
            (Some(one), Some(two)) => Parts::Two([one, two]),
        }
    }

    /// The combined number of the actors, the network or the history, given the leaves of a state.
    fn part(&self, part: About, leaves: &[u32], pairs: &mut Cache<u32>) -> u32 {
        let actors = self.model.actors.len();
        let rest = *self.rests.get(leaves[actors]);
        if part == About::HISTORY {
            return rest.history;
        }
        let seats = leaves[..actors].iter().map(|seat| *self.seats.get(*seat));
        let numbers: Vec<u32> = if part == About::ACTORS {
            seats.map(|seat| seat.local).collect()
        } else {
            let history = u32::MAX;
            let rest = self.rests.id(Rest { history, ..rest });
            seats.map(|seat| seat.inbox).chain([rest]).collect()
        };
        let root = self.tree.root_of(&numbers, pairs);
        self.tree.number(root, pairs)
    }
}
