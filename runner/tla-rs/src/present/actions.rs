//! Determines the action of each step.
//!
//! TLC names a step after the operator of the disjunct of `Next` that allows it. It splits `Next` at
//! disjunctions, at `\E` over a set that does not depend on the state, and at calls whose arguments do not
//! depend on the state either. The name is that of the innermost operator that it reaches in this way.
//! `tla-checker` uses another rule, which confuses actions with equal bodies. So `Next` is split here in
//! the same way as TLC splits it, and each part is wrapped in a label that `tla-checker` reports.

use std::sync::Arc;

use tla_checker::ast::{DefinitionMap, Expr};
use tla_checker::level::{Level, LevelAnalysis};
use tla_checker::substitution::substitute_expr;

use super::definitions::Definitions;

/// Splits `Next` into actions.
pub(crate) struct Splitter<'a> {
    written: &'a Definitions<'a>,
    parsed: &'a DefinitionMap,
    levels: LevelAnalysis<'a>,
}

/// An action and its name.
type Named = (Arc<str>, Expr);

impl<'a> Splitter<'a> {
    pub(crate) fn new(
        written: &'a Definitions<'a>,
        parsed: &'a DefinitionMap,
        variables: &'a [Arc<str>],
    ) -> Self {
        Splitter {
            written,
            parsed,
            levels: LevelAnalysis::new(variables, parsed),
        }
    }

    /// The actions of the operator `name`, which takes no parameters.
    pub(crate) fn actions(&mut self, name: &Arc<str>) -> Vec<Named> {
        self.call(name, &[], &mut Vec::new())
    }

    /// The names of the actions in an expression.
    pub(crate) fn names(&mut self, expr: &Expr, otherwise: &Arc<str>) -> Vec<Arc<str>> {
        let parts = self.split(expr, otherwise, &mut Vec::new());
        let mut names: Vec<_> = parts.into_iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        names
    }

    fn constant(&mut self, expr: &Expr) -> bool {
        self.levels.levels(expr).bound == Level::Constant
    }

    /// `within` are the operators that are being split, so that recursion ends.
    fn split(&mut self, expr: &Expr, name: &Arc<str>, within: &mut Vec<Arc<str>>) -> Vec<Named> {
        match expr {
            Expr::Or(left, right) => {
                let mut parts = self.split(left, name, within);
                parts.extend(self.split(right, name, within));
                parts
            }
            Expr::Exists(variable, set, body) if self.constant(set) => {
                let parts = self.split(body, name, within).into_iter();
                let exists = |body| Expr::Exists(variable.clone(), set.clone(), Box::new(body));
                parts.map(|(name, body)| (name, exists(body))).collect()
            }
            Expr::Let(local, value, body) => {
                let parts = self.split(body, name, within).into_iter();
                let let_in = |body| Expr::Let(local.clone(), value.clone(), Box::new(body));
                parts.map(|(name, body)| (name, let_in(body))).collect()
            }
            Expr::LabeledAction(_, inner) => self.split(inner, name, within),
            Expr::Var(operator) if self.is_operator(operator, 0) => {
                self.call(operator, &[], within)
            }
            Expr::FnCall(operator, arguments)
                if self.is_operator(operator, arguments.len())
                    && arguments.iter().all(|argument| self.constant(argument)) =>
            {
                self.call(operator, arguments, within)
            }
            _ => vec![(name.clone(), expr.clone())],
        }
    }

    fn is_operator(&self, name: &str, arguments: usize) -> bool {
        let written = self.written.get(name);
        written.is_some_and(|written| written.parameters.len() == arguments)
            && self.parsed.contains_key(name)
    }

    /// A call: the actions that the operator's body is split into, or the operator itself.
    fn call(
        &mut self,
        name: &Arc<str>,
        arguments: &[Expr],
        within: &mut Vec<Arc<str>>,
    ) -> Vec<Named> {
        let whole = self.whole(name, arguments);
        if within.contains(name) {
            return vec![(name.clone(), whole)];
        }
        let written = self.written;
        // A list of conjuncts is not split, even if it has only one item, which the parser then returns
        // without the list.
        let is_conjunction = |at| written.text(at).trim_start().starts_with("/\\");
        let definition = written.get(name).filter(|at| !is_conjunction(at));
        let body = definition.and_then(|written_at| {
            let body = written.body(written_at)?;
            Some(substitute_expr(
                &body,
                &pairs(&written_at.parameters, arguments),
            ))
        });
        let Some(body) = body else {
            return vec![(name.clone(), whole)];
        };
        within.push(name.clone());
        let parts = self.split(&body, name, within);
        within.pop();
        if parts.iter().all(|(part, _)| part == name) {
            vec![(name.clone(), whole)]
        } else {
            parts
        }
    }

    /// The body of an operator as `tla-checker` has parsed it. It is faster to evaluate than a call.
    fn whole(&self, name: &Arc<str>, arguments: &[Expr]) -> Expr {
        match self.parsed.get(name) {
            Some((parameters, body)) => substitute_expr(body, &pairs(parameters, arguments)),
            None => Expr::Var(name.clone()),
        }
    }
}

fn pairs(parameters: &[Arc<str>], arguments: &[Expr]) -> Vec<(Arc<str>, Expr)> {
    let pairs = parameters.iter().cloned();
    pairs.zip(arguments.iter().cloned()).collect()
}

/// The disjunction of the actions, each under its label.
pub(crate) fn labelled(actions: &[Named]) -> Option<Expr> {
    let labels = actions
        .iter()
        .map(|(name, body)| Expr::LabeledAction(name.clone(), Box::new(body.clone())));
    labels.reduce(|left, right| Expr::Or(Box::new(left), Box::new(right)))
}
