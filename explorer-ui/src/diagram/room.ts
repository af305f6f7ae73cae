// Where a label may stand: between bars and waiting messages, and rather not across a lifeline.
import { BAR, slotOffset, trackX, type Lanes } from "./lanes";
import type { Diagram } from "../api/types";
import type { Track } from "./tracks";

export interface Interval { from: number; to: number }

/** What is left of an interval without the others, from left to right. */
export function without({ from, to }: Interval, others: Interval[]): Interval[] {
  const parts: Interval[] = [];
  let at = from;
  for (const other of [...others].sort((a, b) => a.from - b.from)) {
    if (other.to <= at || other.from >= to) continue;
    if (other.from > at) parts.push({ from: at, to: other.from });
    at = Math.max(at, other.to);
  }
  return at < to ? [...parts, { from: at, to }] : parts;
}

export function length({ from, to }: Interval): number {
  return to - from;
}

/** The widest of some intervals; of equal ones the first. */
export function widest(all: Interval[]): Interval | undefined {
  return all.reduce<Interval | undefined>((best, each) => (best === undefined || length(each) > length(best) ? each : best), undefined);
}

/** What no label may cover: the bar of a busy slot, or a message that waits, then with its flight. */
export interface Taken extends Interval { flight: number | null }

/** What there is room for in each row. */
export class Room {
  private readonly rows: Taken[][];

  constructor(diagram: Diagram, private readonly layout: Lanes, tracks: Map<number, Track>, private readonly size: number, rows: number) {
    this.rows = Array.from({ length: rows }, () => []);
    this.bars(diagram);
    this.waiting(tracks);
  }

  in(row: number): Taken[] {
    return this.rows[row] ?? [];
  }

  /** But for one's own line. */
  taken(row: number, own: number | null): Interval[] {
    return this.in(row).filter(({ flight }) => flight === null || flight !== own);
  }

  lifelines(): Interval[] {
    return this.layout.lanes.map(({ x }) => around(x, 0.35 * this.size));
  }

  whole(): Interval {
    return { from: this.layout.gutter, to: this.layout.width - 0.3 * this.size };
  }

  private bars(diagram: Diagram): void {
    const lanes = new Map(this.layout.lanes.map((lane) => [lane.name, lane]));
    for (const { lifeline, slot, from, to } of diagram.activities) {
      const lane = lanes.get(lifeline);
      if (lane) this.take(from, to, { ...around(lane.x + slotOffset(lane.slots, slot, this.size), (BAR / 2 + 0.35) * this.size), flight: null });
    }
  }

  private waiting(tracks: Map<number, Track>): void {
    for (const track of tracks.values()) {
      const lane = this.layout.lanes[track.lane];
      if (lane) this.take(track.from, track.to, { ...around(trackX(lane, track, this.size), 0.4 * this.size), flight: track.flight });
    }
  }

  private take(from: number, to: number | null, part: Taken): void {
    for (const row of this.rows.slice(from, to === null ? undefined : to + 1)) row.push(part);
  }
}

function around(x: number, reach: number): Interval {
  return { from: x - reach, to: x + reach };
}
