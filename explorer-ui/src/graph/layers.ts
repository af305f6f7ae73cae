// Where the states of a graph are drawn: in layers by depth, with few crossings.
import type { GraphView } from "../api/types";

export interface Placed { id: number; x: number; y: number }
export interface Layout { width: number; height: number; places: Map<number, Placed>; layers: number[][] }

/** As far apart as labels want, where that fits into a pane; no closer than states need. */
const GAP_X = { least: 56, most: 104, pane: 330 };
const GAP_Y = 64;
const MARGIN = 34;
/** A label of a column on its own needs room beside it, too. */
const SIDE = 68;
const SWEEPS = 12;

type Graph = Pick<GraphView, "nodes" | "edges">;

export function layers(graph: Graph): Layout {
  const order = uncross(graph, byDepth(graph));
  const widest = Math.max(1, ...order.map((layer) => layer.length));
  const gap = Math.max(GAP_X.least, Math.min(GAP_X.most, GAP_X.pane / Math.max(1, widest - 1)));
  const width = (widest - 1) * gap + 2 * SIDE;
  const places = new Map<number, Placed>();
  order.forEach((layer, row) => {
    const left = (width - (layer.length - 1) * gap) / 2;
    layer.forEach((id, place) => places.set(id, { id, x: left + place * gap, y: MARGIN + row * GAP_Y }));
  });
  return { width, height: (order.length - 1) * GAP_Y + 2 * MARGIN, places, layers: order };
}

function byDepth({ nodes }: Graph): number[][] {
  const depths = [...new Set(nodes.map((node) => node.depth))].sort((a, b) => a - b);
  return depths.map((depth) => nodes.filter((node) => node.depth === depth).map((node) => node.id));
}

/** Sweeps down and up, each layer ordered by the mean place of its neighbours; keeps the best. */
function uncross(graph: Graph, start: number[][]): number[][] {
  let order = start;
  let best = start;
  let fewest = crossings(graph, start);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    order = swept(graph, order, sweep % 2 === 0);
    const now = crossings(graph, order);
    if (now < fewest) [best, fewest] = [order, now];
  }
  return best;
}

function swept({ edges }: Graph, order: number[][], down: boolean): number[][] {
  const result = order.map((layer) => [...layer]);
  const rows = result.map((_, row) => row);
  if (!down) rows.reverse();
  for (const row of rows.slice(1)) {
    const beside = result[down ? row - 1 : row + 1] ?? [];
    const place = new Map(beside.map((id, at) => [id, at / Math.max(1, beside.length - 1)]));
    const layer = result[row] ?? [];
    const mean = new Map(layer.map((id, at) => {
      const found = edges.flatMap(({ from, to }) => (from === id ? [place.get(to)] : to === id ? [place.get(from)] : [])).filter((each) => each !== undefined);
      return [id, found.length > 0 ? found.reduce((sum, each) => sum + each, 0) / found.length : at / Math.max(1, layer.length - 1)];
    }));
    result[row] = [...layer].sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0));
  }
  return result;
}

/** How many pairs of edges between neighbouring layers cross. */
export function crossings({ edges }: Graph, order: number[][]): number {
  const row = new Map(order.flatMap((layer, at) => layer.map((id) => [id, at] as const)));
  const place = new Map(order.flatMap((layer) => layer.map((id, at) => [id, at] as const)));
  let count = 0;
  for (let at = 0; at + 1 < order.length; at++) {
    const between = edges.flatMap(({ from, to }) => {
      const [a, b] = [row.get(from), row.get(to)];
      if (a === at && b === at + 1) return [[place.get(from) ?? 0, place.get(to) ?? 0] as const];
      if (b === at && a === at + 1) return [[place.get(to) ?? 0, place.get(from) ?? 0] as const];
      return [];
    });
    for (let i = 0; i < between.length; i++) {
      for (let j = i + 1; j < between.length; j++) {
        const [one, two] = [between[i], between[j]];
        if (one && two && (one[0] - two[0]) * (one[1] - two[1]) < 0) count++;
      }
    }
  }
  return count;
}
