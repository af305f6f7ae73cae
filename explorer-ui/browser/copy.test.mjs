// What is copied, as its reader takes it: each form is read again, and says what the trace says.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { explorer, tandem, tandemIn } from "./open.mjs";

const { open, address } = explorer();

const MODEL = "charge-once/timeout-as-failure";
const AT = `#/${MODEL}?property=Charged`;
const steps = (page) => new URLSearchParams(page.url().split("?")[1]).get("steps");

async function charged() {
  const { results } = JSON.parse(await tandem("check", MODEL.replace("/", ":"), "--format", "json"));
  return results[0].properties.find(({ name }) => name === "Charged").trace;
}

async function openTrace(prepare = () => {}) {
  const opened = await open(AT, { permissions: ["clipboard-read", "clipboard-write"] });
  await opened.page.locator(".banner[data-violates]").waitFor();
  await opened.page.evaluate(prepare);
  return opened;
}

async function copied(page, form) {
  if ((await page.locator(":popover-open").count()) === 0) await page.locator('button[title="Copy as"]').click();
  await page.locator(".menu-item", { hasText: new RegExp(`^${form}\\b`) }).click();
  await page.locator("[role=status]", { hasText: `Copied as ${form}` }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await page.locator(":popover-open").waitFor({ state: "detached" });
  return text;
}

test("a link opens the same step elsewhere", async () => {
  const { page, close } = await openTrace();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const link = await copied(page, "Link");
  const here = await page.locator(".state-pane h2").textContent();
  const elsewhere = await open(link.slice(address().length));
  await elsewhere.page.locator(".state-pane h2", { hasText: here }).waitFor();
  assert.equal(steps(elsewhere.page), steps(page));
  await elsewhere.close();
  await close();
});

test("an ITF file is read again, and is the same path", async () => {
  const { page, close } = await openTrace();
  const itf = await copied(page, "ITF JSON");
  const trace = await charged();
  const { vars, states } = JSON.parse(itf);
  assert.deepEqual(vars, Object.keys(trace.start));
  assert.deepEqual(states.map(({ "#meta": _, ...state }) => state), [trace.start, ...trace.steps.map(({ state }) => state)]);
  const answer = await fetch(`${address()}api/v1/models/${MODEL}/import`, { method: "POST", headers: { "content-type": "text/plain" }, body: itf });
  const { path, diverges, elsewhere } = await answer.json();
  assert.deepEqual([diverges, elsewhere, path.steps], [null, null, steps(page)]);
  await page.goto(`${address()}#/charge-once/derived-key?view=tla`);
  await page.getByRole("button", { name: "TLC and imported traces" }).click();
  await page.locator(".import textarea").fill(itf);
  await page.getByRole("button", { name: "Replay it" }).click();
  await page.getByText("It was recorded on charge-once:timeout-as-failure, and this is charge-once:derived-key.").waitFor();
  await close();
});

test("a Rust test takes the same steps and asserts what is false", async () => {
  const { page, close } = await openTrace();
  const rust = await copied(page, "Rust test");
  const taken = [...rust.matchAll(/^ {8}\((\d+), "(\w+)"\), \/\/ \d+\. (.+?)(?: ✗ .*)?$/gm)].map(([, index, action, words]) => ({ index, action, words }));
  const indices = steps(page).split(".");
  assert.deepEqual(taken, (await charged()).steps.map(({ action, words }, place) => ({ index: indices[place], action, words })));
  assert.match(rust, /select\(Some\("charge-once:timeout-as-failure"\), &overrides\)/);
  assert.match(rust, /\(Fault::Lose\.into\(\), 1\),\n\s+\(Fault::Unknown\.into\(\), 1\)/);
  assert.match(rust, /assert!\(!\(system\.property\("Charged"\)\.condition\)\(&system, last\), "Charged holds"\);/);
  await close();
});

test("a Rust test is named after a promise that is broken, not after a limit", async () => {
  const { page, close } = await open("#/outbox/derived-ids", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.waitForSelector(".trace .violating");
  const rust = await copied(page, "Rust test");
  assert.match(rust, /fn derived_ids_violates_consistent_output\(\)/);
  assert.match(rust, /assert!.*ConsistentOutput[^]*assert!.*NoGhostEver/);
  await close();
});

test("Markdown has every step with what it changes, and what is broken", async () => {
  const { page, close } = await openTrace();
  const lines = (await copied(page, "Markdown")).split("\n").map((line) => line.trim());
  const trace = await charged();
  for (const { number, action, changes } of trace.steps) {
    const at = lines.findIndex((line) => line.startsWith(`${number}. **${action}**`));
    assert.ok(at > 0, action);
    for (let n = 1; n <= changes.length; n += 1) assert.match(lines[at + n], /^- `[~+−] /);
  }
  assert.ok(lines.some((line) => line.startsWith("- ✗ **Charged** is false from here")));
  await close();
});

test("Mermaid has everybody, every arrow between two of them, and the loss", async () => {
  const { page, close } = await openTrace();
  const [head, ...lines] = (await copied(page, "Mermaid")).trimEnd().split("\n");
  assert.equal(head, "sequenceDiagram");
  const named = new Map(lines.map((line) => /^ {2}(?:actor|participant) (L\d+) as (.+)$/.exec(line)).filter(Boolean).map(([, id, name]) => [id, name]));
  assert.deepEqual([...named.values()], await page.locator(".sequence-heads .seq-head-name").allTextContents());
  assert.match(lines[0], /^ {2}title charge-once:timeout-as-failure: Charged$/);
  const rest = lines.slice(named.size + 1);
  for (const line of rest) {
    const known = /^ {2}(?:(L\d+)-{1,2}(?:>>|x)(L\d+)|Note over (L\d+)(?:,(L\d+))?): [^;#<>]+(?:<br\/>[^;#<>]+)*$/.exec(line.replace(/#(35|59|lt|gt);/g, "·"));
    assert.ok(known, `Mermaid does not read: ${line}`);
    for (const id of known.slice(1).filter(Boolean)) assert.ok(named.has(id), line);
  }
  assert.ok(rest.some((line) => /^ {2}L\d+-{1,2}xL\d+: .*lost$/.test(line)));
  await close();
});

test("Mermaid's own parser takes every counterexample of the catalogue", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tandem-mermaid-"));
  await tandemIn(folder, "check", "--safety", "--save-trace", "mermaid");
  const files = await readdir(folder);
  assert.ok(files.length > 100, `${files.length} diagrams`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const { page, close } = await open("");
  const blank = await page.context().newPage();
  await blank.addScriptTag({ path: fileURLToPath(new URL("../node_modules/mermaid/dist/mermaid.min.js", import.meta.url)) });
  const refused = await blank.evaluate(async (texts) => {
    const refused = [];
    for (const text of texts) {
      const read = await window.mermaid.parse(text).catch((error) => ({ diagramType: String(error) }));
      if (read.diagramType !== "sequence") refused.push([read.diagramType, text]);
    }
    return refused;
  }, texts);
  assert.deepEqual(refused, []);
  await close();
  await rm(folder, { recursive: true });
});

test("an SVG stands alone, with a title and everybody who takes part", async () => {
  const { page, close } = await openTrace();
  const svg = await copied(page, "SVG");
  const nowhere = await page.context().newPage();
  const seen = await nowhere.evaluate(async (source) => {
    const document = new DOMParser().parseFromString(source, "image/svg+xml");
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
    await image.decode();
    const texts = [...document.querySelectorAll("text")].map(({ textContent }) => textContent.trim());
    return { broken: document.querySelector("parsererror") !== null, texts, width: image.naturalWidth, title: document.querySelector("title").textContent };
  }, svg);
  assert.equal(seen.broken, false);
  assert.ok(seen.width > 300);
  for (const name of await page.locator(".sequence-heads .seq-head-name").allTextContents()) assert.ok(seen.texts.includes(name), name);
  assert.match(seen.title, /^charge-once:timeout-as-failure: Charged/);
  assert.doesNotMatch(svg, /var\(--|href="http|data-screen/);
  await close();
});

test("without a clipboard of its own the page copies all the same", async () => {
  const { page, close } = await openTrace(() => {
    // As it is for pages of another machine without encryption.
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  assert.match(await copied(page, "Link"), /steps=[\d.]+/);
  await close();
});
