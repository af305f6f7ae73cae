// The state graph: the whole of a small one, else what is around the current state; and how many
// states there are at each depth.
import { useEffect, useRef, useState } from "preact/hooks";
import type { GraphNode, GraphView } from "../api/types";
import { DepthChart } from "./DepthChart";
import { layers, type Layout } from "./layers";
import { edgePath, merged, type Edge } from "./edges";
import { count, plural } from "../parts/numbers";
import "./graph.css";

/** With more edges than this their labels show only at the state that has the focus. */
const LABELLED = 14;

export default function GraphPane({ view, onGoTo }: { view: GraphView; onGoTo: (steps: string) => void }) {
  const layout = layers(view);
  const current = view.nodes.find((node) => node.current);
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => pane.current?.querySelector(".is-current")?.scrollIntoView({ block: "center", inline: "center" }), [view]);
  return (
    <div class="graph-pane" ref={pane}>
      <p class="graph-caption">
        {view.whole ? `The whole graph: ${plural(view.states, "state")}.` : `${view.nodes.length} of ${count(view.states)} states: the way to the current one and what is around it.`}
        {current && ` The current state is ${plural(current.depth, "step")} from the start.`}
      </p>
      <div class="graph-panes">
        <Drawing view={view} layout={layout} onGoTo={onGoTo} />
        <DepthChart counts={view.states_by_depth} current={current?.depth ?? null} />
      </div>
    </div>
  );
}

function Drawing({ view, layout, onGoTo }: { view: GraphView; layout: Layout; onGoTo: (steps: string) => void }) {
  const [hot, setHot] = useState<number | null>(null);
  const edges = merged(view.edges);
  const all = edges.length <= LABELLED;
  const touches = (edge: Edge): boolean => hot !== null && (edge.from === hot || edge.to === hot);
  const labelled = edges.filter((edge) => touches(edge) || (hot === null && all));
  return (
    <div class="graph-drawing">
      <svg class={hot === null ? "graph" : "graph graph-focused"} viewBox={`0 0 ${layout.width} ${layout.height}`} width={layout.width} height={layout.height} role="group" aria-label="State graph, from the initial state at the top downwards">
        <defs>
          <marker id="graph-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.5 8 4 0 7.5Z" class="graph-arrow" /></marker>
        </defs>
        <g aria-hidden="true">
          {edges.map((edge) => <path key={`${edge.from} ${edge.to}`} d={edgePath(edge, layout)} class={touches(edge) ? "graph-edge is-hot" : "graph-edge"} marker-end="url(#graph-arrow)"><title>{edge.actions.join(", ")}</title></path>)}
        </g>
        {view.nodes.map((node) => <State key={node.id} node={node} layout={layout} onGoTo={onGoTo} onHot={setHot} />)}
        <g aria-hidden="true" class="graph-labels">
          {labelled.map((edge) => <EdgeLabel key={`${edge.from} ${edge.to}`} edge={edge} layout={layout} />)}
        </g>
      </svg>
    </div>
  );
}

function State({ node, layout, onGoTo, onHot }: { node: GraphNode; layout: Layout; onGoTo: (steps: string) => void; onHot: (id: number | null) => void }) {
  const place = layout.places.get(node.id);
  if (!place) return null;
  const bad = node.violates.length > 0;
  const go = (): void => onGoTo(node.steps);
  return (
    <g
      class={["graph-state", bad && "is-bad", node.current && "is-current"].filter(Boolean).join(" ")}
      transform={`translate(${place.x} ${place.y})`} role="button" tabindex={0} aria-label={spoken(node)} aria-current={node.current ? "true" : undefined}
      onClick={go} onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } }}
      onMouseEnter={() => onHot(node.id)} onMouseLeave={() => onHot(null)} onFocus={() => onHot(node.id)} onBlur={() => onHot(null)}
    >
      <title>{spoken(node)}</title>
      {node.current && <circle r="17" class="graph-ring" />}
      <circle r="12" class="graph-dot" />
      {bad ? <path d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" class="graph-cross" /> : <text class="graph-number" y="3.5" aria-hidden="true">{node.initial ? "▸" : node.id}</text>}
      {node.open && <path d="M-5 14 -8 21M0 14V22M5 14 8 21" class="graph-more" />}
    </g>
  );
}

function spoken(node: GraphNode): string {
  const parts = [node.initial ? "▸ Initial state" : `State ${node.id} at depth ${node.depth}`];
  if (node.current) parts.push("the current one");
  if (node.violates.length > 0) parts.push(`violates ${node.violates.join(", ")}`);
  if (node.open) parts.push("has more steps than are drawn");
  return parts.join("; ");
}

function EdgeLabel({ edge, layout }: { edge: Edge; layout: Layout }) {
  const [from, to] = [layout.places.get(edge.from), layout.places.get(edge.to)];
  if (!from || !to) return null;
  return <text class="graph-label" x={from.x * 0.45 + to.x * 0.55} y={from.y * 0.45 + to.y * 0.55 + 3}>{edge.actions.join(", ")}</text>;
}
