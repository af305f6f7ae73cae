// Traces by hand for tests and for the gallery: what the server sends for the course's own bugs.
import type { Activity, Call, Diagram, End, Flight, Lifeline, Mark, Trace, Step, Value } from "../api/types";

export interface Fixture { name: string; trace: Trace }

type Part<T, Given extends keyof T> = Pick<T, Given> & Partial<T>;

function flight(given: Part<Flight, "id" | "label" | "from" | "to" | "sent">): Flight {
  const ended = given.ended ?? null;
  return { copy: 1, of: null, kind: "message", fate: ended === null ? "in-flight" : "delivered", duplicate: false, redelivery: false, late: false, ...given, ended };
}

function call(given: Part<Call, "step" | "from" | "to" | "action" | "label">): Call {
  return { slot: 1, answer: null, writes: false, wrote: [], outcome: "done", ...given };
}

function mark(step: number, lifeline: string, kind: Mark["kind"], label: string, slot: number | null = null, wrote: string[] = []): Mark {
  return { step, lifeline, kind, label, slot, wrote };
}

function activity(lifeline: string, slot: number, from: number, to: number | null, label: string, crashed = false): Activity {
  return { lifeline, slot, from, to, label, crashed };
}

interface Story {
  name: string; lifelines: [string, Lifeline["kind"]][];
  steps: [actor: string, action: string, words: string, more?: Partial<Step>][];
  flights: Flight[]; calls?: Call[]; marks?: Mark[]; activities?: Activity[]; outages?: Diagram["outages"];
  end?: End;
}

function fixture({ name, lifelines, steps, flights, calls = [], marks = [], activities = [], outages = [], end = null }: Story): Fixture {
  const state: Record<string, Value> = { incoming: [1], slots: [{ at: "Idle" }], up: true, sent: { "#set": [] } };
  const diagram: Diagram = { lifelines: lifelines.map(([each, kind]) => ({ name: each, kind })), flights, calls, marks, activities, outages };
  return {
    name,
    trace: {
      digest: "0123456789abcdef", start: { state, truths: [] }, end, diagram, total: steps.length, offset: 0, next: { actions: [] },
      steps: steps.map(([actor, action, words, more], place): Step => ({
        number: place + 1, index: 0, action, actor, slot: 1, message: 1, fault: null, group: "step", words, state,
        changes: [{ path: "slots[1].at", kind: "changed", before: "Idle", after: action }], violates: [], truths: [], ...more,
      })),
    },
  };
}

function broken(name: string, expected: string, values: Record<string, Value>): Partial<Step> {
  const clause = { expected, found: "something else", holds: false, values: Object.entries(values).map(([path, value]) => ({ path, value })) };
  return { violates: [name], truths: [{ name, holds: false, clauses: [clause] }] };
}

/** The order is saved, the endpoint crashes before it acknowledges, and the command comes again. */
export const duplicateEffect = fixture({
  name: "Duplicate effect after a crash",
  lifelines: [["Broker", "broker"], ["Orders", "endpoint"], ["Database", "database"], ["Subscribers", "subscribers"]],
  steps: [
    ["Orders", "Receive", "Orders starts on message 1"],
    ["Orders", "Load", "Orders loads the order (message 1)"],
    ["Orders", "Save", "Orders saves the order (message 1)"],
    ["Orders", "Publish", "Orders publishes LineAdded (message 1)"],
    ["Orders", "Crash", "Orders crashes: what it was doing is lost, and message 1 goes back to the queue", { slot: null, fault: "crash", group: "crash" }],
    ["Orders", "Recover", "Orders starts again", { slot: null, group: "recover" }],
    ["Orders", "Receive", "Orders starts on message 1"],
    ["Orders", "Load", "Orders loads the order (message 1)"],
    ["Orders", "Save", "Orders saves the order (message 1)", broken("NoDoubleEffect", "no message changes the order twice", { hist: [1, 1] })],
  ],
  flights: [
    flight({ id: 1, label: "command 1", from: "Broker", to: "Orders", sent: 0, ended: 1 }),
    flight({ id: 2, label: "LineAdded [1, 1]", kind: "event", from: "Orders", to: "Subscribers", sent: 4, ended: 4 }),
    flight({ id: 3, label: "command 1", from: "Broker", to: "Orders", sent: 5, ended: 7, of: 1, redelivery: true }),
  ],
  calls: [
    call({ step: 2, from: "Orders", to: "Database", action: "Load", label: "load the order" }),
    call({ step: 3, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["order.lines = <<1>>", "order.version = 1"] }),
    call({ step: 8, from: "Orders", to: "Database", action: "Load", label: "load the order" }),
    call({ step: 9, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["order.lines = <<1, 1>>", "order.version = 2"] }),
  ],
  marks: [mark(5, "Orders", "crash", "crash"), mark(6, "Orders", "recover", "up again")],
  activities: [activity("Orders", 1, 1, 5, "command 1", true), activity("Orders", 1, 7, null, "command 1")],
  outages: [{ lifeline: "Orders", from: 5, to: 6 }],
});

