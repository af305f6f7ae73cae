// A running `tandem explore` and a browser beside it, for tests and screenshots.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the explorer as a user does; `TANDEM` names a binary that is built already. */
export async function startExplorer(...more) {
  const built = process.env.TANDEM;
  const [command, first] = built ? [built, []] : ["cargo", ["run", "--quiet", "--locked", "--"]];
  const child = spawn(command, [...first, "explore", "--share", "--port", "0", ...more], {
    cwd: root,
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
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
