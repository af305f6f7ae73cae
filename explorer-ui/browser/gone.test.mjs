// Rooms when somebody or something is gone: the driver, the server, a step on its way; and a server that
// starts again.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { after, before, test } from "node:test";
import { reaches, startBrowser, startExplorer } from "./open.mjs";

/** Within this time the page must say what is gone, with some more for a loaded machine. */
const FIVE_SECONDS = 5_000;
const BROKEN = "#/outbox/save-then-publish";
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function open(server, at = "#/") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(new URL(at, server.address).href);
  return page;
}

const menu = (page) => page.locator(".tools button[title=Room]").click();

async function drive(server, name) {
  const page = await open(server, BROKEN);
  await page.waitForSelector(".trace .violating");
  await menu(page);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByText("Open a room and drive").click();
  const code = await page.locator(".room-code").textContent();
  await page.keyboard.press("Escape");
  return { page, code };
}

async function join(server, code, name) {
  const page = await open(server);
  await menu(page);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByLabel("Code").fill(code);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".room-strip");
  await page.keyboard.press("Escape");
  return page;
}

test("followers see within five seconds that the driver is gone, or the server", async (context) => {
  const server = await startExplorer();
  context.after(server.stop);
  const driver = await drive(server, "Cy");
  const ada = await join(server, driver.code, "Ada");
  await reaches(ada, 8);
  await driver.page.close();
  await ada.locator(".strip", { hasText: "Cy is away." }).waitFor({ timeout: FIVE_SECONDS });
  // It keeps its connections, and says nothing more: as a machine that was switched off.
  process.kill(server.pid, "SIGSTOP");
  context.after(() => process.kill(server.pid, "SIGCONT"));
  await ada.getByText("The server does not answer.").waitFor({ timeout: FIVE_SECONDS });
  process.kill(server.pid, "SIGCONT");
  await ada.getByText("The server does not answer.").waitFor({ state: "detached" });
});

test("a step of the driver that the room did not hear is sent again", async (context) => {
  const server = await startExplorer();
  context.after(server.stop);
  const driver = await drive(server, "Cy");
  const ada = await join(server, driver.code, "Ada");
  await reaches(ada, 8);
  let refused = 0;
  await driver.page.route("**/place", (route) => (refused++ < 2 ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  await driver.page.keyboard.press("ArrowLeft");
  await reaches(ada, 7);
  assert.equal(refused, 3);
});

test("the person who opened the room takes the wheel back at any time; others do not", async (context) => {
  const server = await startExplorer();
  context.after(server.stop);
  const host = await drive(server, "Cy");
  const ada = await join(server, host.code, "Ada");
  const bo = await join(server, host.code, "Bo");
  await menu(host.page);
  await host.page.locator(".members li", { hasText: "Ada" }).locator("button").click();
  await host.page.keyboard.press("Escape");
  await bo.getByText("Following Ada in room").waitFor();
  assert.equal(await bo.getByText("Take the wheel").count(), 0);
  await host.page.locator(".strip").getByText("Take the wheel").click();
  await ada.getByText("Following Cy in room").waitFor();
});

test("a room survives a restart of the server", async (context) => {
  const cache = mkdtempSync(path(tmpdir(), "tandem-rooms-"));
  const before = process.env.TANDEM_CACHE_DIR;
  process.env.TANDEM_CACHE_DIR = cache;
  context.after(() => {
    if (before === undefined) delete process.env.TANDEM_CACHE_DIR;
    else process.env.TANDEM_CACHE_DIR = before;
    rmSync(cache, { recursive: true });
  });
  const port = String(await free());
  const first = await startExplorer("--port", port);
  const driver = await drive(first, "Cy");
  const ada = await join(first, driver.code, "Ada");
  await reaches(ada, 8);
  first.stop();
  await ada.locator(".disconnected").waitFor();
  const second = await startExplorer("--port", port);
  context.after(second.stop);
  await ada.locator(".disconnected").waitFor({ state: "detached" });
  await driver.page.keyboard.press("ArrowLeft");
  await reaches(ada, 7);
  await menu(ada);
  assert.deepEqual((await ada.locator(".members li").allTextContents()).map((name) => name.split(" ")[0]), ["Cy", "Ada"]);
});

/** A port that is free now. */
function free() {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