/** A lease expires while a slow handler works; another slot takes the same command. */
export const race = fixture({
  name: "Two slots race after a lease expires",
  lifelines: [["Broker", "broker"], ["Orders", "endpoint"], ["Database", "database"]],
  steps: [
    ["Orders", "Receive", "Orders starts on message 1 in slot 1"],
    ["Orders", "Load", "Orders loads the order (message 1) in slot 1"],
    ["Broker", "LeaseExpires", "The lease of message 1 expires: it waits again", { fault: "lease", group: "lease" }],
    ["Broker", "Duplicate", "Message 2 is delivered once more than it was sent", { slot: null, fault: "duplicate", group: "duplicate" }],
    ["Orders", "Receive", "Orders starts on message 1 in slot 2", { slot: 2 }],
    ["Orders", "Load", "Orders loads the order (message 1) in slot 2", { slot: 2 }],
    ["Orders", "Save", "Orders saves the order (message 1) in slot 2", { slot: 2 }],
    ["Orders", "Ack", "Orders acknowledges (message 1) in slot 2", { slot: 2 }],
    ["Orders", "Save", "Orders does not save: the order has another version (message 1) in slot 1"],
    ["Orders", "Return", "Orders gives the message back (message 1) in slot 1"],
    ["Orders", "Receive", "Orders starts on message 2 in slot 2", { slot: 2 }],
    ["Orders", "Save", "Orders cannot reach the database (message 2) in slot 2", { slot: 2, fault: "fail" }],
    ["Orders", "Save", "Orders saves the order and hears no answer (message 2) in slot 2", { slot: 2, fault: "unknown", ...broken("ExactlyOnceEquivalent", "the outcome equals that of each message handled once", { "order.lines": [1, 2, 2], "order.version": 3 }) }],
  ],
  flights: [
    flight({ id: 1, label: "command 1", from: "Broker", to: "Orders", sent: 0, ended: 1 }),
    flight({ id: 2, label: "command 2", from: "Broker", to: "Orders", sent: 0, ended: 11 }),
    flight({ id: 3, label: "command 1", from: "Broker", to: "Orders", sent: 3, ended: 5, of: 1, redelivery: true }),
    flight({ id: 4, label: "command 2", from: "Broker", to: "Orders", sent: 4, of: 2, copy: 2, duplicate: true }),
    flight({ id: 5, label: "command 1", from: "Broker", to: "Orders", sent: 10, of: 3, redelivery: true }),
  ],
  calls: [
    call({ step: 2, from: "Orders", to: "Database", action: "Load", label: "load the order" }),
    call({ step: 6, slot: 2, from: "Orders", to: "Database", action: "Load", label: "load the order" }),
    call({ step: 7, slot: 2, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["lines = <<1>>", "version = 1", "outbox = <<[event |-> \"LineAdded\", line |-> 1]>>", "processed = {1}"] }),
    call({ step: 8, slot: 2, from: "Orders", to: "Broker", action: "Ack", label: "acknowledge" }),
    call({ step: 9, from: "Orders", to: "Database", action: "Save", label: "save the order", outcome: "conflict" }),
    call({ step: 12, slot: 2, from: "Orders", to: "Database", action: "Save", label: "save the order", outcome: "failed" }),
    call({ step: 13, slot: 2, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["lines = <<1, 2, 2>>"], outcome: "unknown" }),
  ],
  marks: [mark(3, "Broker", "lease", "lease of command 1 expires", 1), mark(10, "Orders", "gives-back", "gives command 1 back", 1)],
  activities: [activity("Orders", 1, 1, 10, "command 1"), activity("Orders", 2, 5, 8, "command 1"), activity("Orders", 2, 11, null, "command 2")],
});

