//! Actions with their operators written out.
//!
//! `tla-checker` puts the body of an operator in the place of its call, and what a `LET` stands for in the
//! place of its name, wherever the next state is spoken of, and it does so once more in every state. That was
//! most of the time that a step took. Here it is done once, by the same function, before the first state.
//!
//! Left out: operators that a `LET` defines, which `tla-checker` adds to the others, and guards, which it
//! evaluates as they are.

use std::sync::Arc;

use tla_checker::ast::{DefinitionMap, Expr};
use tla_checker::level::{Level, LevelAnalysis};
use tla_checker::substitution::substitute_expr;

/// The most calls that are written out: a spec may be one whose text would have no end.
const MOST: usize = 20_000;

/// Writes out actions.
pub(crate) struct Inliner<'a> {
    operators: &'a DefinitionMap,
    levels: LevelAnalysis<'a>,
    /// The operators that are being written out, so that a recursive one ends.
    within: Vec<Arc<str>>,
    left: usize,
}

impl<'a> Inliner<'a> {
    pub(crate) fn new(operators: &'a DefinitionMap, variables: &'a [Arc<str>]) -> Self {
        Inliner {
            operators,
            levels: LevelAnalysis::new(variables, operators),
            within: Vec::new(),
            left: MOST,
        }
    }

    /// The same action, written out.
    pub(crate) fn inlined(&mut self, expr: &Expr) -> Expr {
        match expr {
            Expr::And(left, right) => Expr::And(self.part(left), self.part(right)),
            Expr::Or(left, right) => Expr::Or(self.part(left), self.part(right)),
            // A guard, or something that is evaluated as a whole.
            _ if self.levels.levels(expr).bound != Level::Action => expr.clone(),
            Expr::LabeledAction(name, inner) => Expr::LabeledAction(name.clone(), self.part(inner)),
            Expr::Exists(variable, set, body) => {
                Expr::Exists(variable.clone(), set.clone(), self.part(body))
            }
            Expr::If(condition, then, otherwise) => {
                let (then, otherwise) = (self.part(then), self.part(otherwise));
                Expr::If(condition.clone(), then, otherwise)
            }
            Expr::Case(branches) => {
                let branches = branches
                    .iter()
                    .map(|(guard, body)| (guard.clone(), self.inlined(body)));
                Expr::Case(branches.collect())
            }
            Expr::Let(name, value, body) if !is_operator(value) && self.takes_one() => {
                let value = (name.clone(), (**value).clone());
                self.inlined(&substitute_expr(body, &[value]))
            }
            Expr::Var(name) => self.call(name, &[]).unwrap_or_else(|| expr.clone()),
            Expr::FnCall(name, arguments) => {
                let body = self.call(name, arguments);
                body.unwrap_or_else(|| expr.clone())
            }
            _ => expr.clone(),
        }
    }

    fn part(&mut self, expr: &Expr) -> Box<Expr> {
        Box::new(self.inlined(expr))
    }

    fn call(&mut self, name: &Arc<str>, arguments: &[Expr]) -> Option<Expr> {
        let (parameters, body) = self.operators.get(name)?;
        let known = parameters.len() == arguments.len() && !self.within.contains(name);
        if !known || !self.takes_one() {
            return None;
        }
        let pairs = parameters.iter().cloned();
        let pairs: Vec<_> = pairs.zip(arguments.iter().cloned()).collect();
        self.within.push(name.clone());
        let body = self.inlined(&substitute_expr(body, &pairs));
        self.within.pop();
        Some(body)
    }

    fn takes_one(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

/// Whether a `LET` defines an operator or a function, as `tla-checker` writes it.
fn is_operator(value: &Expr) -> bool {
    match value {
        Expr::FnDef(..) => true,
        Expr::Let(marker, ..) => **marker == *"_params",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tla_checker::ast::{DefinitionMap, Expr};
    use tla_checker::parser::parse_expr;

    use super::Inliner;

    fn operators(texts: &[(&str, &[&str], &str)]) -> DefinitionMap {
        let all = texts.iter().map(|(name, parameters, body)| {
            let parameters = parameters.iter().map(|name| Arc::from(*name)).collect();
            let body = Arc::new(parse_expr(body).unwrap());
            (Arc::from(*name), (parameters, body))
        });
        all.collect()
    }

    fn inlined(operators: &DefinitionMap, text: &str) -> Expr {
        let variables = [Arc::from("x"), Arc::from("y")];
        Inliner::new(operators, &variables).inlined(&parse_expr(text).unwrap())
    }

    #[test]
    fn calls_that_speak_of_the_next_state_are_written_out_and_guards_are_not() {
        let operators = operators(&[
            ("Above", &["n"], "x > n"),
            ("Sets", &["n"], "x' = n"),
            ("Both", &["n"], "Above(n) /\\ Sets(n)"),
        ]);
        let written = inlined(&operators, "\\E i \\in {1, 2} : LET m == i + 1 IN Both(m)");
        let expected = parse_expr("\\E i \\in {1, 2} : Above(i + 1) /\\ x' = i + 1").unwrap();
        assert_eq!(format!("{written:?}"), format!("{expected:?}"));
    }

    #[test]
    fn a_name_that_is_bound_around_a_call_is_not_captured() {
        let operators = operators(&[("Sets", &["n"], "\\E i \\in {5} : x' = n + i")]);
        let written = inlined(&operators, "\\E i \\in {1, 2} : Sets(i)");
        let captured = parse_expr("\\E i \\in {1, 2} : \\E i \\in {5} : x' = i + i").unwrap();
        assert_ne!(format!("{written:?}"), format!("{captured:?}"));
    }

    #[test]
    fn a_recursive_operator_ends() {
        let operators = operators(&[("Again", &["n"], "x' = n \\/ Again(n + 1)")]);
        let written = inlined(&operators, "Again(1)");
        let expected = parse_expr("x' = 1 \\/ Again(1 + 1)").unwrap();
        assert_eq!(format!("{written:?}"), format!("{expected:?}"));
    }
}
