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

/** What no label of a row may cover: bars of busy slots, and messages that wait, but for one. */
export class Room {
  constructor(private readonly diagram: Diagram, private readonly layout: Lanes, private readonly tracks: Map<number, Track>, private readonly size: number) {}

  taken(row: number, own: number | null): Interval[] {
    return [...this.bars(row), ...this.waiting(row, own)];
  }

  lifelines(): Interval[] {
    return this.layout.lanes.map(({ x }) => around(x, 0.35 * this.size));
  }

  whole(): Interval {
    return { from: this.layout.gutter, to: this.layout.width - 0.3 * this.size };
  }

  private bars(row: number): Interval[] {
    return this.layout.lanes.flatMap((lane) => this.diagram.activities
      .filter((each) => each.lifeline === lane.name && each.from <= row && (each.to === null || row <= each.to))
      .map((each) => around(lane.x + slotOffset(lane.slots, each.slot, this.size), (BAR / 2 + 0.35) * this.size)));
  }

  private waiting(row: number, own: number | null): Interval[] {
    return [...this.tracks.values()].flatMap((track) => {
      const lane = this.layout.lanes[track.lane];
      const there = track.flight !== own && track.from <= row && (track.to === null || row <= track.to);
      return lane && there ? [around(trackX(lane, track, this.size), 0.4 * this.size)] : [];
    });
  }
}

function around(x: number, reach: number): Interval {
  return { from: x - reach, to: x + reach };
}
