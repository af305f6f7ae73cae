// Written by `npm run build` from docs/openapi.json: change the server's types, not this file.

/**
 * A part of a state that a step changes, by the path to it, as in `hist[1]`.
 */
export type Change =
  | {
      kind: "added";
      path: string;
      value: Value;
    }
  | {
      kind: "removed";
      path: string;
      value: Value;
    }
  | {
      after: Value;
      before: Value;
      kind: "changed";
      path: string;
    };
/**
 * A TLA+ value, as `docs/json.md` describes it: `{"#set": […]}`, `{"#map": [[key, value], …]}`,
 * `{"#model": "x"}`; arrays are sequences, other objects records.
 */
export type Value =
  | boolean
  | number
  | string
  | Value[]
  | {
      [k: string]: Value;
    };
/**
 * What kind of step it is.
 */
export type Group =
  "deliver" | "step" | "client" | "recover" | "lose" | "duplicate" | "crash" | "lease" | "timeout" | "forget";
/**
 * Something that may happen next, or that one would expect to.
 */
export type Action = Act & {
  /**
   * Appended to the path it takes the step; none if it is not possible.
   */
  index: number | null;
  /**
   * Whether the search knows: if so and there is no number, none can be reached any more.
   */
  known: boolean;
  /**
   * Steps from the state after it to the nearest one that breaks a promise: in which a guarantee
   * about every state that the variant claims is false; 0 if it is false there.
   */
  nearest: number | null;
  /**
   * Why it is not possible.
   */
  reason: string | null;
};
/**
 * What a piece of text is.
 */
export type BlockKind = "paragraph" | "heading" | "code" | "list" | "numbered" | "table";
/**
 * The style of words.
 */
export type SpanStyle = "plain" | "emphasis" | "strong" | "code";
/**
 * What came of a call.
 */
export type CallOutcome = "done" | "conflict" | "failed" | "unknown" | "refused";
/**
 * What the catalogue expects of a property.
 */
export type Expected = "holds" | "violated";
/**
 * What became of a flight.
 */
export type Fate = "delivered" | "lost" | "in-flight";
/**
 * What travels.
 */
export type FlightKind = "message" | "event" | "request" | "answer" | "reply";
/**
 * What a lifeline is.
 */
export type Role =
  "broker" | "browser" | "endpoint" | "database" | "third-party" | "consumer" | "subscribers";
/**
 * What happens at one lifeline.
 */
export type MarkKind =
  "crash" | "recover" | "lease" | "timeout" | "forget" | "gives-back" | "handled" | "dropped" | "click";
/**
 * How a path goes on: `null` in some way or other; `"stutters"` if nothing happens forever; `n` if after the last step it is back at the state that `n` steps lead to, and repeats forever.
 */
export type End = null | "stutters" | number;
/**
 * What kind of property it is.
 */
export type Expectation = "always" | "sometimes" | "eventually";
/**
 * Whether a run of another variant keeps the promise that the original breaks.
 */
export type FixOutcome = "kept" | "broken" | "not-tried" | "not-asked";
/**
 * One step of a path.
 */
export type Step = Act &
  Frame & {
    /**
     * Its index among the actions of the state before.
     */
    index: number;
    /**
     * From 1.
     */
    number: number;
  };
/**
 * What was found.
 */
export type Verdict = "holds" | "violated" | "unknown";

export interface Api {}
/**
 * What a step is and does.
 */
export interface Act {
  /**
   * The name of the action, the same in TLA+.
   */
  action: string;
  /**
   * Who acts.
   */
  actor: string;
  /**
   * What is different afterwards.
   */
  changes: Change[];
  /**
   * The fault, if it is one.
   */
  fault: string | null;
  group: Group;
  message: null | Value;
  /**
   * The handler slot that acts or is hit.
   */
  slot: number | null;
  /**
   * Guarantees about every state that are true before and false afterwards.
   */
  violates: string[];
  /**
   * A sentence.
   */
  words: string;
}
/**
 * A slot is busy with one message.
 */
