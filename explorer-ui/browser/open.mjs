// What the tests in a browser share: a running `tandem explore`, a browser, pages that fail on any
// error or request elsewhere, and what Tandem says of a model on the command line.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { after, before } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = process.env.TANDEM;
const [command, first] = built ? [built, []] : ["cargo", ["run", "--quiet", "--locked", "--manifest-path", `${root}Cargo.toml`, "--"]];

/** Starts the explorer as a user does; `TANDEM` names a binary that is built already. */
export const startExplorer = (...more) => startExplorerIn(root, ...more);

/** The same in another folder, such as one with a course of its own. */
export async function startExplorerIn(cwd, ...more) {
  const child = spawn(command, [...first, "explore", "--share", ...(more.includes("--port") ? [] : ["--port", "0"]), ...more], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /http:\S+/.exec(line);
    if (address) return { address: address[0], pid: child.pid, stop: () => child.kill("SIGTERM") };
  }
  throw new Error("tandem explore ended before it said where it is");
}

/** Chromium, from `CHROMIUM` or where Debian puts it. As root it has no sandbox to work with. */
export function startBrowser(options = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    ...options,
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...(options.args ?? [])],
  });
}

/** What Tandem prints on the command line, apart from any server. */
export const tandem = (...args) => tandemIn(root, ...args);

/** The same in another folder, where it may write files. */
export async function tandemIn(cwd, ...args) {
  const run = promisify(execFile)(command, [...first, ...args], { cwd, maxBuffer: 1 << 27 });
  // A violated guarantee ends it with a code of its own.
  return (await run.catch((ended) => (ended.stdout ? ended : Promise.reject(ended)))).stdout;
}

/** Browsers say of a page without encryption, which is not on their machine, that they isolate it less. */
const UNENCRYPTED = /Cross-Origin-Opener-Policy header has been ignored/;

/** An explorer and a browser for the tests of a file. */
export function explorer({ folder = () => root, ...options } = {}) {
  let server;
  let browser;
  before(async () => {
    server = await startExplorerIn(folder());
    browser = await startBrowser(options);
  });
  after(async () => {
    await browser?.close();
    server?.stop();
  });

  /** A page at an address, in a browser context of its own; closing it fails the test on any error, and
   * on any request elsewhere than to its site and these. */
  async function open(at, { sites = [], ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const address = new URL(at, server.address);
    const own = [address.origin, ...sites];
    const wrong = [];
    const asked = [];
    page.on("request", (request) => {
      asked.push(request.url());
      if (!own.includes(new URL(request.url()).origin)) wrong.push(`asks for ${request.url()}`);
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (line) => line.type() === "error" && !UNENCRYPTED.test(line.text()) && wrong.push(line.text()));
    await page.goto(address.href);
    return { page, asked, wrong, close: async () => (await context.close(), assert.deepEqual(wrong, [])) };
  }

  return {
    open,
    address: () => server.address,
    json: async (path) => (await fetch(`${server.address}api/v1${path}`)).json(),
  };
}

/** The step that the trace marks as the current one. */
export const current = (page) => page.locator(".trace [aria-current=step]").getAttribute("data-step");

export const reaches = (page, step) => page.waitForSelector(`.trace [aria-current=step][data-step="${step}"]`);

/** Waits until the page shows the state that a path leads to, and what can happen there. */
export const shows = (page, path) =>
  page.waitForSelector(`.state-pane[data-path="${path}"]:has(.next[data-path="${path}"])`);

/** Goes to an address in the open page, without loading it anew. */
export const go = (page, hash) => page.evaluate((to) => void (location.hash = to), hash);

/** Whether the first lines of something can be read as it is: no pane and no window cuts them off. */
export const inSight = (page, selector) =>
  page.locator(selector).first().evaluate((element) => {
    const box = element.getBoundingClientRect();
    const seen = { top: 0, left: 0, bottom: innerHeight, right: innerWidth };
    for (let pane = element.parentElement; pane !== null; pane = pane.parentElement) {
      if (getComputedStyle(pane).overflowY === "visible") continue;
      const { top, left, bottom, right } = pane.getBoundingClientRect();
      seen.top = Math.max(seen.top, top);
      seen.left = Math.max(seen.left, left);
      seen.bottom = Math.min(seen.bottom, bottom);
      seen.right = Math.min(seen.right, right);
    }
    const high = Math.min(box.height, 24);
    return box.height > 0 && box.top >= seen.top - 1 && box.top + high <= seen.bottom + 1 && box.left >= seen.left - 1 && box.right <= seen.right + 1;
  });
