//! Finds the definitions of a module in its text.
//!
//! `tla-checker` replaces a call by the body of the operator while it parses, so its syntax trees do not
//! show which operator a disjunct of `Next` has called. The text does. This module finds where each
//! top-level definition begins and ends, and parses one body at a time. A call of an operator that is
//! unknown to the parser stays a call.
//!
//! Not supported: definitions of infix operators and of functions, which cannot name an action.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tla_checker::Spanned;
use tla_checker::ast::Expr;
use tla_checker::lexer::{Lexer, Token};
use tla_checker::parser::parse_expr;

/// Where an operator is defined.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// The index of the file among the files of the spec.
    pub(crate) file: usize,
    /// The position of its name in that file, in bytes.
    pub(crate) name_at: usize,
    /// Its parameters.
    pub(crate) parameters: Vec<Arc<str>>,
    /// Its body.
    body: Range<usize>,
}

/// The definitions of all files of a spec, by name.
pub(crate) struct Definitions<'a> {
    texts: Vec<&'a str>,
    found: BTreeMap<Arc<str>, Vec<Definition>>,
}

impl<'a> Definitions<'a> {
    /// Finds the definitions in the first of these files, which is a module, and in the modules that it
    /// extends. Modules that are only instantiated have their own names. A text that cannot be split into
    /// tokens has no definitions; the parser reports what is wrong with it.
    pub(crate) fn of(files: &'a [(String, String)]) -> Self {
        let mut found: BTreeMap<Arc<str>, Vec<Definition>> = BTreeMap::new();
        let mut extended = vec![0];
        let mut next = 0;
        while let Some((file, (_, text))) = extended
            .get(next)
            .and_then(|file| Some((*file, files.get(*file)?)))
        {
            next += 1;
            let tokens = Lexer::new(text).tokenize_spanned().unwrap_or_default();
            for module in extends(&tokens) {
                let name = format!("{module}.tla");
                let place = files.iter().position(|(file, _)| *file == name);
                extended.extend(place.filter(|place| !extended.contains(place)));
            }
            for (name, definition) in in_file(file, &tokens) {
                found.entry(name).or_default().push(definition);
            }
        }
        let texts = files.iter().map(|(_, text)| &**text).collect();
        Definitions { texts, found }
    }

    /// The definition of an operator.
    pub(crate) fn get(&self, name: &str) -> Option<&Definition> {
        self.found.get(name)?.first()
    }

    /// Operators that are defined more than once, with the first two locations.
    pub(crate) fn twice(&self) -> impl Iterator<Item = (&Arc<str>, &Definition, &Definition)> {
        let several = self.found.iter();
        several.filter_map(|(name, all)| Some((name, all.first()?, all.get(1)?)))
    }

    /// The text of the body of a definition. The columns of a list of conjuncts or disjuncts have a
    /// meaning, so they are kept.
    pub(crate) fn text(&self, definition: &Definition) -> String {
        let text = self.texts[definition.file];
        let Range { start, end } = definition.body.clone();
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = " ".repeat(text[line..start].chars().count());
        format!("{indent}{}", &text[start..end])
    }

    /// The body of a definition, in which calls stay calls; `None` if it does not parse.
    pub(crate) fn body(&self, definition: &Definition) -> Option<Expr> {
        parse_expr(&self.text(definition)).ok()
    }

    /// The definitions, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Definition)> {
        let all = self.found.iter();
        all.filter_map(|(name, all)| Some((name, all.first()?)))
    }
}

/// The part of a definition after its name: its parameters, and the index after `==`.
fn head(tokens: &[Spanned<Token>], name: usize) -> Option<(Vec<Arc<str>>, usize)> {
    let mut parameters = Vec::new();
    let mut at = name + 1;
    if tokens.get(at)?.value == Token::LParen {
        loop {
            at += 1;
            match &tokens.get(at)?.value {
                Token::Ident(parameter) => parameters.push(parameter.clone()),
                Token::Comma => {}
                Token::RParen => break,
                _ => return None,
            }
        }
        at += 1;
    }
    (tokens.get(at)?.value == Token::EqEq).then_some((parameters, at + 1))
}

/// Whether a unit of the module other than a definition begins with this token.
fn is_unit(token: &Token) -> bool {
    matches!(
        token,
        Token::Module
            | Token::Extends
            | Token::Variables
            | Token::Constants
            | Token::Assume
            | Token::Theorem
            | Token::Lemma
            | Token::Recursive
            | Token::Local
            | Token::Eof
    )
}

/// The modules that a module extends.
pub(super) fn extends(tokens: &[Spanned<Token>]) -> Vec<Arc<str>> {
    let after = tokens
        .iter()
        .skip_while(|token| token.value != Token::Extends)
        .skip(1);
    let list = after.map_while(|token| match &token.value {
        Token::Ident(name) => Some(Some(name.clone())),
        Token::Comma => Some(None),
        _ => None,
    });
    list.flatten().collect()
}

fn in_file(file: usize, tokens: &[Spanned<Token>]) -> Vec<(Arc<str>, Definition)> {
    let mut found: Vec<(Arc<str>, Definition)> = Vec::new();
    let mut open = false;
    let mut lets = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match &token.value {
            Token::Let => lets += 1,
            // The lexer uses this token for `IN`.
            Token::Def => lets = lets.saturating_sub(1),
            Token::Ident(name) if lets == 0 => {
                let Some((parameters, body)) = head(tokens, at) else {
                    continue;
                };
                close(&mut found, open, tokens, at);
                let Some(first) = tokens.get(body) else {
                    continue;
                };
                let start = first.span.start as usize;
                let definition = Definition {
                    file,
                    name_at: token.span.start as usize,
                    parameters,
                    body: start..start,
                };
                found.push((name.clone(), definition));
                open = true;
            }
            unit if is_unit(unit) => {
                close(&mut found, open, tokens, at);
                (open, lets) = (false, 0);
            }
            _ => {}
        }
    }
    found
}

/// Ends the open definition before the token at `end`.
fn close(found: &mut [(Arc<str>, Definition)], open: bool, tokens: &[Spanned<Token>], end: usize) {
    let last = end.checked_sub(1).and_then(|last| tokens.get(last));
    if let (true, Some((_, definition)), Some(last)) = (open, found.last_mut(), last) {
        definition.body.end = (last.span.end as usize).max(definition.body.start);
    }
}