export interface Activity {
  /**
   * Whether a crash ended it.
   */
  crashed: boolean;
  /**
   * The step in which it started.
   */
  from: number;
  /**
   * The message.
   */
  label: string;
  /**
   * Whose slot.
   */
  lifeline: string;
  /**
   * Which, from 1.
   */
  slot: number;
  /**
   * The step in which it ended.
   */
  to: number | null;
}
/**
 * Where two sides part.
 */
export interface Apart {
  /**
   * Where the Rust model comes to instead.
   */
  instead: {
    [k: string]: Value;
  } | null;
  /**
   * The step.
   */
  number: number;
  /**
   * Whether the behaviour has other variables, so that it is of another spec.
   */
  other_spec: boolean;
  /**
   * Why.
   */
  reason: string;
}
/**
 * A value and where it stands in a state.
 */
export interface At {
  /**
   * The path, as in `hist[1]`.
   */
  path: string;
  value: Value;
}
/**
 * A piece of text.
 */
export interface Block {
  kind: BlockKind;
  /**
   * Its rows: one of a paragraph or a heading, the items of a list, the rows of a table. The first row of
   * a table has its heads.
   */
  rows: Cell[][];
}
/**
 * A cell of a table; everything else has one in each row.
 */
export interface Cell {
  /**
   * Its words.
   */
  spans: Span[];
}
/**
 * Words in one style.
 */
export interface Span {
  style: SpanStyle;
  /**
   * The words.
   */
  text: string;
}
/**
 * A call that is one step.
 */
export interface Call {
  /**
   * The name of the action.
   */
  action: string;
  /**
   * What it is told, if it asks: `yes`, or what the document says.
   */
  answer: string | null;
  /**
   * Who calls.
   */
  from: string;
  /**
   * What it says.
   */
  label: string;
  outcome: CallOutcome;
  /**
   * In which slot.
   */
  slot: number | null;
  /**
   * The step.
   */
  step: number;
  /**
   * Whom.
   */
  to: string;
  /**
   * Whether it changed what is stored.
   */
  writes: boolean;
  /**
   * What is stored now that was not, one line each.
   */
  wrote: string[];
}
/**
 * Everything there is to explore.
 */
export interface Catalogue {
  course: null | CourseHead;
  /**
   * The parts of the course that a protocol belongs to, in order.
   */
  parts: Part[];
  /**
   * The function that returns this catalogue, as a path in Rust, if it says which.
   */
  path: string | null;
  /**
   * The protocols, as in `tandem list --format json`.
   */
  protocols: Protocol[];
  /**
   * The address that others open, if rooms may be opened.
   */
  share: string | null;
  start: null | Start;
  /**
   * The version of Tandem.
   */
  tandem: string;
  /**
   * The version of the format.
   */
  version: number;
}
/**
 * That there is a course, and where the page opens.
 */
export interface CourseHead {
  /**
   * Differs from one start of the server to the next: a learner's handler was built again.
   */
  build: string;
  own: null | Own;
}
/**
 * The learner's handler that the server was built with.
 */
export interface Own {
  /**
   * Its exercise.
   */
  exercise: string;
  /**
   * Its file.
   */
  file: string;
  /**
   * Whether the page opens on the exercise, for the group, instead of on the handler's model.
   */
  group: boolean;
  /**
   * The lines of each step, by the name of the step; they count from 1.
   */
  lines: {
    [k: string]: number[];
  };
}
/**
 * A part of the course.
 */
export interface Part {
  /**
   * Its number.
   */
  number: number;
  /**
   * Its title.
   */
  title: string;
}
/**
 * A protocol with everything that it says about itself.
 */
