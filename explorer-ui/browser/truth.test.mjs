// The page says of every property in every state what Rust says, and shows every state there is:
// its links are followed through the whole graph, which `tandem graph` has enumerated apart from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, go, shows, tandem } from "./open.mjs";
import { stateText } from "./tla.mjs";

const { open } = explorer();

/** Two models with guarantees, witnesses and liveness that are true in some states and false in others. */
const MODELS = [
  { protocol: "double-submit", variant: "naive", bounds: {} },
  { protocol: "outbox", variant: "save-then-publish", bounds: { copies: 1 } },
];

for (const model of MODELS) {
  test(`${model.protocol}:${model.variant}: all states, and the truth of every property in each`, async () => {
    const graph = await enumerated(model);
    const { page, close } = await open(address(model, ""));
    await page.getByRole("button", { name: "Whole state" }).click();
    const met = await walk(page, model);
    await close();
    assert.deepEqual([...met.states.keys()].sort(), [...graph.states.keys()].sort(), "the states");
    for (const [state, holds] of graph.states) assert.deepEqual(met.states.get(state), holds, state);
    assert.deepEqual([...met.steps].sort(), [...graph.steps].sort(), "the steps between them");
    assertBothWays([...graph.states.values()]);
  });
}

function address({ protocol, variant, bounds }, path) {
  return `#/${protocol}/${variant}?${new URLSearchParams({ ...bounds, steps: path })}`;
}

/** The graph as the command line prints it: what holds by state, and the steps. */
async function enumerated({ protocol, variant, bounds }) {
  const set = Object.entries(bounds).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const lines = (await tandem("graph", `${protocol}:${variant}`, ...set, "--format", "json-lines")).trim().split("\n").map(JSON.parse);
  const states = lines.filter((line) => line.variables).map(({ variables, holds }) => [stateText(variables), holds]);
  const steps = lines.filter((line) => line.action).map(({ from, to }) => `${states[from][0]}\n→\n${states[to][0]}`);
  return { states: new Map(states), steps: new Set(steps) };
}

/** Takes every action that the page offers in every state that it shows, each state once. */
async function walk(page, model) {
  const states = new Map();
  const steps = new Set();
  const paths = [{ path: "", from: null }];
  for (const { path, from } of paths) {
    await go(page, address(model, path));
    await shows(page, path);
    const seen = await page.evaluate(read);
    if (from !== null) steps.add(`${from}\n→\n${seen.state}`);
    const before = states.get(seen.state);
    if (before) assert.deepEqual(seen.holds, before, `the same state by another path, ${path}`);
    states.set(seen.state, seen.holds);
    assert.deepEqual(seen.unexplained, [], `not told why, at ${path}`);
    if (!before) paths.push(...seen.indices.map((index) => ({ path: path === "" ? index : `${path}.${index}`, from: seen.state })));
  }
  return { states, steps };
}

/** What stands on the page. */
function read() {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const variables = all("[data-state] > .value-tree").map((tree) => {
    const value = tree.querySelector(".value-preview") ?? tree.querySelector(".value-literal");
    return `${tree.querySelector(".value-name").textContent} = ${value.title}`;
  });
  const truths = all(".state-pane [data-property]").sort((a, b) => (a.dataset.property < b.dataset.property ? -1 : 1));
  return {
    state: variables.sort().join("\n"),
    holds: Object.fromEntries(truths.map(({ dataset }) => [dataset.property, dataset.holds === "true"])),
    unexplained: truths.filter((row) => row.matches(".false") && row.querySelector(".clauses li") === null).map(({ dataset }) => dataset.property),
    indices: all(".next .possible").map(({ dataset }) => dataset.index),
  };
}

/** A model in which nothing is ever false would show nothing. */
function assertBothWays(truths) {
  const varying = Object.keys(truths[0]).filter((name) => new Set(truths.map((holds) => holds[name])).size === 2);
  assert.ok(varying.length >= 4, `only ${varying} is true in some states and false in others`);
}
