// Where each item of a row stands from left to right, how high it is, and which ones share a line.
import { BAR, slotOffset, trackX, type Lane, type Lanes } from "./lanes";
import { ellipsis, wrap, type Measure } from "./measure";
import type { CallItem, FlightItem, Item, MarkItem, Note } from "./rows";
import type { Box, Label, Line, PlacedCall, PlacedFlight, PlacedMark } from "./scene";
import { side, type Track } from "./tracks";

export type Placed = { y: number } & ({ is: "flight"; flight: PlacedFlight } | { is: "call"; call: PlacedCall } | { is: "mark"; mark: PlacedMark });

/** An item that knows its place from left to right, and what it needs above and below its line. */
export interface Half { left: number; right: number; ascent: number; descent: number; at: (y: number) => Placed }

const LINE = 1.22;
const SLANT = 0.75;

export class Placer {
  constructor(private readonly layout: Lanes, private readonly tracks: Map<number, Track>, private readonly size: number, private readonly measure: Measure) {}

  /** Items that overlap come one below the other, in their order; others share a line. */
  stack(items: Item[]): Half[][] {
    const lines: Half[][] = [];
    for (const half of items.map((item) => this.half(item))) {
      const last = lines.at(-1);
      if (last && last.every((other) => half.left >= other.right || half.right <= other.left)) last.push(half);
      else lines.push([half]);
    }
    return lines;
  }

  private half(item: Item): Half {
    switch (item.is) {
      case "flight": return item.way === "leaves" ? this.leaving(item) : this.travelling(item);
      case "call": return this.call(item);
      case "mark": return this.mark(item);
    }
  }

  private lane(at: number): Lane {
    const lane = this.layout.lanes[at];
    if (!lane) throw new Error(`there is no lifeline ${at}`);
    return lane;
  }

  /** The side of a slot's bar, or of the lifeline, that faces the other end. */
  private edge(at: number, slot: number | null, towards: 1 | -1): number {
    const lane = this.lane(at);
    if (slot === null || lane.slots === 0) return lane.x;
    return lane.x + slotOffset(lane.slots, slot, this.size) + (towards * BAR * this.size) / 2;
  }

  // From the sender to the line on which it waits; what it is stands behind that.
  private leaving(item: FlightItem): Half {
    const { size } = this;
    const towards = side(item);
    const lane = this.lane(item.from);
    const track = this.tracks.get(item.flight.id);
    const x0 = this.edge(item.from, item.fromSlot, towards);
    const x1 = track ? trackX(lane, track, size) : x0 + towards * 2 * size;
    const near = lane.x + towards * ((towards > 0 ? lane.right : lane.left) + 0.45 * size);
    const next = this.layout.lanes[item.from + towards];
    const far = next ? next.x - towards * ((towards > 0 ? next.left : next.right) + 0.5 * size) : towards > 0 ? this.layout.width : this.layout.gutter;
    const lines = this.lines(item.label, item.notes, Math.abs(far - near), 2, 1.9 * size);
    const width = this.width(lines, 1.9 * size);
    const [left, right] = [Math.min(x0, x1, near, near + towards * width), Math.max(x0, x1, near, near + towards * width)];
    const tall = (lines.length - 1) * LINE * size;
    return {
      left, right, ascent: 0.85 * size, descent: 0.55 * size + tall,
      at: (y) => ({ is: "flight", y, flight: { item, x0, y0: y, x1, y1: y, dot: true, label: { x: towards > 0 ? near : near - width, y: y + 0.35 * size, anchor: "start", lines, tag: near, width } } }),
    };
  }

  // From the sender, or from the line on which it waited, to the receiver; half-way if it is lost.
  private travelling(item: FlightItem): Half {
    const { size } = this;
    const towards = side(item);
    const lane = this.lane(item.from);
    const track = item.way === "direct" ? undefined : this.tracks.get(item.flight.id);
    const x0 = track ? trackX(lane, track, size) : this.edge(item.from, item.fromSlot, towards);
    const goal = item.from === item.to ? x0 + 3 * size : this.edge(item.to, item.toSlot, towards === 1 ? -1 : 1);
    const x1 = item.way === "lost" ? x0 + (goal - x0) * 0.6 : goal;
    const clear = track ? lane.x + towards * ((towards > 0 ? lane.right : lane.left) + 0.2 * size) : x0;
    const label = this.above(item.label, item.notes, clear, goal, item.from, item.to, 1.9 * size);
    const tall = label.lines.length * LINE * size;
    return {
      left: Math.min(x0, goal, label.x), right: Math.max(x0, goal, label.x + label.width), ascent: tall + 0.35 * size, descent: SLANT * size + 0.35 * size,
      at: (y) => ({ is: "flight", y, flight: { item, x0, y0: y, x1, y1: y + SLANT * size * (item.way === "lost" ? 0.6 : 1), dot: false, label: lift(label, y - 0.4 * size - tall + LINE * size) } }),
    };
  }

