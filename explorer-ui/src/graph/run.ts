// The run on show in the graph: which of its states and edges it goes through.
import type { GraphEdge, GraphView, Step } from "../api/types";

export type Act = Pick<Step, "action" | "slot" | "words">;
/** The steps of the run, and after which of them is the current state. */
export interface Run { steps: Act[]; at: number }

/** Where the run is drawn: the step after which each of its states comes, and its edges. */
export interface Way { after: Map<number, number>; edges: Set<string> }

export const edgeKey = ({ from, to }: Pick<GraphEdge, "from" | "to">): string => `${from} ${to}`;

/** Follows the steps from the current state, back and on, as far as the drawing goes. */
export function way({ nodes, edges }: Pick<GraphView, "nodes" | "edges">, { steps, at }: Run): Way {
  const found: Way = { after: new Map(), edges: new Set() };
  const current = nodes.find((node) => node.current);
  if (!current) return found;
  // Where it does not matter which slot acts, the edge names none.
  const takes = (edge: GraphEdge, act: Act | undefined): boolean => edge.action === act?.action && (edge.slot === null || edge.slot === act.slot);
  const back = remembered((node, after, next) =>
    longest(edges.filter((edge) => edge.to === node && takes(edge, steps[after - 1])).map((edge) => [edge, ...next(edge.from, after - 1)])));
  const on = remembered((node, after, next) =>
    longest(edges.filter((edge) => edge.from === node && takes(edge, steps[after])).map((edge) => [edge, ...next(edge.to, after + 1)])));
  found.after.set(current.id, at);
  back(current.id, at).forEach((edge, place) => add(found, edge, edge.from, at - 1 - place));
  on(current.id, at).forEach((edge, place) => add(found, edge, edge.to, at + 1 + place));
  return found;
}

function add({ after, edges }: Way, edge: GraphEdge, state: number, step: number): void {
  edges.add(edgeKey(edge));
  if (!after.has(state)) after.set(state, step);
}

type Go = (node: number, after: number) => GraphEdge[];

/** Ways that meet again go on in the same way, which is looked for once. */
function remembered(go: (node: number, after: number, next: Go) => GraphEdge[]): Go {
  const known = new Map<string, GraphEdge[]>();
  const next: Go = (node, after) => {
    const key = `${node} ${after}`;
    const found = known.get(key) ?? go(node, after, next);
    known.set(key, found);
    return found;
  };
  return next;
}

/** Two steps of one name may lead to different states: the one by which the run gets farthest. */
function longest(ways: GraphEdge[][]): GraphEdge[] {
  return ways.reduce<GraphEdge[]>((best, each) => (each.length > best.length ? each : best), []);
}
