//! What is asked of states, and of which part of them.

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

/// A predicate, and what is known of its truth.
pub(super) struct Question<A: Participant, C, H: History> {
    pub(super) name: &'static str,
    pub(super) watch: Watch,
    pub(super) condition: Predicate<A, C, H>,
    pub(super) truth: Truth,
}

impl<A: Participant, C, H: History> Question<A, C, H> {
    /// That of a property, which may look at anything.
    pub(super) fn of(property: &Property<ActorModel<A, C, H>>) -> Self {
        Question {
            name: property.name,
            watch: Watch::from(&property.expectation),
            condition: property.condition,
            truth: Truth::new(About::EVERYTHING),
        }
    }
}

/// A property was declared to be about something, but the model has none of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the model has no property `{name}`; it has {}", listed(.has))]
pub struct NoSuchProperty {
    /// The name that was given.
    pub name: String,
    /// The names of the properties that there are.
    pub has: Vec<&'static str>,
}

/// Declarations were asked for their mistakes, but nothing has compared them with anything.
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
    /// Says at which part of a state a property looks, so that it is asked once for each value of
    /// that part, and not in every state.
    ///
    /// # Errors
    ///
    /// The model has no property of this name.
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

    /// Says at which part of a state the boundary looks: at [`About::NOTHING`] if there is none.
    #[must_use]
    pub fn bounded(mut self, about: About) -> Self {
        self.boundary = Truth::new(about);
        self
    }

    /// Asks for one more predicate.
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

    /// Does not believe what is declared: every predicate is asked in every new state, and compared
    /// with what was remembered of its part. [`Interned::mistaken`] says which do not fit. For
    /// tests of declarations: it takes the time that they save.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// The predicates that looked at more than was declared, as a checked search has found; the
    /// boundary among them as `within_boundary`. That a declaration is not among them does not
    /// prove it: another model may show more.
    ///
    /// # Errors
    /// The space is not [`checked`](Interned::checked), or has not been searched, so that no
    /// declaration was compared with anything.
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
    /// The truth of a predicate in a state: remembered, or asked now.
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

    /// The number of all actors, of the network or of the history, given the leaves of a state.
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
