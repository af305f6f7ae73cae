// Everything beside the trace: why a guarantee is false, the fix, witnesses, loops, the graph, one
// actor's view, pins, larger type, what is copied, and other bounds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { current, explorer, go, reaches, shows, tandem } from "./open.mjs";
import { stateText, text } from "./tla.mjs";

const { open, json } = explorer();

const OUTBOX = "#/outbox/save-then-publish";
const view = (page, name) => page.locator("[aria-label=View] button", { hasText: name }).click();
const counterexample = (page) => page.locator(".banner[data-violates]").waitFor();

async function checked(name, ...more) {
  return JSON.parse(await tandem("check", name, ...more, "--format", "json")).results[0];
}

/** The value at a path such as `hist[2]` or `slots[1].at`. */
const look = (state, path) =>
  path.split(/[.[\]]+/).filter((part) => part !== "").reduce((value, part) => (Array.isArray(value) ? value[Number(part) - 1] : value[part]), state);

test("why false: the clauses that are false, with the values that the state has", async () => {
  const { properties } = await checked("outbox:save-then-publish");
  const { trace } = properties.find(({ name }) => name === "NoDoubleEffect");
  const { state } = trace.steps.at(-1);
  const { page, close } = await open(`${OUTBOX}?property=NoDoubleEffect`);
  await counterexample(page);
  const row = page.locator('.truths [data-property="NoDoubleEffect"]');
  await row.locator("summary").click();
  await page.locator(".banner-more summary").click();
  for (const where of [page.locator(".banner"), row]) {
    await where.getByText("Message 1 changes business state at most once.").waitFor();
    await where.getByText("It did so 2 times.").waitFor();
    const values = await where.locator(".clause-values > span").allTextContents();
    assert.deepEqual(values, ["hist[1] = 1", "hist[2] = 1"]);
    for (const value of values) assert.equal(value, `${value.split(" = ")[0]} = ${text(look(state, value.split(" = ")[0]))}`);
  }
  await page.keyboard.press("ArrowLeft");
  await page.locator(".banner").waitFor({ state: "detached" });
  await page.locator('.truths [data-property="NoDoubleEffect"][data-holds="true"]').waitFor();
  await close();
});

test("the fix: the same schedule on the right variant, as far as it is possible, and then until all is done", async () => {
  const { page, close } = await open(OUTBOX);
  await counterexample(page);
  const words = await page.locator(".trace li[data-step]:not([data-step='0']) button > span:last-child").evaluateAll((spans) => spans.map((span) => span.firstChild.textContent));
  await page.locator(".banner-fix").click();
  await page.locator(".fix-summary").waitFor();
  const all = await page.locator(".fix .beside tbody tr").evaluateAll((all) =>
    all.map((row) => ({ kind: row.className, ours: row.cells[1].textContent.trim(), theirs: row.cells[2].textContent.trim() })));
  const [rows, rest] = [all.slice(0, words.length), all.slice(words.length)];
  assert.ok(rest.length > 0 && rest.every(({ kind, ours }) => kind === "rest" && ours === ""));
  await page.getByText(`From there it goes on without faults until all is done: ${rest.length} steps.`).waitFor();
  assert.equal(rows.length, words.length);
  rows.forEach(({ ours }, place) => assert.ok(ours.startsWith(words[place]), `${ours}: ${words[place]}`));
  const end = rows.findIndex(({ kind }) => kind === "diverges");
  assert.ok(end > 0, "they have steps in common, and part");
  assert.match(rows[end].theirs, /not possible: \S+/);
  rows.forEach(({ kind }, place) => assert.equal(kind === "after", place > end, `step ${place + 1}`));
  await page.locator(".fix .beside tbody tr").nth(1).click();
  await reaches(page, 2);
  // What the right variant does instead is a run of its own, in which the promise is kept.
  const repaired = rows.filter(({ kind }) => ["same", "other"].includes(kind)).map(({ kind, ours, theirs }) => (kind === "same" ? ours : theirs));
  repaired.push(...rest.map(({ theirs }) => theirs.replace(/✗.*/, "")));
  await page.getByText("Open the repaired run").click();
  await page.locator(".model-button b", { hasText: /^transactional$/ }).waitFor();
  await page.locator(`.trace li[data-step="${repaired.length}"]`).waitFor();
  const list = await page.locator(".trace li[data-step]:not([data-step='0']) button > span:last-child").evaluateAll((spans) => spans.map((span) => span.firstChild.textContent));
  assert.deepEqual(list, repaired);
  for (const name of ["NoDoubleEffect", "AllDone"]) await page.locator(`.truths [data-property="${name}"][data-holds="true"]`).waitFor({ state: "attached" });
  await close();
});

