// The wire format of Tandem's explorer, version 1. Everything is JSON; times are in seconds,
// memory in bytes, steps and slots count from 1, action indices from 0.

/** A TLA+ value as in docs/json.md: {"#set":[…]}, {"#map":[[k,v],…]}, {"#model":"x"}, arrays are
 * sequences, other objects records. */
export type Value = boolean | number | string | Value[] | { [field: string]: Value };
export type Verdict = "holds" | "violated" | "unknown";
export type Expected = "holds" | "violated";
export type Expectation = "always" | "sometimes" | "eventually";

// ---- GET /api/v1/catalogue ------------------------------------------------------------------
export interface Catalogue {
  version: 1;
  /** Version of Tandem. */
  tandem: string;
  /** What `tandem explore NAME` named: where the page opens when its address names nothing. */
  start: Start | null;
  /** With `--share`, which lets rooms be opened: the address that others open, with its token. */
  share: string | null;
  /** The five parts of the course, in order. Show those with no protocol yet only as a title. */
  parts: Part[];
  protocols: Protocol[];
}
export interface Start { protocol: string; variant: string; parameters: Record<string, number> }
export interface Part { number: number; title: string }
export interface Protocol {
  name: string; part: number; title: string; goal: string; module: string; actors: string[];
  variants: Variant[];
  parameters: Parameter[];
  /** Faults are set like parameters, from 0. */
  faults: FaultKind[];
  guarantees: { name: string; promise: string }[];
}
export interface Variant {
  name: string; summary: string; right: boolean; default: boolean;
  /** What its author believed. */
  claims: string[];
  /** Row of the guarantees matrix; a guarantee missing here does not apply to the variant. */
  expected: Record<string, Expected>;
  /** Why a guarantee is violated, in one sentence. */
  why: Record<string, string>;
  bounds: Record<string, number>; faults: Record<string, number>;
}
export interface Parameter { name: string; constant: string; default: number; min: number; max: number; allows: string }
export interface FaultKind { name: string; max: number; allows: string }

// ---- GET /api/v1/models/{protocol}/{variant}?messages=2&crash=1 -------------------------------
// The query (of this and of every address below it) overrides the variant's own bounds and faults.
export interface Model {
  protocol: string; variant: string;
  /** Every bound and fault, with its value. */
  parameters: Record<string, number>;
  /** Whether these are the bounds at which the catalogue says what to expect. */
  named: boolean;
  /** 16 hex digits: changes when the model does. Links carry it. */
  digest: string;
  /** From left to right. */
  lifelines: Lifeline[];
  properties: PropertyInfo[];
  /** The right variant to try the same schedule on; null if this is a right one. */
  repaired: string | null;
}
export interface Lifeline { name: string; kind: "broker" | "browser" | "endpoint" | "database" | "third-party" | "consumer" | "subscribers" }
export interface PropertyInfo {
  name: string; promise: string; expectation: Expectation;
  /** As in TLA+: "[]P", "<>[]P", "sometimes P" … */
  formula: string;
  claimed: boolean; expected: Expected | null; why: string | null;
}

// ---- GET …/search : text/event-stream ---------------------------------------------------------
// Starts the search unless it runs or is done; closing the stream leaves it running.
// event: progress → Progress · event: done → Report · event: failed → Problem
export interface Progress { states: number; steps: number; depth: number; queue: number; memory: number; seconds: number; rate: number; estimate: number | null }
export interface Report {
  complete: boolean; incomplete: string | null;
  states: number; transitions: number; raw_states: number; depth: number; seconds: number;
  states_by_depth: number[];
  actions: Record<string, number>;
  /** Actions that are never taken although the faults allow them. */
  never: string[];
  properties: PropertyResult[];
  deadlock: Path | null;
}
export interface PropertyResult { name: string; verdict: Verdict; /** Steps of the shortest trace. */ steps: number | null; path: Path | null }
/** A path: indices of actions joined by dots, "0.3.1"; "" is the initial state. */
export interface Path { steps: string; end: End }
/** null: open · "stutters": nothing happens for ever · n: after the last step it is back at the state that n steps lead to, and repeats for ever. */
export type End = null | "stutters" | number;

