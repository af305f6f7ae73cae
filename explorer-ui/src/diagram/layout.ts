// The layout of the diagram: rows one below the other, items of a row side by side or stacked.
import type { Diagram, End, Step } from "../api/types";
import { reuse } from "../parts/still";
import { BAR, lanes as placeLanes, slotOffset, trackX, type Lanes } from "./lanes";
import { ellipsis, type Measure } from "./measure";
import { messages, type Message } from "./messages";
import { Placer, type Placed } from "./place";
import { Room } from "./room";
import { rows as rowsOf, type Row } from "./rows";
import type { Banner, Bar, Basis, Breaks, Footer, Ground, PlacedCall, PlacedFlight, PlacedRow, PlacedTrack, Scene, SlotNumber } from "./scene";
import { tracks as tracksOf, type Track } from "./tracks";

export interface Wish { width: number; size: number; actor: string | null; end: End; breaks: (violates: string[]) => Breaks | null }

/** `before` is the previous layout: unchanged parts are the same objects, and a row that depends
 * on nothing new is not placed again. */
export function layout(diagram: Diagram, steps: Step[], wish: Wish, measure: Measure, before: Scene | null = null): Scene {
  const { size } = wish;
  const known = messages(diagram);
  const rows = rowsOf(diagram, known, steps, wish.actor);
  const tracks = tracksOf(rows);
  const lanes = placeLanes(diagram, rows, tracks, { width: wish.width, size, loop: typeof wish.end === "number" }, measure);
  const ground = reuse(before?.ground, { lanes, size, breaks: wish.breaks, measure });
  const head = (lanes.narrow ? 3.7 : 2.9) * size;
  const placed = placeAll(rows, head + 0.3 * size, new Room(diagram, lanes, tracks, size, rows.length), tracks, ground, before);
  const last = placed.at(-1);
  const y = last ? last.y + last.height : head;
  const footer = footerOf(wish.end, placed, y, size);
  const bottom = y + (footer?.height ?? 0.8 * size);
  const where = new Places(placed, y + 0.2 * size);
  return reuse(before, {
    width: lanes.width, height: bottom + 0.4 * size, size, gutter: lanes.gutter, narrow: lanes.narrow, head, ground, rows: placed, footer,
    lanes: lanes.lanes.map((lane) => ({
      ...lane, shown: ellipsis(lane.name, lane.head - (lanes.narrow ? 0.6 : 2.4) * size, { size, bold: true }, measure), y0: head, y1: bottom,
      faded: wish.actor !== null && wish.actor !== lane.name,
      down: diagram.outages.filter((each) => each.lifeline === lane.name).map(({ from, to }) => [where.mark(from), to === null ? bottom : where.mark(to)]),
    })),
    tracks: placedTracks(diagram, known, tracks, lanes, where, size),
    bars: diagram.activities.filter((each) => wish.actor === null || each.lifeline === wish.actor).map((each) => bar(each, lanes, where, size)),
    messages: shownMessages(known, placed), lifelines: diagram.lifelines,
  });
}

function placeAll(rows: Row[], top: number, room: Room, tracks: Map<number, Track>, ground: Ground, before: Scene | null): PlacedRow[] {
  const placer = new Placer(ground.lanes, tracks, room, ground.size, ground.measure);
  const known = before !== null && ground === before.ground ? before.rows : [];
  let y = top;
  return rows.map((row, at) => {
    const old = known[at];
    const basis = reuse(old?.basis, { row, y, taken: room.in(row.number) });
    const placed = basis === old?.basis ? old : place(basis, placer, ground);
    y += placed.height;
    return placed;
  });
}

function place(basis: Basis, placer: Placer, ground: Ground): PlacedRow {
  const { row, y } = basis;
  const { size } = ground;
  if (row.quiet && row.violates.length === 0) {
    const height = 0.7 * size;
    return { basis, number: row.number, y, height, middle: y + height / 2, quiet: true, flights: [], calls: [], marks: [], slots: [], banner: null };
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
  const banner = bannerOf(row, end, ground);
  const height = end - y + (banner ? banner.height + 0.4 * size : 0);
  const flights = placed.flatMap((each) => (each.is === "flight" ? [each.flight] : []));
  const calls = placed.flatMap((each) => (each.is === "call" ? [each.call] : []));
  const marks = placed.flatMap((each) => (each.is === "mark" ? [each.mark] : []));
  return { basis, number: row.number, y, height, middle, quiet: false, banner, flights, calls, marks, slots: slotNumbers(flights, calls, ground) };
}

/** One line: what the step breaks. Why stands above the diagram. */
function bannerOf(row: Row, y: number, { lanes, size, breaks: says, measure }: Ground): Banner | null {
  const breaks = says(row.violates);
  if (breaks === null) return null;
  const full = `✗ ${breaks.text}`;
  const text = ellipsis(full, lanes.width - lanes.gutter - 1.8 * size, { size, bold: true }, measure);
  return { y, height: 1.9 * size, text, full, limit: breaks.limit };
}

function footerOf(end: End, rows: PlacedRow[], y: number, size: number): Footer | null {
  if (end === null) return null;
  if (end === "stutters") return { y, height: 2.6 * size, text: "… nothing happens any more", loop: null };
  const first = rows[end + 1];
  const back = end === 0 ? "back at the start" : `back after step ${end}`;
  return { y, height: 2.6 * size, text: `↻ ${back}: repeats forever`, loop: { x: 0.75 * size, y0: first?.y ?? y, y1: y + 1.3 * size } };
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

function shownMessages(known: Map<number, Message>, rows: PlacedRow[]): Scene["messages"] {
  const shown = new Set(rows.flatMap((row) => row.flights.map((each) => each.item.message.order)));
  const sent = new Map<Message, number>();
  for (const message of known.values()) sent.set(message, (sent.get(message) ?? 0) + 1);
  return [...sent].filter(([{ order }]) => shown.has(order)).sort(([a], [b]) => a.order - b.order).map(([message, count]) => ({ ...message, sent: count }));
}

function placedTracks(diagram: Diagram, known: Map<number, Message>, tracks: Map<number, Track>, lanes: Lanes, where: Places, size: number): PlacedTrack[] {
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
function slotNumbers(flights: PlacedFlight[], calls: PlacedCall[], { lanes: { lanes }, size }: Ground): SlotNumber[] {
  const number = (at: number, slot: number | null, y: number): SlotNumber[] => {
    const lane = lanes[at];
    return lane && slot !== null && lane.slots > 1 ? [{ x: lane.x + slotOffset(lane.slots, slot, size), y, slot }] : [];
  };
  return [
    ...calls.flatMap(({ item, y }) => number(item.from, item.fromSlot, y)),
    ...flights.flatMap(({ item, y0, y1 }) => [...number(item.from, item.fromSlot, y0), ...(item.way === "leaves" ? [] : number(item.to, item.toSlot, y1))]),
  ];
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
