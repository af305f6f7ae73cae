// Where each item of a row stands from left to right, how high it is, and which ones share a line.
import { BAR, reachOfBars, slotOffset, trackX, type Lane, type Lanes } from "./lanes";
import { Labels } from "./labels";
import { ellipsis, type Measure } from "./measure";
import type { Room } from "./room";
import type { CallItem, FlightItem, Item, MarkItem } from "./rows";
import type { Box, Label, Line, PlacedCall, PlacedFlight, PlacedMark } from "./scene";
import { side, type Track } from "./tracks";

export type Placed = { y: number } & ({ is: "flight"; flight: PlacedFlight } | { is: "call"; call: PlacedCall } | { is: "mark"; mark: PlacedMark });

/** An item that knows its place from left to right, and what it needs above and below its line. */
export interface Half { left: number; right: number; ascent: number; descent: number; at: (y: number) => Placed }

export const LINE = 1.22;
/** How far down an arrow of a message goes on its way. */
const SLANT = 0.75;

export class Placer {
  private readonly labels: Labels;

  constructor(private readonly layout: Lanes, private readonly tracks: Map<number, Track>, room: Room, private readonly size: number, private readonly measure: Measure) {
    this.labels = new Labels(room, size, measure);
  }

  /** Items that overlap come one below the other, in their order; others share a line. */
  stack(row: number, items: Item[]): Half[][] {
    const lines: Half[][] = [];
    for (const half of items.map((item) => this.half(row, item))) {
      const last = lines.at(-1);
      if (last && last.every((other) => half.left >= other.right || half.right <= other.left)) last.push(half);
      else lines.push([half]);
    }
    return lines;
  }

