// The marks of faults in the diagram, in the row of the step that is the fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, reaches, tandem } from "./open.mjs";

const { open } = explorer();

/** What a fault has to look like in the row of its step. */
const DRAWN = {
  crash: ".seq-mark-crash",
  lose: ".seq-flight.is-lost .seq-cross",
  lease: ".seq-mark-lease",
  fail: ".seq-call.is-bad .seq-cross",
  unknown: ".seq-mark-timeout",
  late: ".seq-mark-timeout",
  forget: ".seq-mark-forget",
};

test("loss, duplicate, crash, lease, time-out and forgotten keys are drawn where they happen", async () => {
  const seen = new Set();
  for (const { protocol, variant, property, trace } of await traces()) {
    const faults = trace.steps.filter(({ fault, action }) => fault !== null && !/^Recover|Arrives$/.test(action));
    if (faults.every(({ fault }) => seen.has(fault))) continue;
    const { page, close } = await open(`#/${protocol}/${variant}?property=${property}`);
    await reaches(page, trace.steps.length);
    await page.locator(".sequence-drawing").waitFor();
    for (const { number, fault, action, words } of faults) {
      const where = `${protocol}:${variant}, step ${number}, ${action}`;
      const listed = page.locator(`.trace li[data-step="${number}"]`);
      assert.ok((await listed.textContent()).includes(words), where);
      assert.equal(await listed.locator(".icon.warn").count(), 1, `${where}: the list marks it`);
      const row = page.locator(".seq-row").nth(number);
      if (fault === "duplicate") await assertDuplicate(page, number, where);
      else assert.ok((await row.locator(DRAWN[fault]).count()) > 0, `${where}: no ${DRAWN[fault]} in its row`);
      if (fault === "crash") assert.ok((await page.locator(".seq-lifeline.is-down").count()) > 0, `${where}: the lifeline is not broken`);
      seen.add(fault);
    }
    await close();
  }
  assert.deepEqual([...seen].sort(), ["crash", "duplicate", "fail", "forget", "late", "lease", "lose", "unknown"]);
});

test("a copy that waits from the beginning is drawn as one, and stays one when it waits again", async () => {
  const { page, close } = await open("#/outbox/save-then-publish?copies=2&steps=0.1");
  await reaches(page, 2);
  await assertDuplicate(page, 0, "at the start");
  assert.equal(await page.locator(".seq-row").nth(0).locator(".seq-flight:not(.is-duplicate)").count(), 1);
  await close();
});

/** The copy is dashed, is called ×2, and has the tag of its original. */
async function assertDuplicate(page, number, where) {
  const copies = page.locator(".seq-row").nth(number).locator(".seq-flight.is-duplicate");
  assert.ok((await copies.count()) > 0, `${where}: no copy in its row`);
  assert.match(await copies.first().textContent(), /×2/, where);
  assert.notEqual(await copies.first().locator(".seq-arrow").evaluate((line) => getComputedStyle(line).strokeDasharray), "none", where);
  const tag = await copies.first().locator(".seq-tag-text").textContent();
  const same = await page.locator(".seq-row .seq-flight:not(.is-duplicate) .seq-tag-text", { hasText: new RegExp(`^${tag}$`) }).count();
  assert.ok(same > 0, `${where}: the original of ${tag} is not drawn`);
}

/** Every trace of four variants, which together may have every fault. */
async function traces() {
  const variants = ["charge-once:query-first", "charge-once:query-first-late", "charge-once:derived-key-forgotten", "double-submit:save-then-send"];
  const printed = await Promise.all(variants.map((name) => tandem("check", name, "--format", "json")));
  const results = printed.flatMap((text) => JSON.parse(text).results);
  return results.flatMap(({ protocol, variant, properties }) =>
    properties.filter(({ trace }) => trace !== null).map(({ name, trace }) => ({ protocol, variant, property: name, trace })));
}
