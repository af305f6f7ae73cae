// Written by `npm run build` from docs/openapi.json: change the server's types, not this file.

/**
 * A part of a state that a step changes, with its position in the state, as in `hist[1]`.
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
 * `{"#model": "x"}`. Arrays are sequences; other objects are records.
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
 * The headings under which actions are listed.
 */
export type Group =
  "deliver" | "step" | "client" | "recover" | "lose" | "duplicate" | "crash" | "lease" | "timeout" | "forget";
/**
 * An action that is possible, or that a reader would expect to be.
 */
export type Action = Act & {
  /**
   * Its index. Appended to the path, it takes the step. `null` if the action is not possible.
   */
  index: number | null;
  /**
   * Whether the search has determined `nearest`. If so and `nearest` is `null`, no such state can
   * be reached any more.
   */
  known: boolean;
  /**
   * The number of steps from the state after it to the nearest state in which a guarantee about
   * every state that the variant claims is false; 0 if it is false right after the action.
   */
  nearest: number | null;
  /**
   * Why it is not possible.
   */
  reason: string | null;
};
/**
 * The kinds of text blocks.
 */
export type BlockKind = "paragraph" | "heading" | "code" | "list" | "numbered" | "table";
/**
 * The style of a span.
 */
export type SpanStyle = "plain" | "emphasis" | "strong" | "code";
/**
 * How a call ended.
 */
export type CallOutcome = "done" | "conflict" | "failed" | "unknown" | "refused";
/**
 * The result that the catalogue expects for a property.
 */
export type Expected = "holds" | "violated";
/**
 * How a flight ended.
 */
export type Fate = "delivered" | "lost" | "in-flight";
/**
 * What a flight carries.
 */
export type FlightKind = "message" | "event" | "request" | "answer" | "reply";
/**
 * The kind of participant that a lifeline stands for.
 */
export type Role =
  "broker" | "browser" | "endpoint" | "database" | "third-party" | "consumer" | "subscribers";
/**
 * The kinds of events at one lifeline.
 */
export type MarkKind =
  "crash" | "recover" | "lease" | "timeout" | "forget" | "gives-back" | "handled" | "dropped" | "click";
/**
 * How a path continues after its last step: `null` if this is not specified; `"stutters"` if it stays in the last state forever; `n` if the last step returns to the state after `n` steps, from which the path repeats forever.
 */
export type End = null | "stutters" | number;
/**
 * The kind of property.
 */
export type Expectation = "always" | "sometimes" | "eventually";
/**
 * Whether a run of another variant keeps the guarantee that the original violates.
 */
export type FixOutcome = "kept" | "broken" | "not-tried" | "not-asked";
/**
 * One step of a path.
 */
export type Step = Act &
  Frame & {
    /**
     * Its index among the actions of the state before it.
     */
    index: number;
    /**
     * Its number, from 1.
     */
    number: number;
  };
/**
 * The verdict on a property.
 */
export type Verdict = "holds" | "violated" | "unknown";

export interface Api {}
/**
 * The action of a step and its effect.
 */
export interface Act {
  /**
   * The name of the action, the same as in TLA+.
   */
  action: string;
  /**
   * The participant that acts.
   */
  actor: string;
  /**
   * The differences between the states before and after the step.
   */
  changes: Change[];
  /**
   * The fault, if the action is one.
   */
  fault: string | null;
  group: Group;
  message: null | Value;
  /**
   * The handler slot that acts, or that a fault hits.
   */
  slot: number | null;
  /**
   * The guarantees about every state that are true before it and false after it.
   */
  violates: string[];
  /**
   * A sentence that describes it.
   */
  words: string;
}
/**
 * A handler slot is busy with one message.
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
   * The lifeline of the endpoint that the slot belongs to.
   */
  lifeline: string;
  /**
   * The number of the slot, from 1.
   */
  slot: number;
  /**
   * The step in which it ended.
   */
  to: number | null;
}
/**
 * Where the behaviour and the Rust model diverge.
 */
