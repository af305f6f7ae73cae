// Makes the pictures of the README from the real page.

import { startBrowser, startExplorer } from "./open.mjs";

const pictures = [
  { name: "counterexample", at: "#/outbox/save-then-publish", ready: ".trace .violating", scheme: "light" },
  { name: "catalogue", at: "#/", ready: "table", scheme: "light" },
];

const explorer = await startExplorer();
const browser = await startBrowser();
for (const { name, at, ready, scheme } of pictures) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: scheme });
  await page.goto(explorer.address + at);
  await page.waitForSelector(ready);
  await page.waitForTimeout(500);
  const path = new URL(`../../docs/images/${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path });
}
await browser.close();
explorer.stop();
