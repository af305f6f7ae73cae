// The comparison of designs answers: my broker duplicates and my store has no transactions, which
// designs remain, and what do they cost?

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, tandem } from "./open.mjs";

const { open } = explorer();

const named = (page) => page.locator("[data-design]").evaluateAll((rows) => rows.map((row) => row.dataset.design));
const NONE = ["several-documents", "store-and-broker"];

async function listed() {
  const { protocols } = JSON.parse(await tandem("list", "--format", "json"));
  return protocols.flatMap((protocol) => protocol.variants.map((variant) => ({ ...variant, name: `${protocol.name}:${variant.name}` })));
}

test("which designs survive duplicates without transactions, and what they cost", async () => {
  const { page, close } = await open("#/");
  await page.getByRole("link", { name: "Compare designs" }).click();
  await page.locator("[data-design]").first().waitFor();
  const all = await listed();
  const right = all.filter((variant) => variant.right);
  assert.deepEqual((await named(page)).sort(), right.map(({ name }) => name).sort());
  await page.locator("[name=survives-duplicate]").check();
  for (const need of NONE) await page.locator(`[name=without-${need}]`).check();
  const remain = right.filter(({ survives, price }) => survives?.duplicate?.length === 0 && !price.needs.some((need) => NONE.includes(need)));
  assert.ok(remain.length > 5 && remain.length < right.length, "the question leaves some designs out");
  assert.deepEqual((await named(page)).sort(), remain.map(({ name }) => name).sort());
  const cost = ({ price: { reads, writes, sends, asks } }) => reads + writes + sends + asks;
  await page.getByRole("button", { name: "Calls" }).click();
  const shown = await named(page);
  const costs = shown.map((name) => cost(remain.find((design) => design.name === name)));
  assert.deepEqual(costs, [...costs].sort((a, b) => a - b), "the cheapest comes first");
  const outbox = page.locator('[data-design="outbox:transactional"]');
  assert.deepEqual(await outbox.locator(".amount").allTextContents(), ["1", "2", "1", "0", "4", "3"]);
  const link = page.url();
  await close();
  const again = await open(new URL(link).hash);
  await again.page.locator("[data-design]").first().waitFor();
  assert.deepEqual(await named(again.page), shown, "a link restores filters and order");
  await again.close();
});

test("a design whose model does not know the fault is left out, and the page says so", async () => {
  const { page, close } = await open("#/compare?survives=late");
  await page.locator("[data-design]").first().waitFor();
  const right = (await listed()).filter((variant) => variant.right);
  const unknown = right.filter(({ survives }) => survives.late === undefined).length;
  assert.ok(unknown > 0);
  await page.getByText(`${unknown} more would suit`).waitFor();
  assert.ok(!(await named(page)).includes("charge-once:query-first"), "it charges twice then");
  await close();
});
