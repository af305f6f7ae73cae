//! Rewrites `UNCHANGED` in the modules that a spec instantiates.
//!
//! `tla-checker` replaces the variables of an instantiated module by those of its `WITH` clause everywhere
//! except under `UNCHANGED`, and then does not find the replaced variable. So `UNCHANGED <<a, b>>` is
//! rewritten there as `(a' = a /\ b' = b)`, which has the same meaning. Line numbers do not change.
//!
//! Not supported: tuples that contain anything other than names, which `tla-checker` does not support
//! either.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tla_checker::Spanned;
use tla_checker::lexer::{Lexer, Token};

use super::definitions::extends;

/// The files of a spec by name, and their text.
type Texts = [(String, String)];

/// The names in each named tuple, as in `vars == <<a, b>>`.
type Tuples = BTreeMap<Arc<str>, Vec<Arc<str>>>;

/// The same spec without `UNCHANGED` in instantiated modules.
pub(crate) fn spelled_out(files: &Texts) -> Cow<'_, Texts> {
    if !files.iter().any(|(_, text)| text.contains("INSTANCE")) {
        return Cow::Borrowed(files);
    }
    let tokens: Vec<_> = files.iter().map(|(_, text)| tokens(text)).collect();
    let chosen = instantiated(files, &tokens);
    let texts = files.iter().enumerate().map(|(place, (name, text))| {
        let text = match chosen.contains(&place) {
            true => rewritten(text, &tokens[place], &seen_by(place, files, &tokens)),
            false => text.clone(),
        };
        (name.clone(), text)
    });
    Cow::Owned(texts.collect())
}

/// Splits a text into tokens; empty if it cannot be split. The parser then reports what is wrong with it.
fn tokens(text: &str) -> Vec<Spanned<Token>> {
    Lexer::new(text).tokenize_spanned().unwrap_or_default()
}

/// The indices of the instantiated modules, and of all modules that these extend or instantiate.
fn instantiated(files: &Texts, tokens: &[Vec<Spanned<Token>>]) -> Vec<usize> {
    let all = tokens.iter().flat_map(|tokens| instances(tokens));
    with_extended(
        all.filter_map(|module| place(&module, files)).collect(),
        files,
        tokens,
    )
}

/// The named tuples that are visible in a module: its own, and those of the modules that it extends.
/// Another module may use the same name for another tuple.
fn seen_by(file: usize, files: &Texts, tokens: &[Vec<Spanned<Token>>]) -> Tuples {
    let seen = with_extended(vec![file], files, tokens);
    seen.iter()
        .flat_map(|file| tuples(&tokens[*file]))
        .collect()
}

/// The index of a module among the files, if it is one of them.
fn place(module: &Arc<str>, files: &Texts) -> Option<usize> {
    let name = format!("{module}.tla");
    files.iter().position(|(file, _)| *file == name)
}

/// These modules, and all that they extend.
fn with_extended(
    mut open: Vec<usize>,
    files: &Texts,
    tokens: &[Vec<Spanned<Token>>],
) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::new();
    while let Some(file) = open.pop() {
        if !all.contains(&file) {
            all.push(file);
            let extended = extends(&tokens[file]);
            open.extend(extended.iter().filter_map(|module| place(module, files)));
        }
    }
    all
}

/// The modules that a module instantiates.
fn instances(tokens: &[Spanned<Token>]) -> Vec<Arc<str>> {
    let pairs = tokens.windows(2);
    let named = pairs.filter_map(|pair| match (&pair[0].value, &pair[1].value) {
        (Token::Instance, Token::Ident(module)) => Some(module.clone()),
        _ => None,
    });
    named.collect()
}

fn tuples(tokens: &[Spanned<Token>]) -> Vec<(Arc<str>, Vec<Arc<str>>)> {
    let found = (0..tokens.len()).filter_map(|at| {
        let (Token::Ident(name), Token::EqEq) = (&tokens[at].value, &tokens.get(at + 1)?.value)
        else {
            return None;
        };
        let (names, _) = tuple(tokens, at + 2)?;
        Some((name.clone(), names))
    });
    found.collect()
}

/// The names in the tuple that begins at a token, and the index after it.
fn tuple(tokens: &[Spanned<Token>], at: usize) -> Option<(Vec<Arc<str>>, usize)> {
    if tokens.get(at)?.value != Token::LAngle {
        return None;
    }
    let mut names = Vec::new();
    for (after, token) in tokens.iter().enumerate().skip(at + 1) {
        match &token.value {
            Token::Ident(name) => names.push(name.clone()),
            Token::Comma => {}
            Token::RAngle => return Some((names, after + 1)),
            _ => return None,
        }
    }
    None
}

