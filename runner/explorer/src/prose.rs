//! Parses Markdown into blocks of text. The page builds its elements from them and never inserts HTML
//! from data.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::wire::{Block, BlockKind, Cell, Span, SpanStyle};

/// The blocks of a Markdown text. A link is reduced to its text, because the page of the exercise has
/// its own links.
pub(crate) fn prose(markdown: &str) -> Vec<Block> {
    let mut written = Written::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        written.take(event);
    }
    written.blocks
}

#[derive(Default)]
struct Written {
    blocks: Vec<Block>,
    /// The number of open lists. A paragraph in a list belongs to its item.
    lists: usize,
    style: Vec<SpanStyle>,
}

impl Written {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, self.style.last().copied()),
            Event::Code(text) => self.words(&text, Some(SpanStyle::Code)),
            Event::SoftBreak | Event::HardBreak => self.words(" ", None),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph if self.lists == 0 => self.open(BlockKind::Paragraph),
            Tag::Paragraph => self.words(" ", None),
            Tag::Heading { .. } => self.open(BlockKind::Heading),
            Tag::CodeBlock(_) => self.open(BlockKind::Code),
            Tag::List(first) => {
                self.lists += 1;
                if self.lists == 1 {
                    let kind = match first {
                        Some(_) => BlockKind::Numbered,
                        None => BlockKind::List,
                    };
                    let rows = Vec::new();
                    self.blocks.push(Block { kind, rows });
                }
            }
            Tag::Table(_) => self.blocks.push(Block {
                kind: BlockKind::Table,
                rows: Vec::new(),
            }),
            Tag::Item => self.row(vec![Cell::default()]),
            Tag::TableHead | Tag::TableRow => self.row(Vec::new()),
            Tag::TableCell => {
                if let Some(row) = self.last_row() {
                    row.push(Cell::default());
                }
            }
            Tag::Emphasis => self.style.push(SpanStyle::Emphasis),
            Tag::Strong => self.style.push(SpanStyle::Strong),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => self.lists -= 1,
            TagEnd::Emphasis | TagEnd::Strong => {
                self.style.pop();
            }
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        let rows = vec![vec![Cell::default()]];
        self.blocks.push(Block { kind, rows });
    }

    fn row(&mut self, row: Vec<Cell>) {
        if let Some(block) = self.blocks.last_mut() {
            block.rows.push(row);
        }
    }

    fn last_row(&mut self) -> Option<&mut Vec<Cell>> {
        self.blocks.last_mut()?.rows.last_mut()
    }

    fn words(&mut self, text: &str, style: Option<SpanStyle>) {
        let style = style.unwrap_or(SpanStyle::Plain);
        let Some(cell) = self.last_row().and_then(|row| row.last_mut()) else {
            return;
        };
        match cell.spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            None if text.trim().is_empty() => {}
            _ => cell.spans.push(Span {
                text: text.to_owned(),
                style,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renders a text with one line for each row: its kind, and its words with marks for their styles.
    fn told(markdown: &str) -> Vec<String> {
        let span = |span: &Span| match span.style {
            SpanStyle::Plain => span.text.clone(),
            SpanStyle::Emphasis => format!("/{}/", span.text),
            SpanStyle::Strong => format!("!{}!", span.text),
            SpanStyle::Code => format!("`{}`", span.text),
        };
        let cell = |cell: &Cell| cell.spans.iter().map(span).collect::<String>();
        let row = |kind: BlockKind, row: &Vec<Cell>| {
            let cells: Vec<_> = row.iter().map(cell).collect();
            format!("{kind:?} {}", cells.join(" | "))
        };
        let blocks = prose(markdown);
        let rows = blocks
            .iter()
            .flat_map(|block| block.rows.iter().map(move |one| row(block.kind, one)));
        rows.collect()
    }

    #[test]
    fn every_piece_of_a_text_is_kept() {
        let text = "A *story*\nof `two`.\n\n## Next\n\n1. One,\n   more\n2. **Two**\n\n```rust\nlet a;\n```\n\n\
                    | a | b |\n|---|---|\n| c | `d` |\n";
        assert_eq!(
            told(text),
            [
                "Paragraph A /story/ of `two`.",
                "Heading Next",
                "Numbered One, more",
                "Numbered !Two!",
                "Code let a;\n",
                "Table a | b",
                "Table c | `d`",
            ]
        );
    }

    #[test]
    fn a_list_with_paragraphs_has_its_items_and_what_follows_is_no_part_of_it() {
        assert_eq!(
            told("- one\n\n  two\n- three\n\nfour [five](six.md)\n"),
            ["List one two", "List three", "Paragraph four five"]
        );
    }
}
