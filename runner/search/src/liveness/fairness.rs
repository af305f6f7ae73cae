//! Fairness as in TLA+, in the form that the search needs.

use std::collections::BTreeSet;

use super::{Bits, Label, Node, Transitions};

/// How often an action must be enabled so that it must be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// `WF`: always from some time on.
    Weak,
    /// `SF`: again and again.
    Strong,
}

/// `WF_vars(A)` or `SF_vars(A)`, where A is the disjunction of the actions with these labels.
///
/// What counts is `<<A>>_vars`: a step of A that changes the state. A self-loop neither enables A nor
/// takes it. One condition on several labels differs from a condition on each: `WF_vars(A \/ B)` is
/// satisfied if A alone is taken forever while B waits; but it demands a step where A and B are
/// enabled alternately and neither is always enabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// Weak or strong.
    pub strength: Strength,
    /// The labels of the actions, usually one.
    pub labels: BTreeSet<Label>,
}

impl Fairness {
    /// `WF_vars` of the disjunction of these actions.
    pub fn weak(labels: impl IntoIterator<Item = Label>) -> Self {
        Fairness {
            strength: Strength::Weak,
            labels: labels.into_iter().collect(),
        }
    }

    /// `SF_vars` of the disjunction of these actions.
    pub fn strong(labels: impl IntoIterator<Item = Label>) -> Self {
        Fairness {
            strength: Strength::Strong,
            labels: labels.into_iter().collect(),
        }
    }
}

/// The conditions on the part of a behaviour that is repeated forever: the fairness conditions, and
/// one more, that the behaviour visits a recurring state.
///
/// The latter is also a form of weak fairness: of an action that is enabled in the states that are
/// not recurring, and is never taken. A set of conditions is [`Bits`] over their numbers.
pub(super) struct Conditions<'a> {
    graph: &'a Transitions,
    recurring: Option<&'a Bits>,
    /// For each label, the conditions whose action contains it. Labels beyond the end have no
    /// conditions.
    of_label: Vec<Bits>,
    weak: Bits,
    strong: Bits,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(
        graph: &'a Transitions,
        fairness: &[Fairness],
        recurring: Option<&'a Bits>,
    ) -> Self {
        let size = fairness.len() + usize::from(recurring.is_some());
        let labels = fairness.iter().flat_map(|one| &one.labels);
        let end = labels.max().map_or(0, |last| usize::from(*last) + 1);
        let mut of_label = vec![Bits::none(size); end];
        let mut strong = Bits::none(size);
        for (one, number) in fairness.iter().zip(0..) {
            for label in &one.labels {
                of_label[usize::from(*label)].insert(number);
            }
            if one.strength == Strength::Strong {
                strong.insert(number);
            }
        }
        Conditions {
            graph,
            recurring,
            of_label,
            weak: !strong.clone(),
            strong,
        }
    }

    pub(super) fn graph(&self) -> &'a Transitions {
        self.graph
    }

    /// The conditions whose action contains this label.
    pub(super) fn of(&self, label: Label) -> Option<&Bits> {
        self.of_label.get(usize::from(label))
    }

    /// The number of conditions.
    pub(super) fn size(&self) -> usize {
        self.weak.size()
    }

    /// Sets `enabled` to the conditions whose action is enabled in a state.
    pub(super) fn enabled(&self, state: Node, enabled: &mut Bits) {
        enabled.clear();
        if self.must_leave(state) {
            let last = self.size() - 1;
            enabled.insert(Node::try_from(last).unwrap_or(Node::MAX));
        }
        for step in self.graph.of(state).filter(|step| step.to != state) {
            if let Some(more) = self.of(step.label) {
                *enabled |= more;
            }
        }
    }

    /// Whether a behaviour may end in a state, by staying in it forever: no action is enabled there.
    pub(super) fn allow_end(&self, state: Node) -> bool {
        let mut steps = self.graph.of(state).filter(|step| step.to != state);
        let fair = |label| self.of(label).is_some_and(|some| !some.is_empty());
        !self.must_leave(state) && !steps.any(|step| fair(step.label))
    }

    fn must_leave(&self, state: Node) -> bool {
        self.recurring.is_some_and(|states| !states.contains(state))
    }
}

/// What has been seen of the states and steps that a behaviour repeats forever. It determines which
/// conditions are not satisfied.
pub(super) struct Seen<'a> {
    conditions: &'a Conditions<'a>,
    /// The conditions whose action is enabled in every state.
    always: Bits,
    /// The conditions whose action is enabled in some state.
    ever: Bits,
    /// The conditions whose action is taken by some step.
    taken: Bits,
    /// The conditions whose action is enabled in the last state that was added.
    enabled: Bits,
}

impl<'a> Seen<'a> {
    /// Starts with no states and steps.
    pub(super) fn nothing(conditions: &'a Conditions<'a>) -> Self {
        let none = Bits::none(conditions.size());
        Seen {
            conditions,
            always: !none.clone(),
            ever: none.clone(),
            taken: none.clone(),
            enabled: none,
        }
    }

    pub(super) fn state(&mut self, state: Node) {
        self.conditions.enabled(state, &mut self.enabled);
        self.always &= &self.enabled;
        self.ever |= &self.enabled;
    }

    pub(super) fn step(&mut self, label: Label) {
        if let Some(taken) = self.conditions.of(label) {
            self.taken |= taken;
        }
    }

    /// The weak conditions that are not satisfied: always enabled and not taken.
    pub(super) fn missing_weak(&self) -> Bits {
        let mut missing = !self.taken.clone();
        missing &= &self.always;
        missing &= &self.conditions.weak;
        missing
    }

    /// The strong conditions that are not satisfied: enabled in some state and not taken.
    pub(super) fn missing_strong(&self) -> Bits {
        let mut missing = !self.taken.clone();
        missing &= &self.ever;
        missing &= &self.conditions.strong;
        missing
    }
}
