// What the page does when the server does not answer for a while: it keeps what it shows, says that
// the connection is lost, and goes on by itself once the server answers again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { current, explorer, reaches } from "./open.mjs";

const { open } = explorer();

test("a lost connection leaves the page as it is, is said, and ends by itself", async () => {
  const { page, wrong, close } = await open("#/outbox/save-then-publish");
  await page.locator(".banner[data-violates]").first().waitFor();
  const last = await current(page);
  await page.context().setOffline(true);
  // The other variant is asked for in vain: the catalogue stays, and the page says why nothing comes.
  await page.evaluate(() => void (location.hash = "#/outbox/transactional"));
  await page.locator(".disconnected").waitFor();
  assert.match(await page.locator(".disconnected").innerText(), /connection to Tandem is lost/);
  assert.equal(await page.locator(".trouble").count(), 0, "no error takes the place of the page");
  await page.context().setOffline(false);
  await page.locator(".model-button b", { hasText: /^transactional$/ }).waitFor();
  await page.locator(".trace li[data-step]").first().waitFor();
  await page.locator(".disconnected").waitFor({ state: "detached" });
  await page.evaluate(() => void (location.hash = "#/outbox/save-then-publish"));
  await reaches(page, last);
  const others = wrong.filter((line) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(line));
  wrong.splice(0, wrong.length, ...others);
  await close();
});
