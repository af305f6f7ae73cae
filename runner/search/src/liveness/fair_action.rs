//! Fairness that is declared by the names of actions.

use std::collections::BTreeSet;

use super::fairness::{Fairness, Strength};
use crate::{Action, Label};

/// Fairness for an action, by its name.
///
/// ```
/// use tandem_search::liveness::FairAction;
///
/// let fairness = [FairAction::weak("Deliver"), FairAction::strong("Acquire").together()];
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairAction {
    strength: Strength,
    /// The name; `None` stands for the disjunction of all actions.
    name: Option<String>,
    together: bool,
}

impl FairAction {
    /// `WF_vars(A)`: if A is always possible from some time on, it is taken again and again. If several
    /// slots have an action of this name, the condition applies to each of them.
    pub fn weak(name: impl Into<String>) -> Self {
        FairAction {
            strength: Strength::Weak,
            name: Some(name.into()),
            together: false,
        }
    }

    /// `SF_vars(A)`: if A is possible again and again, it is taken again and again. If several slots have
    /// an action of this name, the condition applies to each of them.
    pub fn strong(name: impl Into<String>) -> Self {
        FairAction {
            strength: Strength::Strong,
            ..FairAction::weak(name)
        }
    }

    /// `WF_vars(Next)`: as long as some action is possible, some action is taken again and again.
    #[must_use]
    pub fn progress() -> Self {
        FairAction {
            strength: Strength::Weak,
            name: None,
            together: true,
        }
    }

    /// Declares the condition for all slots together: a step of one of them is enough.
    #[must_use]
    pub fn together(mut self) -> Self {
        self.together = true;
        self
    }

    /// The name of the action; `None` for the disjunction of all.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether it is strong (`SF`); otherwise it is weak (`WF`).
    pub fn is_strong(&self) -> bool {
        self.strength == Strength::Strong
    }

    /// Whether it is declared for all slots together.
    pub fn is_together(&self) -> bool {
        self.together
    }

    /// The conditions on labels; the name as an error if no action has it. `all` are the labels of the
    /// graph.
    pub(crate) fn conditions(
        &self,
        actions: &[Action],
        all: &BTreeSet<Label>,
    ) -> Result<Vec<Fairness>, String> {
        if self.name.is_none() {
            return Ok(vec![Fairness::weak(all.iter().copied())]);
        }
        let named = |action: &Action| self.name.as_ref().is_none_or(|name| action.name == *name);
        let labels = (0..=Label::MAX).zip(actions);
        let labels = labels.filter(|(_, action)| named(action));
        let labels: Vec<Label> = labels.map(|(label, _)| label).collect();
        match &self.name {
            Some(name) if labels.is_empty() => return Err(name.clone()),
            _ => {}
        }
        let condition = |labels: &[Label]| Fairness {
            strength: self.strength,
            labels: labels.iter().copied().collect(),
        };
        Ok(match self.together {
            true => vec![condition(&labels)],
            false => labels.chunks(1).map(condition).collect(),
        })
    }
}