export interface Protocol {
  /**
   * Who takes part.
   */
  actors: string[];
  /**
   * Faults that its model knows; they are set like parameters, from 0.
   */
  faults: FaultKind[];
  /**
   * What it is about, in a sentence.
   */
  goal: string;
  /**
   * What it may guarantee.
   */
  guarantees: Guarantee[];
  /**
   * Larger sizes at which it is checked.
   */
  larger: Larger[];
  /**
   * The name of its TLA+ module.
   */
  module: string;
  /**
   * Its name on the command line.
   */
  name: string;
  /**
   * Its bounds.
   */
  parameters: Parameter[];
  /**
   * The part of the course it belongs to, from 1.
   */
  part: number;
  /**
   * Its title.
   */
  title: string;
  /**
   * Its variants.
   */
  variants: Variant[];
}
/**
 * A fault.
 */
export interface FaultKind {
  /**
   * What it hits, and must allow.
   */
  allows: string;
  /**
   * The most it may happen.
   */
  max: number;
  /**
   * Its name on the command line.
   */
  name: string;
  /**
   * What happens, in a sentence.
   */
  summary: string;
}
/**
 * A guarantee.
 */
export interface Guarantee {
  /**
   * Its name, the same in TLA+.
   */
  name: string;
  /**
   * What it promises, in a sentence.
   */
  promise: string;
}
/**
 * A variant at a larger size.
 */
export interface Larger {
  /**
   * Bounds that differ from the variant's.
   */
  bounds: {
    [k: string]: number;
  };
  /**
   * Faults that differ from the variant's.
   */
  faults: {
    [k: string]: number;
  };
  /**
   * Whether it is small enough for TLC.
   */
  tlc: boolean;
  /**
   * The variant.
   */
  variant: string;
}
/**
 * A bound.
 */
export interface Parameter {
  /**
   * What it counts, and must allow to be worth anything.
   */
  allows: string;
  /**
   * Its constant in TLA+.
   */
  constant: string;
  /**
   * What it is if nobody says otherwise.
   */
  default: number;
  /**
   * The most it may be.
   */
  max: number;
  /**
   * The least it may be.
   */
  min: number;
  /**
   * Its name on the command line.
   */
  name: string;
}
/**
 * One way to do it.
 */
export interface Variant {
  /**
   * What one attempt at a message may cost, and how it may end, over all states of the variant. Empty
   * for a variant that the manifest does not pin.
   */
  attempts: string[];
  /**
   * Bounds that differ from the protocol's.
   */
  bounds: {
    [k: string]: number;
  };
  /**
   * What its author believed in.
   */
  claims: string[];
  /**
   * Whether it is meant where no variant is named.
   */
  default: boolean;
  /**
   * What is expected of each guarantee; one that is missing does not apply.
   */
  expected: {
    [k: string]: Expected;
  };
  /**
   * Faults that happen.
   */
  faults: {
    [k: string]: number;
  };
  /**
   * Its name on the command line.
   */
  name: string;
  price: null | Price;
  /**
   * Whether it keeps all that it claims.
   */
  right: boolean;
  /**
   * What it does, in a sentence.
   */
  summary: string;
  /**
   * For a right variant that the manifest pins: each fault of the protocol, with the promises that
   * break when it happens once, together with one crash if the variant survives a crash; no promise
   * if the variant survives it. A fault that leads to too many states is left out.
   */
  survives: {
    [k: string]: string[];
  } | null;
  /**
   * Why a guarantee is violated, in a sentence.
   */
  why: {
    [k: string]: string;
  };
}
/**
 * What a variant costs without faults. Calls are counted for each message more, at all endpoints
 * together; where the protocol knows one message only, for its whole run.
 */
