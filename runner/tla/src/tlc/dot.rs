//! The state graph that TLC writes with `-dump dot,actionlabels FILE`.
//!
//! [`read`] reads the file once, line by line, and keeps every state as the text that TLC printed. An
//! edge is a step: two actions between the same states are two edges, and so are two ways in which one
//! action leads there. Self-loops are included. TLC also draws the stuttering steps of a temporal
//! formula (dashed, without a label); those are not steps of the spec and are left out.
//!
//! With a temporal property TLC writes a second file, `…_liveness.dot`, in another form, which this
//! module does not read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, BufRead};

use super::label::ActionLabel;

/// A state graph, with states and labels by index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dump {
    /// Each state as TLC prints it: one line `/\ x = 1` for each variable, or `x = 1` if there is only one.
    pub states: Vec<String>,
    /// The initial states, in the order of the file.
    pub initial: Vec<usize>,
    /// The steps, in the order of the file.
    pub edges: Vec<Edge>,
    /// The names of the actions, each once, without the arguments that newer versions add.
    pub labels: Vec<String>,
}

/// One step of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edge {
    /// The state before, as an index of [`Dump::states`].
    pub from: usize,
    /// The action, as an index of [`Dump::labels`].
    pub label: usize,
    /// The state after, as an index of [`Dump::states`].
    pub to: usize,
}

impl Dump {
    /// The name of the action that made this step.
    #[must_use]
    pub fn label(&self, edge: Edge) -> &str {
        self.labels.get(edge.label).map_or("", String::as_str)
    }
}

/// Why a dump cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DotError {
    /// The file itself cannot be read.
    #[error("the dump cannot be read")]
    Io(#[from] io::Error),
    /// The end is missing: TLC was killed while it wrote, or writing failed, which TLC ignores.
    #[error("the dump ends within the graph, after line {line}")]
    Truncated {
        /// The number of the last line.
        line: usize,
    },
    /// A line that TLC never writes into a graph.
    #[error("line {line} of the dump is neither a state nor a step: {text}")]
    Malformed {
        /// Its number, from 1 on.
        line: usize,
        /// The beginning of the line.
        text: String,
    },
    /// An edge without the name of an action.
    #[error("line {line} of the dump is a step without an action; use `-dump dot,actionlabels`")]
    Unlabelled {
        /// Its number, from 1 on.
        line: usize,
    },
    /// An edge from or to a state that has no line of its own.
    #[error(
        "a step on line {line} of the dump touches the state {fingerprint}, which is not there"
    )]
    UnknownState {
        /// The line of the first such edge.
        line: usize,
        /// TLC's number for the state.
        fingerprint: i64,
    },
    /// Two different states with the same number.
    #[error("line {line} of the dump gives the fingerprint {fingerprint} to a second state")]
    Collision {
        /// The line of the second state.
        line: usize,
        /// TLC's number for both.
        fingerprint: i64,
    },
}

/// Reads a whole dump.
///
/// # Errors
/// If the reader fails, or the text is not a whole graph of TLC: see [`DotError`].
pub fn read(mut reader: impl BufRead) -> Result<Dump, DotError> {
    let mut graph = Graph::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        if reader.read_until(b'\n', &mut buffer)? == 0 {
            return graph.finish();
        }
        graph.line_number += 1;
        let whole = buffer.last() == Some(&b'\n');
        let result = match std::str::from_utf8(&buffer) {
            Ok(text) => graph.line(text.trim_end()),
            Err(_) => Err(graph.malformed(&String::from_utf8_lossy(&buffer))),
        };
        match result {
            // An incomplete last line is a truncation and not a malformed line.
            Err(DotError::Malformed { line, .. }) if !whole => {
                return Err(DotError::Truncated { line });
            }
            other => other?,
        }
    }
}

/// A state that was mentioned. Its text follows with its own line, if not earlier.
struct Node {
    fingerprint: i64,
    /// Where it was first mentioned.
    line: usize,
    text: Option<String>,
    initial: bool,
}

#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    node_index: HashMap<i64, usize>,
    initial: Vec<usize>,
    edges: Vec<Edge>,
    labels: Vec<String>,
    label_index: HashMap<String, usize>,
    line_number: usize,
    open_braces: usize,
    opened: bool,
    /// Whether the reader is inside the legend at the end of a coloured dump, whose lines look like
    /// states.
    in_legend: bool,
}