test("the fix shows what a step of the same name does otherwise", async () => {
  const { page, close } = await open("#/outbox/derived-ids");
  await counterexample(page);
  await page.locator(".banner-fix").click();
  await page.locator(".fix-summary", { hasText: "It differs from step 3 on." }).waitFor();
  const row = (step) => page.locator(".fix .beside tbody tr").nth(step - 1).locator("td").last();
  assert.equal(await row(2).innerText(), "the same");
  assert.match(await row(3).innerText(), /^the same, but it changes\s.*outbox/s);
  assert.equal(await row(3).locator(".change").count(), 1, "neither what both change is told nor what follows from it");
  await close();
});

test("a right variant opens on a witness, and shows each", async () => {
  const { properties } = await checked("double-submit:optimistic");
  assert.ok(properties.every(({ verdict }) => verdict === "holds"));
  const witnesses = properties.filter(({ expectation }) => expectation === "sometimes");
  assert.ok(witnesses.length >= 2);
  const { page, close } = await open("#/double-submit/optimistic");
  await page.locator(".good-banner").waitFor();
  assert.match(await page.locator(".trace-pane h2").textContent(), /run$/);
  for (const { name, steps } of witnesses) {
    await go(page, `#/double-submit/optimistic?property=${name}`);
    await reaches(page, steps);
    await page.locator(`.truths [data-property="${name}"][data-holds="true"]`).waitFor({ state: "attached" });
    await page.keyboard.press("ArrowLeft");
    await page.locator(`.truths [data-property="${name}"][data-holds="false"]`).waitFor({ state: "attached" });
  }
  await close();
});

test("what repeats forever is drawn as a loop, from its last step back to its first", async () => {
  const { properties } = await checked("outbox:reject-duplicates");
  const { trace } = properties.find(({ name }) => name === "Settles");
  const last = trace.steps.length;
  const { page, close } = await open("#/outbox/reject-duplicates");
  await page.locator('.banner[data-violates="Settles"]').waitFor();
  await page.getByText(`Steps ${trace.end + 1} to ${last} repeat forever`).waitFor();
  const inLoop = await page.locator(".trace li.in-loop").evaluateAll((steps) => steps.map(({ dataset }) => Number(dataset.step)));
  assert.deepEqual(inLoop, trace.steps.map(({ number }) => number).filter((number) => number > trace.end));
  const [loop, back, bottom] = await Promise.all([page.locator(".seq-loop"), page.locator(".seq-number").nth(trace.end + 1), page.locator(".seq-number").nth(last)].map((part) => part.boundingBox()));
  assert.ok(loop.y <= back.y + 2 && loop.y > back.y - 80, "its head is where the loop begins");
  assert.ok(loop.y + loop.height > bottom.y + bottom.height, "its tail is below the last step");
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    await page.waitForFunction(() => {
      const [words, pane] = [".seq-footer-text", ".diagram-view"].map((part) => document.querySelector(part).getBoundingClientRect());
      return words.top > pane.top && words.bottom <= pane.bottom;
    });
  }
  await page.getByText("Back in the state after").getByRole("button").click();
  await reaches(page, trace.end);
  await page.getByRole("button", { name: "Whole state" }).click();
  const state = () => page.locator("[data-state]").textContent();
  const before = await state();
  await page.keyboard.press("End");
  await reaches(page, last);
  assert.equal(await state(), before, "it is the same state");
  await close();
});