export interface Apart {
  /**
   * The state that the Rust model reaches instead.
   */
  instead: {
    [k: string]: Value;
  } | null;
  /**
   * The number of the step.
   */
  number: number;
  /**
   * Whether the behaviour has other variables, which means that it belongs to another spec.
   */
  other_spec: boolean;
  /**
   * Why.
   */
  reason: string;
}
/**
 * A value and its position in a state.
 */
export interface At {
  /**
   * The position, as in `hist[1]`.
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
   * Its rows. A paragraph or heading has one row; a list has one for each item; a table has its rows, and
   * the first is the head.
   */
  rows: Cell[][];
}
/**
 * A cell of a table. All other blocks have one cell in each row.
 */
export interface Cell {
  /**
   * The spans of text in it.
   */
  spans: Span[];
}
/**
 * A span of text in one style.
 */
export interface Span {
  style: SpanStyle;
  /**
   * The text.
   */
  text: string;
}
/**
 * A call that takes one step.
 */
export interface Call {
  /**
   * The name of the action.
   */
  action: string;
  /**
   * The result, if the call asks something: `yes`, or the content of the document.
   */
  answer: string | null;
  /**
   * The lifeline that calls.
   */
  from: string;
  /**
   * The text on the arrow.
   */
  label: string;
  outcome: CallOutcome;
  /**
   * The number of the handler slot that calls.
   */
  slot: number | null;
  /**
   * The step.
   */
  step: number;
  /**
   * The lifeline that is called.
   */
  to: string;
  /**
   * Whether it changed what is stored.
   */
  writes: boolean;
  /**
   * What the call added to the stored data, one line each.
   */
  wrote: string[];
}
/**
 * The catalogue, and where the page opens.
 */
