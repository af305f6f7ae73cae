// What each row of the diagram shows, before anything has a place: row n is step n, row 0 the start.
import type { Activity, Call, Diagram, Flight, Mark, Step } from "../api/types";
import type { Message } from "./messages";

export type Tone = "plain" | "muted" | "bad" | "warn" | "good";
export interface Note { text: string; tone: Tone }

/** How a flight is seen in a row: it leaves and is not there yet, it arrives, both, or it is lost. */
export type Way = "leaves" | "arrives" | "direct" | "lost";

export interface FlightItem { is: "flight"; flight: Flight; message: Message; way: Way; from: number; to: number; fromSlot: number | null; toSlot: number | null; label: string; notes: Note[] }
export interface CallItem { is: "call"; call: Call; from: number; to: number; fromSlot: number | null; toSlot: null; label: string; notes: Note[]; box: string[] }
export interface MarkItem { is: "mark"; mark: Mark | null; lane: number; slot: number | null; label: string; tone: Tone; glyph: Glyph; box: string[]; breaks: boolean }
export type Item = FlightItem | CallItem | MarkItem;
export type Glyph = Mark["kind"] | "step";

export interface Row { number: number; items: Item[]; violates: string[]; quiet: boolean }

export function rows(diagram: Diagram, message: Map<number, Message>, steps: Step[], actor: string | null): Row[] {
  return new Rows(diagram, message, steps, actor).all();
}

class Rows {
  private readonly lanes: Map<string, number>;
  private readonly sent: Map<number, Flight[]>;
  private readonly ended: Map<number | null, Flight[]>;
  private readonly called: Map<number, Call[]>;
  private readonly marked: Map<number, Mark[]>;

  constructor(private readonly diagram: Diagram, private readonly message: Map<number, Message>, private readonly steps: Step[], private readonly actor: string | null) {
    this.lanes = new Map(diagram.lifelines.map(({ name }, lane) => [name, lane]));
    this.sent = grouped(diagram.flights, ({ sent }) => sent);
    this.ended = grouped(diagram.flights, ({ ended }) => ended);
    this.called = grouped(diagram.calls, ({ step }) => step);
    this.marked = grouped(diagram.marks, ({ step }) => step);
  }

  all(): Row[] {
    const start: Row = { number: 0, items: this.seen(this.flights(0)), violates: [], quiet: false };
    return [start, ...this.steps.map((step) => this.row(step))];
  }

  private row(step: Step): Row {
    const [arrived, direct] = this.arrivals(step.number);
    const all = [...this.marks(step.number, "click"), ...arrived, ...this.marks(step.number, "handled"), ...direct, ...this.calls(step.number), ...this.marks(step.number), ...this.flights(step.number)];
    const items = this.seen(all.length === 0 ? [this.nothingElse(step)] : all);
    return { number: step.number, items, violates: step.violates, quiet: items.length === 0 };
  }

  /** Of one actor's view, what touches its lifeline. */
  private seen(items: Item[]): Item[] {
    if (this.actor === null) return items;
    const own = this.lane(this.actor);
    return items.filter((item) => touches(item, own));
  }

  private lane(name: string): number {
    return this.lanes.get(name) ?? 0;
  }

  /** What arrives that was sent before, and what is sent and arrives in the same step. */
  private arrivals(row: number): [Item[], Item[]] {
    const ended = this.ended.get(row) ?? [];
    return [this.arriving(ended.filter((flight) => flight.sent < row), row), this.arriving(ended.filter((flight) => flight.sent === row), row)];
  }

  private arriving(flights: Flight[], row: number): Item[] {
    return flights.map((flight) => this.flight(flight, flight.fate === "lost" ? "lost" : flight.sent === row ? "direct" : "arrives", row));
  }

  private flights(row: number): Item[] {
    return (this.sent.get(row) ?? []).filter((flight) => flight.ended !== row).map((flight) => this.flight(flight, "leaves", row));
  }