// ---- GET …/trace?steps=0.3.1[&end=stutters|n] ------------------------------------------------
export interface Trace {
  digest: string;
  start: Frame;
  steps: TraceStep[];
  end: End;
  diagram: Diagram;
}
export interface Frame { state: Record<string, Value>; truths: Truth[] }
export interface TraceStep extends Frame {
  number: number;
  /** Its index among the actions of the state before. */
  index: number;
  action: string; actor: string; slot: number | null; message: Value | null; fault: string | null;
  group: Group;
  /** A sentence: what happens. */
  words: string;
  changes: Change[];
  /** "always" guarantees that are true before this step and false after it. */
  violates: string[];
}
export interface Truth {
  name: string;
  /** Of the predicate, in this state; what it means depends on the property's expectation. */
  holds: boolean;
  /** Of a guarantee that does not hold: which of its clauses are false, and with which values. */
  clauses: Clause[];
}
export interface Clause { says: string; holds: boolean; values: { path: string; value: Value }[] }
export type Change =
  | { path: string; kind: "added"; value: Value }
  | { path: string; kind: "removed"; value: Value }
  | { path: string; kind: "changed"; before: Value; after: Value };
/** In the order in which they are shown. */
export type Group = "deliver" | "step" | "client" | "recover" | "lose" | "duplicate" | "crash" | "lease" | "timeout" | "forget";

/** What a sequence diagram of the trace shows. Rows are steps; 0 stands for the start. */
export interface Diagram {
  lifelines: Lifeline[];
  /** Everything that travels: one copy of one message each. */
  flights: Flight[];
  /** Calls that are one step: to the database, or an acknowledgement to the broker. */
  calls: Call[];
  /** Things that happen at one lifeline. */
  marks: Mark[];
  /** Bars on an endpoint's lifeline: a slot is busy. */
  activities: Activity[];
  /** When an endpoint is down. */
  outages: { lifeline: string; from: number; to: number | null }[];
}
export interface Flight {
  id: number;
  /** What it is, the same for every copy: "command 1", "LineAdded [1, 1]". */
  label: string;
  /** 1 for the original, 2 for its first duplicate … : draw "×2". */
  copy: number;
  /** The flight that this one duplicates or redelivers. */
  of: number | null;
  kind: "message" | "event" | "request" | "answer" | "reply";
  from: string; to: string;
  /** The step that sent it; 0 if it waits from the start. */
  sent: number;
  /** The step that it ended in; null while in flight. */
  ended: number | null;
  fate: "delivered" | "lost" | "in-flight";
  /** Sent by a fault: dashed. */
  duplicate: boolean;
  /** Waits again after a lease, a crash or a handler that gave it back. */
  redelivery: boolean;
  /** Nobody waits for it any more, and it may still arrive. */
  late: boolean;
}
export interface Call {
  step: number; from: string; to: string; slot: number | null;
  /** "Save", "Ack": the action's name. */
  action: string;
  label: string;
  /** Whether it changed what is stored: a box on the database's lifeline. */
  writes: boolean;
  /** What it wrote, one line each, at most four. */
  wrote: string[];
  outcome: "done" | "conflict" | "failed" | "unknown" | "refused";
}
export interface Mark {
  step: number; lifeline: string; slot: number | null;
  kind: "crash" | "recover" | "lease" | "timeout" | "forget" | "gives-back" | "dropped" | "click";
  label: string;
}
export interface Activity { lifeline: string; slot: number; from: number; to: number | null; label: string; /** Cut short by a crash. */ crashed: boolean }

// ---- GET …/next?steps=0.3.1 ------------------------------------------------------------------
export interface Next { actions: Action[] }
export interface Action {
  /** To take it, append it to the path; null if it is not possible now. */
  index: number | null;
  /** Why it is not possible. */
  reason: string | null;
  group: Group;
  action: string; actor: string; slot: number | null; message: Value | null; fault: string | null;
  words: string;
  /** What it would change. */
  changes: Change[];
  /** "always" guarantees that would be false afterwards and are true now. */
  violates: string[];
  /** Steps from the state after it to the nearest one that violates an "always" guarantee; 0 if it
   * does so itself; null if none can be reached, or the search does not know (see `known`). */
  nearest: number | null;
  known: boolean;
}

