// What axe finds, which is nothing: every view and panel, in light and dark, wide and narrow.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { explorer, go, reaches } from "./open.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const { open } = explorer();

/** The page's own policy would keep axe out; and colours that are still changing are not those that are read. */
const AXE = { bypassCSP: true, reducedMotion: "reduce" };
const OUTBOX = "#/outbox/save-then-publish";
const view = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

/** What is looked at, one after the other, and how to get there from the one before. */
const PLACES = {
  home: (page) => page.locator(".matrix").first().waitFor(),
  "the exercises": async (page) => {
    await go(page, "#/course");
    await page.locator("[data-exercise]").first().waitFor();
  },
  "an exercise with hints and solution": async (page) => {
    await go(page, "#/course/two-tabs?hints=3&solution=shown");
    await page.locator(".course-solution .course-code").waitFor();
    await page.locator("details.course-text").evaluateAll((all) => all.forEach((one) => (one.open = true)));
  },
  "the group": async (page) => {
    await go(page, "#/course/two-tabs?phase=group");
    await page.getByText("Open a room on this exercise").waitFor();
  },
  "the trainer's page": async (page) => {
    await go(page, "#/trainer");
    await page.locator(".trainer-plan table").waitFor();
  },
  counterexample: async (page) => {
    await go(page, OUTBOX);
    await page.locator(".banner[data-violates]").waitFor();
  },
  "whole state, why false": async (page) => {
    await page.getByRole("button", { name: "Whole state" }).click();
    await page.locator(".truths summary").first().click();
    await page.locator(".truths .clauses").first().waitFor();
  },
  "the fix": async (page) => {
    await view(page, "Try the fix");
    await page.locator(".fix-summary").waitFor();
  },
  spec: async (page) => {
    await view(page, "TLA+");
    await page.locator(".spec-says").waitFor();
  },
  "TLC and an imported trace": async (page) => {
    await view(page, "TLC and imported traces");
    await page.locator(".import textarea").fill(await page.evaluate(bring));
    await view(page, "Replay it");
    await page.locator(".aligned").waitFor();
  },
  "the graph": async (page) => {
    await view(page, "Graph");
    await page.locator(".graph-state").first().waitFor();
  },
  "a large graph": async (page) => {
    await go(page, "#/outbox/transactional?view=graph");
    await page.getByText(/of 21,139 states/).waitFor();
  },
  "a lasso": async (page) => {
    await go(page, "#/outbox/reject-duplicates?property=Settles");
    await page.locator(".seq-loop").waitFor();
  },
  ...Object.fromEntries(["Room", "Copy as", "Appearance", "Change variant, bounds and faults"].map((title) => [title, (page) => panel(page, title)])),
  "an open room": async (page) => {
    await panel(page, "Room");
    await page.getByText("Open a room and drive").click();
    await page.locator(".room-code").first().waitFor();
  },
  help: async (page) => {
    await page.keyboard.press("Escape");
    await page.locator(":popover-open").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  },
  "a notice": async (page) => {
    await page.keyboard.press("Escape");
    await go(page, "#/outbox/save-then-publish?steps=0.0&digest=0123456789abcdef");
    await page.locator(".warn-strip").waitFor();
  },
};

async function panel(page, title) {
  await page.keyboard.press("Escape");
  await page.locator(`button[title="${title}"]`).click();
  await page.locator(":popover-open").waitFor();
}

/** The trace that is shown, as an ITF file. */
async function bring() {
  const query = new URLSearchParams(location.hash.split("?")[1]);
  const trace = await (await fetch(`/api/v1/models/outbox/save-then-publish/trace?steps=${query.get("steps")}`)).json();
  return JSON.stringify({ states: [trace.start, ...trace.steps].map(({ state }) => state) });
}

/** What axe finds: of an open panel in it alone, else in the whole page; by all rules, or by `rules`.
 * And what is too faint: of the colours of a panel, which lies above the page, axe knows nothing. */
async function found(page, rules = null) {
  if (await page.evaluate(() => window.axe === undefined)) await page.addScriptTag({ path: axe });
  const { violations, passes } = await page.evaluate((only) => {
    const panel = [":popover-open", "dialog[open]"].find((selector) => document.querySelector(selector));
    // The order of headings is that of the whole page.
    const all = panel ? { rules: { "heading-order": { enabled: false } } } : {};
    return window.axe.run(panel ?? document, only === null ? all : { runOnly: only });
  }, rules);
  const { read, faint } = await page.evaluate(contrasts);
  assert.ok(read > 3 && (rules !== null || passes.length > 3), `${read} texts and ${passes.length} rules were looked at`);
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`), ...faint];
}

/** How many texts there are, and those with less than 4.5:1 between text and ground. */
function contrasts() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = rgba(colour).map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return rgba(own)[3] === 255 || element.parentElement === null ? own : ground(element.parentElement);
  };
  const root = document.querySelector(":popover-open, dialog[open]") ?? document.body;
  const texts = [...root.querySelectorAll("*")].filter((element) =>
    element instanceof HTMLElement && element.checkVisibility() && [...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim() !== ""));
  const ratio = (element) => {
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const faint = texts.filter((element) => ratio(element) < 4.5).map((element) => `${ratio(element).toFixed(2)}:1 ${element.outerHTML.slice(0, 120)}`);
  return { read: texts.length, faint };
}

// But for the colours all is the same in both.
for (const [colorScheme, rules] of [["light", null], ["dark", ["color-contrast", "link-in-text-block"]]]) {
  test(`axe finds nothing in ${colorScheme}`, async () => {
    const { page, close } = await open("#/", { ...AXE, colorScheme });
    for (const [name, reach] of Object.entries(PLACES)) {
      await reach(page);
      assert.deepEqual(await found(page, rules), [], name);
    }
    await close();
  });
}

test("nor on a telephone, nor in projector mode", async () => {
  const { page, close } = await open(OUTBOX, { ...AXE, viewport: { width: 390, height: 844 } });
  for (const tab of ["Diagram", "Trace", "State and next"]) {
    await page.locator(".tabs button", { hasText: tab }).click();
    await page.locator(".trace [aria-current=step]").waitFor({ state: "attached" });
    assert.deepEqual(await found(page), [], tab);
  }
  await go(page, "#/");
  await page.locator(".matrix").first().waitFor();
  assert.deepEqual(await found(page), [], "home");
  await page.setViewportSize({ width: 1280, height: 800 });
  await go(page, OUTBOX);
  await page.locator(".banner[data-violates]").waitFor();
  await panel(page, "Appearance");
  await page.getByLabel(/Projector/).check();
  assert.deepEqual(await found(page), [], "projector");
  await close();
});

test("a step is said to those who do not see it, and motion stops for those who wish so", async () => {
  const { page, close } = await open(OUTBOX, { reducedMotion: "reduce" });
  await page.locator(".banner[data-violates]").waitFor();
  const said = page.locator("[aria-live=polite]");
  await said.getByText(/Breaks a promise: no message changes business state twice/).waitFor({ state: "attached" });
  await page.keyboard.press("Home");
  await reaches(page, 0);
  await said.getByText("Start of 8 steps").waitFor({ state: "attached" });
  await page.keyboard.press("ArrowRight");
  const words = await page.locator('.trace li[data-step="1"] button > span').last().textContent();
  await said.getByText(`Step 1 of 8: ${words}.`).waitFor({ state: "attached" });
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return parseFloat(transitionDuration) > 0 || animationName !== "none";
  }).length);
  assert.equal(moving, 0);
  await close();
});
