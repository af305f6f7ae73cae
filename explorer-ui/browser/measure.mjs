// What the explorer promises about time and size, measured on this machine in one run:
//
//   TANDEM=../target/release/tandem npm run measure -- [--minutes 1] [--loads 15]
//
// `TANDEM` names a release binary. `--minutes` is how long attendees explore at full speed while the
// server's memory is watched: at 60, an hour of it. On a machine that does other work as well, what an
// empty page takes, and the server's own time (which does not grow while it waits), tell how much of
// the rest is that work.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { explore } from "./attendees.mjs";
import { startBrowser, startExplorer } from "./open.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, loads: { type: "string", default: "15" } },
});
/** Some millions of states, searched in a fraction of a minute. */
const LARGE = { path: "models/outbox/transactional", bounds: "messages=3&slots=2" };
const PAGE = "#/outbox/transactional?messages=3&slots=2";
const KIB = 1024;

const explorer = await startExplorer();
const browser = await startBrowser();
const api = (path) => `${explorer.address}api/v1/${path}`;
const json = async (path) => (await fetch(api(path))).json();

try {
  await firstPaint();
  const search = searchLarge();
  await search.runs;
  say("While the search runs");
  await serverSteps(false);
  await pageSteps();
  if (search.done) say("The search was done before the steps were: take larger bounds to see all of them beside it");
  const { states, seconds } = await search.report;
  say(`Once ${states.toLocaleString("en-US")} states are known (searched in ${Math.round(seconds)} s beside the steps)`);
  await serverSteps(true);
  await pageSteps();
  await memory();
} finally {
  await browser.close();
  explorer.stop();
}

/** The first load of the page, with an empty cache, beside that of a page with a word on it. */
async function firstPaint() {
  const word = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end('<!doctype html><link rel="icon" href="data:,"><p>word</p>');
  });
  await new Promise((listening) => word.listen(0, "127.0.0.1", listening));
  const [own, empty, shown] = [[], [], []];
  let sizes = [];
  for (let load = 0; load < Number(values.loads); load += 1) {
    empty.push((await loaded(`http://127.0.0.1:${word.address().port}/`, "p")).paint);
    const page = await loaded(explorer.address, "table");
    own.push(page.paint);
    shown.push(page.shown);
    sizes = page.sizes;
  }
  word.close();
  const bytes = (kind) => sizes.filter(({ name }) => name.endsWith(kind)).reduce((sum, { size }) => sum + size, 0);
  say("The first load, nothing in the cache");
  tell("JavaScript as transferred", `${(bytes(".js") / KIB).toFixed(1)} KiB`);
  tell("style as transferred", `${(bytes(".css") / KIB).toFixed(1)} KiB`);
  tell("first contentful paint", times(own));
  tell("… of a page with one word", times(empty));
  tell("the catalogue is there", times(shown));
}

async function loaded(address, ready) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const seen = await page.evaluate(async (ready) => {
    while (document.querySelector(ready) === null) await new Promise(requestAnimationFrame);
    const shown = performance.now();
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (painted() === undefined) await new Promise(requestAnimationFrame);
    const files = performance.getEntriesByType("resource");
    return { paint: painted(), shown, sizes: files.map(({ name, encodedBodySize: size }) => ({ name, size })) };
  }, ready);
  await context.close();
  return seen;
}

/** Starts the search of the large model; `runs` comes with its first progress, `report` at its end. */
function searchLarge() {
  const search = { done: false };
  search.runs = new Promise((begun) => {
    search.report = (async () => {
      const answer = await fetch(api(`${LARGE.path}/search?${LARGE.bounds}`));
      let text = "";
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.includes("event: progress")) begun();
      }
      search.done = true;
      return JSON.parse(text.split("event: done\ndata: ").at(-1).split("\n")[0]);
    })();
  });
  return search;
}

/** A step as the page asks for it, without the page: the trace, then what can happen next. */
async function serverSteps(alone) {
  const took = [];
  const before = busy();
  for (let walk = 0; walk < 5; walk += 1) {
    let steps = "";
    for (let length = 0; length < 40; length += 1) {
      const asked = performance.now();
      await json(`${LARGE.path}/trace?${LARGE.bounds}&steps=${steps}`);
      const { actions } = await json(`${LARGE.path}/next?${LARGE.bounds}&steps=${steps}`);
      took.push(performance.now() - asked);
      const possible = actions.filter(({ index }) => index !== null);
      if (possible.length === 0) break;
      const { index } = possible[(walk + length) % possible.length];
      steps = steps === "" ? `${index}` : `${steps}.${index}`;
    }
  }
  tell("a step, server and loopback", times(took));
  if (alone) tell("… of which the server is busy for", `${((busy() - before) / took.length).toFixed(1)} ms on average`);
}

/** From the key to the last change that it makes on the page. */
async function pageSteps() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const took = [];
  for (let walk = 0; walk < 4; walk += 1) {
    await page.goto("about:blank");
    await page.goto(`${explorer.address}${PAGE}&steps=&at=0`);
    await page.waitForSelector(".next [data-index]");
    for (let length = 0; length < 15; length += 1) {
      const key = 1 + ((walk + length) % (await page.locator(".next [data-index]").count()));
      took.push(await page.evaluate(pressed, { key: String(Math.min(key, 9)), step: length + 1 }));
    }
  }
  await page.context().close();
  tell("a step, from the key to the page", times(took));
}

/** Runs in the page. */
async function pressed({ key, step }) {
  const panes = document.querySelector("main.panes");
  const before = performance.now();
  let last = before;
  let shown = false;
  const watch = new MutationObserver(() => {
    last = performance.now();
    shown ||= document.querySelector(`.trace [aria-current=step][data-step="${step}"]`) !== null;
  });
  watch.observe(panes, { subtree: true, childList: true, attributes: true, characterData: true });
  dispatchEvent(new KeyboardEvent("keydown", { key }));
  while (!shown || performance.now() - last < 150) await new Promise((later) => setTimeout(later, 10));
  watch.disconnect();
  return last - before;
}

async function memory() {
  const minutes = Number(values.minutes);
  say(`Attendees explore for ${minutes} min at full speed`);
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${explorer.pid}/status`, "utf8"))[1]) / KIB;
  const { protocols } = await json("catalogue");
  const counted = { requests: 0 };
  const until = Date.now() + minutes * 60_000;
  const attendees = [1, 2, 3, 4].map((seed) => explore(explorer.address, protocols, seed, until, counted));
  tell("0 % of the time", `${Math.round(resident())} MiB resident`);
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    await new Promise((later) => setTimeout(later, Math.max(0, until - Date.now() - ((10 - tenth) * minutes * 60_000) / 10)));
    tell(`${tenth * 10} %`, `${Math.round(resident())} MiB resident, ${counted.requests.toLocaleString("en-US")} requests`);
  }
  await Promise.all(attendees);
}

/** For how many milliseconds the server has kept processors busy. */
function busy() {
  const fields = readFileSync(`/proc/${explorer.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function times(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) => `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)} ms`;
  return `median ${at(0.5)}, 99 % within ${at(0.99)} (${sorted.length} times)`;
}

function say(title) {
  console.log(`\n${title}`);
}

function tell(what, value) {
  console.log(`  ${what.padEnd(34)}${value}`);
}
