// Graphs by hand, for tests and for the gallery.
import type { GraphView } from "../api/types";

type Edge = [from: number, to: number, action: string, slot?: number];

function graph(edges: Edge[], more: { whole: boolean; states: number; current: number; bad: number[]; open?: number[]; byDepth?: number[] }): GraphView {
  const depth = new Map<number, number>([[0, 0]]);
  for (let round = 0; round < edges.length; round++) {
    for (const [from, to] of edges) {
      const known = depth.get(from);
      if (known !== undefined && (depth.get(to) ?? Infinity) > known + 1) depth.set(to, known + 1);
    }
  }
  const nodes = [...depth].map(([id, at]) => ({
    id, depth: at, current: id === more.current, initial: id === 0, violates: more.bad.includes(id) ? ["NoDoubleEffect"] : [],
    steps: Array.from({ length: at }, () => 0).join("."), open: more.open?.includes(id) ?? false,
  }));
  const counts = Array.from({ length: Math.max(...depth.values()) + 1 }, (_, at) => nodes.filter((node) => node.depth === at).length);
  return {
    whole: more.whole, states: more.states, limit: 60, most: 480, nodes, states_by_depth: more.byDepth ?? counts,
    edges: edges.map(([from, to, action, slot]) => ({ from, to, action, slot: slot ?? null })),
  };
}

const small: Edge[] = [
  [0, 1, "Receive"], [1, 2, "Load"], [2, 3, "Save"], [1, 4, "Crash"], [2, 5, "Crash"], [3, 6, "Crash"], [4, 0, "Recover"], [5, 0, "Recover"],
  [3, 7, "Ack"], [6, 8, "Recover"], [8, 9, "Receive"], [9, 10, "Load"], [10, 11, "Save"], [11, 12, "Ack"], [7, 13, "Crash"], [13, 7, "Recover"],
];

/** Two slots that interleave: a lattice. */
function lattice(size: number): Edge[] {
  const id = (a: number, b: number): number => a * (size + 1) + b;
  const names = ["Receive", "Load", "Save", "Publish", "Ack", "Clean"];
  const edges: Edge[] = [];
  for (let a = 0; a <= size; a++) {
    for (let b = 0; b <= size; b++) {
      if (a < size) edges.push([id(a, b), id(a + 1, b), names[a] ?? "Step", 1]);
      if (b < size) edges.push([id(a, b), id(a, b + 1), names[b] ?? "Step", 2]);
    }
  }
  return edges;
}

export const graphs: GraphView[] = [
  graph(small, { whole: true, states: 14, current: 3, bad: [11, 12] }),
  graph(lattice(6), { whole: true, states: 49, current: 24, bad: [32, 40, 48] }),
  graph([[0, 1, "Receive"], [0, 2, "Crash"], [1, 3, "Load"], [1, 4, "LeaseExpires"], [1, 5, "Crash"]], { whole: false, states: 4211, current: 1, bad: [], open: [2, 3, 4, 5], byDepth: [1, 3, 9, 24, 61, 140, 290, 480, 702, 801, 740, 530, 290, 110, 30] }),
];
