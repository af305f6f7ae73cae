// What the explorer promises about time and size, measured on this machine in one run:
//
//   TANDEM=../target/release/tandem npm run measure -- [--only paint,steps,memory]
//     [--loads 15] [--minutes 1] [--pause 0]
//
// `TANDEM` names a release binary. `--minutes` is how long attendees explore while the server's memory
// is watched, each thinking for `--pause` milliseconds before a request: `--only memory --minutes 60
// --pause 200` is an hour of a small workshop. On a machine that does other work as well, what an
// empty page takes, and the server's own time (which does not grow while it waits), tell how much of
// the rest is that work.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pass } from "node:timers/promises";
import { parseArgs } from "node:util";
import { explore } from "./attendees.mjs";
import { startBrowser, startExplorer } from "./open.mjs";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "paint,steps,memory" },
    loads: { type: "string", default: "15" },
    minutes: { type: "string", default: "1" },
    pause: { type: "string", default: "0" },
  },
});
const MODEL = "outbox/transactional";
/** Some millions of states, searched in a fraction of a minute. */
const LARGE = "messages=3&slots=2";
/** More than are searched while the steps beside are taken. */
const VAST = "messages=4&slots=3";
/** A million states, in which a command is delivered forever. */
const ENDLESS = "outbox/reject-duplicates";
const MILLION = "messages=3&slots=3";
const LONG = 180;
const ENOUGH = ["--max-states", "1000000000", "--memory-limit", "6000"];
const KIB = 1024;

const browser = await startBrowser();
let explorer;
const api = (path) => `${explorer.address}api/v1/${path}`;
const json = async (path) => (await fetch(api(path))).json();

/** Each part has an explorer of its own: what one has searched is no burden to the next. */
const PARTS = { paint: [firstPaint], steps: [stepsOnLarge, stepsOnLong, stepsBeside], memory: [memory] };
try {
  for (const part of values.only.split(",").flatMap((name) => PARTS[name])) {
    explorer = await startExplorer(...(part === stepsBeside ? ENOUGH : []));
    try {
      await part();
    } finally {
      explorer.stop();
    }
  }
} finally {
  await browser.close();
}

async function stepsOnLarge() {
  say(`Steps where ${known(await search(MODEL, LARGE).report)}`);
  await serverSteps(LARGE);
  await pageSteps(MODEL, LARGE);
  await roundTrips();
}

/** The run that never ends, until it is that long; from there on each walk is another. */
async function stepsOnLong() {
  const report = await search(ENDLESS, MILLION).report;
  const { steps, end } = report.properties.find(({ path }) => Number.isInteger(path?.end)).path;
  const path = steps.split(".");
  while (path.length < LONG) path.push(...path.slice(end - steps.split(".").length));
  say(`Steps on a path of ${path.length} and more, where ${known(report)}`);
  await pageSteps(ENDLESS, MILLION, path.join("."));
}

function known({ states, seconds }) {
  return `${states.toLocaleString("en-US")} states are known (searched in ${Math.round(seconds)} s)`;
}

async function stepsBeside() {
  const beside = search(MODEL, VAST);
  await beside.runs;
  say("Steps beside a search that goes on");
  await serverSteps(VAST);
  await pageSteps(MODEL, VAST);
  if (beside.done) throw new Error("the search was done before the steps were: take larger bounds");
  tell("states searched meanwhile", beside.states.toLocaleString("en-US"));
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

/** Starts a search; `runs` comes with its first progress, `report` at its end. */
function search(model, bounds) {
  const search = { done: false, states: 0 };
  search.runs = new Promise((begun) => {
    search.report = (async () => {
      const answer = await fetch(api(`models/${model}/search?${bounds}`));
      let text = "";
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const told = text.split("\n\n");
        text = told.pop();
        for (const event of told) {
          const data = /^data: ?(.*)$/m.exec(event)?.[1];
          if (data === undefined) continue;
          search.states = JSON.parse(data).states;
          begun();
          search.done ||= /^event: ?done$/m.test(event);
          if (search.done) return JSON.parse(data);
        }
      }
      throw new Error("the search ended without a report");
    })();
    // Who stops it before its end does not wait for it.
    search.report.catch(() => {});
  });
  return search;
}

/** A step as the page asks for it, without the page: one answer says all of it. */
async function serverSteps(bounds) {
  const took = [];
  const before = busy();
  for (let walk = 0; walk < 5; walk += 1) {
    let steps = "";
    for (let length = 0; length < 40; length += 1) {
      const asked = performance.now();
      const { next } = await json(`models/${MODEL}/trace?${bounds}&steps=${steps}&offset=${Math.max(0, length - 1)}`);
      took.push(performance.now() - asked);
      const possible = next.actions.filter(({ index }) => index !== null);
      if (possible.length === 0) break;
      const { index } = possible[(walk + length) % possible.length];
      steps = steps === "" ? `${index}` : `${steps}.${index}`;
    }
  }
  tell("server and loopback", times(took));
  if (bounds === LARGE) tell("… of which the server is busy for", `${((busy() - before) / took.length).toFixed(1)} ms on average`);
}

