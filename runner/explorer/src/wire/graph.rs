//! The types of the graph view, and of the TLA+ module.

use std::collections::BTreeMap;

use serde::Serialize;

/// A graph, or the part of it around a state.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphView {
    /// Whether this is the whole graph. If not, some node is `open`, and a larger `limit` shows
    /// more.
    pub whole: bool,
    /// The number of distinct views in the whole graph.
    pub states: usize,
    /// The limit on drawn nodes.
    pub limit: usize,
    /// The largest possible limit.
    pub most: usize,
    /// The nodes.
    pub nodes: Vec<GraphNode>,
    /// The edges.
    pub edges: Vec<GraphEdge>,
    /// The number of distinct views at each depth; the depth is the number of steps on a shortest
    /// path.
    pub states_by_depth: Vec<usize>,
}

/// A state of the graph.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphNode {
    /// Its number.
    pub id: usize,
    /// The number of steps on a shortest path to it.
    pub depth: usize,
    /// Whether it is the state that the page shows.
    pub current: bool,
    /// Whether it is an initial state.
    pub initial: bool,
    /// The names of the guarantees about every state that are false in it.
    pub violates: Vec<&'static str>,
    /// A shortest path to it.
    pub steps: String,
    /// Whether some of its steps are not drawn.
    pub open: bool,
}

/// A step of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphEdge {
    /// The node where it starts.
    pub from: usize,
    /// The node where it ends.
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
    /// The lines of each top-level operator.
    pub actions: BTreeMap<String, Lines>,
}

/// A range of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lines {
    /// The first, from 1.
    pub first: usize,
    /// The last.
    pub last: usize,
}