  private half(row: number, item: Item): Half {
    switch (item.is) {
      case "flight": return item.way === "leaves" ? this.leaving(row, item) : this.travelling(row, item);
      case "call": return this.call(row, item);
      case "mark": return this.mark(row, item);
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
  private leaving(row: number, item: FlightItem): Half {
    const { size } = this;
    const towards = side(item);
    const track = this.tracks.get(item.flight.id);
    const x0 = this.edge(item.from, item.fromSlot, towards);
    const x1 = track ? trackX(this.lane(item.from), track, size) : x0 + towards * 2 * size;
    const label = this.labels.beside({ text: item.label, notes: item.notes, tagged: true }, x1 + towards * 0.5 * size, towards, row, item.flight.id);
    const tall = (label.lines.length - 1) * LINE * size;
    return {
      left: Math.min(x0, x1, label.x), right: Math.max(x0, x1, label.x + label.width), ascent: 0.8 * size, descent: 0.5 * size + tall,
      at: (y) => ({ is: "flight", y, flight: { item, x0, y0: y, x1, y1: y, label: { ...label, y: y + 0.35 * size } } }),
    };
  }

  // From the sender, or from the line on which it waited, to the receiver; half-way if it is lost.
  private travelling(row: number, item: FlightItem): Half {
    const { size } = this;
    const towards = side(item);
    const lane = this.lane(item.from);
    const track = item.way === "direct" ? undefined : this.tracks.get(item.flight.id);
    const x0 = track ? trackX(lane, track, size) : this.edge(item.from, item.fromSlot, towards);
    const goal = item.from === item.to ? x0 + 3 * size : this.edge(item.to, item.toSlot, towards === 1 ? -1 : 1);
    const x1 = item.way === "lost" ? x0 + (goal - x0) * 0.6 : goal;
    const label = this.labels.above({ text: item.label, notes: item.notes, tagged: true }, x0, goal, row, item.flight.id);
    const tall = label.lines.length * LINE * size;
    return {
      left: Math.min(x0, goal, label.x), right: Math.max(x0, goal, label.x + label.width), ascent: tall + 0.35 * size, descent: (SLANT + 0.35) * size,
      at: (y) => ({ is: "flight", y, flight: { item, x0, y0: y, x1, y1: y + SLANT * size * (item.way === "lost" ? 0.6 : 1), label: this.lift(label, y) } }),
    };
  }

  // A box beside the arrow's head if there is room, else below it.
  private call(row: number, item: CallItem): Half {
    const { size } = this;
    const towards: 1 | -1 = item.to < item.from ? -1 : 1;
    const lane = this.lane(item.from);
    const x0 = this.edge(item.from, item.fromSlot, towards);
    const goal = item.from === item.to ? x0 + 3 * size : this.edge(item.to, null, towards === 1 ? -1 : 1);
    const box = this.box(item.to, item.box);
    const words = { text: item.label, notes: item.notes, tagged: false };
    // The label stands beyond the bars of all slots, not only of this one.
    const free = lane.x + towards * reachOfBars(lane.slots, size);
    const beside = box && this.labels.width(words) + 1.2 * size <= towards * ((towards > 0 ? box.x : box.x + box.width) - free);
    const tip = box && beside ? (towards > 0 ? box.x : box.x + box.width) : goal;
    const x1 = item.call.outcome === "failed" ? x0 + (goal - x0) * 0.62 : tip;
    const label = this.labels.above(words, x0, tip, row, null);
    const tall = label.lines.length * LINE * size;
    const top = beside ? -0.8 * size : 0.3 * size;
    return {
      left: Math.min(x0, x1, label.x, box?.x ?? x0), right: Math.max(x0, x1, label.x + label.width, box ? box.x + box.width : x0),
      ascent: Math.max(tall + 0.35 * size, beside ? 0.9 * size : 0), descent: box ? top + box.height + 0.15 * size : 0.45 * size,
      at: (y) => ({ is: "call", y, call: { item, x0, x1, y, label: this.lift(label, y), box: box && { ...box, y: y + top } } }),
    };
  }

  /** What is stored there now, on its lifeline. */
  private box(at: number, written: string[]): Box | null {
    if (written.length === 0) return null;
    const { size } = this;
    const style = { size: size * 0.92, mono: true };
    const lane = this.lane(at);
    const [before, after] = [this.layout.lanes[at - 1], this.layout.lanes[at + 1]];
    const leftRoom = lane.x - (before ? before.x + before.right + 0.6 * size : this.layout.gutter + 0.3 * size);
    const rightRoom = (after ? after.x - after.left - 0.6 * size : this.layout.width - 0.4 * size) - lane.x;
    const wanted = Math.max(...written.map((line) => this.measure(line, style))) + 1.1 * size;
    const width = Math.min(wanted, leftRoom + rightRoom);
    const x = Math.max(lane.x - leftRoom, Math.min(lane.x - width / 2, lane.x + rightRoom - width));
    const lines = written.map((full): Line => ({ text: ellipsis(full, width - size, style, this.measure), full, tone: "plain" }));
    return { x, y: 0, width, height: (lines.length * LINE + 0.5) * size, lines };
  }

  private mark(row: number, item: MarkItem): Half {
    const { size } = this;
    const lane = this.lane(item.lane);
    const x = lane.x + slotOffset(lane.slots, item.slot, size);
    const label = this.labels.around({ text: item.label, notes: [], tagged: false }, x, row, item.tone);
    const tall = Math.max(0, label.lines.length - 1) * LINE * size;
    const below = 0.75 * size + tall / 2;
    const box = this.box(item.lane, item.box);
    return {
      left: Math.min(x - size, label.x, box?.x ?? x), right: Math.max(x + size, label.x + label.width, box ? box.x + box.width : x),
      ascent: 0.85 * size + tall / 2, descent: below + (box ? box.height + 0.15 * size : 0),
      at: (y) => ({ is: "mark", y, mark: { item, x, y, label: { ...label, y: y + 0.35 * size - tall / 2 }, box: box && { ...box, y: y + below } } }),
    };
  }

  /** Onto a line at `y`: the last of its own lines stands just above. */
  private lift(label: Label, y: number): Label {
    return { ...label, y: y - (0.4 + (label.lines.length - 1) * LINE) * this.size };
  }
}
