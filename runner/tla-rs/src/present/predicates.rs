//! The state predicates in a temporal formula: `P` of `<>[]P`, and `P` and `Q` of `P ~> Q`.
//!
//! A temporal formula has no truth in a single state, but the predicates in it have, so they can be
//! compared state by state. They are returned as text, which TLC can also evaluate.

use tla_checker::lexer::{Lexer, Token};

use super::definitions::Definitions;
use super::evaluator::Evaluator;

/// The predicates in the temporal operator `name` of these files, each as text on one line; `None` if
/// there is no such operator, or its formula has another form.
pub fn state_predicates(files: &[(String, String)], name: &str) -> Option<Vec<String>> {
    let written = Definitions::of(files);
    of_formula(&written.text(written.get(name)?))
}

impl Evaluator {
    /// Like [`state_predicates`], for a spec that was already read.
    pub fn state_predicates(&self, name: &str) -> Option<Vec<String>> {
        of_formula(&self.text(name)?)
    }
}

fn of_formula(formula: &str) -> Option<Vec<String>> {
    let tokens = Lexer::new(formula).tokenize_spanned().ok()?;
    let modal = |token: &Token| matches!(token, Token::Eventually | Token::Always);
    let first = tokens.iter().position(|token| !modal(&token.value))?;
    let rest = &tokens[first..tokens.len().checked_sub(1)?];
    let leads: Vec<_> = rest
        .iter()
        .filter(|token| token.value == Token::LeadsTo)
        .collect();
    let temporal = rest.iter().any(|token| modal(&token.value));
    let (start, end) = (
        rest.first()?.span.start as usize,
        rest.last()?.span.end as usize,
    );
    let line = |text: &str| {
        // A bulleted list over several lines would have another meaning on one line.
        let text = text.trim();
        (!text.is_empty() && !text.contains('\n')).then(|| text.to_owned())
    };
    match leads[..] {
        [] if first > 0 && !temporal => Some(vec![line(&formula[start..end])?]),
        [to] if first == 0 && !temporal => {
            let (before, after) = (to.span.start as usize, to.span.end as usize);
            Some(vec![
                line(&formula[start..before])?,
                line(&formula[after..end])?,
            ])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::of_formula;

    #[test]
    fn the_predicates_of_what_comes_true_some_day() {
        let found = |formula: &str| of_formula(formula).unwrap().join(" | ");
        assert_eq!(found("  <>[]AtRest"), "AtRest");
        assert_eq!(found("[]<>(x = 1)"), "(x = 1)");
        assert_eq!(found("<>P(1)"), "P(1)");
        assert_eq!(found("a = 1 ~> b = 2"), "a = 1 | b = 2");
    }

    #[test]
    fn other_forms_have_none() {
        for formula in [
            "x = 1",
            "<>P => []Q",
            "[]P ~> Q",
            "\\A m \\in S : <>P(m)",
            "",
        ] {
            assert_eq!(of_formula(formula), None, "{formula}");
        }
    }
}