  private call(item: CallItem): Half {
    const { size } = this;
    const towards: 1 | -1 = item.to < item.from ? -1 : 1;
    const x0 = this.edge(item.from, item.fromSlot, towards);
    const goal = item.from === item.to ? x0 + 3 * size : this.edge(item.to, null, towards === 1 ? -1 : 1);
    const x1 = item.call.outcome === "failed" ? x0 + (goal - x0) * 0.62 : goal;
    const label = this.above(item.label, item.notes, x0 + towards * 0.2 * size, goal, item.from, item.to, 0);
    const tall = label.lines.length * LINE * size;
    const box = this.box(item);
    return {
      left: Math.min(x0, x1, label.x, box?.x ?? x0), right: Math.max(x0, x1, label.x + label.width, box ? box.x + box.width : x0),
      ascent: tall + 0.35 * size, descent: box ? box.height - 0.1 * size : 0.45 * size,
      at: (y) => ({ is: "call", y, call: { item, x0, x1, y, label: lift(label, y - 0.4 * size - tall + LINE * size), box: box && { ...box, y: y - 0.3 * size } } }),
    };
  }

  private box(item: CallItem): Box | null {
    if (item.box.length === 0) return null;
    const { size } = this;
    const style = { size: size * 0.92, mono: true };
    const lane = this.lane(item.to);
    const [before, after] = [this.layout.lanes[item.to - 1], this.layout.lanes[item.to + 1]];
    const leftRoom = lane.x - (before ? before.x + before.right + 0.5 * size : this.layout.gutter + 0.3 * size);
    const rightRoom = (after ? after.x - after.left - 0.5 * size : this.layout.width - 0.3 * size) - lane.x;
    const widest = Math.max(...item.box.map((line) => this.measure(line, style))) + 1.1 * size;
    const width = Math.min(widest, leftRoom + rightRoom);
    const x = Math.max(lane.x - leftRoom, Math.min(lane.x - width / 2, lane.x + rightRoom - width));
    const lines = item.box.map((full): Line => ({ text: ellipsis(full, width - size, style, this.measure), full, tone: "plain" }));
    return { x, y: 0, width, height: (lines.length * LINE + 0.65) * size, lines };
  }

  private mark(item: MarkItem): Half {
    const { size } = this;
    const lane = this.lane(item.lane);
    const x = lane.x + slotOffset(lane.slots, item.slot, size);
    const last = item.lane === this.layout.lanes.length - 1 && item.lane > 0;
    const other = this.layout.lanes[item.lane + (last ? -1 : 1)];
    const near = last ? lane.x - Math.max(lane.left, 0.9 * size) - 0.4 * size : lane.x + Math.max(lane.right, 0.9 * size) + 0.4 * size;
    const far = other ? (last ? other.x + other.right + 0.4 * size : other.x - other.left - 0.4 * size) : this.layout.width;
    const lines = wrap(item.label, Math.abs(far - near), 3, { size }, this.measure).map((text): Line => ({ text, full: item.label, tone: item.tone }));
    const width = this.width(lines, 0);
    const tall = Math.max(0, lines.length - 1) * LINE * size;
    return {
      left: Math.min(x - size, last ? near - width : x), right: Math.max(x + size, last ? x : near + width), ascent: 0.85 * size + tall / 2, descent: 0.75 * size + tall / 2,
      at: (y) => ({ is: "mark", y, mark: { item, x, y, label: { x: last ? near - width : near, y: y + 0.35 * size - tall / 2, anchor: "start", lines, tag: null, width } } }),
    };
  }

  // A label above its arrow: beside the sender if it fits there, else over the whole way.
  private above(text: string, notes: Note[], x0: number, x1: number, from: number, to: number, tag: number): Label {
    const { size } = this;
    const pad = 0.35 * size;
    const towards = x1 < x0 ? -1 : 1;
    const next = this.layout.lanes[from + towards];
    const first = Math.abs(to - from) > 1 && next ? next.x - towards * (towards > 0 ? next.left : next.right) - towards * 0.5 * size : x1;
    const wanted = Math.max(this.measure(text, { size }) + tag, ...notes.map((note) => this.measure(note.text, { size })));
    const end = wanted <= Math.abs(first - x0) - 2 * pad ? first : x1;
    const room = Math.max(2.4 * size, Math.abs(end - x0) - 2 * pad);
    const lines = this.lines(text, notes, room, 2, tag);
    const width = this.width(lines, tag);
    return { x: (x0 + end) / 2 - width / 2, y: 0, anchor: "start", lines, tag: tag > 0 ? 0 : null, width };
  }

  private lines(text: string, notes: Note[], room: number, most: number, tag: number): Line[] {
    const style = { size: this.size };
    const own = wrap(text, Math.max(this.size, room - tag), most, style, this.measure).map((line): Line => ({ text: line, full: text, tone: "plain" }));
    const one = own.length === 1 && notes.length === 1 ? own[0] : undefined;
    const more = notes.map((note): Line => ({ text: ellipsis(note.text, room, style, this.measure), full: note.text, tone: note.tone }));
    if (one && tag > 0 && this.measure(`${one.text} · ${notes[0]?.text ?? ""}`, style) + tag <= room) return [{ ...one, after: more[0] }];
    return [...own, ...more];
  }

  private width(lines: Line[], tag: number): number {
    const style = { size: this.size };
    return Math.max(0, ...lines.map((line, at) => this.measure(line.after ? `${line.text} · ${line.after.text}` : line.text, style) + (at === 0 ? tag : 0)));
  }
}

function lift(label: Label, y: number): Label {
  return { ...label, y };
}
