//! Selects the part of a state graph that is drawn: all of a small graph, else the surroundings of
//! one state.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::RangeInclusive;

use tandem_models::kit::system::State;

use super::model::Model;
use super::searches::Found;
use super::wire::{GraphEdge, GraphNode, GraphView};
use tandem_search::Node;

/// The smallest and the largest limit on drawn nodes. A picture of more nodes than the largest limit
/// cannot be read.
pub(crate) const DRAWN: RangeInclusive<usize> = 60..=480;

/// The distance from the current state, in steps, up to which states are drawn at first.
const RADIUS: usize = 2;

/// The graph, or the part of it around a state. Returns `None` if that state is not in the graph.
pub(crate) fn graph(model: &Model, found: &Found, at: &State, limit: usize) -> Option<GraphView> {
    let exploration = &found.exploration;
    let current = exploration.same_view(exploration.node(at)?);
    let whole = exploration.first_of_views().len() <= limit;
    let drawn: BTreeSet<Node> = match whole {
        true => exploration.first_of_views().iter().copied().collect(),
        false => around(found, current, limit),
    };
    let id_of: BTreeMap<Node, usize> = drawn.iter().copied().zip(0..).collect();
    let mut edges = Vec::new();
    let mut open = BTreeSet::new();
    for (raw, from) in &id_of {
        for (action, to) in exploration.steps(*raw) {
            let to = exploration.same_view(to);
            match id_of.get(&to) {
                _ if to == *raw => {}
                Some(to) => edges.push(GraphEdge {
                    from: *from,
                    to: *to,
                    action: action.name.clone(),
                    slot: action.slot.map(usize::from),
                }),
                None => {
                    open.insert(*raw);
                }
            }
        }
    }
    edges.sort_by(|a, b| {
        let key = |edge: &GraphEdge| (edge.from, edge.to, edge.action.clone(), edge.slot);
        key(a).cmp(&key(b))
    });
    edges.dedup();
    let nodes = id_of.iter().map(|(raw, id)| GraphNode {
        id: *id,
        depth: exploration.distance(*raw),
        current: *raw == current,
        initial: *raw < exploration.initial(),
        violates: model.violated(&exploration.state(*raw)),
        steps: model.name(&exploration.path(*raw)).steps,
        open: open.contains(raw),
    });
    Some(GraphView {
        whole,
        states: exploration.first_of_views().len(),
        limit,
        most: *DRAWN.end(),
        nodes: nodes.collect(),
        edges,
        states_by_depth: exploration.states_by_depth(),
    })
}

/// The states on the way to `current` and those around it. A larger limit shows states that are
/// farther away.
fn around(found: &Found, current: Node, limit: usize) -> BTreeSet<Node> {
    let radius = RADIUS * limit / DRAWN.start();
    let exploration = &found.exploration;
    let mut drawn: BTreeSet<Node> = exploration
        .way(current)
        .into_iter()
        .rev()
        .take(limit / 3)
        .map(|raw| exploration.same_view(raw))
        .collect();
    let mut queue = VecDeque::from([(current, 0)]);
    while let Some((raw, far)) = queue.pop_front() {
        for (_, to) in exploration.steps(raw) {
            let to = exploration.same_view(to);
            if drawn.len() < limit && drawn.insert(to) && far + 1 < radius {
                queue.push_back((to, far + 1));
            }
        }
    }
    drawn
}
