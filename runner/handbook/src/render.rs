//! Renders a chapter as an HTML page.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::summary::Entry;

/// A page: the list of chapters, the text, and links to the previous and the next chapter.
pub fn page(entries: &[Entry], place: usize, markdown: &str) -> String {
    let title = match &entries[place] {
        Entry::Chapter { title, .. } | Entry::Part(title) => escaped(title),
    };
    let chapters: String = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| line(entry, at == place))
        .collect();
    let chapter = |entry: &&Entry| entry.file().is_some();
    let before = entries[..place].iter().rfind(chapter);
    let after = entries[place + 1..].iter().find(chapter);
    let steps = [("before", before), ("after", after)];
    let steps: String = steps
        .into_iter()
        .filter_map(|(rel, entry)| step(rel, entry?))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · Tandem</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n\
         <nav aria-label=\"Chapters\">\n{chapters}</nav>\n<main>\n{}\n\
         <nav class=\"steps\" aria-label=\"Next and previous\">{steps}</nav>\n</main>\n</body>\n</html>\n",
        body(markdown)
    )
}

fn line(entry: &Entry, here: bool) -> String {
    match entry {
        Entry::Part(title) => format!("<h2>{}</h2>\n", escaped(title)),
        Entry::Chapter { title, file, level } => {
            let current = if here { " aria-current=\"page\"" } else { "" };
            let title = escaped(title);
            format!("<a class=\"level-{level}\" href=\"{file}\"{current}>{title}</a>\n")
        }
    }
}

fn step(rel: &str, entry: &Entry) -> Option<String> {
    match entry {
        Entry::Part(_) => None,
        Entry::Chapter { title, file, .. } => Some(format!(
            "<a class=\"{rel}\" href=\"{file}\">{}</a>",
            escaped(title)
        )),
    }
}

/// The text of a chapter as HTML. Links between chapters lead to their pages, and each heading has an
/// anchor.
pub fn body(markdown: &str) -> String {
    let events: Vec<_> = Parser::new_ext(markdown, Options::ENABLE_TABLES).collect();
    let mut taken = Vec::new();
    let events = (0..events.len()).map(|at| match &events[at] {
        Event::Start(Tag::Heading {
            level,
            classes,
            attrs,
            ..
        }) => Event::Start(Tag::Heading {
            level: *level,
            id: Some(CowStr::from(name(&heading(&events[at + 1..]), &mut taken))),
            classes: classes.clone(),
            attrs: attrs.clone(),
        }),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type: *link_type,
            dest_url: CowStr::from(target(dest_url)),
            title: title.clone(),
            id: id.clone(),
        }),
        other => other.clone(),
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    text
}

/// The text of a heading whose events begin here.
fn heading(events: &[Event<'_>]) -> String {
    let own = events
        .iter()
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = own.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    words.collect()
}

/// The anchor of a heading: its words, and a number if the same words occurred before.
fn name(words: &str, taken: &mut Vec<String>) -> String {
    let kept = words
        .chars()
        .filter(|letter| letter.is_alphanumeric() || " -".contains(*letter));
    let plain: String = kept.collect::<String>().to_lowercase().replace(' ', "-");
    let before = taken.iter().filter(|other| **other == plain).count();
    taken.push(plain.clone());
    match before {
        0 => plain,
        count => format!("{plain}-{count}"),
    }
}

/// The target of a link: `outbox.md#story` becomes `outbox.html#story`.
fn target(link: &str) -> String {
    if link.contains("://") {
        return link.to_owned();
    }
    let (file, place) = link.split_once('#').unwrap_or((link, ""));
    let file = file
        .strip_suffix(".md")
        .map_or(file.to_owned(), |name| format!("{name}.html"));
    match place {
        "" => file,
        place => format!("{file}#{place}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_chapters_lead_to_pages_and_others_stay() {
        let text = body("[a](a.md#b) [c](https://c.example/d.md)\n");
        assert!(text.contains("href=\"a.html#b\""), "{text}");
        assert!(text.contains("href=\"https://c.example/d.md\""), "{text}");
    }

    #[test]
    fn headings_have_names_of_their_own() {
        let text = body("## In `TLA+`\n\n## In TLA\n");
        assert!(text.contains("<h2 id=\"in-tla\">"), "{text}");
        assert!(text.contains("<h2 id=\"in-tla-1\">"), "{text}");
    }
}
