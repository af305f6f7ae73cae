// TLA+ beside Rust: TLC run from the page, logs of TLC and ITF files brought to it, their traces
// aligned with Rust's step by step and replayed.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { explorer, reaches, tandem } from "./open.mjs";
import { text } from "./tla.mjs";

const { open, json } = explorer();

// The explorer takes the TLC that is there; it installs none.
before(() => tandem("tlc", "path").catch(() => tandem("tlc", "install")));

async function openTlc(at) {
  const opened = await open(`${at}${at.includes("?") ? "&" : "?"}view=tla`);
  await opened.page.getByRole("button", { name: "TLC and imported traces" }).click();
  await opened.page.waitForSelector(".tlc");
  return opened;
}

/** The rows of the alignment: number, action on either side, whether they part there. */
const aligned = (page) =>
  page.locator(".aligned tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const [number, other, rust] = row.cells;
      const action = (cell) => cell.querySelector(":scope > code")?.textContent ?? null;
      return { number: Number(number.textContent), other: action(other), rust: action(rust), parts: row.matches(".diverges") };
    }));

/** Waits until so many steps of Rust's stand beside the others. */
const replayed = (page, steps) =>
  page.waitForFunction((wanted) => document.querySelectorAll(".aligned tbody td:nth-child(3) > code").length === wanted, steps);

async function checked(name) {
  return JSON.parse(await tandem("check", name, "--format", "json")).results[0];
}

test("TLC agrees with Rust on a broken variant, and its counterexamples replay, a lasso too", async () => {
  const rust = await checked("outbox:reject-duplicates");
  const { page, close } = await openTlc("#/outbox/reject-duplicates");
  await page.getByRole("button", { name: "Run TLC" }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await page.locator(".aligned").waitFor({ timeout: 120_000 });
  await page.getByText(`TLC saw ${rust.states} states, as many as Rust.`).waitFor();
  const found = await page.locator(".tlc-cards [data-card]").evaluateAll((cards) => cards.map(({ dataset }) => [dataset.card, dataset.verdict]));
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(rust.properties.map(({ name, verdict }) => [name, verdict])));
  for (const { name, trace } of rust.properties.filter(({ trace }) => trace !== null)) {
    await page.locator(`.tlc-cards [data-card="${name}"]`).click();
    await page.locator(`#aligned-title[title=${name}]`).waitFor();
    await replayed(page, trace.steps.length);
    // Both find shortest traces: not always the same ones, but as long.
    for (const row of await aligned(page)) assert.deepEqual({ ...row, other: row.other.split("(")[0] }, { ...row, other: row.rust, parts: false }, name);
    await page.getByText("The Rust model takes the same steps to the same states.").waitFor();
  }
  await page.getByRole("button", { name: "Open in the diagram" }).click();
  await reaches(page, rust.properties.find(({ name }) => name === "Settles").steps);
  await page.locator('.banner[data-violates="Settles"]').waitFor();
  await page.locator(".seq-loop").waitFor();
  await close();
});

test("without Java the spec is evaluated by the server, which says that TLC was not asked", async () => {
  const rust = await checked("outbox:save-then-publish");
  const { page, close } = await openTlc("#/outbox/save-then-publish");
  await page.getByRole("button", { name: "Run without Java" }).click();
  await page.locator(".aligned").waitFor({ timeout: 120_000 });
  await page.getByText(`tla-rs saw ${rust.states} states, as many as Rust.`).waitFor();
  await page.getByText("TLC was not asked: the engine in this process was asked for").waitFor();
  const found = await page.locator(".tlc-cards [data-card]").evaluateAll((cards) => cards.map(({ dataset }) => [dataset.card, dataset.verdict]));
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(rust.properties.map(({ name, verdict }) => [name, verdict])));
  await page.getByText("The Rust model takes the same steps to the same states.").waitFor();
  await close();
});

