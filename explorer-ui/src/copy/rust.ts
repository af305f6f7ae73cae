// A trace as a Rust test that takes the same steps and checks what is false at the end.
import type { Model, Trace, Step } from "../api/types";
import { bounds } from "./text";

/** Budgets of faults are set apart from the other parameters. */
const FAULTS = ["crash", "duplicate", "lease", "lose", "fail", "unknown", "late", "forget"];

export function asRustTest(model: Model, trace: Trace): string {
  const broken = broke(model, trace);
  return [
    `//! ${model.protocol}:${model.variant} ${bounds(model)}`,
    "",
    "use stateright::Model;",
    `use tandem_models::catalogue::Overrides;`,
    ...(faults(model).length > 0 ? ["use tandem_models::kit::fault::Fault;"] : []),
    "use tandem_models::protocols::catalogue;",
    "",
    "#[test]",
    `fn ${testName(model, broken)}() {`,
    "    let overrides = Overrides {",
    ...vector("parameters", parameters(model).map(([name, value]) => `("${name}".to_owned(), ${value})`)),
    ...vector("faults", faults(model).map(([name, value]) => `(Fault::${capital(name)}, ${value})`)),
    "    };",
    `    let instances = catalogue().select(Some("${model.protocol}:${model.variant}"), &overrides);`,
    "    let system = instances.unwrap()[0].system();",
    ...(trace.steps.length > 0 ? walk(trace.steps) : ["    let state = system.init_states().remove(0);"]),
    "",
    ...broken.map((name) => `    assert!(!(system.property("${name}").condition)(&system, &state), "${name} holds");`),
    ...(broken.length === 0 ? ["    assert!(system.within_boundary(&state));"] : []),
    "}",
    "",
  ].join("\n");
}

function walk(steps: Step[]): string[] {
  return [
    "",
    "    // The index of each step among those that are possible, and its action.",
    "    let path = [",
    ...steps.map((step) => `        (${step.index}, "${step.action}"), // ${step.number}. ${step.words}${step.violates.length > 0 ? ` ✗ ${step.violates.join(", ")}` : ""}`),
    "    ];",
    "    let mut state = system.init_states().remove(0);",
    "    for (index, action) in path {",
    "        let (step, after) = system.next_steps(&state).swap_remove(index);",
    "        assert_eq!(step.action, action);",
    "        state = after;",
    "    }",
  ];
}

/** What becomes false on the way and still is at the end, first what was promised. */
function broke(model: Model, trace: Trace): string[] {
  const last = trace.steps.at(-1);
  const ever = new Set(trace.steps.flatMap((step) => step.violates));
  const names = (last?.truths ?? []).filter((truth) => !truth.holds && ever.has(truth.name)).map((truth) => truth.name);
  const claimed = (name: string) => model.properties.some((p) => p.name === name && p.claimed);
  return [...names.filter(claimed), ...names.filter((name) => !claimed(name))];
}

function parameters(model: Model): [string, number][] {
  return Object.entries(model.parameters).filter(([name]) => !FAULTS.includes(name));
}

function faults(model: Model): [string, number][] {
  return Object.entries(model.parameters).filter(([name]) => FAULTS.includes(name));
}

function vector(field: string, items: string[]): string[] {
  if (items.length === 0) return [`        ${field}: vec![],`];
  return [`        ${field}: vec![`, ...items.map((item) => `            ${item},`), "        ],"];
}

function testName(model: Model, broken: string[]): string {
  const what = broken[0] ? `violates_${snake(broken[0])}` : "goes_this_way";
  return `${model.variant.replace(/\W+/g, "_")}_${what}`;
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
