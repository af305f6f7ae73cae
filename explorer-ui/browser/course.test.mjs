// The course in a real browser, in a folder with a copy of the exercises, so that progress can be noted.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import decodeQR from "qr/decode.js";
import { explorer, tandemIn } from "./open.mjs";

const exercises = fileURLToPath(new URL("../../exercises", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tandem-course-"));
cpSync(exercises, join(folder, "exercises"), { recursive: true });
after(() => rmSync(folder, { recursive: true }));

const { open, address } = explorer({ folder: () => folder });
const tandem = (...args) => tandemIn(folder, ...args);

const plain = (text) => text.replace(/[`*]/g, "").replace(/\s+/g, " ").trim();
const button = (page, name) => page.getByRole("button", { name });
/** What is heard: a browser that plays tones counts them. */
const hears = (page) =>
  page.addInitScript(() => {
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      window.tones += 1;
      return start.apply(this, when);
    };
  });
const tones = (page) => page.evaluate(() => window.tones);

test("the list is that of the coach, and shows what it notes as solved", async () => {
  const { page, close } = await open("#/");
  await page.getByRole("link", { name: "Exercises", exact: true }).click();
  const lines = page.locator("[data-exercise]");
  await lines.first().waitFor();
  const told = [...(await tandem("exercise", "list")).matchAll(/^ {2}. +\d+ (\S+) +(.*) \(\d+ min\)/gm)].map(([, name, title]) => [name, title]);
  assert.ok(told.length >= 21, `only ${told.length} exercises are listed`);
  const shown = await lines.evaluateAll((all) => all.map((line) => [line.dataset.exercise, line.querySelector("a").textContent]));
  assert.deepEqual(shown, told);
  assert.equal(await page.locator('[data-solved="true"]').count(), 0);
  appendFileSync(join(folder, ".tandem-progress.txt"), "two-tabs\ntwo-tabs.tla\n");
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.locator('[data-exercise="two-tabs"][data-solved="true"]', { hasText: "TLA+ ✓" }).waitFor();
  await page.getByText(`1 of ${told.length} exercises are solved.`).waitFor();
  assert.match(await tandem("exercise", "list"), /✓ +1 two-tabs/);
  const handbook = page.getByRole("link", { name: "Handbook" });
  assert.equal((await page.request.get(new URL(await handbook.getAttribute("href"), page.url()).href)).status(), 200);
  await page.getByRole("link", { name: /Go on with/ }).click();
  await page.locator('[data-exercise="usb-rule"] .course-phase').waitFor();
  await close();
});

test("hints come one by one, the lecture on request, and the solution only when it is asked for", async () => {
  const { page, asked, close } = await open("#/course/charge-once");
  await page.locator(".course-phase").waitFor();
  const hints = page.locator(".course-hints > li");
  assert.equal(await hints.count(), 0);
  for (const number of [1, 2, 3]) {
    await button(page, /^Show (the first hint|hint)/).click();
    const shown = plain(await hints.nth(number - 1).textContent());
    const [told] = (await tandem("exercise", "hint", "charge-once", String(number))).split("\n\nThe next one");
    assert.equal(shown, plain(told.replace(/^Hint \d of \d: /, "")));
  }
  assert.equal(await button(page, /^Show hint/).count(), 0);
  const lecture = page.locator("details", { hasText: "The lecture" });
  assert.equal(await lecture.locator("p").first().isVisible(), false);
  await lecture.locator("summary").click();
  await lecture.getByText("A third party takes part in none of your transactions.").waitFor();
  assert.deepEqual(asked.filter((url) => url.endsWith("/solution")), []);
  await button(page, "Show the solution").click();
  const code = page.locator(".course-solution .course-code");
  const written = readFileSync(join(folder, "exercises/4-12-charge-once/solution.rs"), "utf8");
  assert.equal(await code.textContent(), written);
  await page.reload();
  await code.waitFor();
  assert.equal(await hints.count(), 3, "the address says what is shown");
  await button(page, "Hide the solution").click();
  await code.waitFor({ state: "detached" });
  await close();
});

test("the end of the ten minutes is seen and heard, also after the page was loaded again and on another page", async () => {
  const { page, close } = await open("#/course/two-tabs");
  await hears(page);
  await page.clock.install();
  await page.reload();
  await button(page, "Start 10 minutes").click();
  assert.equal(await tones(page), 1, "that there is a sound is heard at the start");
  await page.getByRole("timer").filter({ hasText: "10:00" }).waitFor();
  await page.clock.fastForward("04:00");
  await page.getByRole("timer").filter({ hasText: "6:00" }).waitFor();
  await page.reload();
  await page.getByRole("timer").waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await page.locator(".matrix").first().waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.clock.fastForward("06:01");
  await page.getByRole("alert").filter({ hasText: "The time is over." }).waitFor();
  assert.equal(await tones(page), 3);
  assert.match(await page.title(), /The time is over/);
  await button(page, "Go on").click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  assert.doesNotMatch(await page.title(), /over/);
  await close();
});

test("a timer that is stopped does not end", async () => {
  const { page, close } = await open("#/course/two-tabs");
  await hears(page);
  await page.clock.install();
  await page.reload();
  await button(page, "Start 10 minutes").click();
  await button(page, "Stop the timer").click();
  await page.clock.fastForward("11:00");
  await button(page, "Start 10 minutes").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await tones(page), 1);
  await close();
});

/** The text of the QR code that is drawn: its modules as pixels, read by the library's decoder. */
async function scanned(page) {
  const qr = page.locator("main svg.qr");
  await qr.locator("path").waitFor();
  const { size, modules } = await qr.evaluate((svg) => ({
    size: svg.viewBox.baseVal.width,
    modules: [...svg.querySelector("path").getAttribute("d").matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]),
  }));
  const scale = 8;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [x, y] of modules)
    for (let row = y * scale; row < (y + 1) * scale; row += 1)
      for (let column = x * scale; column < (x + 1) * scale; column += 1) data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return decodeQR({ width, height: width, data });
}

test("a group is in one room by a short address, and sees hints, solution and timer as the driver does", async () => {
  const trainer = await open("#/trainer");
  await trainer.page.locator(".trainer-plan td", { hasText: "Two tabs" }).first().waitFor();
  await button(trainer.page, "Open a room").click();
  const shown = await trainer.page.locator("main .join-address").textContent();
  assert.match(shown, /^127\.0\.0\.1:\d+\/[A-Z2-9]{4}$/, "short enough to type");
  assert.equal(await scanned(trainer.page), `http://${shown}`);
  const ada = await open(`/${shown.split("/")[1].toLowerCase()}`);
  await hears(ada.page);
  await ada.page.getByRole("textbox", { name: "Your name" }).fill("Ada");
  await ada.page.keyboard.press("Enter");
  await trainer.page.locator(".who-is-here li", { hasText: "Ada" }).waitFor();
  await trainer.page.getByText("2 people are in the room").waitFor();
  await trainer.page.evaluate(() => (location.hash = "#/course/two-tabs?phase=group"));
  await ada.page.locator('[data-exercise="two-tabs"] .course-phase').waitFor();
  await button(trainer.page, "Show the first hint").click();
  await ada.page.locator(".course-hints > li").waitFor();
  const code = ada.page.locator(".course-solution .course-code");
  assert.equal(await code.count(), 0);
  await button(trainer.page, "Show the solution").click();
  await code.waitFor();
  await button(trainer.page, "Hide the solution").click();
  await code.waitFor({ state: "detached" });
  assert.equal(await button(ada.page, "Start 10 minutes").count(), 0, "the timer is the driver's");
  await button(trainer.page, "Start 10 minutes").click();
  await ada.page.getByRole("timer").waitFor();
  const ends = (page) => page.evaluate(async () => {
    const { code, secret } = JSON.parse(sessionStorage.getItem("tandem.room"));
    await fetch(`/api/v1/rooms/${code}/timer`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ secret, seconds: 1 }) });
  });
  await ends(trainer.page);
  for (const { page } of [trainer, ada]) await page.getByRole("alert").filter({ hasText: "The time is over." }).waitFor();
  await button(ada.page, "Go on").click();
  await ada.page.getByRole("alert").waitFor({ state: "detached" });
  assert.equal(await trainer.page.getByRole("alert").count(), 1, "each puts it away for themselves");
  for (const one of [trainer, ada]) await one.close();
});