export interface Price {
  /**
   * Requests to a third party.
   */
  asks: number;
  /**
   * The endpoints whose calls are counted.
   */
  endpoints: number;
  keeps: null | Keeps;
  /**
   * Whether every message more costs the same; if not, the numbers are averages.
   */
  linear: boolean;
  /**
   * What it needs of the stores: `versioned-write`, `several-documents` (a transaction over them),
   * `store-and-broker` (a transaction over both).
   */
  needs: string[];
  /**
   * Reads of a store.
   */
  reads: number;
  /**
   * What was measured: runs of one message, of two, and so on.
   */
  runs: PricedRun[];
  /**
   * Messages sent.
   */
  sends: number;
  /**
   * Writes to a store. A transaction is one write.
   */
  writes: number;
}
/**
 * Identities kept for deduplication.
 */
export interface Keeps {
  /**
   * When all is done.
   */
  end: number;
  /**
   * The messages of the run.
   */
  messages: number;
  /**
   * The most on the way.
   */
  most: number;
}
/**
 * The calls of one run without faults.
 */
export interface PricedRun {
  /**
   * Requests to a third party.
   */
  asks: number;
  /**
   * Its messages.
   */
  messages: number;
  /**
   * Reads of a store.
   */
  reads: number;
  /**
   * Messages sent.
   */
  sends: number;
  /**
   * Writes to a store.
   */
  writes: number;
}
/**
 * One variant at one size.
 */
export interface Start {
  /**
   * Bounds and faults, by name.
   */
  parameters: {
    [k: string]: number;
  };
  /**
   * The protocol.
   */
  protocol: string;
  /**
   * The variant.
   */
  variant: string;
}
/**
 * One thing that a guarantee says of a state.
 */
export interface Clause {
  /**
   * What must be true, in a sentence.
   */
  expected: string;
  /**
   * What is there instead, if it is not true.
   */
  found: string | null;
  /**
   * Whether it is so.
   */
  holds: boolean;
  /**
   * What it looks at.
   */
  values: At[];
}
/**
 * The exercises with the learner's progress, and the trainer's plan.
 */
export interface Course {
  /**
   * The exercises by part.
   */
  parts: CoursePart[];
  /**
   * The trainer's notes.
   */
  plan: Block[];
}
/**
 * A part of the course with its exercises.
 */
export interface CoursePart {
  /**
   * Its exercises.
   */
  exercises: ExerciseHead[];
  /**
   * Its number.
   */
  number: number;
  /**
   * Its title.
   */
  title: string;
}
/**
 * An exercise in the list.
 */
export interface ExerciseHead {
  /**
   * How many minutes it should take.
   */
  minutes: number;
  /**
   * Its short name, by which the commands know it.
   */
  name: string;
  /**
   * Its number.
   */
  place: number;
  /**
   * Whether the coach has accepted an answer on the machine that the server runs on.
   */
  solved: boolean;
  /**
   * Its title.
   */
  title: string;
  /**
   * Whether its definition in TLA+ is solved; none if it has none.
   */
  tla: boolean | null;
}
/**
 * A sequence diagram. Rows are steps; 0 is the start.
 */
export interface Diagram {
  /**
   * When slots are busy.
   */
  activities: Activity[];
  /**
   * Calls that are one step.
   */
  calls: Call[];
  /**
   * Everything that travels: one copy of one message each.
   */
  flights: Flight[];
  /**
   * From left to right.
   */
  lifelines: Lifeline[];
  /**
   * What happens at one lifeline.
   */
  marks: Mark[];
  /**
   * When an endpoint is down.
   */
  outages: Outage[];
}
/**
 * One copy of one message under way.
 */
export interface Flight {
  /**
   * 1 for the original, 2 for the first duplicate.
   */
  copy: number;
  /**
   * Whether it is one more copy than was sent: by a fault, or from the beginning.
   */
  duplicate: boolean;
  /**
   * The step in which it ended.
   */
  ended: number | null;
  fate: Fate;
  /**
   * Who sent it.
   */
  from: string;
  /**
   * Its number.
   */
  id: number;
  kind: FlightKind;
  /**
   * What it is, the same for every copy.
   */
  label: string;
  /**
   * Whether nobody waits for it any more.
   */
  late: boolean;
  /**
   * The flight that this one duplicates or repeats.
   */
  of: number | null;
  /**
   * Whether it waits again after it was delivered.
   */
  redelivery: boolean;
  /**
   * The step that sent it.
   */
  sent: number;
  /**
   * To whom.
   */
  to: string;
}
/**
 * Who is drawn as a line.
 */
