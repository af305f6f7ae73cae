// Without a mouse: keys for stepping and choosing, and everything else by Tab, with the focus in sight.

import assert from "node:assert/strict";
import { test } from "node:test";
import { current, explorer, go, reaches, shows } from "./open.mjs";

const { open } = explorer();

const OUTBOX = "#/outbox/save-then-publish";
const steps = (page) => new URLSearchParams(page.url().split("?")[1]).get("steps");

test("arrows, Home and End step; digits choose; the browser goes back", async () => {
  const { page, close } = await open(OUTBOX);
  await page.waitForSelector(".trace .violating");
  const last = Number(await current(page));
  await page.keyboard.press("Home");
  await reaches(page, 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await reaches(page, 2);
  await page.keyboard.press("ArrowLeft");
  await reaches(page, 1);
  await page.keyboard.press("End");
  await reaches(page, last);
  await page.keyboard.press("ArrowRight");
  await reaches(page, last);
  await page.keyboard.press("Home");
  await shows(page, "");
  const second = page.locator(".next .possible", { has: page.locator("kbd", { hasText: "2" }) });
  const index = await second.getAttribute("data-index");
  const words = await second.locator("span").first().evaluate((span) => span.firstChild.textContent);
  await page.keyboard.press("2");
  await shows(page, index);
  assert.ok((await page.locator(".trace [aria-current=step]").textContent()).includes(words));
  assert.equal(await page.locator(".trace li[data-step]").count(), 2, "the old path is left");
  await page.goBack();
  await page.waitForSelector(`.trace li[data-step="${last}"]`);
  await close();
});

test("keys that come faster than answers go where they say", async () => {
  const { page, close } = await open(`${OUTBOX}?steps=`);
  await page.route(/\/(trace|next)\?/, async (route) => {
    await new Promise((done) => setTimeout(done, 300));
    await route.continue();
  });
  // Nothing is asked ahead.
  await page.addInitScript(() => (window.requestIdleCallback = () => 0));
  await page.reload();
  await shows(page, "");
  // Of the second key nobody knows yet what it means.
  await page.keyboard.press("1");
  await page.keyboard.press("2");
  await page.waitForSelector('.next[aria-busy="true"]');
  await shows(page, "0");
  await page.waitForSelector('.next[aria-busy="false"]');
  assert.equal(steps(page), "0");
  await page.keyboard.press("ArrowLeft");
  await shows(page, "");
  await close();
});

test("what was asked ahead is there without an answer, and nothing is missing where nothing was", async () => {
  const walk = async (ahead) => {
    const { page, asked, close } = await open("#/");
    const traces = () => asked.filter((url) => /\/trace\?.*steps=[01]&/.test(url)).length;
    if (!ahead) await page.addInitScript(() => (window.requestIdleCallback = () => 0));
    await page.reload();
    const second = ahead && page.waitForResponse((response) => /\/trace\?.*steps=1&/.test(response.url()));
    await go(page, `${OUTBOX}?steps=&at=0`);
    await shows(page, "");
    if (ahead) await (await second).finished();
    const before = traces();
    const texts = [];
    for (const [key, path] of [["1", "0"], ["ArrowLeft", ""], ["2", "1"]]) {
      await page.keyboard.press(key);
      await shows(page, path);
      texts.push(await page.locator("main.panes").innerText());
    }
    assert.deepEqual([before, traces()], ahead ? [2, 2] : [0, 2]);
    await close();
    return texts;
  };
  assert.deepEqual(await walk(true), await walk(false));
});

test("a walk of the protocol by digits alone, to its end", async () => {
  const { page, close } = await open(`${OUTBOX}?steps=`);
  let path = "";
  for (let step = 1; step < 40; step += 1) {
    await shows(page, path);
    const first = page.locator(".next .possible").first();
    if ((await first.count()) === 0) break;
    path = [path, await first.getAttribute("data-index")].filter((part) => part !== "").join(".");
    await page.keyboard.press("1");
  }
  await page.getByText("Nothing can happen any more").waitFor();
  assert.equal(steps(page), path);
  await close();
});

test("/ filters what can happen and what changed, Escape takes the filter away", async () => {
  const { page, close } = await open(`${OUTBOX}?steps=`);
  await shows(page, "");
  const all = await page.locator(".next .possible").count();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter");
  await page.keyboard.type("crash");
  await page.waitForFunction((before) => document.querySelectorAll(".next .possible").length < before, all);
  for (const words of await page.locator(".next .possible").allTextContents()) assert.match(words, /crash/i);
  // A digit in the filter is a digit.
  await page.keyboard.type("1");
  await page.getByText("Nothing that is possible matches the filter.").waitFor();
  assert.equal(await current(page), "0");
  await page.keyboard.press("Escape");
  await page.waitForFunction((before) => document.querySelectorAll(".next .possible").length === before, all);
  await page.keyboard.press("1");
  await reaches(page, 1);
  const changed = await page.locator("[data-changes] .change").count();
  await page.keyboard.press("/");
  await page.keyboard.type("slots");
  await page.waitForFunction((before) => document.querySelectorAll("[data-changes] .change").length < before, changed);
  assert.deepEqual(await page.locator("[data-changes] .changes-name").allTextContents(), ["slots"]);
  await close();
});

test("help, menus and views open and close by keys, and give the focus back", async () => {
  const { page, close } = await open(OUTBOX);
  await page.waitForSelector(".trace .violating");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Home");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  assert.notEqual(await current(page), "0", "behind the help nothing moves");
  for (const title of ["Copy as", "Appearance", "Change variant, bounds and faults", "Room"]) {
    const button = page.locator(`button[title="${title}"]`);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(":popover-open");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.matches(":popover-open *")), `Tab leads into ${title}`);
    await page.keyboard.press("Escape");
    await page.waitForSelector(":popover-open", { state: "detached" });
    assert.equal(await button.evaluate((element) => element === document.activeElement), true, `back at ${title}`);
  }
  await page.getByRole("button", { name: "Graph" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".graph-state");
  await page.locator(".graph-state").first().focus();
  await page.keyboard.press("Enter");
  await shows(page, "");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".sequence-drawing");
  await close();
});

