//! Exports a path as a Mermaid sequence diagram, which many wikis and code hosts render.

use tandem_check::enumerate::End;

use super::scene::{Head, Item, items, waiting};
use super::{Told, ending};
use crate::diagram::Diagram;
use crate::wire::Role;

pub(super) fn write(told: &Told<'_>) -> String {
    let trace = &told.trace;
    let diagram = &trace.diagram;
    let mut lines = vec!["sequenceDiagram".to_owned()];
    lines.push(format!("  title {}", plain(&told.title())));
    for (place, line) in diagram.lifelines.iter().enumerate() {
        let kind = match line.kind {
            Role::Browser => "actor",
            _ => "participant",
        };
        lines.push(format!("  {kind} L{} as {}", place + 1, plain(&line.name)));
    }
    let back = match trace.end {
        End::Repeats(back) => Some(back),
        End::Open | End::Stutters => None,
    };
    let begins = |step: usize| (back == Some(step)).then(|| "  loop forever".to_owned());
    lines.extend(begins(0));
    for step in &trace.steps {
        lines.extend(items(diagram, step).iter().map(|item| drawn(diagram, item)));
        if !step.act.violates.is_empty() {
            let names = plain(&step.act.violates.join(", "));
            lines.push(format!(
                "  Note over {}: ✗ {names} false from here",
                all(diagram)
            ));
        }
        // If the loop begins after the last step, it contains nothing.
        lines.extend(begins(step.number).filter(|_| step.number < trace.steps.len()));
    }
    if back.is_some_and(|back| back < trace.steps.len()) {
        lines.push("  end".to_owned());
    }
    lines.extend(waiting(diagram).iter().map(|item| drawn(diagram, item)));
    if let (End::Stutters, Some(said)) = (trace.end, ending(trace.end)) {
        lines.push(format!("  Note over {}: {}", all(diagram), plain(&said)));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn drawn(diagram: &Diagram, item: &Item) -> String {
    match item {
        Item::Arrow {
            from,
            to,
            label,
            head,
            extra,
        } => {
            let line = if *extra { "--" } else { "-" };
            let head = if *head == Head::Arrives { ">>" } else { "x" };
            let (from, to) = (id(diagram, from), id(diagram, to));
            format!("  {from}{line}{head}{to}: {}", plain(label))
        }
        Item::Note { at, lines, bad } => {
            let cross = if *bad { "✗ " } else { "" };
            let lines: Vec<_> = lines.iter().map(|line| plain(line)).collect();
            format!(
                "  Note over {}: {cross}{}",
                id(diagram, at),
                lines.join("<br/>")
            )
        }
    }
}

fn id(diagram: &Diagram, name: &str) -> String {
    let place = diagram.lifelines.iter().position(|line| line.name == name);
    format!("L{}", place.map_or(1, |place| place + 1))
}

/// The names of all lifelines, for a note that spans the whole diagram.
fn all(diagram: &Diagram) -> String {
    match diagram.lifelines.len() {
        0 | 1 => "L1".to_owned(),
        last => format!("L1,L{last}"),
    }
}

/// Escapes the characters that have a meaning in Mermaid: `;` and `#` start entities and comments.
fn plain(label: &str) -> String {
    let mut text = String::new();
    for word in label.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        for sign in word.chars() {
            match sign {
                '#' => text.push_str("#35;"),
                ';' => text.push_str("#59;"),
                '<' => text.push_str("#lt;"),
                '>' => text.push_str("#gt;"),
                other => text.push(other),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn signs_that_mermaid_would_read_as_its_own_are_written_as_entities() {
        assert_eq!(plain("a;b  #1\n<<2>>"), "a#59;b #35;1 #lt;#lt;2#gt;#gt;");
    }
}