fn rewritten(text: &str, tokens: &[Spanned<Token>], tuples: &Tuples) -> String {
    let (mut out, mut copied) = (String::new(), 0);
    for (at, token) in tokens.iter().enumerate() {
        if token.value != Token::Unchanged {
            continue;
        }
        let (names, after) = match tokens.get(at + 1).map(|token| &token.value) {
            Some(Token::Ident(name)) => (vec![name.clone()], at + 2),
            _ => match tuple(tokens, at + 1) {
                Some(found) => found,
                None => continue,
            },
        };
        let (start, end) = (
            token.span.start as usize,
            tokens[after - 1].span.end as usize,
        );
        let mut variables = Vec::new();
        for name in &names {
            expand(name, tuples, &mut Vec::new(), &mut variables);
        }
        let same: Vec<_> = variables
            .iter()
            .map(|name| format!("{name}' = {name}"))
            .collect();
        out.push_str(&text[copied..start]);
        match same.is_empty() {
            true => out.push_str("TRUE"),
            false => out.push_str(&format!("({})", same.join(" /\\ "))),
        }
        // The text after it stays on its line.
        out.extend(text[start..end].matches('\n'));
        copied = end;
    }
    out.push_str(&text[copied..]);
    out
}

/// The variables that a name stands for. `within` are the tuples that contain it, so that recursion ends.
fn expand(name: &Arc<str>, tuples: &Tuples, within: &mut Vec<Arc<str>>, found: &mut Vec<Arc<str>>) {
    match tuples.get(name) {
        Some(names) if !within.contains(name) => {
            within.push(name.clone());
            for name in names {
                expand(name, tuples, within, found);
            }
            within.pop();
        }
        _ => found.push(name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(part: &str) -> Vec<(String, String)> {
        let main = "---- MODULE M ----\nVARIABLES x, y\nP == INSTANCE Part WITH a <- x, b <- y\n\
                    Next == UNCHANGED <<x, y>>\n====\n";
        let part = format!("---- MODULE Part ----\nVARIABLES a, b\n{part}\n====\n");
        let named = |(name, text): (&str, String)| (name.to_owned(), text);
        [("M.tla", main.to_owned()), ("Part.tla", part)]
            .map(named)
            .to_vec()
    }

    #[test]
    fn only_modules_that_are_instantiated_are_rewritten_and_keep_their_lines() {
        let before = files(
            "both == <<a, b>>\nOne == UNCHANGED a \\* UNCHANGED a\n\
             Two == /\\ UNCHANGED <<a,\n           b>>\n       /\\ TRUE\nThree == UNCHANGED both",
        );
        let after = spelled_out(&before);
        assert_eq!(after[0], before[0]);
        let text = &after[1].1;
        assert!(text.contains("One == (a' = a) \\* UNCHANGED a\n"), "{text}");
        assert!(
            text.contains("Two == /\\ (a' = a /\\ b' = b)\n\n       /\\ TRUE\n"),
            "{text}"
        );
        assert!(text.contains("Three == (a' = a /\\ b' = b)\n"), "{text}");
        assert_eq!(text.lines().count(), before[1].1.lines().count());
    }

    #[test]
    fn a_name_stands_for_the_tuple_of_its_own_module() {
        let mut files = files("vars == <<a, b>>\nOne == UNCHANGED vars");
        let other =
            "---- MODULE Other ----\nEXTENDS Base\nVARIABLES c\nOne == UNCHANGED vars\n====\n";
        let base = "---- MODULE Base ----\nVARIABLES d\nvars == <<d>>\n====\n";
        files[0].1 = files[0]
            .1
            .replace("P ==", "vars == <<x>>\nQ == INSTANCE Other\nP ==");
        files.push(("Other.tla".to_owned(), other.to_owned()));
        files.push(("Base.tla".to_owned(), base.to_owned()));
        let after = spelled_out(&files);
        assert!(
            after[1].1.contains("One == (a' = a /\\ b' = b)\n"),
            "{}",
            after[1].1
        );
        assert!(after[2].1.contains("One == (d' = d)\n"), "{}", after[2].1);
    }

    #[test]
    fn a_spec_without_instances_stays_as_it_is() {
        let mut files = files("One == UNCHANGED a");
        files.remove(0);
        assert!(matches!(spelled_out(&files), Cow::Borrowed(_)));
    }
}
