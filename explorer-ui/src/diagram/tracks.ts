// Messages that wait are drawn as thin lines beside their sender's lifeline: which line is whose.
import type { FlightItem, Row } from "./rows";

export interface Track { flight: number; lane: number; side: 1 | -1; place: number; from: number; to: number | null }

/** One for each flight that leaves in one row and ends in a later one, or never. */
export function tracks(rows: Row[]): Map<number, Track> {
  const all = rows.flatMap((row) => row.items.filter((item) => item.is === "flight"));
  const ends = new Map(all.filter((item) => item.way !== "leaves").map((item) => [item.flight.id, item.flight.ended]));
  const found = new Map<number, Track>();
  for (const item of all.filter((each) => each.way === "leaves")) {
    const to = ends.get(item.flight.id) ?? null;
    const track: Track = { flight: item.flight.id, lane: item.from, side: side(item), place: 0, from: item.flight.sent, to };
    while ([...found.values()].some((other) => clash(track, other))) track.place++;
    found.set(item.flight.id, track);
  }
  return found;
}

/** To the right, unless it goes to the left. */
export function side({ from, to }: Pick<FlightItem, "from" | "to">): 1 | -1 {
  return to < from ? -1 : 1;
}

function clash(a: Track, b: Track): boolean {
  if (a.lane !== b.lane || a.side !== b.side || a.place !== b.place) return false;
  return a.from <= (b.to ?? Infinity) && b.from <= (a.to ?? Infinity);
}

/** How many lines run beside a lane on one side at most. */
export function widest(all: Iterable<Track>, lane: number, towards: 1 | -1): number {
  return Math.max(0, ...[...all].filter((each) => each.lane === lane && each.side === towards).map((each) => each.place + 1));
}
