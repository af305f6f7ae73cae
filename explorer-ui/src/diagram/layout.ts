// The layout of the diagram: rows one below the other, items of a row side by side or stacked.
import type { Diagram, End, Step } from "../api/types";
import { BAR, lanes as placeLanes, slotOffset, trackX, type Lanes } from "./lanes";
import { ellipsis, type Measure } from "./measure";
import { messages } from "./messages";
import { Placer, type Placed } from "./place";
import { Room } from "./room";
import { rows as rowsOf, type Row } from "./rows";
import type { Banner, Bar, Footer, PlacedRow, PlacedTrack, Scene, SlotNumber } from "./scene";
import { tracks as tracksOf, type Track } from "./tracks";

/** What a step breaks, in a few words; a limit if nobody promised it. */
export interface Breaks { text: string; limit: boolean }

export interface Wish { width: number; size: number; actor: string | null; end: End; breaks: (violates: string[]) => Breaks | null }

export function layout(diagram: Diagram, steps: Step[], wish: Wish, measure: Measure): Scene {
  const { size } = wish;
  const rows = rowsOf(diagram, steps, wish.actor);
  // Nobody sees where a message of theirs is.
  const tracks = wish.actor === null ? tracksOf(rows) : new Map<number, Track>();
  const lanes = placeLanes(diagram, rows, tracks, { width: wish.width, size, loop: typeof wish.end === "number" }, measure);
  const head = (lanes.narrow ? 3.7 : 2.9) * size;
  const placer = new Placer(lanes, tracks, new Room(diagram, lanes, tracks, size), size, measure);
  let y = head + 0.3 * size;
  const placed = rows.map((row) => {
    const next = place(row, y, placer, lanes, wish, measure);
    y += next.height;
    return next;
  });
  const footer = footerOf(wish.end, placed, y, size);
  const bottom = y + (footer?.height ?? 0.8 * size);
  const where = new Places(placed, y + 0.2 * size);
  return {
    width: lanes.width, height: bottom + 0.4 * size, size, gutter: lanes.gutter, narrow: lanes.narrow, head, rows: placed, footer,
    lanes: lanes.lanes.map((lane) => ({
      ...lane, shown: ellipsis(lane.name, lane.head - (lanes.narrow ? 0.6 : 2.4) * size, { size, bold: true }, measure), y0: head, y1: bottom,
      faded: wish.actor !== null && wish.actor !== lane.name,
      down: diagram.outages.filter((each) => each.lifeline === lane.name).map(({ from, to }) => [where.mark(from), to === null ? bottom : where.mark(to)]),
    })),
    tracks: placedTracks(diagram, tracks, lanes, where, size),
    bars: diagram.activities.filter((each) => wish.actor === null || each.lifeline === wish.actor).map((each) => bar(each, lanes, where, size)),
    slots: slotNumbers(placed, lanes, size),
    messages: shownMessages(diagram, placed), lifelines: diagram.lifelines,
  };
}

function place(row: Row, y: number, placer: Placer, lanes: Lanes, wish: Wish, measure: Measure): PlacedRow {
  const { size } = wish;
  if (row.quiet && row.violates.length === 0) {
    const height = 0.7 * size;
    return { number: row.number, y, height, middle: y + height / 2, quiet: true, flights: [], calls: [], marks: [], banner: null };
  }
  let top = y + 0.45 * size;
  const placed: Placed[] = [];
  for (const together of placer.stack(row.number, row.items)) {
    const ascent = Math.max(...together.map((each) => each.ascent));
    const descent = Math.max(...together.map((each) => each.descent));
    placed.push(...together.map((each) => each.at(top + ascent)));
    top += ascent + descent + 0.2 * size;
  }
  const middle = placed[0]?.y ?? y + size;
  const least = row.number === 0 && row.items.length === 0 ? 1.2 * size : 2.2 * size;
  const end = Math.max(top + 0.35 * size, y + least);
  const banner = bannerOf(row, end, lanes, wish, measure);
  const height = end - y + (banner ? banner.height + 0.4 * size : 0);
  return {
    number: row.number, y, height, middle, quiet: false, banner,
    flights: placed.flatMap((each) => (each.is === "flight" ? [each.flight] : [])),
    calls: placed.flatMap((each) => (each.is === "call" ? [each.call] : [])),
    marks: placed.flatMap((each) => (each.is === "mark" ? [each.mark] : [])),
  };
}

/** One line: what the step breaks. Why stands above the diagram. */
function bannerOf(row: Row, y: number, lanes: Lanes, wish: Wish, measure: Measure): Banner | null {
  const breaks = wish.breaks(row.violates);
  if (breaks === null) return null;
  const { size } = wish;
  const full = `✗ ${breaks.text}`;
  const text = ellipsis(full, lanes.width - lanes.gutter - 1.8 * size, { size, bold: true }, measure);
  return { y, height: 1.9 * size, text, full, limit: breaks.limit };
}