export interface Lifeline {
  kind: Role;
  /**
   * The name.
   */
  name: string;
}
/**
 * Something that happens at one lifeline.
 */
export interface Mark {
  kind: MarkKind;
  /**
   * In words.
   */
  label: string;
  /**
   * Where.
   */
  lifeline: string;
  /**
   * In which slot.
   */
  slot: number | null;
  /**
   * The step.
   */
  step: number;
  /**
   * What is stored or remembered there now that was not, one line each.
   */
  wrote: string[];
}
/**
 * An endpoint is down.
 */
export interface Outage {
  /**
   * The step in which it crashed.
   */
  from: number;
  /**
   * Which.
   */
  lifeline: string;
  /**
   * The step in which it started again.
   */
  to: number | null;
}
/**
 * A step that one side takes and the other cannot.
 */
export interface Diverges {
  /**
   * Its number, from 1.
   */
  number: number;
  /**
   * Why it is not possible.
   */
  reason: string;
  /**
   * What it would be.
   */
  words: string;
}
/**
 * Where the driver is.
 */
export interface Drive {
  /**
   * What stands after `#` in the address.
   */
  place: string;
  /**
   * The driver's secret.
   */
  secret: string;
}
/**
 * Another model that can be opened.
 */
export interface Elsewhere {
  /**
   * The same in words.
   */
  bounds: string;
  /**
   * Its bounds and faults.
   */
  parameters: {
    [k: string]: number;
  };
  /**
   * Its protocol.
   */
  protocol: string;
  /**
   * Its variant.
   */
  variant: string;
}
/**
 * An exercise as a learner reads it. The solution is asked for by itself.
 */
export interface Exercise {
  /**
   * What to ask oneself afterwards.
   */
  ask: Block[];
  /**
   * Questions for the group.
   */
  discuss: Block[];
  /**
   * The file to edit.
   */
  file: string;
  head: ExerciseHead;
  /**
   * The hints, of which each says more than the one before.
   */
  hints: Block[][];
  /**
   * The counterpart in the other language.
   */
  in_tla: Block[];
  /**
   * The lecture.
   */
  lecture: Block[];
  /**
   * What to look at first.
   */
  look: Block[];
  /**
   * The next exercise; none after the last.
   */
  next: string | null;
  /**
   * The part that it belongs to.
   */
  part: number;
  /**
   * The protocol in which it takes place.
   */
  protocol: string;
  /**
   * The story.
   */
  story: Block[];
  /**
   * The task.
   */
  task: Block[];
  /**
   * What is to be done in TLA+; none if it has no such definition.
   */
  tla_task: Block[] | null;
}
/**
 * A path in another form.
 */
export interface ExportedText {
  /**
   * How the name of a file of this form ends.
   */
  extension: string;
  /**
   * The form.
   */
  form: string;
  /**
   * The text.
   */
  text: string;
}
/**
 * The same schedule on another variant.
 */
export interface Fix {
  diverges: null | Diverges;
  model: Model;
  outcome: FixOutcome;
  /**
   * Per step of the original the step there that plays it; none if there is nothing to do.
   */
  played: (number | null)[];
  /**
   * The path there: as far as the schedule goes, then without faults until all is done.
   */
  steps: string;
  /**
   * What it does.
   */
  summary: string;
  trace: Trace;
  /**
   * The same for every right variant, in the catalogue's order.
   */
  tried: TriedFix[];
  /**
   * The variant.
   */
  variant: string;
}
/**
 * One variant at one size, and what is drawn and asked of it.
 */
