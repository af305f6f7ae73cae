//! Exports a path as an SVG image: a file that needs no other files. It has a title, and leaves out
//! what only the page shows, such as the selected step.

use std::fmt::Write as _;

use tandem_check::enumerate::End;

use super::scene::{Head, Item, items, waiting};
use super::{Told, ending};
use crate::diagram::Diagram;
use crate::wire::Role;

/// The space at the left for step numbers, and at the right.
const MARGIN: usize = 56;
/// The smallest distance between two lifelines.
const LEAST: usize = 150;
/// The largest distance between two lifelines.
const MOST: usize = 420;
/// The height of a line of text.
const LINE: usize = 18;
/// The width of a character, on average, at the size of the labels.
const CHARACTER: usize = 7;
/// The vertical position of the first row.
const TOP: usize = 84;

/// The content of one row.
struct Row {
    number: Option<usize>,
    item: Item,
}

pub(super) fn write(told: &Told<'_>) -> String {
    let diagram = &told.trace.diagram;
    let rows = rows(told);
    let apart = apart(diagram, &rows);
    let lanes = diagram.lifelines.len().max(1);
    let title = format!("{} ({})", told.title(), told.bounds());
    let needed = MARGIN + title.chars().count() * (CHARACTER + 1) + MARGIN;
    let width = (2 * MARGIN + (lanes - 1) * apart + 200).max(needed);
    let mut body = String::new();
    let mut y = TOP;
    let mut starts = Vec::new();
    for row in &rows {
        if let Some(number) = row.number {
            starts.push((number, y));
            let _ = writeln!(
                body,
                "  <text class=\"number\" x=\"12\" y=\"{y}\">{number}</text>"
            );
        }
        y += drawn(&mut body, diagram, apart, y, &row.item);
    }
    if let End::Repeats(back) = told.trace.end {
        let from = starts.iter().find(|(number, _)| *number > back);
        let from = from.map_or(TOP, |(_, y)| *y);
        let _ = writeln!(
            body,
            "  <path class=\"loop\" d=\"M 40 {} h -8 V {} h 8\"/>",
            y.saturating_sub(LINE),
            from.saturating_sub(LINE)
        );
    }
    if let Some(said) = ending(told.trace.end) {
        let _ = writeln!(
            body,
            "  <text x=\"{MARGIN}\" y=\"{y}\">{}</text>",
            escaped(&said)
        );
        y += 2 * LINE;
    }
    let title = escaped(&title);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title\">\n  \
         <title id=\"title\">{title}</title>\n  <style>{STYLE}</style>\n  \
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n  \
         <text class=\"title\" x=\"{MARGIN}\" y=\"24\">{title}</text>\n",
        height = y + LINE
    );
    for (place, line) in diagram.lifelines.iter().enumerate() {
        let x = MARGIN + place * apart;
        let class = if line.kind == Role::Browser {
            "person"
        } else {
            "party"
        };
        let name = escaped(&line.name);
        let _ = writeln!(
            text,
            "  <line class=\"lane\" x1=\"{x}\" y1=\"60\" x2=\"{x}\" y2=\"{y}\"/>"
        );
        let _ = writeln!(
            text,
            "  <text class=\"{class}\" x=\"{x}\" y=\"52\">{name}</text>"
        );
    }
    text.push_str(&body);
    text.push_str("</svg>\n");
    text
}

const STYLE: &str = "text{font:13px sans-serif;fill:#1a1a1a}.title{font-weight:bold;font-size:15px}\
    .party,.person{font-weight:bold;text-anchor:middle}.person{font-style:italic}\
    .number{fill:#6b6b6b}.lane{stroke:#b5b5b5}.arrow{stroke:#1f5fbf;fill:none}\
    .extra{stroke-dasharray:5 3}.head{fill:#1f5fbf}.bad{stroke:#b3261e}.wrong{fill:#b3261e}\
    .label{text-anchor:middle}.note{fill:#fff8e1;stroke:#d9c88b}.loop{stroke:#6b6b6b;fill:none}";