/** The reply is lost; the user waits, clicks again, and has two orders. */
export const lostReply = fixture({
  name: "A lost reply and a second click",
  lifelines: [["Browser", "browser"], ["Shop", "endpoint"], ["Database", "database"], ["Broker", "broker"]],
  steps: [
    ["Shop", "Receive", "Shop starts on request 1"],
    ["Shop", "Load", "Shop loads the cart (request 1)"],
    ["Shop", "Submit", "Shop writes the submitted cart and a new order, both or none (request 1)"],
    ["Shop", "SendCreateOrder", "Shop sends CreateOrder (request 1)"],
    ["Shop", "ReplySubmitted", "Shop answers that the cart is submitted (request 1)"],
    ["Browser", "LoseReply", "The reply \"Submitted\" is lost", { slot: null, fault: "lose", group: "lose" }],
    ["Browser", "Timeout", "The browser stops waiting", { slot: null, group: "timeout" }],
    ["Browser", "Click", "The user clicks again", { slot: null, group: "client" }],
    ["Shop", "LoseRequest", "The request is lost", { slot: null, fault: "lose", group: "lose" }],
    ["Browser", "Click", "The user clicks again", { slot: null, group: "client" }],
    ["Shop", "Receive", "Shop starts on request 2"],
    ["Shop", "SendCreateOrder", "Shop sends CreateOrder: the broker refuses it (request 2)", { fault: "fail" }],
    ["Shop", "Drop", "Shop drops the request", broken("AtMostOneOrder", "a cart becomes one order at most", { orders: 2 })],
  ],
  flights: [
    flight({ id: 1, label: "POST /cart/submit", kind: "request", from: "Browser", to: "Shop", sent: 0, ended: 1 }),
    flight({ id: 2, label: "CreateOrder", from: "Shop", to: "Broker", sent: 4 }),
    flight({ id: 3, label: "Submitted", kind: "reply", from: "Shop", to: "Browser", sent: 5, ended: 6, fate: "lost" }),
    flight({ id: 4, label: "POST /cart/submit", kind: "request", from: "Browser", to: "Shop", sent: 8, ended: 9, copy: 2, of: 1, fate: "lost", duplicate: true }),
    flight({ id: 5, label: "POST /cart/submit", kind: "request", from: "Browser", to: "Shop", sent: 10, ended: 11, copy: 3, of: 1, duplicate: true }),
  ],
  calls: [
    call({ step: 2, from: "Shop", to: "Database", action: "Load", label: "load the cart" }),
    call({ step: 3, from: "Shop", to: "Database", action: "Submit", label: "submit the cart, make the order", writes: true, wrote: ["cart.submitted: false → true", "+ orders[1, 1].cart: 1"] }),
    call({ step: 12, from: "Shop", to: "Broker", action: "SendCreateOrder", label: "CreateOrder", outcome: "refused" }),
  ],
  marks: [mark(7, "Browser", "timeout", "no answer in time"), mark(8, "Browser", "click", "clicks again"), mark(10, "Browser", "click", "clicks again"), mark(13, "Shop", "dropped", "drops the request", 1)],
  activities: [activity("Shop", 1, 1, 5, "request 1"), activity("Shop", 1, 11, 13, "request 2")],
});

