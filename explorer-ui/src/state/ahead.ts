// Asks ahead, while nobody does anything, for what the next key may lead to: the states beside the
// current one on its path, and those after the actions that have a key. One answer after the other,
// and no more of them once the reader has moved on; the page is right without, only later.
import { effect } from "@preact/signals";
import { about, at, choosable, here, length, next, pathHere, theTrace } from "./session";
import { nextOf, traceOf } from "./paths";
import { append, prefix } from "./place";

/** `wanted`: whether the reader chooses the steps. */
export function askAhead(wanted: () => boolean): void {
  effect(() => {
    const path = pathHere.value;
    if (path === null || !wanted() || !choosable.value || next.value?.answer.state !== "ready") return undefined;
    let moved = false;
    const cancel = whenIdle(async () => {
      for (const fetch of likely(path)) {
        if (moved) return;
        await fetch();
      }
    });
    return () => {
      moved = true;
      cancel();
    };
  });
}

/** What may be asked for next, the likeliest first. */
function likely(path: string): (() => Promise<unknown>)[] {
  const model = about.peek();
  const trace = theTrace.peek();
  const steps = here.peek()?.steps;
  const answer = next.peek()?.answer;
  if (model === null || trace === null || steps == null || answer?.state !== "ready") return [];
  const beside = [at.peek() + 1, at.peek() - 1].filter((n) => n >= 0 && n <= length.peek()).map((n) => prefix(steps, n));
  const possible = answer.value.actions.filter(({ index }) => index !== null).slice(0, 9);
  const after = possible.map(({ index }) => append(path, index ?? 0)).filter((longer) => !beside.includes(longer));
  return [
    ...beside.map((near) => async () => nextOf(model, near)),
    ...after.map((longer) => async () => {
      await traceOf(model, longer, null, trace);
      await nextOf(model, longer);
    }),
  ].map((fetch) => () => fetch().catch(() => undefined));
}

/** Safari cannot be asked when it is idle. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(work, { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(work, 50);
  return () => clearTimeout(handle);
}
