import { expect, test } from "vitest";
import type { GraphView } from "../api/types";
import { edgePath, merged } from "./edges";
import { graphs } from "./fixtures";
import { crossings, layers } from "./layers";
import { way } from "./run";

test("states of one depth stand in one layer, deeper ones below", () => {
  for (const graph of graphs) {
    const { places, layers: order } = layers(graph);
    for (const node of graph.nodes) {
      const row = order.findIndex((layer) => layer.includes(node.id));
      expect(order[row]?.every((id) => places.get(id)?.y === places.get(node.id)?.y)).toBe(true);
    }
    const tops = order.map((layer) => places.get(layer[0]!)!.y);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  }
});

test("no two states stand in the same place, and all inside the drawing", () => {
  for (const graph of graphs) {
    const { places, width, height } = layers(graph);
    const at = [...places.values()].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(at).size).toBe(graph.nodes.length);
    for (const { x, y } of places.values()) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeLessThan(height);
    }
  }
});

test("crossings are counted, and sweeps take them away", () => {
  const node = (id: number, depth: number): GraphView["nodes"][number] => ({ id, depth, current: false, initial: false, violates: [], steps: "", open: false });
  const edge = (from: number, to: number): GraphView["edges"][number] => ({ from, to, action: "A", slot: null });
  const graph = { nodes: [node(0, 0), node(1, 0), node(2, 1), node(3, 1)], edges: [edge(0, 3), edge(1, 2)] };
  expect(crossings(graph, [[0, 1], [2, 3]])).toBe(1);
  expect(crossings(graph, layers(graph).layers)).toBe(0);
  expect(crossings(graphs[1]!, layers(graphs[1]!).layers)).toBe(0);
});

test("steps between the same two states share a line", () => {
  const edges = merged([{ from: 0, to: 1, action: "Load", slot: 1 }, { from: 0, to: 1, action: "Load", slot: 2 }, { from: 1, to: 0, action: "Crash", slot: null }], 2);
  expect(edges).toEqual([{ from: 0, to: 1, actions: ["Load (slot 1)", "Load (slot 2)"] }, { from: 1, to: 0, actions: ["Crash"] }]);
});

test("one slot is not named: its number would be read as that of a message", () => {
  expect(merged([{ from: 0, to: 1, action: "Load", slot: 1 }], 1)).toEqual([{ from: 0, to: 1, actions: ["Load"] }]);
});

test("a step to the same state is a loop, one back up is bent", () => {
  const layout = layers(graphs[0]!);
  expect(edgePath({ from: 3, to: 3, actions: [] }, layout)).toContain("C");
  expect(edgePath({ from: 4, to: 0, actions: [] }, layout)).toContain("Q");
  expect(edgePath({ from: 0, to: 1, actions: [] }, layout)).toContain("L");
});

test("the run is followed back and on from the current state, and takes the branch that goes farther", () => {
  const node = (id: number, current = false): GraphView["nodes"][number] => ({ id, depth: id + 1, current, initial: id === 0, violates: [], steps: "", open: false });
  const edge = (from: number, to: number, action: string, slot: number | null = 1): GraphView["edges"][number] => ({ from, to, action, slot });
  const act = (action: string, slot = 1) => ({ action, slot, words: action });
  const view = {
    nodes: [node(0), node(1), node(2, true), node(3), node(4), node(5)],
    edges: [edge(0, 1, "Receive", null), edge(1, 2, "Load"), edge(5, 2, "Load"), edge(2, 3, "Save"), edge(2, 4, "Save"), edge(4, 5, "Ack"), edge(2, 5, "Save", 2)],
  };
  const { after, edges } = way(view, { steps: [act("Receive"), act("Load"), act("Save"), act("Ack")], at: 2 });
  expect([...edges].sort()).toEqual(["0 1", "1 2", "2 4", "4 5"]);
  expect([...after].sort()).toEqual([[0, 0], [1, 1], [2, 2], [4, 3], [5, 4]]);
});