test("Tab reaches every control, shows where it is, and comes out again", async () => {
  for (const at of ["#/", OUTBOX, `${OUTBOX}?view=fix`, `${OUTBOX}?view=graph`, `${OUTBOX}?view=tla`]) {
    const { page, close } = await open(at);
    await page.waitForSelector({ "#/": ".matrix" }[at] ?? ".trace .violating");
    if (at !== "#/") await page.waitForSelector({ fix: ".fix-summary", graph: ".graph-state", tla: ".spec-now" }[at.split("view=")[1]] ?? ".next .possible");
    const wanted = await page.evaluate(number);
    const reached = await tabThrough(page, wanted.length + 20);
    assert.deepEqual(wanted.filter((name, place) => !reached.has(String(place))), [], `${at}: not reached by Tab`);
    await close();
  }
});

/** Numbers every control that can be seen; gives what each is. */
function number() {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const usable = [...document.querySelectorAll(controls)].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.closest("[popover]:not(:popover-open)") === null);
  usable.forEach((element, place) => (element.dataset.control = place));
  return usable.map((element) => element.outerHTML.slice(0, 120));
}

/** Presses Tab until the page is left; gives the numbers of what had the focus, each with a sign of it. */
async function tabThrough(page, most) {
  const reached = new Set();
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const shown = element.matches(".hidden-text") ? element.closest("label") : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(shown);
      const dot = shown.querySelector(".graph-dot");
      const seen = dot ? parseFloat(getComputedStyle(dot).strokeWidth) >= 3 : outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return { control: element.dataset.control, seen, html: element.outerHTML.slice(0, 160) };
    });
    if (at === null) return reached;
    assert.ok(at.seen, `the focus cannot be seen: ${at.html}`);
    reached.add(at.control);
  }
  assert.fail("Tab does not come out of the page");
}