export interface Model {
  /**
   * 16 hexadecimal digits that change when the model does.
   */
  digest: string;
  /**
   * The lifelines, from left to right.
   */
  lifelines: Lifeline[];
  /**
   * Whether the catalogue says what to expect at this size.
   */
  named: boolean;
  /**
   * Every bound and fault with its value.
   */
  parameters: {
    [k: string]: number;
  };
  /**
   * Guarantees and witnesses.
   */
  properties: Property[];
  /**
   * The protocol.
   */
  protocol: string;
  /**
   * The right variant to try the same schedule on; none if this is a right one.
   */
  repaired: string | null;
  /**
   * The variant.
   */
  variant: string;
}
/**
 * Something that is asked of a model.
 */
export interface Property {
  /**
   * What a reader calls it: what it promises, in a sentence, or what the run of a witness shows.
   */
  called: string;
  /**
   * Whether the variant's author believed in it.
   */
  claimed: boolean;
  expectation: Expectation;
  expected: null | Expected;
  /**
   * The formula, as in TLA+.
   */
  formula: string;
  /**
   * Its name, the same in TLA+.
   */
  name: string;
  /**
   * Why it is expected to be violated, at the variant's own bounds.
   */
  why: string | null;
}
/**
 * A path with everything that is shown of it.
 */
export interface Trace {
  diagram: Diagram;
  /**
   * That of the model.
   */
  digest: string;
  end: End;
  next: Next;
  /**
   * How many of them come before the first that is told here.
   */
  offset: number;
  start: Frame;
  /**
   * The steps, or as many of them as were asked for.
   */
  steps: Step[];
  /**
   * How many steps it has.
   */
  total: number;
}
/**
 * What may happen next.
 */
export interface Next {
  /**
   * Grouped, in a fixed order.
   */
  actions: Action[];
}
/**
 * A state.
 */
export interface Frame {
  /**
   * Its view.
   */
  state: {
    [k: string]: Value;
  };
  /**
   * The truth of every property's predicate in it.
   */
  truths: Truth[];
}
/**
 * The truth of a predicate in a state.
 */
export interface Truth {
  /**
   * Of a guarantee that does not: what it says, clause by clause.
   */
  clauses: Clause[];
  /**
   * Whether it holds here.
   */
  holds: boolean;
  /**
   * The property.
   */
  name: string;
}
/**
 * A variant that was tried.
 */
export interface TriedFix {
  outcome: FixOutcome;
  /**
   * Its name.
   */
  variant: string;
}
/**
 * A step of the graph.
 */
export interface GraphEdge {
  /**
   * Its action.
   */
  action: string;
  /**
   * From which node.
   */
  from: number;
  /**
   * The handler slot, where the action has one.
   */
  slot: number | null;
  /**
   * To which.
   */
  to: number;
}
/**
 * A state of the graph.
 */
export interface GraphNode {
  /**
   * Whether it is the one on show.
   */
  current: boolean;
  /**
   * Steps of the shortest path to it.
   */
  depth: number;
  /**
   * Its number.
   */
  id: number;
  /**
   * Whether the model may start there.
   */
  initial: boolean;
  /**
   * Whether some of its steps are left out.
   */
  open: boolean;
  /**
   * A shortest path to it.
   */
  steps: string;
  /**
   * Guarantees about every state that are false there.
   */
  violates: string[];
}
/**
 * A graph, or the part of it around a state.
 */
export interface GraphView {
  /**
   * The edges.
   */
  edges: GraphEdge[];
  /**
   * How many of them may be drawn here.
   */
  limit: number;
  /**
   * How many may be asked for.
   */
  most: number;
  /**
   * The nodes.
   */
  nodes: GraphNode[];
  /**
   * Distinct views in all.
   */
  states: number;
  /**
   * Distinct views by the steps of the shortest path to them.
   */
  states_by_depth: number[];
  /**
   * Whether it is all of it; else some node is open, and a larger `limit` shows more.
   */
  whole: boolean;
}
/**
 * Who drives from now on.
 */
