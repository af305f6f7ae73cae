// Edges of a state graph as they are drawn: one line for all steps between the same two states.
import type { GraphView } from "../api/types";
import type { Layout } from "./layers";

export interface Edge { from: number; to: number; actions: string[] }

/** A slot is named as in the words of a step: where there are several. */
export function merged(edges: GraphView["edges"], slots: number): Edge[] {
  const found = new Map<string, Edge>();
  for (const { from, to, action, slot } of edges) {
    const key = `${from} ${to}`;
    const edge = found.get(key) ?? { from, to, actions: [] };
    const label = slot === null || slots < 2 ? action : `${action} (slot ${slot})`;
    if (!edge.actions.includes(label)) edge.actions.push(label);
    found.set(key, edge);
  }
  return [...found.values()];
}

const RADIUS = 14;

/** Straight between neighbouring layers; bent aside where it would run over other states. */
export function edgePath({ from, to }: Edge, { places }: Layout): string {
  const [a, b] = [places.get(from), places.get(to)];
  if (!a || !b) return "";
  if (from === to) return `M${a.x + 9} ${a.y - 9}C${a.x + 34} ${a.y - 26} ${a.x + 34} ${a.y + 26} ${a.x + 10} ${a.y + 10}`;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  const bend = dy > 0 && dy < 100 ? 0 : Math.min(60, length * 0.22);
  const [nx, ny] = [-dy / length, dx / length];
  const [cx, cy] = [(a.x + b.x) / 2 + nx * bend, (a.y + b.y) / 2 + ny * bend];
  const [start, end] = [toward(a, { x: cx, y: cy }), toward(b, { x: cx, y: cy })];
  return bend === 0 ? `M${start}L${end}` : `M${start}Q${round(cx)} ${round(cy)} ${end}`;
}

function toward(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return `${round(from.x + ((to.x - from.x) / length) * RADIUS)} ${round(from.y + ((to.y - from.y) / length) * RADIUS)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
