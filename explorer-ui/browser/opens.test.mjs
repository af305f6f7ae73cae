// What is there at first sight: every broken variant opens on its counterexample, and whatever is
// needed to read it lies inside the window; on a telephone too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { current, explorer, inSight, reaches, shows } from "./open.mjs";

const { open, json } = explorer();

/** Everything that must be seen without scrolling, at 1280 by 800. */
const FIRST_SIGHT = [
  ".head h1", ".model-button", ".numbers", ".cards [aria-current]", ".trace [aria-current=step] button",
  ".toolbar .stepper button", ".banner-title", ".banner-why", ".sequence-heads", ".seq-current", ".state-pane h2",
  "[data-changes] .change, .changes-none", ".next h3", "#truths-title",
];

async function assertInSight(page, where, selectors = FIRST_SIGHT) {
  // The drawing scrolls to the current step in the next frame.
  await page.waitForFunction((wanted) => {
    const row = document.querySelector(wanted)?.getBoundingClientRect();
    return row && row.bottom <= innerHeight;
  }, ".seq-current");
  for (const selector of selectors) assert.ok(await inSight(page, selector), `${where}: ${selector} is not in sight`);
  const taller = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth);
  assert.equal(taller, false, `${where} is larger than the window`);
  assert.equal(await page.locator(".head").count(), 1, `${where}: nothing is left of what stands there until the page is loaded`);
}

test("every broken variant opens on its shortest counterexample, with nothing below the fold", async () => {
  const { protocols } = await json("/catalogue");
  const { page, close } = await open("#/");
  let broken = 0;
  for (const { name, variants } of protocols) {
    for (const variant of variants) {
      const breaks = variant.claims.filter((claim) => variant.expected[claim] === "violated");
      if (variant.right || breaks.length === 0) continue;
      broken += 1;
      const where = `${name}:${variant.name}`;
      await page.evaluate((to) => void (location.hash = to), `#/${name}/${variant.name}`);
      await page.locator(".model-button b", { hasText: new RegExp(`^${variant.name}$`) }).waitFor();
      await page.locator(".banner[data-violates]").first().waitFor();
      const shown = await page.locator(".banner[data-violates]").first().getAttribute("data-violates");
      assert.ok(breaks.includes(shown), `${where} shows ${shown}`);
      const steps = (await page.locator(".trace li[data-step]").count()) - 1;
      assert.equal(await current(page), String(steps), where);
      // Of all claimed guarantees that are broken, none is broken in fewer steps.
      const lengths = await page.locator('.card-group:first-child [data-verdict="violated"] .card-steps').allTextContents();
      const shortest = Math.min(...lengths.map((text) => Number(/(\d+) steps?$/.exec(text)[1])));
      assert.equal(steps, shortest, `${where} has a shorter counterexample`);
      await assertInSight(page, where);
      const cut = await page.locator(".model-button .small").evaluate((bounds) => bounds.scrollWidth > bounds.clientWidth);
      assert.equal(cut, false, `${where}: its bounds and faults are cut off`);
    }
  }
  assert.ok(broken > 10, `only ${broken} broken variants were looked at`);
  await close();
});