test("an exercise that is not there is told with those that are", async () => {
  const { page, wrong } = await open("#/course/two-tab");
  await page.getByText("there is no exercise 'two-tab'; there are two-tabs, usb-rule").waitFor();
  assert.ok(wrong.every((line) => line.includes("404")), String(wrong));
  await page.context().close();
  assert.ok(address().startsWith("http://127.0.0.1:"));
});

/** Lets the page believe that the server was built with this handler, and with another build if one is named. */
async function builtWith(page, own, build = () => null) {
  let asked = 0;
  await page.route("**/api/v1/catalogue", async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    asked += 1;
    json.course = { ...json.course, own, build: build() ?? json.course.build };
    await route.fulfill({ response, json });
  });
  return () => asked;
}

test("a server that was started for the group opens a room on the exercise", async () => {
  const own = { exercise: "usb-rule", file: "exercises/1-02-usb-rule/handler.rs", lines: {}, group: true };
  const host = await open("#/compare");
  await builtWith(host.page, own);
  await host.page.goto("about:blank");
  await host.page.goto(address());
  await host.page.locator('[data-exercise="usb-rule"]').waitFor();
  const join = await host.page.locator("main .join-address").textContent();
  await host.page.getByText(/^Everybody in room/).waitFor();
  await host.page.reload();
  assert.equal(await host.page.locator("main .join-address").textContent(), join, "it is opened once");
  await host.close();
});

test("of a learner's own handler the line of each step is told, and the page loads itself again when it was built again", async () => {
  const { page, close } = await open("#/outbox/save-then-publish");
  let build = null;
  const own = { exercise: "ghosts-and-losses", file: "exercises/2-05-ghosts-and-losses/handler.rs", lines: { Save: [14, 20] }, group: false };
  const asked = await builtWith(page, own, () => {
    const now = build;
    build = null;
    return now;
  });
  await page.reload();
  await page.locator(".trace .trace-line").first().waitFor();
  const lines = page.locator(".trace .trace-line");
  assert.deepEqual([...new Set(await lines.allTextContents())], ["handler.rs:14, 20"]);
  assert.equal(asked(), 1);
  build = "before";
  let loads = 0;
  const again = new Promise((loaded) => page.on("load", () => (loads += 1) === 2 && loaded()));
  await page.reload();
  await again;
  await page.locator(".trace .violating").waitFor();
  assert.equal(new URL(page.url()).hash.split("?")[0], "#/outbox/save-then-publish");
  await close();
});
