// What a step changed, as the page shows it: the same as `tandem check` prints, enough to make the
// state after it of the one before, and nothing besides.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, reaches, tandem } from "./open.mjs";
import { fingerprint, patched, stateText, text } from "./tla.mjs";

const { open } = explorer();

/** Queues, sets of tuples, documents in slots, histories; a crash, a lost request, a lasso. */
const TRACES = [
  ["outbox", "save-then-publish", "CrashHappens"],
  ["charge-once", "timeout-as-failure", "PaidRecorded"],
  ["token-deduplication", "persisted-first", "AllDownstream"],
  ["double-submit", "naive", "AllDone"],
  ["outbox", "reject-duplicates", "Settles"],
];

test("every step of five traces shows what it changed, and the whole state on demand", async () => {
  const kinds = new Set();
  for (const [protocol, variant, property] of TRACES) {
    const trace = await checked(protocol, variant, property);
    const { page, close } = await open(`#/${protocol}/${variant}?property=${property}&at=0`);
    await reaches(page, 0);
    assert.equal(await page.evaluate(readState), stateText(trace.start), "the initial state");
    let before = trace.start;
    for (const { number, words, changes, state } of trace.steps) {
      const where = `${protocol}:${variant}, ${property}, step ${number}`;
      await page.keyboard.press("ArrowRight");
      await reaches(page, number);
      const shown = await page.evaluate(readChanges);
      assert.equal(shown.words, words, where);
      assert.deepEqual(shown.changes.sort(byText), changes.map(line).sort(byText), where);
      assert.equal(patched(before, changes), fingerprint(state), `${where}: the changes do not make the state`);
      for (const { kind, before: old, after } of changes) {
        kinds.add(kind);
        if (kind === "changed") assert.notEqual(text(old), text(after), `${where}: nothing changed`);
      }
      before = state;
    }
    await page.getByRole("button", { name: "Whole state" }).click();
    await page.locator("[data-state]").waitFor();
    for (let number = trace.steps.length; number >= 0; number -= 1) {
      await reaches(page, number);
      const state = number === 0 ? trace.start : trace.steps[number - 1].state;
      assert.equal(await page.evaluate(readState), stateText(state), `${protocol}:${variant}, state ${number}`);
      await page.keyboard.press("ArrowLeft");
    }
    await close();
  }
  assert.deepEqual([...kinds].sort(), ["added", "changed", "removed"]);
});

async function checked(protocol, variant, property) {
  const { results } = JSON.parse(await tandem("check", `${protocol}:${variant}`, "--format", "json"));
  return results[0].properties.find(({ name }) => name === property).trace;
}

const byText = (a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** How the page has to show a change, to whoever points at it. */
function line({ path, kind, value, before, after }) {
  const said = { added: "+", removed: "−", changed: "~" }[kind];
  const values = kind === "changed" ? { gone: text(before), come: text(after) } : kind === "added" ? { gone: null, come: text(value) } : { gone: text(value), come: null };
  return { path, kind, said, ...values };
}

function readChanges() {
  const text = (element) => element?.textContent ?? null;
  const inTla = (value) => value?.title ?? null;
  const lines = [...document.querySelectorAll("[data-changes] .change")].map((row) => ({
    path: row.title,
    kind: text(row.querySelector(".visually-hidden")).trim(),
    said: text(row.querySelector(".change-sign")),
    gone: inTla(row.querySelector("del > code")),
    come: inTla(row.querySelector("ins > code")),
  }));
  const step = document.querySelector(".trace [aria-current=step] button > span:last-child");
  return { words: step.firstChild.textContent, changes: lines };
}

function readState() {
  const variables = [...document.querySelectorAll("[data-state] > .value-tree")].map((tree) => {
    const value = tree.querySelector(".value-preview") ?? tree.querySelector(".value-literal");
    return `${tree.querySelector(".value-name").textContent} = ${value.title}`;
  });
  return variables.sort().join("\n");
}