function footerOf(end: End, rows: PlacedRow[], y: number, size: number): Footer | null {
  if (end === null) return null;
  if (end === "stutters") return { y, height: 2.6 * size, text: "… nothing happens any more", loop: null };
  const first = rows[end + 1];
  const back = end === 0 ? "back at the start" : `back after step ${end}`;
  return { y, height: 2.6 * size, text: `↻ ${back}: repeats for ever`, loop: { x: 0.75 * size, y0: first?.y ?? y, y1: y + 1.3 * size } };
}

/** Heights of what has been placed, for what runs from one row to another. */
class Places {
  constructor(private readonly rows: PlacedRow[], readonly bottom: number) {}

  leaves(flight: number, row: number): number {
    return this.rows[row]?.flights.find((each) => each.item.flight.id === flight)?.y0 ?? this.middle(row);
  }

  arrives(flight: number, row: number): number {
    return this.rows[row]?.flights.find((each) => each.item.flight.id === flight)?.y0 ?? this.middle(row);
  }

  mark(row: number): number {
    return this.rows[row]?.marks.find((each) => each.item.glyph === "crash" || each.item.glyph === "recover")?.y ?? this.middle(row);
  }

  middle(row: number): number {
    return this.rows[row]?.middle ?? this.bottom;
  }

  /** Where a bar begins: where what it works on arrives. */
  begins(lane: number, slot: number, row: number): number {
    const flight = this.rows[row]?.flights.find((each) => each.item.to === lane && each.item.way !== "leaves" && each.item.toSlot === slot);
    return flight?.y1 ?? this.middle(row);
  }

  /** Where it ends: below the last thing that it does. */
  ends(lane: number, slot: number, row: number, crashed: boolean): number {
    const at = this.rows[row];
    if (!at) return this.bottom;
    if (crashed) return this.mark(row);
    const ys = [
      ...at.calls.filter((each) => each.item.from === lane && each.item.fromSlot === slot).map((each) => each.y),
      ...at.flights.filter((each) => (each.item.from === lane && each.item.fromSlot === slot) || (each.item.to === lane && each.item.toSlot === slot && each.item.way !== "leaves")).map((each) => Math.max(each.y0, each.item.to === lane ? each.y1 : each.y0)),
      ...at.marks.filter((each) => each.item.lane === lane && each.item.slot === slot).map((each) => each.y),
    ];
    return ys.length > 0 ? Math.max(...ys) : at.middle;
  }
}

function shownMessages(diagram: Diagram, rows: PlacedRow[]): Scene["messages"] {
  const shown = new Set(rows.flatMap((row) => row.flights.map((each) => each.item.message.order)));
  const all = [...messages(diagram).values()];
  const one = [...new Set(all)].filter(({ order }) => shown.has(order));
  return one.sort((a, b) => a.order - b.order).map((message) => ({ ...message, sent: all.filter((each) => each === message).length }));
}

function placedTracks(diagram: Diagram, tracks: Map<number, Track>, lanes: Lanes, where: Places, size: number): PlacedTrack[] {
  const known = messages(diagram);
  return diagram.flights.flatMap((flight) => {
    const track = tracks.get(flight.id);
    const message = known.get(flight.id);
    const lane = track && lanes.lanes[track.lane];
    if (!track || !message || !lane) return [];
    const y1 = track.to === null ? where.bottom : where.arrives(flight.id, track.to);
    return [{ flight, message, x: trackX(lane, track, size), y0: where.leaves(flight.id, flight.sent), y1, open: track.to === null }];
  });
}

/** Where slots stand side by side, each arrow says whose it is. */
function slotNumbers(rows: PlacedRow[], { lanes }: Lanes, size: number): SlotNumber[] {
  const number = (at: number, slot: number | null, y: number): SlotNumber[] => {
    const lane = lanes[at];
    return lane && slot !== null && lane.slots > 1 ? [{ x: lane.x + slotOffset(lane.slots, slot, size), y, slot }] : [];
  };
  return rows.flatMap((row) => [
    ...row.calls.flatMap(({ item, y }) => number(item.from, item.fromSlot, y)),
    ...row.flights.flatMap(({ item, y0, y1 }) => [...number(item.from, item.fromSlot, y0), ...(item.way === "leaves" ? [] : number(item.to, item.toSlot, y1))]),
  ]);
}

function bar(activity: Diagram["activities"][number], { lanes }: Lanes, where: Places, size: number): Bar {
  const lane = lanes.findIndex((each) => each.name === activity.lifeline);
  const at = lanes[lane];
  const width = BAR * size;
  const x = (at?.x ?? 0) + slotOffset(at?.slots ?? 1, activity.slot, size) - width / 2;
  const y0 = where.begins(lane, activity.slot, activity.from) - 0.3 * size;
  const end = activity.to === null ? where.bottom : where.ends(lane, activity.slot, activity.to, activity.crashed) + (activity.crashed ? 0 : 0.45 * size);
  return { activity, x, width, y0, y1: Math.max(end, y0 + 0.8 * size), open: activity.to === null };
}