export interface HandOver {
  /**
   * The driver's secret; or that of who takes the wheel: the person who opened the room at any time,
   * anybody while nobody drives.
   */
  secret: string;
  /**
   * The next driver's id.
   */
  to: string;
}
/**
 * One of the behaviours of a file.
 */
export interface Head {
  /**
   * What the file says of it.
   */
  heading: string;
  /**
   * How many steps it has.
   */
  steps: number;
}
/**
 * A behaviour that somebody else found, beside the same path in Rust.
 */
export interface Imported {
  /**
   * All behaviours of the file, to choose among; none for a run of TLC from the page.
   */
  behaviours: Head[];
  /**
   * Which of them this is, from 0.
   */
  chosen: number;
  diverges: null | Apart;
  /**
   * On which other model it was recorded, if it says so, in words.
   */
  elsewhere: string | null;
  /**
   * What the file says of it.
   */
  heading: string;
  /**
   * What was done to read it, and what is missing.
   */
  notes: string[];
  offer: null | Elsewhere;
  path: Path;
  /**
   * What it violates, if it says so.
   */
  property: string | null;
  /**
   * `tlc`, `tla-rs`, `itf` or `tandem`.
   */
  source: string;
  /**
   * Its first state.
   */
  start: {
    [k: string]: Value;
  };
  /**
   * Its steps.
   */
  steps: OtherStep[];
}
/**
 * A path of a model.
 */
export interface Path {
  end: End;
  /**
   * The index of each step among the actions of the state before it, joined by dots: `0.3.1`.
   */
  steps: string;
}
/**
 * A step as the other side has it.
 */
export interface OtherStep {
  /**
   * The name of the action, if it is told.
   */
  action: string | null;
  /**
   * What is different afterwards.
   */
  changes: Change[];
  /**
   * From 1.
   */
  number: number;
  /**
   * The step of the Rust path that is the same, from 1; none where the two have parted.
   */
  rust: number | null;
  /**
   * The state afterwards.
   */
  state: {
    [k: string]: Value;
  };
  /**
   * Whether it changes nothing and the Rust model stays where it is.
   */
  stutters: boolean;
}
/**
 * How one joins, or opens a room.
 */
export interface Join {
  /**
   * The name that others see; who opens a room need not have one.
   */
  name?: string | null;
}
/**
 * A room, to whoever opened or joined it.
 */
export interface Joined {
  /**
   * Who you are.
   */
  id: string;
  /**
   * What proves that you are it.
   */
  secret: string;
  state: RoomState;
}
/**
 * What everybody in a room sees.
 */
export interface RoomState {
  /**
   * Its code.
   */
  code: string;
  /**
   * The id of who drives; none if they have left.
   */
  driver: string | null;
  /**
   * Seconds until anybody may take the wheel; none while the driver is there.
   */
  free: number | null;
  /**
   * The id of who opened the room: they may take the wheel at any time.
   */
  host: string;
  /**
   * Who is in it, in the order in which they came.
   */
  members: Member[];
  /**
   * What stands after `#` in the driver's address.
   */
  place: string;
  /**
   * Seconds until the timer ends; none if it does not run.
   */
  timer: number | null;
  /**
   * Grows with each change.
   */
  version: number;
}
/**
 * Somebody in a room.
 */
export interface Member {
  /**
   * For how many seconds no page of theirs has followed the room; none while one does.
   */
  away: number | null;
  /**
   * Who that is.
   */
  id: string;
  /**
   * The name that was given.
   */
  name: string;
}
/**
 * Who leaves.
 */
export interface Leave {
  /**
   * Proves who that is.
   */
  secret: string;
}
/**
 * Some lines of a text.
 */
export interface Lines {
  /**
   * The first, from 1.
   */
  first: number;
  /**
   * The last.
   */
  last: number;
}
/**
 * An answer that is none.
 */
