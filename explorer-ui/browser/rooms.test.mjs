// Working in one room: one drives, the others follow in browsers of their own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { current, explorer, reaches } from "./open.mjs";

const { open } = explorer();

test("a driver and two followers: follow, leave, come back, hand over the wheel, a timer", async () => {
  const driver = await open("#/outbox/save-then-publish");
  await driver.page.waitForSelector(".trace .violating");
  await driver.page.locator(".tools button[title=Room]").click();
  await driver.page.getByText("Open a room and drive").click();
  const code = await driver.page.locator(".room-code").textContent();
  const followers = [];
  for (const name of ["Ada", "Bo"]) {
    const follower = await open("#/");
    await follower.page.locator(".tools button[title=Room]").click();
    await follower.page.locator(".room-join input").first().fill(code.toLowerCase());
    await follower.page.locator(".room-join input").last().fill(name);
    await follower.page.keyboard.press("Enter");
    await reaches(follower.page, 8);
    await follower.page.keyboard.press("Escape");
    followers.push(follower);
  }
  const [ada, bo] = followers.map(({ page }) => page);
  await driver.page.keyboard.press("Escape");
  await driver.page.keyboard.press("Home");
  await reaches(ada, 0);
  await reaches(bo, 0);
  await driver.page.keyboard.press("ArrowRight");
  await reaches(ada, 1);
  await ada.keyboard.press("ArrowRight");
  await ada.getByText("You left the shared path").waitFor();
  await driver.page.keyboard.press("End");
  await reaches(bo, 8);
  assert.equal(await current(ada), "2", "who left is left alone");
  await ada.getByText("Come back").click();
  await reaches(ada, 8);
  await driver.page.locator(".tools button[title=Room]").click();
  await driver.page.getByText("Start ten minutes").click();
  await bo.locator(".in-room", { hasText: /\d:\d\d/ }).waitFor();
  await driver.page.locator("li", { hasText: "Ada" }).locator("button").click();
  await driver.page.keyboard.press("Escape");
  // The wheel is on its way to her: until it is there, a step of hers is her own.
  await bo.waitForTimeout(500);
  await ada.keyboard.press("Home");
  await reaches(driver.page, 0);
  await reaches(bo, 0);
  for (const one of [driver, ...followers]) await one.close();
});