/** From the key to the last change that it makes on the page: by somebody who looks at each step for a
 * moment, and where the page has no such moment in which to ask ahead. */
async function pageSteps(model, bounds, path = "") {
  const before = path === "" ? 0 : path.split(".").length;
  for (const [who, hurried] of [["from the key to the page", false], ["… with nothing asked ahead", true]]) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    if (hurried) await page.addInitScript(() => (window.requestIdleCallback = () => 0));
    const took = [];
    for (let walk = 0; walk < 4; walk += 1) {
      await page.goto("about:blank");
      await page.goto(`${explorer.address}#/${model}?${bounds}&steps=${path}&at=${before}`);
      await page.waitForSelector(".next [data-index]");
      for (let length = 0; length < 15; length += 1) {
        const key = 1 + ((walk + length) % (await page.locator(".next [data-index]").count()));
        took.push(await page.evaluate(pressed, { key: String(Math.min(key, 9)), step: before + length + 1 }));
      }
    }
    await page.context().close();
    tell(who, times(took));
  }
}

/** Runs in the page. */
async function pressed({ key, step }) {
  const panes = document.querySelector("main.panes");
  const before = performance.now();
  let last = before;
  let shown = false;
  const watch = new MutationObserver(() => {
    last = performance.now();
    const path = document.querySelector(".state-pane").dataset.path;
    shown ||= document.querySelector(`.trace [aria-current=step][data-step="${step}"]`) !== null && document.querySelector(".next").dataset.path === path;
  });
  watch.observe(panes, { subtree: true, childList: true, attributes: true, characterData: true });
  dispatchEvent(new KeyboardEvent("keydown", { key }));
  while (!shown || performance.now() - last < 150) await new Promise((later) => setTimeout(later, 10));
  watch.disconnect();
  return last - before;
}

/** What any page takes to ask this server for a few bytes and show them. */
async function roundTrips() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(explorer.address);
  const took = await page.evaluate(async () => {
    const took = [];
    for (let time = 0; time < 60; time += 1) {
      await new Promise((later) => setTimeout(later, 150));
      const before = performance.now();
      document.title = (await (await fetch("/api/v1/models/outbox/transactional/next?steps=9999")).text()).slice(0, 9);
      took.push(performance.now() - before);
    }
    return took;
  });
  await page.context().close();
  tell("of any page, to ask for a few bytes", times(took));
}

async function memory() {
  const [minutes, pause] = [Number(values.minutes), Number(values.pause)];
  say(`Four attendees explore for ${minutes} min, ${pause > 0 ? `thinking for ${pause} ms before a request` : "at full speed"}`);
  const { protocols } = await json("catalogue");
  const counted = { requests: 0 };
  const began = Date.now();
  const until = began + minutes * 60_000;
  const attendees = [1, 2, 3, 4].map((seed) => explore(explorer.address, protocols, { seed, until, pause, counted }));
  const [held] = await Promise.all([watched(began, until, counted), ...attendees]);
  // Searches come and go, by chance small or large; what is never given back is in the least, too.
  const least = (tenths) => Math.min(...tenths.map((samples) => samples[0]));
  const [start, middle, end] = [held[0][0], least(held.slice(3, 6)), least(held.slice(8))];
  const grown = [middle - start, end - middle].map((mebibytes) => `${mebibytes < 0 ? "−" : "+"}${Math.abs(mebibytes)} MiB`);
  // What grows with every request grows after the middle as it did before.
  const bounded = end - middle <= Math.max((middle - start) / 2, middle / 10);
  tell("the least until the middle, then", grown.join(", "));
  tell("verdict", bounded ? "bounded: it levels off" : "NOT bounded: it goes on growing");
}

/** The resident memory at first, then in each tenth of the time, every second, sorted. */
async function watched(began, until, counted) {
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${explorer.pid}/status`, "utf8"))[1]) / KIB;
  const held = [[Math.round(resident())]];
  const cpu = busy();
  tell("at the start", `${held[0][0]} MiB resident`);
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const samples = [];
    while (samples.length === 0 || Date.now() < began + (tenth * (until - began)) / 10) {
      await pass(Math.min(1000, (until - began) / 100));
      samples.push(Math.round(resident()));
    }
    samples.sort((a, b) => a - b);
    held.push(samples);
    tell(`${tenth * 10} % of the time`, `${samples[samples.length >> 1]} MiB resident (${samples[0]} to ${samples.at(-1)}), ${counted.requests.toLocaleString("en-US")} requests`);
  }
  tell("processors busy", `${((100 * (busy() - cpu)) / (Date.now() - began)).toFixed(0)} % of one`);
  return held;
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
  console.log(`  ${what.padEnd(38)}${value}`);
}