test("nothing is below the fold while one steps, in any view", async () => {
  const { page, close } = await open("#/outbox/save-then-publish");
  await page.locator(".banner[data-violates]").waitFor();
  const steps = Number(await current(page));
  const always = FIRST_SIGHT.filter((selector) => ![".banner-title", ".banner-why"].includes(selector));
  for (let step = steps - 1; step > 0; step -= 1) {
    await page.keyboard.press("ArrowLeft");
    await reaches(page, step);
    await assertInSight(page, `step ${step}`, always);
  }
  for (const [view, sign] of [["Try the fix", ".fix-summary"], ["TLA+", ".spec-says"], ["Graph", ".graph-state.is-current"]]) {
    await page.getByRole("button", { name: view, exact: true }).click();
    await page.locator(sign).waitFor();
    assert.ok(await inSight(page, sign), `${view}: ${sign}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), view);
  }
  await close();
});

test("a link survives a reload: bounds, path, step, property, end, view and all", async () => {
  const links = [
    ["#/outbox/save-then-publish?copies=1&steps=0.0.0&at=2", "0.0"],
    ["#/outbox/transactional?messages=1&copies=1&slots=1&lease=1&steps=0.0&view=graph", "0.0"],
    ["#/outbox/reject-duplicates?property=Settles&view=tla", null],
  ];
  for (const [link, path] of links) {
    const { page, close } = await open(link);
    await (path === null ? page.locator('.banner[data-violates="Settles"]').waitFor() : shows(page, path));
    const look = () => page.evaluate(() => ({
      address: location.href,
      step: document.querySelector(".trace [aria-current=step]").textContent,
      trace: document.querySelector(".trace").textContent,
      state: document.querySelector(".state-pane").textContent,
      bounds: document.querySelector(".model-button").textContent,
      view: document.querySelector(".middle-pane [aria-label=View] [aria-pressed=true]").textContent,
    }));
    await page.waitForURL(/digest=[0-9a-f]{16}/);
    await page.locator(".numbers b").first().waitFor();
    await page.locator(".next .possible").first().waitFor();
    const before = await look();
    await page.reload();
    await page.locator(".numbers b").first().waitFor();
    await page.locator(".next .possible").first().waitFor();
    assert.deepEqual(await look(), before, link);
    for (const [name, value] of new URLSearchParams(link.split("?")[1])) assert.equal(new URLSearchParams(before.address.split("?")[1]).get(name), value, `${link}: ${name}`);
    await close();
  }
});

test("a link of another version of the model says so, and a path that is none does", async () => {
  const stale = await open("#/outbox/save-then-publish?steps=0.0&digest=0123456789abcdef");
  await stale.page.getByText("This link was made for another version of the model.").waitFor();
  await stale.page.getByRole("button", { name: "Keep the steps" }).click();
  await stale.page.waitForURL((url) => !url.href.includes("0123456789abcdef"));
  await shows(stale.page, "0.0");
  await stale.close();
  const lost = await open("#/outbox/save-then-publish?steps=0.77");
  await lost.page.getByText("This path cannot be played").waitFor();
  await lost.page.getByRole("button", { name: "Open the shortest counterexample" }).click();
  await lost.page.locator(".banner[data-violates]").waitFor();
  await lost.page.context().close();
  assert.deepEqual(lost.wrong.filter((line) => !line.includes("400")), []);
});

test("it can be used on a telephone: one pane at a time, all by touch", async () => {
  const { page, close } = await open("#/", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const fits = async (where) => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${where} scrolls sideways`);
  await page.locator(".matrix").first().waitFor();
  await fits("home");
  await page.locator('a[href="#/outbox/save-then-publish"]').first().tap();
  await page.locator(".banner[data-violates]").waitFor();
  await fits("the diagram");
  for (const selector of [".banner-title", ".banner-why", ".seq-current", ".tabs button", ".toolbar .stepper button", ".model-button"]) assert.ok(await inSight(page, selector), selector);
  await page.getByRole("button", { name: "Trace", exact: true }).tap();
  await page.locator('.trace li[data-step="0"] button').tap();
  await reaches(page, 0);
  await fits("the trace");
  await page.getByRole("button", { name: "State and next" }).tap();
  await shows(page, "");
  const first = page.locator(".next .possible").first();
  const index = await first.getAttribute("data-index");
  assert.ok((await first.boundingBox()).height >= 24, "an action is large enough for a finger");
  await first.tap();
  await shows(page, index);
  await fits("the state");
  for (const title of ["Change variant, bounds and faults", "Copy as", "Room", "Appearance"]) {
    await page.locator(`button[title="${title}"]`).tap();
    const panel = page.locator(":popover-open");
    await panel.waitFor();
    const box = await panel.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844, `${title} is cut off`);
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Diagram", exact: true }).last().tap();
  await page.getByRole("button", { name: "TLA+", exact: true }).tap();
  await page.locator(".spec-says").waitFor();
  await fits("the spec");
  await close();
});