  private flight(flight: Flight, way: Way, row: number): FlightItem {
    const message = this.message.get(flight.id);
    if (!message) throw new Error(`no message for flight ${flight.id}`);
    const acting = (lifeline: string): number | null => slotAt(this.diagram.activities, lifeline, row, this.steps[row - 1]?.slot ?? null);
    return {
      is: "flight", flight, message, way, from: this.lane(flight.from), to: this.lane(flight.to),
      fromSlot: way === "leaves" || way === "direct" || (way === "lost" && flight.sent === row) ? acting(flight.from) : null, toSlot: acting(flight.to),
      label: [flight.copy > 1 ? `×${flight.copy}` : "", flight.redelivery ? "↻" : "", flight.label].filter(Boolean).join(" "),
      notes: flightNotes(flight, way),
    };
  }

  private calls(row: number): CallItem[] {
    return (this.called.get(row) ?? []).map((call) => ({
      is: "call", call, from: this.lane(call.from), to: this.lane(call.to), fromSlot: call.slot, toSlot: null,
      label: `${call.label || call.action}${call.answer === null ? "" : ` → ${call.answer}`}`, notes: OUTCOME[call.outcome], box: call.writes ? call.wrote.slice(0, 4) : [],
    }));
  }

  /** Clicks come before what they send, what is handled before its answer, everything else after what arrives and what is called. */
  private marks(row: number, only: "click" | "handled" | null = null): MarkItem[] {
    const early = (mark: Mark) => (mark.kind === "click" || mark.kind === "handled" ? mark.kind : null);
    const breaks = (this.steps[row - 1]?.violates ?? []).length > 0;
    return (this.marked.get(row) ?? []).filter((mark) => early(mark) === only).map((mark) => ({
      is: "mark", mark, lane: this.lane(mark.lifeline), slot: mark.slot, label: mark.label, tone: TONE[mark.kind], glyph: mark.kind, box: mark.wrote.slice(0, 4), breaks,
    }));
  }

  private nothingElse(step: Step): MarkItem {
    return { is: "mark", mark: null, lane: this.lane(step.actor), slot: step.slot, label: step.words, tone: "muted", glyph: "step", box: [], breaks: false };
  }
}

/** What is on its way, or is lost, gets no further than its sender. */
function touches(item: Item, lane: number): boolean {
  if (item.is === "mark") return item.lane === lane;
  const arrives = item.is === "call" || item.way === "arrives" || item.way === "direct";
  return item.from === lane || (arrives && item.to === lane);
}

function grouped<T, K>(all: T[], by: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const group = groups.get(by(each));
    if (group) group.push(each);
    else groups.set(by(each), [each]);
  }
  return groups;
}

const OUTCOME: Record<Call["outcome"], Note[]> = {
  done: [],
  conflict: [{ text: "✗ conflict", tone: "bad" }],
  failed: [{ text: "✗ failed", tone: "bad" }],
  unknown: [{ text: "? no answer", tone: "warn" }],
  refused: [{ text: "✗ refused", tone: "bad" }],
};

const TONE: Record<Mark["kind"], Tone> = {
  crash: "bad", recover: "good", lease: "warn", timeout: "warn", forget: "warn", "gives-back": "warn", dropped: "bad", click: "plain", handled: "plain",
};

function flightNotes(flight: Flight, way: Way): Note[] {
  if (way === "lost") return [{ text: "✗ lost", tone: "bad" }];
  if (way === "arrives" || way === "direct") return flight.late ? [{ text: "late: nobody waits", tone: "warn" }] : [];
  if (flight.ended === null && flight.late) return [{ text: "late, in flight", tone: "warn" }];
  return [{ text: underway(flight), tone: "muted" }];
}

/** What is in a queue waits there, whether or not the run gets as far as its delivery. */
export function underway({ sent, ended, redelivery }: Pick<Flight, "sent" | "ended" | "redelivery">): string {
  if (sent === 0) return "waits";
  if (redelivery) return "waits again";
  return ended === null ? "in flight" : "on its way";
}

/** The slot that is busy on a lifeline in a row: the acting one if several are. */
export function slotAt(activities: Activity[], lifeline: string, row: number, acting: number | null): number | null {
  const busy = activities.filter((each) => each.lifeline === lifeline && each.from <= row && (each.to === null || row <= each.to));
  return (busy.find((each) => each.slot === acting) ?? busy.find((each) => each.from === row))?.slot ?? null;
}
