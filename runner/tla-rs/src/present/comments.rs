//! Removes comments from texts, because `tla-checker` would split them into characters several times, and
//! half of a well-documented module is comments. The remaining text keeps its lines and columns.

/// The same text without comments.
pub(crate) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    // The blanks that replace removed text in this line. They are written only if more text follows.
    let (mut blanks, mut depth) = (0, 0_usize);
    let (mut in_string, mut in_line) = (false, false);
    while let Some(c) = rest.next() {
        if c == '\n' {
            (blanks, in_line, in_string) = (0, false, false);
            out.push(c);
            continue;
        }
        let next = rest.peek().copied();
        let pair = match (c, next) {
            ('(', Some('*')) if !in_string && !in_line => {
                depth += 1;
                true
            }
            ('*', Some(')')) if depth > 0 => {
                depth -= 1;
                true
            }
            ('\\', Some('*')) if !in_string && depth == 0 => {
                in_line = true;
                true
            }
            _ => false,
        };
        if pair {
            rest.next();
            blanks += 2;
        } else if depth > 0 || in_line || (c == ' ' && !in_string) {
            blanks += 1;
        } else {
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
            out.push(c);
            match (c, in_string) {
                ('\\', true) => out.extend(rest.next()),
                ('"', _) => in_string = !in_string,
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn what_remains_keeps_its_place() {
        let text = "(***)\n(* one (* two *)\n still *) A == 1 \\* \"x\n  B == \"(* \\\" \\* \" \\* c\nC == (*n*) 2\n";
        let expected = "\n\n          A == 1\n  B == \"(* \\\" \\* \"\nC ==       2\n";
        assert_eq!(without_comments(text), expected);
    }
}