export interface Problem {
  error: ProblemBody;
}
/**
 * What is wrong.
 */
export interface ProblemBody {
  /**
   * For programs, in kebab case.
   */
  code: string;
  /**
   * For people: where, why, and what to do next.
   */
  message: string;
}
/**
 * How far a search is.
 */
export interface Progress {
  /**
   * How many large searches have their turn before it, while it waits for its own.
   */
  before: number | null;
  /**
   * Levels begun.
   */
  depth: number;
  /**
   * How many raw states there will be, once they grow fewer.
   */
  estimate: number | null;
  /**
   * Resident memory of the server.
   */
  memory: number;
  /**
   * What is decided for good, the nearest first, as the report will say it: guarantees that a state
   * violates, and witnesses that are reached. What must come true some day is judged at the end.
   */
  properties: PropertyResult[];
  /**
   * States whose steps have not been taken.
   */
  queue: number;
  /**
   * States per second.
   */
  rate: number;
  /**
   * Since the search began.
   */
  seconds: number;
  /**
   * Raw states met.
   */
  states: number;
  /**
   * Steps taken.
   */
  steps: number;
}
/**
 * What was found of one property.
 */
export interface PropertyResult {
  /**
   * Its name.
   */
  name: string;
  path: null | Path;
  /**
   * Steps of the shortest path that shows it.
   */
  steps: number | null;
  verdict: Verdict;
}
/**
 * What a search has found.
 */
export interface Report {
  /**
   * Steps of each action.
   */
  actions: {
    [k: string]: number;
  };
  /**
   * Whether every state was seen.
   */
  complete: boolean;
  deadlock: null | Path;
  /**
   * States on the longest of all shortest paths.
   */
  depth: number;
  /**
   * Why not.
   */
  incomplete: string | null;
  /**
   * Whether it was stopped to make room for others, and may end where it is begun again.
   */
  interrupted: boolean;
  /**
   * Actions that are never taken although the faults allow them.
   */
  never: string[];
  /**
   * Guarantees and witnesses.
   */
  properties: PropertyResult[];
  /**
   * Raw states.
   */
  raw_states: number;
  /**
   * How long it took.
   */
  seconds: number;
  /**
   * Distinct views.
   */
  states: number;
  /**
   * Distinct views by the steps of the shortest path to them.
   */
  states_by_depth: number[];
  /**
   * Steps between them.
   */
  transitions: number;
}
/**
 * The solution of an exercise.
 */
export interface Solution {
  /**
   * The file, in Rust.
   */
  code: string;
  /**
   * Why it is right.
   */
  why: Block[];
}
/**
 * The TLA+ module.
 */
export interface SpecText {
  /**
   * Where each operator at the top stands.
   */
  actions: {
    [k: string]: Lines;
  };
  /**
   * Its name.
   */
  module: string;
  /**
   * Its text.
   */
  text: string;
}
/**
 * When the timer ends.
 */
export interface Timer {
  /**
   * Seconds from now, at most two hours; none stops it.
   */
  seconds?: number | null;
  /**
   * The driver's secret.
   */
  secret: string;
}
/**
 * What a run of TLC, or of the engine that evaluates TLA+ in the server's process, has found.
 */
export interface TlcReport {
  /**
   * Which engine it was: `tlc` or `tla-rs`.
   */
  engine: string;
  /**
   * Why it did not see all of them.
   */
  incomplete: string | null;
  /**
   * Guarantees and witnesses.
   */
  properties: TlcResult[];
  /**
   * Distinct states.
   */
  states: number;
  /**
   * Why TLC was not asked, a sentence; nothing if it was.
   */
  without_tlc: string | null;
}
/**
 * What was found of one property.
 */
export interface TlcResult {
  imported: null | Imported;
  /**
   * Its name.
   */
  name: string;
  verdict: Verdict;
}
