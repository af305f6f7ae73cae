//! Reads a specification formula: the name of its next-state relation, and its fairness.

use std::collections::BTreeSet;
use std::sync::Arc;

use tla_checker::ast::Expr;

use super::actions::Splitter;
use super::definitions::Definitions;
use crate::DeclaredFairness;

/// The parts of a formula of the form `Init /\ [][Next]_vars /\ Fairness`.
#[derive(Default)]
pub(crate) struct Behaviour {
    /// The name of the next-state relation, if it has one.
    pub(crate) next: Option<Arc<str>>,
    /// The declared fairness.
    pub(crate) fairness: BTreeSet<DeclaredFairness>,
}

impl Behaviour {
    /// Splits the definition of `name` into its parts.
    pub(crate) fn of(name: &str, written: &Definitions<'_>, splitter: &mut Splitter<'_>) -> Self {
        let mut behaviour = Behaviour::default();
        let mut within = Vec::new();
        behaviour.called(name, false, written, splitter, &mut within);
        behaviour
    }

    fn called(
        &mut self,
        name: &str,
        each: bool,
        written: &Definitions<'_>,
        splitter: &mut Splitter<'_>,
        within: &mut Vec<String>,
    ) {
        if within.iter().any(|other| other == name) {
            return;
        }
        let body = written.get(name).and_then(|at| written.body(at));
        if let Some(body) = body {
            within.push(name.to_owned());
            self.conjuncts(&body, each, written, splitter, within);
            within.pop();
        }
    }

    fn conjuncts(
        &mut self,
        formula: &Expr,
        each: bool,
        written: &Definitions<'_>,
        splitter: &mut Splitter<'_>,
        within: &mut Vec<String>,
    ) {
        match formula {
            Expr::And(left, right) => {
                self.conjuncts(left, each, written, splitter, within);
                self.conjuncts(right, each, written, splitter, within);
            }
            Expr::Forall(_, _, body) => self.conjuncts(body, true, written, splitter, within),
            Expr::Var(name) | Expr::FnCall(name, _) => {
                self.called(name, each, written, splitter, within);
            }
            Expr::BoxAction(next, _) => self.next = operator(next).cloned(),
            Expr::WeakFairness(_, action) => self.fair(action, false, each, splitter),
            Expr::StrongFairness(_, action) => self.fair(action, true, each, splitter),
            _ => {}
        }
    }

    fn fair(&mut self, action: &Expr, strong: bool, each: bool, splitter: &mut Splitter<'_>) {
        let unnamed = Arc::from("an action without a name");
        let name = operator(action).unwrap_or(&unnamed);
        // Fairness of a disjunction is not fairness of each of its disjuncts.
        let action = splitter.names(action, name).join(" \\/ ").into();
        self.fairness.insert(DeclaredFairness {
            action,
            strong,
            each,
        });
    }
}

/// The operator that an expression calls.
fn operator(expr: &Expr) -> Option<&Arc<str>> {
    match expr {
        Expr::Var(name) | Expr::FnCall(name, _) => Some(name),
        _ => None,
    }
}
