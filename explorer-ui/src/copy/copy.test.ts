import { expect, test } from "vitest";
import type { Catalogue, Model } from "../api/types";
import { duplicateEffect, lasso, lostReply, stuttering } from "../diagram/fixtures";
import { asItf } from "./itf";
import { asMermaid } from "./mermaid";
import { asRustTest } from "./rust";
import { asText } from "./text";

const model: Model = {
  protocol: "outbox", variant: "save-then-publish", parameters: { copies: 1, messages: 1, slots: 1, crash: 1, lease: 0 },
  named: true, digest: "0123456789abcdef", lifelines: [], properties: [], repaired: null,
};

/** A catalogue that is returned by a function, with the faults that the model has. */
function catalogue(path: string | null): Catalogue {
  const faults = ["crash", "lease"].map((name) => ({ name, summary: "", max: 1, allows: "" }));
  const outbox = { name: "outbox", part: 2, title: "", goal: "", module: "", actors: [], variants: [], parameters: [], faults, guarantees: [], larger: [] };
  return { version: 1, tandem: "", start: null, share: null, path, parts: [], protocols: [outbox] };
}

test("as text: the model, each step with what it changes, and what became false", () => {
  const lines = asText(model, duplicateEffect.trace).split("\n");
  expect(lines[0]).toBe("outbox:save-then-publish  copies=1 messages=1 slots=1 crash=1 lease=0");
  expect(lines).toContain("  9.  Orders saves the order (message 1)");
  expect(lines).toContain('      ~ slots[1].at = "Idle" → "Save"');
  expect(lines).toContain("      ✗ NoDoubleEffect is false from here");
  expect(lines).toContain("        expected: no message changes the order twice; found: something else (hist = [1, 1])");
});

test("as text: how it goes on for ever", () => {
  expect(asText(model, lasso.trace)).toContain("↻ It is back at the state after step 4, and repeats for ever.");
  expect(asText(model, stuttering.trace)).toContain("… and nothing happens any more.");
});

test("as Mermaid: participants in order, and an arrow for what travels", () => {
  const lines = asMermaid(lostReply.trace).split("\n").map((line) => line.trim());
  expect(lines.slice(0, 5)).toEqual(["sequenceDiagram", "actor L1 as Browser", "participant L2 as Shop", "participant L3 as Database", "participant L4 as Broker"]);
  expect(lines).toContain("L1->>L2: POST /cart/submit");
  expect(lines).toContain("L2--xL1: ✗ Submitted lost");
  expect(lines).toContain("L1-->>L2: ×3 POST /cart/submit");
  expect(lines).toContain("L2-xL4: CreateOrder (refused)");
  expect(lines).toContain("Note over L1,L4: ✗ AtMostOneOrder false from here");
});

test("as Mermaid: a loop begins after the step it comes back to", () => {
  const lines = asMermaid(lasso.trace).split("\n").map((line) => line.trim());
  expect(lines.indexOf("loop for ever")).toBeGreaterThan(lines.indexOf("Note over L2: is done with it: an error"));
  expect(lines.indexOf("end")).toBeGreaterThan(lines.indexOf("loop for ever"));
});

test("as Mermaid: signs that it would read as its own are written as entities", () => {
  const trace = structuredClone(lasso.trace);
  trace.diagram.calls[0] = { ...trace.diagram.calls[0]!, label: "a;b #1 <<2>>" };
  expect(asMermaid(trace)).toContain(": a#59;b #35;1 #lt;#lt;2#gt;#gt;");
});

test("as ITF: one state more than steps, and the loop", () => {
  const itf = JSON.parse(asItf(model, lasso.trace));
  expect(itf["#meta"].format).toBe("ITF");
  expect(itf.vars).toEqual(["incoming", "slots", "up", "sent"]);
  expect(itf.states).toHaveLength(lasso.trace.steps.length + 1);
  expect(itf.states[1]["#meta"]).toEqual({ index: 1, action: "Receive", words: "Orders starts on message 1" });
  expect(itf.loop).toBe(4);
});

test("as ITF: stuttering is a loop from the last state to itself", () => {
  const itf = JSON.parse(asItf(model, stuttering.trace));
  expect(itf.loop).toBe(stuttering.trace.steps.length);
  expect(itf.states).toHaveLength(stuttering.trace.steps.length + 1);
});

test("as a Rust test: bounds, path and the guarantee that is broken", () => {
  const rust = asRustTest(model, duplicateEffect.trace, catalogue("tandem_models::protocols::catalogue"));
  expect(rust).toContain("fn save_then_publish_violates_no_double_effect() {");
  expect(rust).toContain('("messages".to_owned(), 1),');
  expect(rust).toContain("(Fault::Crash, 1),");
  expect(rust).toContain('(0, "Save"), // 9. Orders saves the order (message 1) ✗ NoDoubleEffect');
  expect(rust).toContain('assert!(!(system.property("NoDoubleEffect").condition)(&system, &state), "NoDoubleEffect holds");');
});

test("as a Rust test: the catalogue is that of the crate, under its own name", () => {
  const uses = (path: string | null) => asRustTest(model, duplicateEffect.trace, catalogue(path)).split("\n").filter((line) => /^(use|\/\/) .*(catalogue|protocols)/.test(line) && !line.includes("Overrides"));
  expect(uses("my_shop::catalogue")).toEqual(["use my_shop::catalogue;"]);
  expect(uses("my_shop::protocols::all")).toEqual(["use my_shop::protocols::all as catalogue;"]);
  expect(uses(null)).toEqual(["// The function of your crate that returns its catalogue:", "use my_crate::catalogue;"]);
});
