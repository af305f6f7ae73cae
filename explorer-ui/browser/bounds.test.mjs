// The dialog for bounds: its button is in sight, and a change that is not checked is not lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, inSight } from "./open.mjs";

const { open } = explorer();
const dialog = (page) => page.locator(".model-button").click();

test("the button that checks is in sight, also of a protocol with many bounds and on a small screen", async () => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 1024, height: 560 }]) {
    for (const model of ["out-of-document-outbox/dictionary", "charge-once/saved-key", "cart-to-orders/own-queue"]) {
      const { page, close } = await open(`#/${model}`, { viewport });
      await page.locator(".trace li[data-step]").first().waitFor();
      await dialog(page);
      await page.locator(".bounds").waitFor();
      assert.ok(await inSight(page, ".bounds button[type=submit]"), `${model} at ${viewport.height}`);
      await close();
    }
  }
});

test("a change that was not checked is kept, is told of, and can be checked or discarded", async () => {
  const { page, close } = await open("#/outbox/save-then-publish");
  await page.locator(".trace li[data-step]").first().waitFor();
  await dialog(page);
  await page.getByRole("button", { name: "slots: one more" }).click();
  await page.locator(".bounds [role=status]", { hasText: "Not checked yet: slots 1 → 2" }).waitFor();
  await page.keyboard.press("Escape");
  const told = page.locator(".head .unchecked");
  await told.getByText("slots 1 → 2").waitFor();
  await dialog(page);
  assert.equal(await page.locator("#set-slots").inputValue(), "2");
  await page.getByRole("button", { name: "Discard the changes" }).click();
  await told.waitFor({ state: "detached" });
  assert.equal(await page.locator("#set-slots").inputValue(), "1");
  await page.getByRole("button", { name: "slots: one more" }).click();
  await page.locator(".bounds button[type=submit]").click();
  await told.waitFor({ state: "detached" });
  await page.waitForFunction(() => location.hash.includes("slots=2"));
  await close();
});
