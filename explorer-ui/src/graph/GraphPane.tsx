// The state graph: the whole of a small one, else what is around the current state; and how many
// states there are at each depth.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GraphNode, GraphView } from "../api/types";
import { DepthChart } from "./DepthChart";
import { layers, type Layout } from "./layers";
import { edgePath, merged, type Edge } from "./edges";
import { edgeKey, way, type Run, type Way } from "./run";
import { count, plural } from "../parts/numbers";
import "./graph.css";

interface Props {
  view: GraphView; run: Run; slots: number;
  /** Whether what is violated somewhere was promised; else it is only a limit. */
  promised: (name: string) => boolean;
  onGoTo: (steps: string) => void;
  onMore: () => void;
}

export default function GraphPane(props: Props) {
  const { view, onMore } = props;
  const current = view.nodes.find((node) => node.current);
  return (
    <div class="graph-pane">
      <p class="graph-caption">
        {view.whole ? `The whole graph: ${plural(view.states, "state")}.` : `${view.nodes.length} of ${count(view.states)} states: the way to the current one and what is around it.`}
        {current && ` The current state is ${plural(current.depth, "step")} from the start.`}
        {" "}The thick line is the run on the left, numbers are its steps; dashed is what else could happen.
        {!view.whole && view.limit < view.most && <> <button type="button" class="plain link" onClick={onMore}>Show more</button></>}
      </p>
      <div class="graph-panes">
        <Drawing {...props} />
        <DepthChart counts={view.states_by_depth} current={current?.depth ?? null} />
      </div>
    </div>
  );
}

function Drawing({ view, run, slots, promised, onGoTo }: Omit<Props, "onMore">) {
  const [hot, setHot] = useState<number | null>(null);
  const layout = useMemo(() => layers(view), [view]);
  const along = useMemo(() => way(view, run), [view, run.steps, run.at]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector(".is-current")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [view]);
  const edges = merged(view.edges, slots);
  const touches = (edge: Edge): boolean => hot !== null && (edge.from === hot || edge.to === hot);
  const ofRun = (edge: Edge): boolean => along.edges.has(edgeKey(edge));
  const current = view.nodes.find((node) => node.current)?.id;
  const labelled = edges.filter((edge) => (hot === null ? ofRun(edge) || edge.from === current : touches(edge)));
  const broken = run.steps.some((_, step) => view.nodes.some((node) => node.violates.some(promised) && along.after.get(node.id) === step + 1));
  return (
    <div class="graph-drawing" ref={box}>
      <svg class={["graph", hot !== null && "graph-focused", broken && "is-broken"].filter(Boolean).join(" ")} viewBox={`0 0 ${layout.width} ${layout.height}`} width={layout.width} height={layout.height} role="group" aria-label="State graph, from the initial state at the top downwards">
        <defs>
          <marker id="graph-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0.5 8 4 0 7.5Z" fill="context-stroke" /></marker>
        </defs>
        <g aria-hidden="true">
          {edges.map((edge) => <path key={edgeKey(edge)} d={edgePath(edge, layout)} class={["graph-edge", ofRun(edge) && "is-run", touches(edge) && "is-hot"].filter(Boolean).join(" ")} marker-end="url(#graph-arrow)"><title>{edge.actions.join(", ")}</title></path>)}
        </g>
        {view.nodes.map((node) => <State key={node.id} node={node} promised={promised} run={run} along={along} layout={layout} onGoTo={onGoTo} onHot={setHot} />)}
        <g aria-hidden="true" class="graph-labels">
          {labelled.map((edge, place) => <EdgeLabel key={edgeKey(edge)} edge={edge} layout={layout} share={ofRun(edge) ? 0.55 : place % 2 === 0 ? 0.4 : 0.7} />)}
        </g>
      </svg>
    </div>
  );
}

interface StateProps { node: GraphNode; promised: (name: string) => boolean; run: Run; along: Way; layout: Layout; onGoTo: (steps: string) => void; onHot: (id: number | null) => void }

function State({ node, promised, run, along, layout, onGoTo, onHot }: StateProps) {
  const place = layout.places.get(node.id);
  if (!place) return null;
  const bad = node.violates.length > 0;
  const after = along.after.get(node.id) ?? null;
  const words = spoken(node, after === null ? null : { after, words: run.steps[after - 1]?.words ?? null });
  const go = (): void => onGoTo(node.steps);
  return (
    <g
      class={["graph-state", bad && (node.violates.some(promised) ? "is-bad" : "is-bad is-limit"), after !== null && "is-run", node.current && "is-current"].filter(Boolean).join(" ")}
      transform={`translate(${place.x} ${place.y})`} role="button" tabindex={0} aria-label={words} aria-current={node.current ? "true" : undefined}
      onClick={go} onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } }}
      onMouseEnter={() => onHot(node.id)} onMouseLeave={() => onHot(null)} onFocus={() => onHot(node.id)} onBlur={() => onHot(null)}
    >
      <title>{words}</title>
      {node.current && <circle r="17" class="graph-ring" />}
      <circle r="12" class="graph-dot" />
      {bad ? <path d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" class="graph-cross" /> : <text class="graph-number" y="3.5" aria-hidden="true">{node.initial ? "▸" : after}</text>}
      {node.open && <path d="M-5 14 -8 21M0 14V22M5 14 8 21" class="graph-more" />}
    </g>
  );
}

function spoken(node: GraphNode, step: { after: number; words: string | null } | null): string {
  const parts = [node.initial ? "▸ Initial state" : `State at depth ${node.depth}`];
  if (step) parts.unshift([`Step ${step.after}`, step.words].filter(Boolean).join(", "));
  if (node.current) parts.push("the current state");
  if (node.violates.length > 0) parts.push(`violates ${node.violates.join(", ")}`);
  if (node.open) parts.push("has more steps than are drawn");
  return parts.join("; ");
}

/** At a fraction of the edge's length, so that labels of neighbours are at different heights. */
function EdgeLabel({ edge, layout, share }: { edge: Edge; layout: Layout; share: number }) {
  const [from, to] = [layout.places.get(edge.from), layout.places.get(edge.to)];
  if (!from || !to) return null;
  const between = (a: number, b: number): number => a + (b - a) * share;
  return <text class="graph-label" x={between(from.x, to.x)} y={between(from.y, to.y) + 3}>{edge.actions.join(", ")}</text>;
}
