//! What is told of a graph, and of the TLA+ module.

use std::collections::BTreeMap;

use serde::Serialize;

/// A graph, or the part of it around a state.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphView {
    /// Whether it is all of it; else some node is open, and a larger `limit` shows more.
    pub whole: bool,
    /// Distinct views in all.
    pub states: usize,
    /// How many of them may be drawn here.
    pub limit: usize,
    /// How many may be asked for.
    pub most: usize,
    /// The nodes.
    pub nodes: Vec<GraphNode>,
    /// The edges.
    pub edges: Vec<GraphEdge>,
    /// Distinct views by the steps of the shortest path to them.
    pub states_by_depth: Vec<usize>,
}

/// A state of the graph.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphNode {
    /// Its number.
    pub id: usize,
    /// Steps of the shortest path to it.
    pub depth: usize,
    /// Whether it is the one on show.
    pub current: bool,
    /// Whether the model may start there.
    pub initial: bool,
    /// Guarantees about every state that are false there.
    pub violates: Vec<&'static str>,
    /// A shortest path to it.
    pub steps: String,
    /// Whether some of its steps are left out.
    pub open: bool,
}

/// A step of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphEdge {
    /// From which node.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// Its action.
    pub action: String,
    /// The handler slot, where the action has one.
    pub slot: Option<usize>,
}

/// The TLA+ module.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecText {
    /// Its name.
    pub module: String,
    /// Its text.
    pub text: String,
    /// Where each operator at the top stands.
    pub actions: BTreeMap<String, Lines>,
}

/// Some lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lines {
    /// The first, from 1.
    pub first: usize,
    /// The last.
    pub last: usize,
}