/** A request to the provider is late: asked again in between, the provider has not charged yet. */
export const lateRequest = fixture({
  name: "A late request to a third party",
  lifelines: [["Broker", "broker"], ["Payments", "endpoint"], ["Database", "database"], ["Provider", "third-party"]],
  steps: [
    ["Payments", "Receive", "Payments starts on message 1"],
    ["Payments", "Load", "Payments loads the payment (message 1)"],
    ["Payments", "Query", "Payments asks whether the payment has been charged (message 1)"],
    ["Provider", "QueryAnswered", "Provider answers whether it has charged (message 1)"],
    ["Payments", "Charge", "Payments asks for the charge (message 1)"],
    ["Payments", "RequestDelayed", "Payments gets no answer: the request is still on its way (message 1)", { fault: "late", group: "timeout" }],
    ["Payments", "Receive", "Payments starts on message 1"],
    ["Payments", "Load", "Payments loads the payment (message 1)"],
    ["Payments", "Query", "Payments asks whether the payment has been charged (message 1)"],
    ["Provider", "QueryAnswered", "Provider answers whether it has charged (message 1)"],
    ["Payments", "Charge", "Payments asks for the charge (message 1)"],
    ["Provider", "ChargeAnswered", "Provider charges payment 1"],
    ["Provider", "LateRequestArrives", "Provider gets a late request and charges payment 1 again: it is now charged 2 times", { slot: null, group: "deliver", ...broken("NoDoubleCharge", "no payment is charged twice", { "provider.charges[1]": 2 }) }],
    ["Provider", "Forget", "Provider forgets the key of payment 1", { slot: null, group: "forget" }],
  ],
  flights: [
    flight({ id: 1, label: "command 1", from: "Broker", to: "Payments", sent: 0, ended: 1 }),
    flight({ id: 2, label: "charged? 1", kind: "request", from: "Payments", to: "Provider", sent: 3, ended: 4 }),
    flight({ id: 3, label: "no", kind: "answer", from: "Provider", to: "Payments", sent: 4, ended: 4 }),
    flight({ id: 4, label: "charge 1", kind: "request", from: "Payments", to: "Provider", sent: 5, ended: 13, late: true }),
    flight({ id: 5, label: "command 1", from: "Broker", to: "Payments", sent: 6, ended: 7, of: 1, redelivery: true }),
    flight({ id: 6, label: "charged? 1", kind: "request", from: "Payments", to: "Provider", sent: 9, ended: 10, copy: 2, of: 2 }),
    flight({ id: 7, label: "no", kind: "answer", from: "Provider", to: "Payments", sent: 10, ended: 10, copy: 2, of: 3 }),
    flight({ id: 8, label: "charge 1", kind: "request", from: "Payments", to: "Provider", sent: 11, ended: 12, copy: 2, of: 4 }),
    flight({ id: 9, label: "charged", kind: "answer", from: "Provider", to: "Payments", sent: 12, ended: 12 }),
  ],
  calls: [
    call({ step: 2, from: "Payments", to: "Database", action: "Load", label: "load payments", answer: "not paid" }),
    call({ step: 8, from: "Payments", to: "Database", action: "Load", label: "load the payment" }),
  ],
  marks: [mark(6, "Payments", "timeout", "no answer in time", 1), mark(12, "Provider", "handled", "charges payment 1", null, ["charges[1]: 0 → 1"]), mark(13, "Provider", "handled", "charges payment 1 again", null, ["charges[1]: 1 → 2"]), mark(14, "Provider", "forget", "forgets the key of payment 1")],
  activities: [activity("Payments", 1, 1, 6, "command 1"), activity("Payments", 1, 7, null, "command 1")],
});