// ---- GET …/fix?steps=…[&variant=NAME] : the same schedule on the repaired variant ------------
export interface Fix {
  variant: string; summary: string;
  /** The path in the repaired variant, as far as the schedule goes. */
  steps: string;
  /** Per step of the original: the step of the repaired trace that plays it, or null: skipped,
   * since the repaired handler has nothing to do there. Shorter than the original if it diverged. */
  played: (number | null)[];
  /** The step of the original that is not possible any more, and why. */
  diverges: { number: number; words: string; reason: string } | null;
  trace: Trace;
  model: Model;
}

// ---- GET …/graph?steps=… --------------------------------------------------------------------
export interface GraphView {
  /** The whole graph if it has at most 60 states; else what is around the current state. */
  whole: boolean;
  states: number;
  nodes: GraphNode[];
  edges: { from: number; to: number; action: string; slot: number | null }[];
  states_by_depth: number[];
}
export interface GraphNode {
  id: number; depth: number; current: boolean; initial: boolean;
  /** Names of the "always" guarantees that are false there. */
  violates: string[];
  /** A shortest path to it. */
  steps: string;
  /** Not all of its steps are drawn. */
  open: boolean;
}

// ---- GET …/spec ------------------------------------------------------------------------------
/** The protocol's TLA+ module; `actions` gives the lines (from 1, both inclusive) of each operator. */
export interface SpecText { module: string; text: string; actions: Record<string, [number, number]> }

// ---- GET …/tlc : text/event-stream; runs TLC on the same bounds --------------------------------
// event: line → { text } · event: done → TlcReport · event: failed → Problem
export interface TlcReport {
  states: number | null;
  properties: { name: string; verdict: Verdict; imported: Imported | null }[];
}
// ---- POST …/import : body = a log of TLC or an ITF file (text) --------------------------------
export interface Imported {
  source: "tlc" | "itf";
  property: string | null;
  /** The same path in the Rust model, as far as it goes. */
  path: Path;
  /** Each step as the other side has it. */
  steps: { number: number; action: string | null; state: Record<string, Value>; changes: Change[] }[];
  start: Record<string, Value>;
  /** The first step that the Rust model cannot take, or takes to another state. */
  diverges: { number: number; reason: string; instead: Record<string, Value> | null } | null;
}

// ---- Errors: any 4xx or 5xx ------------------------------------------------------------------
export interface Problem {
  error: {
    /** "unknown-protocol", "bad-parameter", "bad-path", "too-large", … */
    code: string;
    /** Where, why, and what to do next. */
    message: string;
  };
}

// ---- Rooms (only with --share) ---------------------------------------------------------------
// POST /api/v1/rooms {name?} → Joined, who drives · POST /api/v1/rooms/{code}/join {name} → Joined
// GET /api/v1/rooms/{code}/events/{id} : event-stream of `room` → RoomState; who listens is there
// PUT /api/v1/rooms/{code}/place {secret, place} · PUT /api/v1/rooms/{code}/timer {secret, seconds|null}
// POST /api/v1/rooms/{code}/wheel {secret, to} hands over, or takes · POST /api/v1/rooms/{code}/leave {secret}
export interface Joined { /** Who you are. */ id: string; secret: string; state: RoomState }
export interface RoomState {
  code: string;
  /** The part of the address after '#': what everybody sees. */
  place: string;
  /** In the order in which they came; `away`: for how many seconds, null while they are there. */
  members: { id: string; name: string; away: number | null }[];
  /** The id of who drives, null if they have left; whoever opened the room drives first. */
  driver: string | null;
  /** In how many seconds anybody may take the wheel; null while the driver is there. */
  free: number | null;
  /** When the timer ends, in seconds from now; null if it does not run. */
  timer: number | null;
  version: number;
}