test("a small graph is drawn whole, with its violations, and its states can be opened", async () => {
  const lines = (await tandem("graph", "outbox:check-and-return", "--format", "json-lines")).trim().split("\n").map(JSON.parse);
  const states = lines.filter((line) => line.variables);
  const pairs = new Set(lines.filter((line) => line.action).map(({ from, to }) => `${from} ${to}`));
  const { properties } = await checked("outbox:check-and-return");
  const always = properties.filter(({ expectation }) => expectation === "always").map(({ name }) => name);
  const bad = states.filter(({ holds }) => always.some((name) => !holds[name]));
  const { page, close } = await open("#/outbox/check-and-return?view=graph");
  await page.getByText(`The whole graph: ${states.length} states.`).waitFor();
  assert.equal(await page.locator(".graph-state").count(), states.length);
  assert.equal(await page.locator(".graph-edge").count(), pairs.size);
  assert.equal(await page.locator(".graph-state.is-bad").count(), bad.length);
  const steps = Number(await current(page));
  await page.getByText(`The current state is ${steps} steps from the start.`).waitFor();
  assert.equal(await page.locator(".graph-depth.is-current .graph-depth-name").textContent(), `▸${steps}`);
  const counts = (await page.locator(".graph-depth-count").allTextContents()).map(Number);
  const shape = JSON.parse(await tandem("graph", "outbox:check-and-return", "--format", "json"));
  assert.deepEqual(counts, shape.states_by_depth);
  await page.locator(".graph-state[aria-label*='▸ Initial']").click();
  await shows(page, "");
  await page.locator(".graph-state.is-current[aria-label*='▸ Initial']").waitFor();
  await page.getByText("The current state is 0 steps from the start.").waitFor();
  await close();
});

test("of a large graph what is around the current state is drawn, and the rest is counted", async () => {
  const shape = JSON.parse(await tandem("graph", "outbox:transactional", "--format", "json"));
  const { page, close } = await open("#/outbox/transactional?view=graph&steps=");
  await page.getByText(`of ${shape.states.toLocaleString("en-US")} states`).waitFor();
  const drawn = await page.locator(".graph-state").count();
  assert.ok(drawn > 1 && drawn <= 60, `${drawn} states are drawn`);
  const counts = (await page.locator(".graph-depth-count").allTextContents()).map((count) => Number(count.replace(",", "")));
  assert.deepEqual(counts, shape.states_by_depth);
  const next = page.locator(".graph-state:not(.is-current)").last();
  const label = await next.getAttribute("aria-label");
  await next.click();
  const depth = /at depth (\d+)/.exec(label)[1];
  await reaches(page, Number(depth));
  await page.getByText(new RegExp(`The current state is ${depth} steps? from the start.`)).waitFor();
  await close();
});

test("a pinned expression follows the steps, survives a reload, and says what is wrong with it", async () => {
  const { properties } = await checked("outbox:save-then-publish");
  const { trace } = properties.find(({ name }) => name === "NoDoubleEffect");
  const { page, close } = await open(`${OUTBOX}?property=NoDoubleEffect&at=0`);
  await reaches(page, 0);
  const pin = page.getByLabel("Pin an expression");
  await pin.fill("order.nothing");
  await page.locator(".pins .warn").waitFor();
  for (const expression of ["order.version", "Len(hist) = 2"]) {
    await pin.fill(expression);
    await pin.press("Enter");
    await page.locator(".pins li code", { hasText: expression }).waitFor();
  }
  const values = () => page.locator(".pins li").evaluateAll((rows) => rows.map((row) => row.querySelector("code b")?.textContent));
  const expected = ({ order, hist }) => [text(order.version), text(hist.length === 2)];
  assert.deepEqual(await values(), expected(trace.start));
  let before = trace.start;
  for (const { number, state } of trace.steps) {
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("ArrowRight");
    await reaches(page, number);
    assert.deepEqual(await values(), expected(state), `step ${number}`);
    const changed = await page.locator(".pins li").evaluateAll((rows) => rows.map((row) => row.querySelector(".changed") !== null));
    assert.deepEqual(changed, expected(state).map((value, place) => value !== expected(before)[place]), `step ${number}`);
    before = state;
  }
  await page.reload();
  await page.locator(".pins li").nth(1).waitFor();
  await page.getByRole("button", { name: "Unpin order.version" }).click();
  assert.equal(await page.locator(".pins li").count(), 1);
  await close();
});