test("a run of TLC can be stopped, and another begun", async () => {
  const { page, close } = await openTlc("#/outbox/transactional");
  await page.getByRole("button", { name: "Run TLC" }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  const refused = page.locator(".tlc [role=alert]");
  do {
    // Until the first run has ended, a second one is told to wait.
    await page.getByRole("button", { name: "Run TLC" }).click();
    await refused.or(page.getByRole("button", { name: "Stop", exact: true })).waitFor();
    await page.waitForTimeout(500);
  } while (await refused.count());
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Run TLC" }).waitFor();
  await close();
});

/** A behaviour as TLC prints it, written by hand of what the command line tells. */
function log({ name, trace }) {
  const states = [{ state: trace.start }, ...trace.steps];
  const printed = states.map(({ action, state }, place) => {
    const head = place === 0 ? "<Initial predicate>" : `<${action} line 1, col 1 to line 1, col 2 of module M>`;
    return `State ${place + 1}: ${head}\n${Object.entries(state).map(([variable, value]) => `/\\ ${variable} = ${text(value)}`).join("\n")}\n`;
  });
  return `Error: Invariant ${name} is violated.\nError: The behavior up to this point is:\n${printed.join("\n")}`;
}

const itf = ({ trace }) => JSON.stringify({
  vars: Object.keys(trace.start),
  states: [trace.start, ...trace.steps.map(({ state }) => state)],
});

test("a log of TLC from a file and an ITF file that is pasted are aligned and replayed", async () => {
  const { properties } = await checked("double-submit:naive");
  const property = properties.find(({ name }) => name === "AtMostOneOrder");
  const actions = property.trace.steps.map(({ action }) => action);
  const folder = await mkdtemp(join(tmpdir(), "tandem-"));
  const file = join(folder, "tlc.log");
  await writeFile(file, log(property));
  const { page, close } = await openTlc("#/double-submit/naive?steps=");
  await page.locator("input[type=file]").setInputFiles(file);
  await rm(folder, { recursive: true });
  await page.locator("#aligned-title[title=AtMostOneOrder]").waitFor();
  await replayed(page, actions.length);
  const rows = await aligned(page);
  assert.deepEqual(rows, actions.map((action, place) => ({ number: place + 1, other: action, rust: action, parts: false })));
  await page.getByRole("button", { name: "Open in the diagram" }).click();
  await reaches(page, actions.length);
  await page.locator('.banner[data-violates="AtMostOneOrder"]').waitFor();

  await page.getByRole("button", { name: "TLA+", exact: true }).click();
  await page.getByText("Or bring a trace").click();
  await page.locator(".import textarea").fill(itf(property));
  await page.getByRole("button", { name: "Replay it" }).click();
  await page.locator(".aligned th", { hasText: "ITF" }).waitFor();
  await replayed(page, actions.length);
  assert.deepEqual((await aligned(page)).map(({ rust }) => rust), actions, "without names of actions the states say which");
  await close();
});

test("a trace of another variant parts where it becomes another, and says so", async () => {
  const { properties } = await checked("double-submit:naive");
  const property = properties.find(({ name }) => name === "AtMostOneOrder");
  const { page, close } = await openTlc("#/double-submit/flag");
  await page.locator(".import textarea").fill(log(property));
  await page.getByRole("button", { name: "Replay it" }).click();
  const common = await firstApart(property.trace);
  await replayed(page, common - 1);
  const rows = await aligned(page);
  assert.deepEqual(rows.filter(({ parts }) => parts).map(({ number }) => number), [common]);
  await page.getByText(`They diverge at step ${common}:`).waitFor();
  for (const { number, other, rust } of rows) assert.equal(rust, number < common ? other : null, `step ${number}`);
  await page.getByRole("button", { name: "Open in the diagram" }).click();
  await reaches(page, common - 1);
  await close();
});

/** The first step of a trace that is none of the graph of `double-submit:flag`. */
async function firstApart(trace) {
  const lines = (await tandem("graph", "double-submit:flag", "--format", "json-lines")).trim().split("\n").map(JSON.parse);
  const states = new Map(lines.filter((line) => line.variables).map(({ state, variables }) => [JSON.stringify(variables), state]));
  const steps = new Set(lines.filter((line) => line.action).map(({ from, action, to }) => `${from} ${action} ${to}`));
  let at = states.get(JSON.stringify(trace.start));
  for (const { number, action, state } of trace.steps) {
    const to = states.get(JSON.stringify(state));
    if (!steps.has(`${at} ${action} ${to}`)) return number;
    at = to;
  }
  return null;
}

test("what is no trace, or one of other bounds, is answered with what to do", async () => {
  const { properties } = await checked("outbox:check-and-return");
  const { page, wrong } = await openTlc("#/outbox/save-then-publish");
  const replay = async (pasted) => {
    await page.locator(".import textarea").fill(pasted);
    await page.getByRole("button", { name: "Replay it" }).click();
  };
  await replay("nothing of the kind");
  await page.locator(".import [role=alert]", { hasText: "there is no behaviour in this text" }).waitFor();
  // One copy of the message there, two here.
  await replay(itf(properties.find(({ trace }) => trace !== null)));
  await page.getByText("They diverge at the start: the initial states differ").waitFor();
  assert.equal((await aligned(page))[0].parts, true);
  await page.context().close();
  assert.deepEqual(wrong.filter((line) => !line.includes("400")), []);
});

test("the spec shows the operator of the current step", async () => {
  const { page, close } = await open("#/outbox/save-then-publish?view=tla&at=1");
  await page.waitForSelector(".spec-now");
  const { text: module, actions } = await json("/models/outbox/save-then-publish/spec");
  for (const [step, action] of [[1, "Receive"], [3, "Save"], [5, "Ack"]]) {
    await page.locator(`.trace li[data-step="${step}"] button`).click();
    await page.locator(".spec-says code", { hasText: new RegExp(`^${action}$`) }).waitFor();
    const marked = await page.locator(".spec-now").allTextContents();
    const { first, last } = actions[action];
    assert.deepEqual(marked.map((line) => line.trimEnd()), module.split("\n").slice(first - 1, last).map((line) => line.trimEnd()));
    assert.match(marked[0], new RegExp(`^${action}\\b`));
  }
  await close();
});
