// A search that goes on: what it has found already is there to be looked at, and when it has ended
// everything stays where the reader has left it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { current, explorer, go, inSight, reaches, shows, startExplorer } from "./open.mjs";

const { open } = explorer();
const MODEL = "outbox/marked-after";
/** Far more states than are searched while a test runs, and a server that searches as many. */
const VAST = `#/${MODEL}?messages=4&slots=3&copies=3&crash=2&duplicate=2&lease=0`;
let patient;
before(async () => (patient = await startExplorer("--max-states", "4000000000")));
after(() => patient?.stop());

/** A million states: enough that the page hears of the search before it ends. */
const LARGE = "messages=2&slots=2&copies=2&crash=2&duplicate=1";

const broken = (page) => page.locator(".banner[data-violates]").waitFor();
const searching = (page) => page.locator(".numbers", { hasText: "searching" }).waitFor();

/** Keeps the end of searches from the page until `letItEnd` is called there. */
function holdTheEnd() {
  const Told = window.EventSource;
  window.EventSource = class extends Told {
    addEventListener(name, handle) {
      const held = (event) => new Promise((end) => (window.letItEnd = end)).then(() => handle(event));
      super.addEventListener(name, name === "done" ? held : handle);
    }
  };
}

test("when the search has ended nothing is thrown away that the reader has done", async () => {
  const { page, asked, close } = await open("#/");
  await page.evaluate(holdTheEnd);
  await go(page, `#/${MODEL}?${LARGE}`);
  await broken(page);
  await searching(page);
  await page.locator(".cards .fold", { hasText: "not promised" }).waitFor();
  const steps = Number(await current(page));
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await reaches(page, steps - 2);
  await page.getByRole("button", { name: "TLA+", exact: true }).click();
  await page.locator(".spec-says").waitFor();
  await page.getByRole("button", { name: "Whole state" }).click();
  await page.locator("#filter").fill("orders");
  const look = () => page.evaluate(() => ({
    address: location.href,
    trace: document.querySelector(".trace-pane").textContent,
    middle: document.querySelector(".middle-pane").textContent,
    scrolled: document.querySelector(".middle-pane .scrolls").scrollTop,
    state: [...document.querySelectorAll(".state-pane [aria-pressed]")].map((button) => button.getAttribute("aria-pressed")),
    filter: document.querySelector("#filter").value,
    typing: document.activeElement.id,
    broken: [...document.querySelectorAll('.cards [data-verdict="violated"]')].map((card) => card.textContent),
  }));
  const was = await look();
  await page.waitForFunction(() => window.letItEnd !== undefined, null, { timeout: 0 });
  const next = page.waitForResponse((response) => response.url().includes("/next?"));
  await page.evaluate(() => window.letItEnd());
  await page.locator(".numbers.done").waitFor();
  await next;
  const is = await look();
  // More may be broken in the end, and what was found is.
  assert.ok(was.broken.length > 0 && was.broken.every((card) => is.broken.includes(card)));
  assert.deepEqual({ ...is, broken: [] }, { ...was, broken: [] });
  assert.equal(await page.locator('.cards [data-verdict="searching"]').count(), 0);
  const source = asked.find((url) => url.includes(`/${MODEL}/search`));
  const report = JSON.parse(/event: ?done\ndata: ?(.*)/.exec(await (await fetch(source)).text())[1]);
  assert.equal(report.complete, true);
  assert.equal(await page.locator(".numbers b").first().textContent(), report.states.toLocaleString("en-US"));
  await close();
});

test("a counterexample is shown, and can be stepped through, while the search goes on", async () => {
  const { page, close } = await open(patient.address + VAST);
  await broken(page);
  await searching(page);
  const steps = Number(await current(page));
  const path = new URLSearchParams((await page.evaluate(() => location.hash)).split("?")[1]).get("steps").split(".");
  assert.equal(path.length, steps);
  const card = page.locator('.cards .card[aria-current=true][data-verdict="violated"]');
  assert.match(await card.textContent(), new RegExp(`${steps} steps`));
  await page.getByRole("heading", { name: "Counterexample" }).waitFor();
  await page.getByRole("button", { name: "being searched" }).click();
  assert.ok((await page.locator(':popover-open [data-verdict="searching"]:disabled').count()) > 1);
  await page.keyboard.press("Escape");
  const states = await page.locator(".numbers b").first().textContent();
  for (let step = steps - 1; step >= 0; step -= 1) {
    await page.keyboard.press("ArrowLeft");
    await shows(page, path.slice(0, step).join("."));
  }
  await page.locator(".next .possible").last().click();
  await page.getByText("You left the run").waitFor();
  await page.getByRole("button", { name: "Return to it" }).click();
  await page.keyboard.press("End");
  await shows(page, path.join("."));
  await page.waitForFunction((before) => document.querySelector(".numbers b").textContent !== before, states);
  await searching(page);
  await close();
});

test("where nothing is broken so far one can step meanwhile, from the start", async () => {
  const { page, close } = await open(`${patient.address}#/outbox/transactional?messages=4&slots=3&copies=3&crash=2`);
  await page.getByText(/So far, no state up to \d+ steps? deep breaks a promise/).waitFor();
  await page.getByRole("button", { name: "Step from the start meanwhile" }).click();
  await shows(page, "");
  const index = await page.locator(".next .possible").first().getAttribute("data-index");
  await page.keyboard.press("1");
  await shows(page, index);
  await searching(page);
  await close();
});

test("on a telephone, too, it lies inside the window", async () => {
  const { page, close } = await open(patient.address + VAST, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await broken(page);
  await searching(page);
  for (const selector of [".numbers", ".cards [aria-current]", ".banner-title"]) assert.ok(await inSight(page, selector), selector);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await close();
});

test("whoever follows sees it at once as well, and is on the shared path", async () => {
  const driver = await open(patient.address);
  const menu = (page) => page.locator(".tools button[title=Room]").click();
  await menu(driver.page);
  await driver.page.getByText("Open a room and drive").click();
  const code = await driver.page.locator(".room-code").textContent();
  await driver.page.keyboard.press("Escape");
  const ada = await open(patient.address);
  await menu(ada.page);
  await ada.page.getByRole("textbox", { name: "Your name" }).fill("Ada");
  await ada.page.getByLabel("Code").fill(code);
  await ada.page.keyboard.press("Enter");
  await ada.page.waitForSelector(".room-strip");
  await ada.page.keyboard.press("Escape");
  await go(driver.page, VAST);
  for (const { page } of [driver, ada]) await broken(page);
  await driver.page.keyboard.press("Home");
  await reaches(ada.page, 0);
  await searching(ada.page);
  assert.equal(await ada.page.getByText("You left the shared path").count(), 0);
  for (const one of [driver, ada]) await one.close();
});

test("a search goes on while others search, and small models do not wait for it", async () => {
  const { page, close } = await open(patient.address + VAST);
  await broken(page);
  await searching(page);
  const steps = await current(page);
  const others = ["check-and-return", "marked-before", "ids-with-state", "derived-ids", "reject-duplicates", "transactional"];
  const answers = await Promise.all(others.map(async (variant) => (await fetch(`${patient.address}api/v1/models/outbox/${variant}/search`)).text()));
  assert.equal(answers.length, others.length);
  for (const answer of answers) assert.match(answer, /"complete":true/);
  assert.equal(await page.locator(".warn-strip", { hasText: "The search was cut short." }).count(), 0);
  await searching(page);
  assert.equal(await current(page), steps);
  await close();
});
