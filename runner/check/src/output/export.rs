//! Writes a labelled graph for other tools: DOT for Graphviz, `GraphML`, or JSON lines.

use std::io::{self, Write};

use serde_json::json;

use crate::enumerate::Views;

/// A file format for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Graphviz.
    Dot,
    /// An XML dialect that yEd, Gephi and networkx read.
    GraphMl,
}

/// Writes a graph state by state. States are numbered from 0.
///
/// # Errors
///
/// If it cannot be written.
pub fn graph(
    out: &mut dyn Write,
    name: &str,
    graph: &Views<'_>,
    notation: Notation,
) -> io::Result<()> {
    match notation {
        Notation::Dot => dot(out, name, graph),
        Notation::GraphMl => graph_ml(out, name, graph),
    }
}

fn dot(out: &mut dyn Write, name: &str, graph: &Views<'_>) -> io::Result<()> {
    if let Some(symmetry) = graph.symmetry() {
        writeln!(out, "// symmetry: {symmetry}")?;
    }
    writeln!(out, "digraph \"{}\" {{", quoted(name))?;
    writeln!(out, "  node [shape=box, fontname=monospace];")?;
    for state in graph.states() {
        let text = quoted(&graph.view(state).to_string());
        let initial = if graph.initial.contains(&state) {
            ", style=filled"
        } else {
            ""
        };
        writeln!(out, "  {state} [label=\"{text}\"{initial}];")?;
    }
    for (from, action, to) in graph.steps() {
        writeln!(out, "  {from} -> {to} [label=\"{}\"];", quoted(action))?;
    }
    writeln!(out, "}}")
}

/// A text in DOT's quotes, with left-aligned lines.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    match escaped.contains('\n') {
        true => escaped.replace('\n', "\\l") + "\\l",
        false => escaped,
    }
}

fn graph_ml(out: &mut dyn Write, name: &str, graph: &Views<'_>) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    if let Some(symmetry) = graph.symmetry() {
        writeln!(out, "<!-- symmetry: {symmetry} -->")?;
    }
    writeln!(
        out,
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#
    )?;
    writeln!(
        out,
        r#"  <key id="state" for="node" attr.name="state" attr.type="string"/>"#
    )?;
    writeln!(
        out,
        r#"  <key id="initial" for="node" attr.name="initial" attr.type="boolean"/>"#
    )?;
    writeln!(
        out,
        r#"  <key id="action" for="edge" attr.name="action" attr.type="string"/>"#
    )?;
    writeln!(
        out,
        r#"  <graph id="{}" edgedefault="directed">"#,
        escaped(name)
    )?;
    for state in graph.states() {
        let text = escaped(&graph.view(state).to_string());
        let initial = graph.initial.contains(&state);
        writeln!(
            out,
            r#"    <node id="{state}"><data key="state">{text}</data><data key="initial">{initial}</data></node>"#
        )?;
    }
    for (from, action, to) in graph.steps() {
        let action = escaped(action);
        writeln!(
            out,
            r#"    <edge source="{from}" target="{to}"><data key="action">{action}</data></edge>"#
        )?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes a graph as one JSON object for each line: first the states, each with the truth of the
/// predicates, then the steps. If symmetry reduction was applied, a first line describes it.
///
/// # Errors
///
/// If it cannot be written.
pub fn json_lines(out: &mut dyn Write, graph: &Views<'_>) -> io::Result<()> {
    if let Some(symmetry) = graph.symmetry() {
        writeln!(out, "{}", json!({ "symmetry": symmetry }))?;
    }
    for state in graph.states() {
        let initial = graph.initial.contains(&state);
        let (holds, view) = (graph.truths(state), graph.view(state));
        let line = json!({ "state": state, "initial": initial, "holds": holds, "variables": view });
        writeln!(out, "{line}")?;
    }
    for (from, action, to) in graph.steps() {
        writeln!(
            out,
            "{}",
            json!({ "from": from, "action": action, "to": to })
        )?;
    }
    Ok(())
}