fn rows(told: &Told<'_>) -> Vec<Row> {
    let diagram = &told.trace.diagram;
    let mut rows = Vec::new();
    for step in &told.trace.steps {
        let mut number = Some(step.number);
        for item in items(diagram, step) {
            let number = number.take();
            rows.push(Row { number, item });
        }
        if !step.act.violates.is_empty() {
            let at = diagram
                .lifelines
                .first()
                .map_or_else(String::new, |line| line.name.clone());
            let lines = vec![format!(
                "✗ {} false from here",
                step.act.violates.join(", ")
            )];
            let item = Item::Note {
                at,
                lines,
                bad: true,
            };
            rows.push(Row { number: None, item });
        }
    }
    rows.extend(
        waiting(diagram)
            .into_iter()
            .map(|item| Row { number: None, item }),
    );
    rows
}

/// The distance between two lifelines, so large that labels between neighbours fit.
fn apart(diagram: &Diagram, rows: &[Row]) -> usize {
    let needed = rows.iter().filter_map(|row| match &row.item {
        Item::Arrow {
            from, to, label, ..
        } => {
            let lanes = lane(diagram, from).abs_diff(lane(diagram, to)).max(1);
            Some((label.chars().count() * CHARACTER + 24) / lanes)
        }
        Item::Note { .. } => None,
    });
    needed.max().unwrap_or(LEAST).clamp(LEAST, MOST)
}

fn lane(diagram: &Diagram, name: &str) -> usize {
    let place = diagram.lifelines.iter().position(|line| line.name == name);
    place.unwrap_or(0)
}

/// Draws an element. Returns its height.
fn drawn(body: &mut String, diagram: &Diagram, apart: usize, y: usize, item: &Item) -> usize {
    match item {
        Item::Arrow {
            from,
            to,
            label,
            head,
            extra,
        } => {
            let [from, to] = [from, to].map(|name| MARGIN + lane(diagram, name) * apart);
            let end = y + 8;
            let extra = if *extra { " extra" } else { "" };
            let bad = if *head == Head::Cross { " bad" } else { "" };
            let middle = usize::midpoint(from, to);
            let _ = writeln!(
                body,
                "  <text class=\"label\" x=\"{middle}\" y=\"{y}\">{}</text>",
                escaped(label)
            );
            let _ = writeln!(
                body,
                "  <path class=\"arrow{extra}{bad}\" d=\"M {from} {end} H {to}\"/>"
            );
            let (back, up, down) = (if to >= from { -8 } else { 8 }, end - 4, end + 4);
            let at = i64::try_from(to).unwrap_or(0) + back;
            let _ = match head {
                Head::Arrives => writeln!(
                    body,
                    "  <path class=\"head\" d=\"M {to} {end} L {at} {up} L {at} {down} Z\"/>"
                ),
                Head::Cross => writeln!(
                    body,
                    "  <path class=\"bad\" d=\"M {at} {up} L {to} {down} M {at} {down} L {to} {up}\"/>"
                ),
            };
            LINE * 2
        }
        Item::Note { at, lines, bad } => {
            let x = MARGIN + lane(diagram, at) * apart + 8;
            let longest = lines
                .iter()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0);
            let (width, height) = (longest * CHARACTER + 16, lines.len() * LINE + 4);
            let _ = writeln!(
                body,
                "  <rect class=\"note\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>",
                y.saturating_sub(14)
            );
            let class = if *bad { " class=\"wrong\"" } else { "" };
            for (place, line) in lines.iter().enumerate() {
                let _ = writeln!(
                    body,
                    "  <text{class} x=\"{}\" y=\"{}\">{}</text>",
                    x + 8,
                    y + place * LINE,
                    escaped(line)
                );
            }
            height + LINE / 2
        }
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