test("one actor's view leaves out what others do among themselves", async () => {
  const { page, close } = await open(OUTBOX);
  await counterexample(page);
  const calls = () => page.locator(".seq-call").count();
  const flights = () => page.locator(".seq-row .seq-flight").count();
  const [allCalls, allFlights] = [await calls(), await flights()];
  await page.locator(".whose").selectOption("Subscribers");
  await page.locator(".seq-head.is-faded").first().waitFor();
  assert.equal(await calls(), 0, "no call is the subscribers'");
  assert.ok((await flights()) > 0 && (await flights()) < allFlights, "of all messages, theirs");
  assert.equal(await page.locator(".seq-heads .seq-head:not(.is-faded) .seq-head-name", { hasText: "Database" }).count(), 0);
  await page.locator(".whose").selectOption("");
  assert.deepEqual([await calls(), await flights()], [allCalls, allFlights]);
  await close();
});

test("one actor's view has all that touches its lifeline: the Broker's deliveries, too", async () => {
  const { page, close } = await open(OUTBOX);
  await counterexample(page);
  await page.locator(".whose").selectOption("Broker");
  await page.locator(".seq-head.is-faded").first().waitFor();
  const rows = await page.locator(".trace li[data-step] button > span:last-child").evaluateAll((spans) => spans.flatMap((span, step) => (/starts on|acknowledges/.test(span.textContent) ? [String(step)] : [])));
  const numbers = await page.locator(".seq-row:not(.is-current) .seq-number").allTextContents();
  assert.deepEqual(numbers, ["start", ...rows]);
  await close();
});

test("what of a link cannot be followed is said, as text, until it is put away", async () => {
  const { page, close } = await open(`${OUTBOX}?crash=99999999999999999999&messages=<b>1`);
  await counterexample(page);
  const strip = page.locator(".warn-strip", { hasText: "Not all of this link could be followed." });
  assert.deepEqual(await strip.locator("code").allTextContents(), ["crash=99999999999999999999", "messages=<b>1"]);
  await go(page, `${OUTBOX}?property=Nope`);
  await strip.getByText("property=Nope is ignored: this model has no such property.").waitFor();
  await counterexample(page);
  assert.match(page.url(), /property=(?!Nope)/);
  await strip.getByRole("button", { name: "Close" }).click();
  await strip.waitFor({ state: "detached" });
  await close();
});

test("projector mode makes all type larger, and stays", async () => {
  const { page, close } = await open(OUTBOX);
  await counterexample(page);
  const sizes = () => page.evaluate(() => [".trace button", ".banner-title", ".seq-text", ".change", ".card"].map((selector) => {
    const element = document.querySelector(selector);
    return parseFloat(getComputedStyle(element).fontSize);
  }));
  const before = await sizes();
  await page.locator("button[title=Appearance]").click();
  await page.getByLabel(/Projector/).check();
  await page.waitForFunction((size) => parseFloat(getComputedStyle(document.querySelector(".seq-text")).fontSize) > size, before[2]);
  const after = await sizes();
  after.forEach((size, place) => assert.ok(size >= 1.2 * before[place], `${size} is not larger than ${before[place]}`));
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth), "it still fits");
  await page.reload();
  await counterexample(page);
  assert.deepEqual(await sizes(), after);
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const part of [".cards .card", ".numbers b", ".trace [aria-current=step]", ".sequence-drawing", ".change", ".why-false"]) await page.locator(part).first().waitFor();
  await page.locator(".tabs").waitFor({ state: "hidden" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator("button[title=Appearance]").click();
  await page.getByRole("button", { name: "Dark" }).click();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  await close();
});

test("other bounds and faults are checked again, and are in the link", async () => {
  const wanted = await checked("outbox:save-then-publish", "--set", "copies=1", "--fault", "crash=0");
  const { page, close } = await open(OUTBOX);
  await counterexample(page);
  const named = await page.locator(".numbers").textContent();
  await page.locator(".model-button").click();
  await page.getByLabel("copies: one less").click();
  await page.getByLabel("crash: one less").click();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.waitForURL(/copies=1.*crash=0|crash=0.*copies=1/);
  await page.locator(".numbers p").first().getByText(new RegExp(`^${wanted.states} states · ${wanted.transitions} transitions$`)).waitFor();
  assert.notEqual(await page.locator(".numbers").textContent(), named);
  const verdicts = await page.locator(".cards [data-card]").evaluateAll((cards) => cards.map(({ dataset }) => [dataset.card, dataset.verdict]));
  assert.deepEqual(Object.fromEntries(verdicts), Object.fromEntries(wanted.properties.map(({ name, verdict }) => [name, verdict])));
  await page.locator(".model-button", { hasText: "copies 1 · no faults" }).waitFor();
  await page.goBack();
  await page.locator(".model-button", { hasText: "copies 2 · crash 1" }).waitFor();
  await page.locator(".model-button").click();
  await page.getByRole("radio", { name: /^transactional/ }).check();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator(".model-button b", { hasText: /^transactional$/ }).waitFor();
  await close();
});