impl Graph {
    fn line(&mut self, line: &str) -> Result<(), DotError> {
        if line.is_empty() {
            return Ok(());
        }
        if self.opened && self.open_braces == 0 {
            return Err(self.malformed(line));
        }
        if line == "}" {
            self.open_braces = self.open_braces.saturating_sub(1);
            self.in_legend = false;
            return Ok(());
        }
        if line.ends_with('{') && (line.starts_with("strict digraph") || line.starts_with("sub")) {
            self.open_braces += 1;
            self.opened = true;
            self.in_legend = line.contains("cluster_legend");
            return Ok(());
        }
        if !self.opened {
            return Err(self.malformed(line));
        }
        if self.in_legend || is_layout(line) {
            return Ok(());
        }
        self.state_or_step(line)
    }

    fn state_or_step(&mut self, line: &str) -> Result<(), DotError> {
        let (from, rest) = fingerprint(line).ok_or_else(|| self.malformed(line))?;
        let Some(rest) = rest.strip_prefix(" -> ") else {
            return self.state(from, rest, line);
        };
        let (to, rest) = fingerprint(rest).ok_or_else(|| self.malformed(line))?;
        self.step(from, to, rest, line)
    }

    fn state(&mut self, fingerprint: i64, rest: &str, line: &str) -> Result<(), DotError> {
        let (text, style) = attributes(rest).ok_or_else(|| self.malformed(line))?;
        let index = self.mention(fingerprint);
        let line = self.line_number;
        let node = &mut self.nodes[index];
        if node.text.as_ref().is_some_and(|known| *known != text) {
            return Err(DotError::Collision { line, fingerprint });
        }
        node.text = Some(text);
        // The style must match exactly: the tooltip of newer versions repeats the state, whose strings
        // may contain anything, and a state outside the constraint is also filled.
        if style == ",style = filled" && !node.initial {
            node.initial = true;
            self.initial.push(index);
        }
        Ok(())
    }

    fn step(&mut self, from: i64, to: i64, rest: &str, line: &str) -> Result<(), DotError> {
        if from == to && rest.starts_with(" [style=\"dashed\"") && rest.ends_with("];") {
            return Ok(());
        }
        let (label, _) = attributes(rest).ok_or_else(|| self.malformed(line))?;
        if label.is_empty() {
            let line = self.line_number;
            return Err(DotError::Unlabelled { line });
        }
        let (from, to) = (self.mention(from), self.mention(to));
        let label = self.intern(ActionLabel::read(&label).name);
        self.edges.push(Edge { from, label, to });
        Ok(())
    }

    fn mention(&mut self, fingerprint: i64) -> usize {
        *self.node_index.entry(fingerprint).or_insert_with(|| {
            self.nodes.push(Node {
                fingerprint,
                line: self.line_number,
                text: None,
                initial: false,
            });
            self.nodes.len() - 1
        })
    }

    fn intern(&mut self, label: String) -> usize {
        match self.label_index.entry(label) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.labels.push(new.key().clone());
                *new.insert(self.labels.len() - 1)
            }
        }
    }

    fn malformed(&self, line: &str) -> DotError {
        DotError::Malformed {
            line: self.line_number,
            text: line.chars().take(120).collect(),
        }
    }

    fn finish(self) -> Result<Dump, DotError> {
        if !self.opened || self.open_braces > 0 {
            let line = self.line_number;
            return Err(DotError::Truncated { line });
        }
        let states = self.nodes.into_iter().map(|node| {
            node.text.ok_or(DotError::UnknownState {
                line: node.line,
                fingerprint: node.fingerprint,
            })
        });
        Ok(Dump {
            states: states.collect::<Result<_, _>>()?,
            initial: self.initial,
            edges: self.edges,
            labels: self.labels,
        })
    }
}

/// Lines that only say how to draw the graph.
fn is_layout(line: &str) -> bool {
    ["nodesep=", "color=", "edge [", "node [", "{rank = same;"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Splits a line after the number it begins with.
fn fingerprint(line: &str) -> Option<(i64, &str)> {
    let digits = line.strip_prefix('-').unwrap_or(line);
    let length = digits.find(|c: char| !c.is_ascii_digit());
    let end = length.unwrap_or(digits.len()) + line.len() - digits.len();
    Some((line[..end].parse().ok()?, &line[end..]))
}

/// Parses ` [label="…",style = filled];` into the label without escapes, and the text after it.
fn attributes(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix(" [label=\"")?;
    let text = text.strip_suffix(';').unwrap_or(text).strip_suffix(']')?;
    let mut label = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let special = rest.find(['\\', '"'])?;
        label.push_str(&rest[..special]);
        let (escape, after) = (&rest[special..], rest.get(special + 2..));
        if escape.starts_with('"') {
            return Some((label, &rest[special + 1..]));
        }
        match escape[1..].chars().next()? {
            'n' => label.push('\n'),
            escaped @ ('\\' | '"') => label.push(escaped),
            // TLC escapes nothing else, so this backslash is a literal one.
            _ => {
                label.push('\\');
                rest = &rest[special + 1..];
                continue;
            }
        }
        rest = after?;
    }
}
