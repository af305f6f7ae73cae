// A trace as a Rust test that takes the same steps and checks what is false at the end.
import type { Catalogue, Model, Trace, Step } from "../api/types";
import { bounds } from "./text";

/** Where no catalogue says which function returns it. */
const UNNAMED = "my_crate::catalogue";

/** `catalogue` says which names are faults, whose budgets are set apart, and which function the test
 * calls. */
export function asRustTest(model: Model, trace: Trace, catalogue: Catalogue): string {
  const broken = broke(model, trace);
  const known = catalogue.protocols.find(({ name }) => name === model.protocol)?.faults ?? [];
  const isFault = (parameter: string) => known.some(({ name }) => name === parameter);
  const sizes = Object.entries(model.parameters);
  const [parameters, faults] = [sizes.filter(([name]) => !isFault(name)), sizes.filter(([name]) => isFault(name))];
  return [
    `//! ${model.protocol}:${model.variant} ${bounds(model)}`,
    "",
    "use stateright::Model;",
    `use tandem_models::catalogue::Overrides;`,
    ...(faults.length > 0 ? ["use tandem_models::kit::fault::Fault;"] : []),
    ...uses(catalogue.path),
    "",
    "#[test]",
    `fn ${testName(model, broken)}() {`,
    "    let overrides = Overrides {",
    ...vector("parameters", parameters.map(([name, value]) => `("${name}".to_owned(), ${value})`)),
    ...vector("faults", faults.map(([name, value]) => `(Fault::${capital(name)}, ${value})`)),
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

/** The import of the function that returns the catalogue, under the name by which the test calls it. */
function uses(path: string | null): string[] {
  if (path === null) return ["// The function of your crate that returns its catalogue:", `use ${UNNAMED};`];
  return [path.endsWith("::catalogue") ? `use ${path};` : `use ${path} as catalogue;`];
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