test("of a search that was cut short nothing is said to hold", async () => {
  const { page, close } = await open("#/");
  const why = "stopped at 10 states; lower the bounds.";
  await page.route(/\/search\?copies=1/, async (route) => {
    const response = await route.fetch();
    const [before, report] = (await response.text()).split(/event: ?done\ndata: ?/);
    const done = report ? JSON.parse(report) : null;
    const properties = done.properties.map((property) => (property.path === null ? { ...property, verdict: "unknown" } : property));
    const cut = JSON.stringify({ ...done, complete: false, incomplete: why, properties });
    await route.fulfill({ response, body: `${before}event:done\ndata:${cut}\n\n` });
  });
  await go(page, `${OUTBOX}?copies=1`);
  const strip = page.locator(".warn-strip", { hasText: "The search was cut short." });
  await strip.getByText(why).waitFor();
  const cards = await page.locator(".cards [data-card]").evaluateAll((all) => all.map(({ dataset, textContent }) => [dataset.verdict, textContent]));
  const unsettled = cards.filter(([verdict]) => verdict === "unknown");
  assert.ok(unsettled.length > 2);
  for (const [, said] of unsettled) assert.match(said, /^\?.*not settled/);
  await page.locator(".numbers", { hasText: "cut short" }).waitFor();
  const shown = await page.locator(".cards > .card-group > .card, .cards > .card").evaluateAll((all) => all.map((card) => card.scrollWidth <= card.clientWidth && card.textContent.length > 3));
  assert.ok(shown.length > 1 && shown.every(Boolean), "what is in the line can be read");
  await page.locator(".cards > .card", { hasText: `${unsettled.length} not settled` }).waitFor();
  await strip.getByRole("button", { name: "Change the bounds" }).click();
  await page.getByLabel("messages: one more").waitFor();
  await page.keyboard.press("Escape");
  await strip.getByRole("button", { name: "Use the variant’s own bounds" }).click();
  await page.locator(".numbers", { hasText: "all in" }).waitFor();
  await strip.waitFor({ state: "detached" });
  await close();
});

test("of a large graph more is drawn when it is asked for, until all that can be is there", async () => {
  const { page, close } = await open("#/outbox/transactional?steps=0&view=graph");
  const drawn = () => page.locator(".graph-state").count();
  const more = page.getByRole("button", { name: "Show more" });
  await more.waitFor();
  let before = await drawn();
  for (const limit of [120, 240, 480]) {
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll(".graph-state").length > n, before);
    before = await drawn();
    assert.ok(before <= limit);
  }
  await more.waitFor({ state: "detached" });
  await page.locator(".graph-state.is-current").waitFor();
  await close();
});

test("an action shows what it would change before it is taken, and whether it breaks something", async () => {
  const { page, close } = await open(`${OUTBOX}?property=NoDoubleEffect`);
  await counterexample(page);
  const path = new URLSearchParams(page.url().split("?")[1]).get("steps");
  await page.keyboard.press("ArrowLeft");
  await shows(page, path.split(".").slice(0, -1).join("."));
  const breaking = page.locator(".next .violating");
  assert.match(await breaking.first().textContent(), /breaks: no message changes business state twice/);
  await breaking.first().focus();
  await page.locator(".preview").waitFor();
  const lines = (where) => page.locator(`${where} .change`).allTextContents();
  const before = await lines(".preview");
  await page.keyboard.press("Enter");
  await counterexample(page);
  assert.deepEqual(await lines("[data-changes]"), before);
  await page.keyboard.press("Home");
  await shows(page, "");
  await page.locator(".next .leads", { hasText: /\d+ steps from a broken promise/ }).first().waitFor();
  for (const reason of await page.locator(".impossible .reason").allTextContents()) assert.match(reason, /\w+ \w+/);
  await close();
});
