// The page in a real browser, as an attendee has it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startBrowser, startExplorer } from "./open.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let explorer;
let browser;

before(async () => {
  explorer = await startExplorer();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  explorer?.stop();
});

/** A page at an address, which fails the test on any error or request elsewhere. */
async function open(at, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(explorer.address)) wrong.push(`asks for ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  await page.goto(explorer.address + at);
  return { page, close: async () => (await context.close(), assert.deepEqual(wrong, [])) };
}

const json = async (path) => (await fetch(`${explorer.address}api/v1${path}`)).json();
const current = (page) => page.locator(".trace [aria-current=step]").getAttribute("data-step");
const reaches = (page, step) =>
  page.waitForSelector(`.trace [aria-current=step][data-step="${step}"]`, { timeout: 5000 });
const fits = (page) =>
  page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight);

test("every broken variant opens on its shortest counterexample, with nothing below the fold", async () => {
  const { protocols } = await json("/catalogue");
  let broken = 0;
  for (const { name, variants } of protocols) {
    for (const variant of variants) {
      const breaks = variant.claims.filter((claim) => variant.expected[claim] === "violated");
      if (variant.right || breaks.length === 0) continue;
      broken += 1;
      const { page, close } = await open(`#/${name}/${variant.name}`);
      await page.waitForSelector(".banner[data-violates]");
      const shown = await page.locator(".banner[data-violates]").first().getAttribute("data-violates");
      assert.ok(breaks.includes(shown), `${name}:${variant.name} shows ${shown}`);
      const steps = (await page.locator(".trace li[data-step]").count()) - 1;
      assert.equal(await current(page), String(steps), `${name}:${variant.name}`);
      assert.ok(await fits(page), `${name}:${variant.name} is taller than the window`);
      await close();
    }
  }
  assert.ok(broken > 10, `only ${broken} broken variants were looked at`);
});

test("the keyboard is enough, and a link survives a reload", async () => {
  const { page, close } = await open("#/outbox/save-then-publish");
  await page.waitForSelector(".trace .violating");
  await page.keyboard.press("Home");
  await reaches(page, 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await reaches(page, 2);
  await page.keyboard.press("ArrowLeft");
  await reaches(page, 1);
  await page.keyboard.press("Home");
  await reaches(page, 0);
  await page.keyboard.press("1");
  await reaches(page, 1);
  const link = page.url();
  assert.match(link, /digest=[0-9a-f]{16}/);
  await page.reload();
  await reaches(page, 1);
  assert.equal(page.url(), link);
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await close();
});

test("the truth on the page is that of Rust in every state of the trace, whichever way it is reached", async () => {
  for (const model of ["outbox/save-then-publish", "double-submit/naive"]) {
    const { page, close } = await open(`#/${model}`);
    await page.waitForSelector(".banner[data-violates]");
    const steps = new URLSearchParams(page.url().split("?")[1]).get("steps") ?? "";
    const trace = await json(`/models/${model}/trace?steps=${steps}`);
    const frames = [trace.start, ...trace.steps];
    for (const [step, { truths }] of frames.entries()) {
      await page.locator(`.trace [data-step="${step}"]`).first().click();
      await reaches(page, step);
      for (const { name, holds } of truths) {
        const shown = page.locator(`[data-property="${name}"][data-holds="${holds}"]`).first();
        await shown.waitFor({ state: "attached", timeout: 5000 });
      }
    }
    await close();
  }
});

test("nothing for axe to find, in light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const at of ["#/", "#/outbox/save-then-publish"]) {
      // The page's own policy would keep axe out.
      const { page, close } = await open(at, { colorScheme, bypassCSP: true });
      await page.waitForSelector(at === "#/" ? "table" : ".banner[data-violates]");
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), []);
      await close();
    }
  }
});

test("the marks of faults are drawn", async () => {
  // Each of these traces has the fault in its shortest counterexample or its witness.
  const { protocols } = await json("/catalogue");
  const seen = new Set();
  const drawn = { lost: ".seq-cross", duplicate: ".sequence-drawing text:has-text('×2')" };
  for (const { name, variants } of protocols) {
    for (const variant of variants) {
      const events = await (await fetch(`${explorer.address}api/v1/models/${name}/${variant.name}/search`)).text();
      const report = JSON.parse(events.split("data: ").at(-1).split("\n")[0]);
      for (const { path } of report.properties.filter((property) => property.name.endsWith("Happens"))) {
        if (!path) continue;
        const trace = await json(`/models/${name}/${variant.name}/trace?steps=${path.steps}`);
        const { marks, flights } = trace.diagram;
        const kinds = marks.map(({ kind }) => kind);
        if (flights.some(({ fate }) => fate === "lost")) kinds.push("lost");
        if (flights.some(({ duplicate }) => duplicate)) kinds.push("duplicate");
        const fresh = kinds.filter((kind) => !seen.has(kind));
        if (fresh.length === 0) continue;
        const { page, close } = await open(`#/${name}/${variant.name}?steps=${path.steps}`);
        await page.waitForSelector(".trace [aria-current=step]");
        for (const kind of fresh) {
          await page.locator(drawn[kind] ?? `.seq-mark-${kind}`).first().waitFor({ state: "attached", timeout: 5000 });
          seen.add(kind);
        }
        await close();
      }
    }
  }
  for (const kind of ["lost", "duplicate", "crash", "lease", "timeout"]) assert.ok(seen.has(kind), kind);
});

test("it can be used on a telephone", async () => {
  const { page, close } = await open("#/outbox/save-then-publish", { viewport: { width: 390, height: 844 } });
  await page.waitForSelector(".banner[data-violates]");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, "it scrolls sideways");
  await close();
});
