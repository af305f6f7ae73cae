//! Fairness as in TLA+, brought to the form in which the search asks for it.

use std::collections::BTreeSet;

use super::{Bits, Label, Node, Transitions};

/// How much an action must be enabled so that it has to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// `WF`: always from some time on.
    Weak,
    /// `SF`: again and again.
    Strong,
}

/// `WF_vars(A)` or `SF_vars(A)`, where A is the disjunction of the actions with these labels.
///
/// What counts is `<<A>>_vars`: a step of A that changes the state. A step from a state to itself
/// neither makes A enabled nor takes it. One condition on several labels is not the same as a
/// condition on each: `WF_vars(A \/ B)` is satisfied by A alone, for ever, while B waits; but it
/// demands a step where A and B are enabled in turns and neither is always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// Weak or strong.
    pub strength: Strength,
    /// The actions, mostly one.
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

/// What the part of a behaviour that it repeats for ever has to satisfy: the conditions of fairness,
/// and, as one more, that it is in a recurring state.
///
/// That is weak fairness too, of an action that is enabled where the state is not a recurring one,
/// and never taken. A set of conditions is [`Bits`] over their numbers.
pub(super) struct Conditions<'a> {
    graph: &'a Transitions,
    recurring: Option<&'a Bits>,
    /// For each label those that have it in their action; none for labels beyond the end.
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

    /// Those whose action a step with this label takes.
    pub(super) fn of(&self, label: Label) -> Option<&Bits> {
        self.of_label.get(usize::from(label))
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.weak.size()
    }

    /// Makes `enabled` the set of those whose action is enabled in a state.
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

    /// Whether a behaviour may end in a state, by staying in it for ever: no action is enabled there.
    pub(super) fn allow_end(&self, state: Node) -> bool {
        let mut steps = self.graph.of(state).filter(|step| step.to != state);
        let fair = |label| self.of(label).is_some_and(|some| !some.is_empty());
        !self.must_leave(state) && !steps.any(|step| fair(step.label))
    }

    fn must_leave(&self, state: Node) -> bool {
        self.recurring.is_some_and(|states| !states.contains(state))
    }
}

/// What has been seen of the states and steps that a behaviour repeats for ever, and which
/// conditions that leaves unsatisfied.
pub(super) struct Seen<'a> {
    conditions: &'a Conditions<'a>,
    /// The conditions whose action is enabled in every state.
    always: Bits,
    /// Those whose action is enabled in some state.
    ever: Bits,
    /// Those whose action is taken by some step.
    taken: Bits,
    /// Those whose action is enabled in the state seen last.
    enabled: Bits,
}

impl<'a> Seen<'a> {
    /// Nothing yet.
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
