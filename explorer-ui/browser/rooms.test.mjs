// Rooms in real browsers: each person has a browser context of their own.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";
import { current, explorer, reaches, shows, startExplorer } from "./open.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const BROKEN = "#/outbox/save-then-publish";
const { open, address } = explorer();

const menu = (page) => page.locator(".tools button[title=Room]").click();
const nameField = (page) => page.getByRole("textbox", { name: "Your name" });
const following = (page, name) => page.getByText(`Following ${name} in room`).waitFor();

/** Opens a room; the code is what the others need. */
async function drive(name = "") {
  const { page, asked, close } = await open(BROKEN);
  await page.waitForSelector(".trace .violating");
  await menu(page);
  await nameField(page).fill(name);
  await page.getByText("Open a room and drive").click();
  const code = await page.locator(".room-code").textContent();
  await page.keyboard.press("Escape");
  return { page, asked, close, code };
}

/** Joins as one does who is told a code. */
async function join(code, name) {
  const { page, asked, close } = await open("#/");
  await menu(page);
  await nameField(page).fill(name);
  await page.getByLabel("Code").fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await page.waitForSelector(".room-strip");
  await page.keyboard.press("Escape");
  return { page, asked, close };
}

test("followers see each step, leave the shared path, come back, and are handed the wheel; a timer", async () => {
  const driver = await drive();
  const ada = await join(driver.code, "Ada");
  const bo = await join(driver.code, "Bo");
  await reaches(ada.page, 8);
  await driver.page.keyboard.press("Home");
  for (const { page } of [ada, bo]) await reaches(page, 0);
  await driver.page.keyboard.press("ArrowRight");
  await reaches(ada.page, 1);
  await ada.page.keyboard.press("ArrowRight");
  await ada.page.getByText("You left the shared path").waitFor();
  await driver.page.keyboard.press("End");
  await reaches(bo.page, 8);
  assert.equal(await current(ada.page), "2", "who left is left alone");
  await ada.page.getByText("Come back").click();
  await reaches(ada.page, 8);
  await menu(driver.page);
  await driver.page.getByText("Start ten minutes").click();
  await bo.page.locator(".in-room", { hasText: /\d:\d\d/ }).waitFor();
  await driver.page.locator(".members li", { hasText: "Ada" }).locator("button").click();
  await driver.page.keyboard.press("Escape");
  await following(bo.page, "Ada");
  await following(driver.page, "Ada");
  await ada.page.waitForSelector(".room-strip", { state: "detached" });
  await ada.page.keyboard.press("Home");
  for (const { page } of [driver, bo]) await reaches(page, 0);
  for (const one of [driver, ada, bo]) await one.close();
});

test("whoever loads the page again is who they were, on the shared path or beside it", async () => {
  const driver = await drive("Cy");
  const ada = await join(driver.code, "Ada");
  const bo = await join(driver.code, "Bo");
  await bo.page.keyboard.press("Home");
  await bo.page.getByText("You left the shared path").waitFor();
  for (const { page } of [driver, ada, bo]) await page.reload();
  await following(ada.page, "Cy");
  await bo.page.getByText("You left the shared path").waitFor();
  await driver.page.waitForSelector(".in-room");
  await driver.page.keyboard.press("ArrowLeft");
  await reaches(ada.page, 7);
  assert.equal(await current(bo.page), "0", "who left is left alone");
  await menu(driver.page);
  const names = await driver.page.locator(".members li").allTextContents();
  assert.deepEqual(names.map((name) => name.split(" ")[0]), ["Cy", "Ada", "Bo"]);
  for (const one of [driver, ada, bo]) await one.close();
});

test("only who chooses the steps asks ahead", async () => {
  const driver = await drive();
  const ada = await join(driver.code, "Ada");
  await reaches(ada.page, 8);
  const ahead = driver.page.waitForResponse((response) => /\/trace\?.*steps=1&/.test(response.url()));
  await driver.page.keyboard.press("Home");
  await shows(ada.page, "");
  await ahead;
  const beside = ({ asked }) => asked.filter((url) => /\/trace\?.*steps=1&/.test(url)).length;
  assert.deepEqual([driver, ada].map(beside), [1, 0]);
  const alone = ada.page.waitForResponse((response) => /\/trace\?.*steps=0\.1&/.test(response.url()));
  await ada.page.keyboard.press("ArrowRight");
  await alone;
  for (const one of [driver, ada]) await one.close();
});

