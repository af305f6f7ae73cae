// Attendees who explore, as fast as they are answered or more slowly: all variants, other bounds,
// searches that are left half done, many paths, graphs, repaired variants, files.

import { setTimeout as pass } from "node:timers/promises";

/** Explores until a time and thinks for so long before each request, both in milliseconds; counts
 * requests in `counted`. The same seed does the same. */
export async function explore(address, protocols, { seed, until, pause, counted }) {
  const random = dice(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const ask = async (path, init) => {
    if (pause > 0) await pass(pause);
    counted.requests += 1;
    const answer = await fetch(`${address}api/v1/${path}`, init);
    const body = await answer.text();
    if (answer.status >= 500) throw new Error(`${path}: ${answer.status} ${body}`);
    return answer.ok ? JSON.parse(body) : null;
  };
  while (Date.now() < until) {
    const protocol = pick(protocols);
    const model = `models/${protocol.name}/${pick(protocol.variants).name}`;
    const bounds = query(protocol, random);
    await ask(`${model}?${bounds}`);
    await search(`${address}api/v1/${model}/search?${bounds}`, Math.floor(random() * 5000), counted);
    let steps = "";
    for (let length = Math.floor(random() * 40); length > 0 && Date.now() < until; length -= 1) {
      const next = await ask(`${model}/next?${bounds}&steps=${steps}`);
      const possible = next?.actions.filter(({ index }) => index !== null) ?? [];
      if (possible.length === 0) break;
      steps = [steps, pick(possible).index].filter((part) => part !== "").join(".");
      await ask(`${model}/trace?${bounds}&steps=${steps}`);
    }
    await ask(`${model}/graph?${bounds}&steps=${steps}`);
    await ask(`${model}/fix?${bounds}&steps=${steps}`);
    await ask(`${model}/spec?${bounds}`);
    const trace = await ask(`${model}/trace?${bounds}&steps=${steps}`);
    if (trace) {
      const states = [trace.start, ...trace.steps].map(({ state }) => state);
      await ask(`${model}/import?${bounds}`, { method: "POST", body: JSON.stringify({ states }) });
    }
  }
}

/** Some of the bounds and faults, somewhere in their range. */
function query(protocol, random) {
  const settings = [...protocol.parameters, ...protocol.faults].filter(() => random() < 0.3);
  return settings.map(({ name, min = 0, max }) => `${name}=${min + Math.floor(random() * (max - min + 1))}`).join("&");
}

/** Listens to a search until it is done, or for so many milliseconds. */
async function search(url, patience, counted) {
  counted.requests += 1;
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(patience) })).text();
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
