//! Explains why an operator is true or false in a state: the conjuncts of its definition as they are
//! written, each with its truth, and for `\A` an element for which it is false.

use tla_checker::ast::{Expr, Value};
use tla_checker::eval::eval_with_context;
use tla_checker::lexer::{Lexer, Token};
use tla_checker::parser::parse_expr;

use super::evaluator::{Evaluator, SpecState};
use crate::SpecClause;

impl Evaluator {
    /// The conjuncts of an operator without parameters, each with its truth in a state; empty if the
    /// files of the spec do not define the operator.
    pub fn clauses(&mut self, operator: &str, state: &SpecState) -> Vec<SpecClause> {
        let Some(body) = self.text(operator) else {
            return Vec::new();
        };
        let parts = conjuncts(&body).into_iter();
        let clauses = parts.map(|part| {
            let expr = parse_expr(&part).ok();
            let (holds, example) = match &expr {
                Some(expr) => (self.truth(expr, state), self.example(expr, state)),
                None => (None, None),
            };
            SpecClause {
                text: part.split_whitespace().collect::<Vec<_>>().join(" "),
                holds,
                example,
            }
        });
        clauses.collect()
    }

    /// The truth of an expression in a state; `None` if it cannot be evaluated.
    fn truth(&mut self, expr: &Expr, state: &SpecState) -> Option<bool> {
        match self.value(expr, state) {
            Some(Value::Bool(truth)) => Some(truth),
            _ => None,
        }
    }

    fn value(&mut self, expr: &Expr, state: &SpecState) -> Option<Value> {
        self.in_state(state, |env, operators, context| {
            eval_with_context(expr, env, operators, context).ok()
        })
    }

    /// An element for which a conjunct with `\A` is false.
    fn example(&mut self, expr: &Expr, state: &SpecState) -> Option<String> {
        let Expr::Forall(variable, set, body) = expr else {
            return None;
        };
        let Some(Value::Set(elements)) = self.value(set, state) else {
            return None;
        };
        let falsifies = |element: &&Value| {
            let holds = self.in_state(state, |env, operators, context| {
                let before = env.insert(variable.clone(), (*element).clone());
                let holds = eval_with_context(body, env, operators, context);
                match before {
                    Some(before) => env.insert(variable.clone(), before),
                    None => env.remove(variable),
                };
                holds.ok()
            });
            matches!(holds, Some(Value::Bool(false)))
        };
        let element = elements.iter().find(falsifies)?;
        let shown = super::convert::value(element)?;
        Some(format!("{variable} = {shown}"))
    }
}

/// The text of each conjunct in a list `/\ A /\ B` that is written one below the other, with its
/// indentation; the whole text if it is not such a list.
fn conjuncts(body: &str) -> Vec<String> {
    let tokens = Lexer::new(body).tokenize_spanned().unwrap_or_default();
    let starts_line = |at: usize| {
        body[..at]
            .rsplit('\n')
            .next()
            .unwrap_or("")
            .trim()
            .is_empty()
    };
    let column = |at: usize| at - body[..at].rfind('\n').map_or(0, |line| line + 1);
    let Some(first) = tokens.first().filter(|token| token.value == Token::And) else {
        return vec![body.to_owned()];
    };
    let indent = column(first.span.start as usize);
    let bullets = tokens.iter().filter(|token| {
        let at = token.span.start as usize;
        token.value == Token::And && starts_line(at) && column(at) == indent
    });
    let starts: Vec<usize> = bullets.map(|token| token.span.end as usize).collect();
    let ends = starts.iter().skip(1).map(|start| start - 2);
    let ends = ends.chain([body.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| {
        // The columns of nested lists have a meaning, so the indentation is kept.
        format!("{}{}", " ".repeat(column(*start)), &body[*start..end])
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::conjuncts;

    #[test]
    fn a_list_is_split_at_its_own_bullets_alone() {
        let body = "    /\\ A\n    /\\ \\/ B\n       \\/ /\\ C\n          /\\ D\n    /\\ E";
        let parts: Vec<_> = conjuncts(body)
            .iter()
            .map(|part| part.trim().to_owned())
            .collect();
        assert_eq!(
            parts,
            ["A", "\\/ B\n       \\/ /\\ C\n          /\\ D", "E"]
        );
    }

    #[test]
    fn what_is_no_list_is_one_part() {
        assert_eq!(conjuncts("  A /\\ B"), ["  A /\\ B"]);
    }
}