test("a wheel that is left alone may be taken, and who comes back follows", async () => {
  const driver = await drive("Cy");
  const ada = await join(driver.code, "Ada");
  await driver.page.goto("about:blank");
  const take = ada.page.locator(".strip").getByText("Take the wheel");
  await ada.page.locator(".strip", { hasText: "Cy is away." }).waitFor();
  await take.click();
  await take.waitFor({ state: "detached" });
  await ada.page.keyboard.press("Home");
  await driver.page.goto(address() + BROKEN);
  await following(driver.page, "Ada");
  await reaches(driver.page, 0);
  await menu(ada.page);
  await ada.page.getByText("Leave the room").click();
  await driver.page.getByText("Nobody drives in room").waitFor();
  await driver.page.locator(".strip").getByText("Take the wheel").click();
  await menu(driver.page);
  await driver.page.getByText("You drive.").waitFor();
  assert.equal(await driver.page.locator(".members li").count(), 1, "who left is gone");
  for (const one of [driver, ada]) await one.close();
});

test("a room that is not there any more is told of", async () => {
  const driver = await drive("Cy");
  await driver.page.evaluate(async () => {
    const { code, secret } = JSON.parse(sessionStorage.getItem("tandem.room"));
    const body = JSON.stringify({ secret });
    await fetch(`/api/v1/rooms/${code}/leave`, { method: "POST", headers: { "content-type": "application/json" }, body });
  });
  await driver.page.getByText("You are not in the room any more.").waitFor();
  await driver.page.locator(".strip button").click();
  await driver.page.waitForSelector(".strip", { state: "detached" });
  await driver.page.reload();
  await driver.page.waitForSelector(".trace .violating");
  assert.equal(await driver.page.locator(".in-room").count(), 0);
});

test("a link joins, and neither the dialog nor the menu has anything for axe to find", async () => {
  const driver = await drive("Cy");
  await driver.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await menu(driver.page);
  await driver.page.getByText("Copy the link to join").click();
  await driver.page.getByText("Copied.").waitFor();
  const link = await driver.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, `${address()}#/join/${driver.code}`);
  for (const colorScheme of ["light", "dark"]) {
    // The page's own policy would keep axe out.
    const { page, close } = await open(link, { colorScheme, bypassCSP: true });
    const clean = async () => {
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), []);
    };
    await page.waitForSelector("dialog[open]");
    await page.addScriptTag({ path: axe });
    await clean();
    await nameField(page).fill("Ada");
    await page.keyboard.press("Enter");
    await following(page, "Cy");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    await reaches(page, 8);
    await menu(page);
    await page.locator(".members").waitFor();
    await clean();
    await close();
  }
  await driver.close();
});

test("beyond loopback the link carries the token, and may stand on a page of another site", async (context) => {
  const everywhere = await startExplorer("--bind", "0.0.0.0");
  context.after(everywhere.stop);
  const driver = await open(everywhere.address);
  await driver.page.waitForSelector("table");
  assert.ok(!driver.page.url().includes("token"), "the address loses it");
  await menu(driver.page);
  await driver.page.getByText("Open a room and drive").click();
  const code = await driver.page.locator(".room-code").textContent();
  const { share } = await driver.page.evaluate(async () => (await fetch("/api/v1/catalogue")).json());
  const elsewhere = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<link rel="icon" href="data:,"><a href="${share}#/join/${code}">join</a>`);
  });
  context.after(() => elsewhere.close());
  await new Promise((listening) => elsewhere.listen(0, "localhost", listening));
  const ada = await open(`http://localhost:${elsewhere.address().port}/`, { sites: [new URL(share).origin] });
  await ada.page.getByText("join").click();
  await ada.page.waitForSelector("dialog[open]");
  await nameField(ada.page).fill("Ada");
  await ada.page.keyboard.press("Enter");
  await ada.page.waitForSelector(".room-strip");
  for (const one of [driver, ada]) await one.close();
});