/** A command that always fails comes back forever. */
export const lasso = fixture({
  name: "A command that comes back forever",
  lifelines: [["Broker", "broker"], ["Orders", "endpoint"], ["Database", "database"]],
  steps: [
    ["Orders", "Receive", "Orders starts on message 1"],
    ["Orders", "Load", "Orders loads the order (message 1)"],
    ["Orders", "Save", "Orders saves the order (message 1)"],
    ["Orders", "GiveBack", "Orders gives the message back (message 1)"],
    ["Orders", "Receive", "Orders starts on message 1"],
    ["Orders", "GiveBack", "Orders gives the message back (message 1)"],
  ],
  flights: [
    flight({ id: 1, label: "command 1", from: "Broker", to: "Orders", sent: 0, ended: 1 }),
    flight({ id: 2, label: "command 1", from: "Broker", to: "Orders", sent: 4, ended: 5, of: 1, redelivery: true }),
    flight({ id: 3, label: "command 1", from: "Broker", to: "Orders", sent: 6, of: 2, redelivery: true }),
  ],
  calls: [
    call({ step: 2, from: "Orders", to: "Database", action: "Load", label: "load the order" }),
    call({ step: 3, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["processed = {1}"] }),
  ],
  marks: [mark(4, "Orders", "gives-back", "is done with it: an error", 1), mark(6, "Orders", "gives-back", "is done with it: an error", 1)],
  activities: [activity("Orders", 1, 1, 4, "command 1"), activity("Orders", 1, 5, 6, "command 1")],
  end: 4,
});

/** After a crash nobody handles the request again; the user waits forever. */
export const stuttering = fixture({
  name: "Nothing happens any more",
  lifelines: [["Browser", "browser"], ["API", "endpoint"], ["Broker", "broker"], ["Orders", "endpoint"], ["Database", "database"], ["Billing", "consumer"]],
  steps: [
    ["Browser", "Click", "The user clicks", { slot: null, group: "client" }],
    ["API", "Receive", "API starts on request 1"],
    ["API", "Send", "API sends PlaceOrder (request 1)"],
    ["API", "Reply", "API answers Accepted (request 1)"],
    ["Browser", "ReplyArrives", "Browser gets the reply \"Accepted\"", { slot: null }],
    ["Orders", "Receive", "Orders starts on message 1"],
    ["Orders", "Save", "Orders saves the order (message 1)"],
    ["Orders", "Publish", "Orders publishes OrderPlaced (message 1)"],
    ["Billing", "Downstream", "Billing receives OrderPlaced", { slot: null }],
    ["Orders", "Ack", "Orders acknowledges (message 1)"],
    ["API", "Crash", "API crashes: request 1 is lost, and nobody sends it again", { slot: null, fault: "crash", group: "crash" }],
  ],
  flights: [
    flight({ id: 1, label: "PUT /orders/7", kind: "request", from: "Browser", to: "API", sent: 1, ended: 2 }),
    flight({ id: 2, label: "PlaceOrder 7", from: "API", to: "Broker", sent: 3, ended: 3 }),
    flight({ id: 3, label: "202 Accepted", kind: "reply", from: "API", to: "Browser", sent: 4, ended: 5 }),
    flight({ id: 4, label: "PlaceOrder 7", from: "Broker", to: "Orders", sent: 3, ended: 6 }),
    flight({ id: 5, label: "OrderPlaced 7", kind: "event", from: "Orders", to: "Billing", sent: 8, ended: 9 }),
  ],
  calls: [
    call({ step: 7, from: "Orders", to: "Database", action: "Save", label: "save the order", writes: true, wrote: ["orders[7] = \"placed\""] }),
    call({ step: 10, from: "Orders", to: "Broker", action: "Ack", label: "acknowledge" }),
  ],
  marks: [mark(1, "Browser", "click", "clicks"), mark(11, "API", "crash", "crash")],
  activities: [activity("API", 1, 2, 4, "request 1"), activity("Orders", 1, 6, 10, "command 1")],
  outages: [{ lifeline: "API", from: 11, to: null }],
  end: "stutters",
});

export const fixtures: Fixture[] = [duplicateEffect, race, lostReply, lateRequest, lasso, stuttering];