export interface Catalogue {
  course: null | CourseHead;
  /**
   * The parts of the course that a protocol belongs to, in order.
   */
  parts: Part[];
  /**
   * The Rust path of the function that returns this catalogue, if the catalogue names it.
   */
  path: string | null;
  /**
   * The protocols, as in `tandem list --format json`.
   */
  protocols: Protocol[];
  /**
   * The address for others, if rooms can be opened.
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
 * The course in general: what the page needs before it opens it.
 */
export interface CourseHead {
  /**
   * Identifies the start of the server. It changes when the learner's handler was rebuilt.
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
   * Whether the page opens with the exercise for the group, instead of with the handler's model.
   */
  group: boolean;
  /**
   * The lines of each step, by the name of the step. Lines count from 1.
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
 * A protocol with its description.
 */
export interface Protocol {
  /**
   * The participants.
   */
  actors: string[];
  /**
   * The faults in its model. They are set like parameters, and each has the minimum 0.
   */
  faults: FaultKind[];
  /**
   * Its goal, in a sentence.
   */
  goal: string;
  /**
   * The guarantees that its variants may claim.
   */
  guarantees: Guarantee[];
  /**
   * Larger bounds with which it is checked.
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
   * What it hits, and what it must allow so that the check is meaningful.
   */
  allows: string;
  /**
   * Its maximum.
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
   * Its promise, in a sentence.
   */
  promise: string;
}
/**
 * A variant with larger bounds.
 */
export interface Larger {
  /**
   * The bounds that differ from the variant's.
   */
  bounds: {
    [k: string]: number;
  };
  /**
   * The faults that differ from the variant's.
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
   * What it counts, and what it must allow so that the check is meaningful.
   */
  allows: string;
  /**
   * Its constant in TLA+.
   */
  constant: string;
  /**
   * Its default.
   */
  default: number;
  /**
   * Its maximum.
   */
  max: number;
  /**
   * Its minimum.
   */
  min: number;
  /**
   * Its name on the command line.
   */
  name: string;
}
/**
 * A variant of a protocol.
 */
export interface Variant {
  /**
   * What one attempt at a message may cost and how it may end, over all states of the variant. Empty
   * for a variant that the manifest does not pin.
   */
  attempts: string[];
  /**
   * The bounds that differ from the protocol's.
   */
  bounds: {
    [k: string]: number;
  };
  /**
   * The guarantees that it claims.
   */
  claims: string[];
  /**
   * Whether it is used when no variant is named.
   */
  default: boolean;
  /**
   * The expected result for each guarantee. A guarantee that does not apply is missing.
   */
  expected: {
    [k: string]: Expected;
  };
  /**
   * The faults that may happen.
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
   * Whether all guarantees that it claims hold.
   */
  right: boolean;
  /**
   * What it does, in a sentence.
   */
  summary: string;
  /**
   * For a correct variant that the manifest pins: each fault of the protocol, with the claimed
   * guarantees that are violated when it happens once; an empty list if the variant survives it. If
   * the variant survives a crash, the fault is combined with one crash. A fault that leads to too
   * many states is left out.
   */
  survives: {
    [k: string]: string[];
  } | null;
  /**
   * For each violated guarantee a sentence why.
   */
  why: {
    [k: string]: string;
  };
}
/**
 * The price of a variant without faults. Calls are counted for each additional message, over all
 * endpoints. If the protocol has only one message, they are counted for its whole run.
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
   * Whether every additional message costs the same. If not, the numbers are averages.
   */
  linear: boolean;
  /**
   * The features that it needs from the broker and the stores: `ordered-queue` (a queue that hands out the
   * messages of one key in their order), `versioned-write`, `several-documents` (a transaction over
   * several documents), `store-and-broker` (a transaction over both).
   */
  needs: string[];
  /**
   * Reads of a store.
   */
  reads: number;
  /**
   * The measured runs: of one message, of two, and so on.
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
   * The number when all work is done.
   */
  end: number;
  /**
   * The number of messages in the run.
   */
  messages: number;
  /**
   * The largest number at any time.
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
   * The number of messages.
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
 * One variant with its bounds and faults.
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
 * One clause of a guarantee.
 */
export interface Clause {
  /**
   * What must be true, as a sentence.
   */
  expected: string;
  /**
   * What is the case instead, if it is false.
   */
  found: string | null;
  /**
   * Whether it is true.
   */
  holds: boolean;
  /**
   * The values that it depends on.
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
   * Its short name, which the commands accept.
   */
  name: string;
  /**
   * Its number.
   */
  place: number;
  /**
   * Whether the coach has accepted an answer. This is known only for the machine that the server runs on.
   */
  solved: boolean;
  /**
   * Its title.
   */
  title: string;
  /**
   * Whether its TLA+ definition is solved; `null` if it has none.
   */
  tla: boolean | null;
}
/**
 * A sequence diagram. Rows are steps; 0 is the start.
 */
export interface Diagram {
  /**
   * The times in which handler slots are busy.
   */
  activities: Activity[];
  /**
   * Calls that take one step.
   */
  calls: Call[];
  /**
   * All messages, events, requests and answers. Each copy is a flight of its own.
   */
  flights: Flight[];
  /**
   * The lifelines, from left to right.
   */
  lifelines: Lifeline[];
  /**
   * Events at a single lifeline.
   */
  marks: Mark[];
  /**
   * The times in which endpoints are down.
   */
  outages: Outage[];
}
/**
 * One copy of one message on its way.
 */
export interface Flight {
  /**
   * 1 for the original, 2 for the first duplicate.
   */
  copy: number;
  /**
   * Whether it is a copy that nobody sent: made by a fault, or present from the start.
   */
  duplicate: boolean;
  /**
   * The step in which it ended.
   */
  ended: number | null;
  fate: Fate;
  /**
   * The lifeline that sent it.
   */
  from: string;
  /**
   * Its number.
   */
  id: number;
  kind: FlightKind;
  /**
   * The text on its arrow, the same for every copy.
   */
  label: string;
  /**
   * Whether nobody waits for it any more.
   */
  late: boolean;
  /**
   * The flight of which this one is a duplicate or a redelivery.
   */
  of: number | null;
  /**
   * Whether it was delivered before and waits in the queue again.
   */
  redelivery: boolean;
  /**
   * The step that sent it.
   */
  sent: number;
  /**
   * The lifeline that it is sent to.
   */
  to: string;
}
/**
 * A lifeline of the diagram.
 */
export interface Lifeline {
  kind: Role;
  /**
   * The name.
   */
  name: string;
}
/**
 * An event at one lifeline.
 */
export interface Mark {
  kind: MarkKind;
  /**
   * A description.
   */
  label: string;
  /**
   * The name of the lifeline.
   */
  lifeline: string;
  /**
   * The number of the handler slot.
   */
  slot: number | null;
  /**
   * The step.
   */
  step: number;
  /**
   * What the event added to the data stored there, one line each.
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
   * The endpoint's lifeline.
   */
  lifeline: string;
  /**
   * The step in which it started again.
   */
  to: number | null;
}
/**
 * A step of one side that the other side cannot take.
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
   * A description of the step.
   */
  words: string;
}
/**
 * A request that moves the room to a new place.
 */
export interface Drive {
  /**
   * The part of the address after `#`.
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
   * A description of the bounds and faults.
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
 * An exercise for a learner. The solution is a separate request.
 */
export interface Exercise {
  /**
   * Questions to ask oneself afterwards.
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
   * The hints. Each says more than the one before.
   */
  hints: Block[][];
  /**
   * The corresponding definition in the other language.
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
   * The next exercise; `null` after the last.
   */
  next: string | null;
  /**
   * The part that it belongs to.
   */
  part: number;
  /**
   * The protocol that it uses.
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
   * The task in TLA+; `null` if there is none.
   */
  tla_task: Block[] | null;
}
/**
 * A path in another format.
 */
export interface ExportedText {
  /**
   * The extension of a file in this format.
   */
  extension: string;
  /**
   * The format.
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
   * For each step of the original, the step that plays it; `null` if there is nothing to do.
   */
  played: (number | null)[];
  /**
   * The path on that variant: the schedule as far as it is possible, then steps without faults
   * until all work is done.
   */
  steps: string;
  /**
   * A summary of the variant.
   */
  summary: string;
  trace: Trace;
  /**
   * The outcome for every correct variant, in the catalogue's order.
   */
  tried: TriedFix[];
  /**
   * The variant.
   */
  variant: string;
}
/**
 * One variant with its bounds and faults, its lifelines and its properties.
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
   * Whether the catalogue has expected results for these bounds and faults.
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
   * The correct variant on which the same schedule is tried; `null` if this variant is correct.
   */
  repaired: string | null;
  /**
   * The variant.
   */
  variant: string;
}
/**
 * A property of a model.
 */
export interface Property {
  /**
   * A sentence for readers: what the guarantee promises, or what the run of a witness shows.
   */
  called: string;
  /**
   * Whether the variant claims it.
   */
  claimed: boolean;
  expectation: Expectation;
  expected: null | Expected;
  /**
   * The formula, in TLA+.
   */
  formula: string;
  /**
   * Its name, the same as in TLA+.
   */
  name: string;
  /**
   * Why it is expected to be violated. Present only with the variant's own bounds.
   */
  why: string | null;
}
/**
 * A path with all data that is shown about it.
 */
export interface Trace {
  diagram: Diagram;
  /**
   * The digest of the model.
   */
  digest: string;
  end: End;
  next: Next;
  /**
   * The number of steps before the first one in `steps`.
   */
  offset: number;
  start: Frame;
  /**
   * The steps, or as many of them as were requested.
   */
  steps: Step[];
  /**
   * The number of steps of the whole path.
   */
  total: number;
}
/**
 * The possible next actions.
 */
export interface Next {
  /**
   * The actions, grouped in a fixed order.
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
   * For each property, whether its predicate is true in the state.
   */
  truths: Truth[];
}
/**
 * Whether a predicate is true in a state.
 */
export interface Truth {
  /**
   * If a guarantee is false: its clauses, each with whether it is true.
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
   * The node where it starts.
   */
  from: number;
  /**
   * The handler slot, where the action has one.
   */
  slot: number | null;
  /**
   * The node where it ends.
   */
  to: number;
}
/**
 * A state of the graph.
 */
export interface GraphNode {
  /**
   * Whether it is the state that the page shows.
   */
  current: boolean;
  /**
   * The number of steps on a shortest path to it.
   */
  depth: number;
  /**
   * Its number.
   */
  id: number;
  /**
   * Whether it is an initial state.
   */
  initial: boolean;
  /**
   * Whether some of its steps are not drawn.
   */
  open: boolean;
  /**
   * A shortest path to it.
   */
  steps: string;
  /**
   * The names of the guarantees about every state that are false in it.
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
   * The limit on drawn nodes.
   */
  limit: number;
  /**
   * The largest possible limit.
   */
  most: number;
  /**
   * The nodes.
   */
  nodes: GraphNode[];
  /**
   * The number of distinct views in the whole graph.
   */
  states: number;
  /**
   * The number of distinct views at each depth; the depth is the number of steps on a shortest
   * path.
   */
  states_by_depth: number[];
  /**
   * Whether this is the whole graph. If not, some node is `open`, and a larger `limit` shows
   * more.
   */
  whole: boolean;
}
/**
 * A request that changes the driver.
 */
export interface HandOver {
  /**
   * The driver's secret, or the secret of the member who takes over: the one who opened the room at
   * any time, anybody while nobody drives.
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
   * The description in the file.
   */
  heading: string;
  /**
   * How many steps it has.
   */
  steps: number;
}
/**
 * A behaviour from another tool, beside the same path in the Rust model.
 */
export interface Imported {
  /**
   * All behaviours of the file, to choose from; empty for a run of TLC from the page.
   */
  behaviours: Head[];
  /**
   * The index of the chosen behaviour, from 0.
   */
  chosen: number;
  diverges: null | Apart;
  /**
   * A description of the other model that it was recorded with, if the file says so.
   */
  elsewhere: string | null;
  /**
   * The description in the file.
   */
  heading: string;
  /**
   * Notes about how the file was read, and what is missing in it.
   */
  notes: string[];
  offer: null | Elsewhere;
  path: Path;
  /**
   * The property that it violates, if the file says so.
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
 * A step of the behaviour.
 */
export interface OtherStep {
  /**
   * The name of the action, if the file has it.
   */
  action: string | null;
  /**
   * The differences between the states before and after the step.
   */
  changes: Change[];
  /**
   * Its number, from 1.
   */
  number: number;
  /**
   * The corresponding step of the Rust path, from 1; `null` after the two have diverged.
   */
  rust: number | null;
  /**
   * The state after the step.
   */
  state: {
    [k: string]: Value;
  };
  /**
   * Whether it is a stuttering step, in which the Rust model stays in the same state.
   */
  stutters: boolean;
}
/**
 * A request to join or open a room.
 */
export interface Join {
  /**
   * The name that others see. It is optional when opening a room.
   */
  name?: string | null;
}
/**
 * The answer to a request that opens or joins a room.
 */
export interface Joined {
  /**
   * Your id.
   */
  id: string;
  /**
   * The secret that proves your identity.
   */
  secret: string;
  state: RoomState;
}
/**
 * The state of a room that all members see.
 */
export interface RoomState {
  /**
   * The code of the room.
   */
  code: string;
  /**
   * The id of the driver; `null` if the driver has left.
   */
  driver: string | null;
  /**
   * Seconds until anybody may take over; `null` while the driver is present.
   */
  free: number | null;
  /**
   * The id of the member who opened the room. They may take over at any time.
   */
  host: string;
  /**
   * The members, in the order in which they joined.
   */
  members: Member[];
  /**
   * The part of the driver's address after `#`.
   */
  place: string;
  /**
   * Seconds until the timer ends; `null` if it is not running.
   */
  timer: number | null;
  /**
   * A number that grows with each change.
   */
  version: number;
}
/**
 * A member of a room.
 */
export interface Member {
  /**
   * For how many seconds no page of the member has followed the room; `null` while one does.
   */
  away: number | null;
  /**
   * The member's id.
   */
  id: string;
  /**
   * The member's name.
   */
  name: string;
}
/**
 * A request to leave.
 */
export interface Leave {
  /**
   * The secret of the member who leaves.
   */
  secret: string;
}
/**
 * A range of lines.
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
 * An error response.
 */
export interface Problem {
  error: ProblemBody;
}
/**
 * What is wrong.
 */
export interface ProblemBody {
  /**
   * The code of the error, for programs, in kebab case.
   */
  code: string;
  /**
   * The message for people: where, why, and what to do next.
   */
  message: string;
}
/**
 * The progress of a search.
 */
export interface Progress {
  /**
   * While the search waits for its turn: how many large searches come before it.
   */
  before: number | null;
  /**
   * Levels of the breadth-first search that were begun.
   */
  depth: number;
  /**
   * An estimate of all raw states, available once the levels become smaller.
   */
  estimate: number | null;
  /**
   * Resident memory of the server.
   */
  memory: number;
  /**
   * The properties whose result can no longer change, those with the shortest path first, as in the
   * final report: guarantees that a state violates, and witnesses that are reached. Liveness is
   * judged at the end.
   */
  properties: PropertyResult[];
  /**
   * States in the frontier, whose steps have not been taken.
   */
  queue: number;
  /**
   * States per second.
   */
  rate: number;
  /**
   * Seconds since the search began.
   */
  seconds: number;
  /**
   * Raw states found.
   */
  states: number;
  /**
   * Steps taken.
   */
  steps: number;
}
/**
 * The result for one property.
 */
export interface PropertyResult {
  /**
   * Its name.
   */
  name: string;
  path: null | Path;
  /**
   * The number of steps on the shortest path that shows it.
   */
  steps: number | null;
  verdict: Verdict;
}
/**
 * The result of a search.
 */
export interface Report {
  /**
   * The number of steps of each action.
   */
  actions: {
    [k: string]: number;
  };
  /**
   * Whether every state was found.
   */
  complete: boolean;
  deadlock: null | Path;
  /**
   * The number of states on the longest of all shortest paths.
   */
  depth: number;
  /**
   * Why not; `null` if every state was found.
   */
  incomplete: string | null;
  /**
   * Whether it was stopped to make room for others. A new search of the same model may finish.
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
   * The duration in seconds.
   */
  seconds: number;
  /**
   * Distinct views.
   */
  states: number;
  /**
   * The number of distinct views at each depth; the depth is the number of steps on a shortest
   * path.
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
   * The lines of each top-level operator.
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
 * A request that starts or stops the timer.
 */
export interface Timer {
  /**
   * Seconds from now, at most two hours; `null` stops the timer.
   */
  seconds?: number | null;
  /**
   * The driver's secret.
   */
  secret: string;
}
/**
 * The result of a run of TLC, or of the engine that evaluates TLA+ in the server's process.
 */
export interface TlcReport {
  /**
   * The engine: `tlc` or `tla-rs`.
   */
  engine: string;
  /**
   * Why the run did not see all states; `null` if it did.
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
   * Why TLC was not used, as a sentence; `null` if it was.
   */
  without_tlc: string | null;
}
/**
 * The result for one property.
 */
export interface TlcResult {
  imported: null | Imported;
  /**
   * Its name.
   */
  name: string;
  verdict: Verdict;
}
