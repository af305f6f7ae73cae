// Without a network: whatever is not this machine cannot be reached, and nothing of it is missed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explorer, go, reaches, shows } from "./open.mjs";

// Whatever is not loopback goes to a proxy that is not there.
const { open, address } = explorer({ args: ["--proxy-server=http://127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });

test("everything works without a network, and nothing is asked of it", async () => {
  const { page, asked, close } = await open("#/");
  await page.locator(".matrix").first().waitFor();
  await page.locator('a[href="#/outbox/save-then-publish"]').first().click();
  await page.locator(".banner[data-violates]").waitFor();
  await page.keyboard.press("Home");
  await shows(page, "");
  await page.keyboard.press("1");
  await reaches(page, 1);
  for (const [view, sign] of [["Try the fix", ".fix-summary"], ["TLA+", ".spec-text"], ["Graph", ".graph-state"], ["Diagram", ".sequence-drawing"]]) {
    await page.getByRole("button", { name: view, exact: true }).click();
    await page.locator(sign).first().waitFor();
  }
  for (const title of ["Copy as", "Appearance", "Room", "Change variant, bounds and faults"]) {
    await page.locator(`button[title="${title}"]`).click();
    await page.locator(":popover-open").waitFor();
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await go(page, "#/charge-once/no-key");
  await page.locator(".model-button b", { hasText: "no-key" }).waitFor();
  await page.locator(".banner[data-violates]").waitFor();
  await page.reload();
  await page.locator(".banner[data-violates]").waitFor();
  assert.ok(asked.length > 20, `only ${asked.length} requests were seen`);
  assert.deepEqual(asked.filter((url) => !url.startsWith(address())), []);
  await close();
});

test("a request elsewhere would be seen here, and the page's own policy forbids it", async () => {
  const free = await open("#/", { bypassCSP: true });
  const elsewhere = () => fetch("http://tandem.example/").then(() => "answered", () => "failed");
  assert.equal(await free.page.evaluate(elsewhere), "failed");
  assert.ok(free.wrong.includes("asks for http://tandem.example/"), String(free.wrong));
  await free.page.context().close();
  const kept = await open("#/");
  assert.equal(await kept.page.evaluate(elsewhere), "failed");
  assert.ok(kept.wrong.some((line) => line.includes("Content Security Policy")), String(kept.wrong));
  await kept.page.context().close();
});
