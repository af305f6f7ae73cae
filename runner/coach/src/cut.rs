//! Cuts one definition out of a TLA+ module: `Outbox` is split into `OutboxBefore`, a module with only
//! the definition, and `Outbox`, which extends both. Both checkers treat the three modules like the
//! original one.

use anyhow::{Context, ensure};

/// A module in three parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The module with everything above the definition.
    pub before: String,
    /// The module with the definition alone, as the specification has it.
    pub own: String,
    /// The module with everything below.
    pub after: String,
}

/// Cuts `definition` out of the text of `module`.
///
/// # Errors
///
/// If the module has no such definition at the start of a line, or no header.
pub fn cut(module: &str, text: &str, definition: &str) -> anyhow::Result<Cut> {
    let lines: Vec<&str> = text.lines().collect();
    let is_header = |line: &&str| line.starts_with("----") && line.contains(" MODULE ");
    let header = lines.iter().position(is_header);
    let header =
        header.with_context(|| format!("{module} has no line `---- MODULE {module} ----`"))?;
    let end = lines.iter().rposition(|line| line.starts_with("===="));
    let end = end.with_context(|| format!("{module} has no last line `====`"))?;
    let starts = |line: &&str| {
        let rest = line.strip_prefix(definition);
        rest.is_some_and(|rest| rest.starts_with('(') || rest.trim_start().starts_with("=="))
    };
    let found = lines.iter().position(starts);
    let found = found.with_context(|| format!("{module} has no definition {definition}"))?;
    // The comment above the definition belongs to it, and so do the lines below it that are indented or
    // empty.
    let comment = lines[..found].iter().rev();
    let comment = comment.take_while(|line| line.starts_with("\\*")).count();
    let more = lines[found + 1..end].iter();
    let more = more
        .take_while(|line| line.is_empty() || line.starts_with(' '))
        .count();
    let (first, last) = (found - comment, found + 1 + more);
    ensure!(
        first > header,
        "{module}: {definition} stands before the module's header"
    );
    let before = before(module);
    Ok(Cut {
        before: framed(&before, &lines[header + 1..first]),
        own: own(&before, definition, &lines[first..last]),
        after: {
            let extends = format!("EXTENDS {definition}");
            let rest = [&[extends.as_str(), ""], &lines[last..end]].concat();
            framed(module, &rest)
        },
    })
}

/// The name of the module above the definition.
pub fn before(module: &str) -> String {
    format!("{module}Before")
}

fn own(before: &str, definition: &str, lines: &[&str]) -> String {
    let extends = format!("EXTENDS {before}");
    let lines = [&[extends.as_str(), ""], lines].concat();
    framed(definition, &lines)
}

fn framed(module: &str, lines: &[&str]) -> String {
    let text = lines.join("\n");
    format!("---- MODULE {module} ----\n{}\n\n====\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "\
------ MODULE Shop ------
EXTENDS Naturals
VARIABLE x

\\* More than before.
More(n) ==
    /\\ x' = x + n
    /\\ n > 0

Next == More(1)
=====
";

    #[test]
    fn a_definition_goes_into_a_module_between_two_others() {
        let cut = cut("Shop", MODULE, "More").unwrap();
        let before = "---- MODULE ShopBefore ----\nEXTENDS Naturals\nVARIABLE x\n\n====\n";
        assert_eq!(cut.before, before);
        let own = "---- MODULE More ----\nEXTENDS ShopBefore\n\n\\* More than before.\nMore(n) ==\n    \
                   /\\ x' = x + n\n    /\\ n > 0\n\n====\n";
        assert_eq!(cut.own, own);
        let after = "---- MODULE Shop ----\nEXTENDS More\n\nNext == More(1)\n\n====\n";
        assert_eq!(cut.after, after);
    }

    #[test]
    fn a_definition_that_is_not_there_is_named() {
        let error = cut("Shop", MODULE, "Mor").unwrap_err();
        assert_eq!(error.to_string(), "Shop has no definition Mor");
    }
}
