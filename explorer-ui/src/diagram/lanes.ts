// The positions of the lifelines: as far apart as their labels need, or as the pane allows.
import type { Diagram } from "../api/types";
import type { Measure } from "./measure";
import type { Item, Row } from "./rows";
import { widest, type Track } from "./tracks";

export interface Lane {
  name: string;
  kind: Diagram["lifelines"][number]["kind"];
  x: number;
  /** Handler slots side by side on it. */
  slots: number;
  /** How far its bars and waiting messages reach to the left and to the right. */
  left: number;
  right: number;
  /** Width of its head. */
  head: number;
}

export interface Lanes { lanes: Lane[]; width: number; gutter: number; narrow: boolean }

export interface Pane { width: number; size: number; loop: boolean }

export const BAR = 0.85;
export const PITCH = 1.75;
export const TRACK = 0.62;
/** Below this many label sizes a pane is narrow: heads in two lines, labels cut shorter. */
const NARROW = 40;

export function lanes(diagram: Diagram, rows: Row[], tracks: Map<number, Track>, pane: Pane, measure: Measure): Lanes {
  const { size } = pane;
  const narrow = pane.width < NARROW * size;
  const gutter = (pane.loop ? 4.2 : 3) * size;
  const reach = diagram.lifelines.map((_, lane) => reaches(diagram, tracks, lane, size));
  const heads = diagram.lifelines.map(({ name }) => measure(name, { size, bold: true }) + (narrow ? 0.9 : 3) * size);
  const wants = demands(rows, reach, heads, size, measure);
  const least = reach.map((_, gap) => (gap === 0 ? 1.6 * size : Math.max(4 * size, (reach[gap - 1]?.right ?? 0) + (reach[gap]?.left ?? 0) + 2.6 * size)));
  const total = pane.width - gutter;
  const roomy = [...least, 1.6 * size].map((each, gap) => Math.max(each, ((heads[gap - 1] ?? 0) + (heads[gap] ?? 0)) / 2 + 0.4 * size));
  const gaps = distribute(wants, sum(roomy) <= total ? roomy : [...least, 1.6 * size], total);
  let x = gutter;
  const placed = diagram.lifelines.map(({ name, kind }, lane): Lane => {
    x += gaps[lane] ?? 0;
    return { name, kind, x, ...(reach[lane] ?? { left: 0, right: 0, slots: 0 }), head: headWidth(heads, gaps, lane, size) };
  });
  const reached = x + (gaps.at(-1) ?? 0);
  return { lanes: placed, width: reached > pane.width + 0.5 ? Math.ceil(reached) : pane.width, gutter, narrow };
}

/** All that it wants, or what its neighbours leave to it on the narrower side. */
function headWidth(heads: number[], gaps: number[], lane: number, size: number): number {
  const own = heads[lane] ?? 0;
  const half = (gap: number, other: number | undefined): number => (other === undefined ? gap : Math.max(gap / 2, gap - other / 2)) - 0.2 * size;
  return Math.min(own, 2 * half(gaps[lane] ?? 0, heads[lane - 1]), 2 * half(gaps[lane + 1] ?? 0, heads[lane + 1]));
}

interface Reach { slots: number; left: number; right: number }

function reaches(diagram: Diagram, tracks: Map<number, Track>, lane: number, size: number): Reach {
  const slots = Math.max(0, ...diagram.activities.filter((each) => each.lifeline === diagram.lifelines[lane]?.name).map((each) => each.slot));
  const bars = reachOfBars(slots, size);
  const beside = (side: 1 | -1): number => {
    const count = widest(tracks.values(), lane, side);
    return bars + (count === 0 ? 0 : (count * TRACK + 0.5) * size);
  };
  return { slots, left: beside(-1), right: beside(1) };
}

/** Where the bar of a slot stands, from the middle of its lifeline. */
export function slotOffset(slots: number, slot: number | null, size: number): number {
  return slot === null || slots < 2 ? 0 : (slot - (slots + 1) / 2) * PITCH * size;
}

/** How far the bars of a lifeline reach to either side of it. */
export function reachOfBars(slots: number, size: number): number {
  return slots === 0 ? 0 : (((slots - 1) * PITCH + BAR) / 2) * size;
}

/** Where a waiting message's line runs. */
export function trackX(lane: Lane, track: Track, size: number): number {
  return lane.x + track.side * (reachOfBars(lane.slots, size) + (0.75 + track.place * TRACK) * size);
}

// Gap 0 is left of the first lifeline, gap n right of the last of n.
function demands(rows: Row[], reach: Reach[], heads: number[], size: number, measure: Measure): number[] {
  const last = reach.length;
  const wants = Array.from({ length: last + 1 }, (_, gap) => {
    const [before, after] = [heads[gap - 1], heads[gap]];
    return ((before ?? 0) + (after ?? 0)) / 2 + size;
  });
  const want = (gap: number, width: number): void => { wants[gap] = Math.max(wants[gap] ?? 0, width); };
  for (const item of rows.flatMap((row) => row.items)) {
    for (const [gap, width] of wanted(item, last, reach, size, measure)) want(gap, width);
  }
  return wants;
}

function wanted(item: Item, last: number, reach: Reach[], size: number, measure: Measure): [gap: number, width: number][] {
  if (item.is === "mark") {
    const gap = item.lane + 1 < last ? item.lane + 1 : item.lane;
    return [[gap, Math.min(measure(item.label, { size }), 12 * size) / (item.label.length > 14 ? 2 : 1) + 2.6 * size + (reach[item.lane]?.right ?? 0)]];
  }
  const [low, high] = [Math.min(item.from, item.to), Math.max(item.from, item.to)];
  const tag = item.is === "flight" ? 1.9 * size : 0;
  const label = Math.max(measure(item.label, { size }) + tag, ...item.notes.map((note) => measure(note.text, { size })));
  const room = Math.min(label, 17 * size) + (reach[low]?.right ?? 0) + (reach[high]?.left ?? 0) + 1.8 * size;
  const across: [number, number][] = Array.from({ length: high - low }, (_, at) => [low + 1 + at, room / (high - low)]);
  if (item.is === "call" && item.box.length > 0) {
    const half = Math.min(Math.max(...item.box.map((line) => measure(line, { size: size * 0.92, mono: true }))) + 1.2 * size, 20 * size) / 2;
    return [...across, [item.to, half + (reach[item.to - 1]?.right ?? 0) + size], [item.to + 1, half + (reach[item.to + 1]?.left ?? 0) + size * 0.6]];
  }
  return across;
}

/** Each part gets the room that it needs and a share of the rest; if there is not enough room, each gets less. */
export function distribute(wants: number[], least: number[], total: number): number[] {
  const wanted = wants.map((want, at) => Math.max(want, least[at] ?? 0));
  if (sum(wanted) <= total) {
    const inner = Math.max(1, wanted.length - 1);
    const extra = (total - sum(wanted)) / inner;
    return wanted.map((want, at) => want + (at === 0 || at === wanted.length - 1 ? extra / 2 : extra));
  }
  const share = Math.max(0, (total - sum(least)) / Math.max(1, sum(wanted) - sum(least)));
  return wanted.map((want, at) => (least[at] ?? 0) + (want - (least[at] ?? 0)) * share);
}

function sum(all: number[]): number {
  return all.reduce((a, b) => a + b, 0);
}
