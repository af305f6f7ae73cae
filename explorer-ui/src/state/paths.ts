// Paths from the server: each is requested once, and of a trace only the steps that are not known yet.
import { ask, modelAddress } from "../api/client";
import type { End, Next, Trace } from "../api/types";
import { Answers } from "./answers";
import { type Spot, indices } from "./place";

/** Which model it is, and whether it is searched: then more is known of what can happen next. */
export interface About {
  model: Pick<Spot, "protocol" | "variant" | "parameters">;
  digest: string;
  searched: boolean;
}

/** Bounded by the steps of all of them. */
const traces = new Answers<Trace>(2000, ({ steps }) => 1 + steps.length);
const nexts = new Answers<Next>(500);

/** A path with everything that is shown of it. What it shares with `near`, a trace of the same model,
 * is taken from there. */
export function traceOf(about: About, steps: string, end: End, near: Trace | null): Trace | Promise<Trace> {
  const key = `${about.digest} ${modelAddress(about.model, "trace", { steps, end })}`;
  return traces.get(key) ?? traces.ask(key, async () => {
    const told = await fromServer(about, steps, end, near);
    nexts.keep(nextKey(about, steps), told.next);
    return told;
  });
}

async function fromServer(about: About, steps: string, end: End, near: Trace | null): Promise<Trace> {
  const offset = near === null ? 0 : shared(indices(steps), near.steps.map(({ index }) => index));
  const told = await ask<Trace>(modelAddress(about.model, "trace", { steps, end, offset }));
  if (near === null || offset === 0) return told;
  // Another server may answer now.
  if (told.digest !== near.digest) return fromServer(about, steps, end, null);
  return { ...told, offset: 0, steps: [...near.steps.slice(0, offset), ...told.steps] };
}

/** What can happen in the state that a path leads to. */
export function nextOf(about: About, path: string): Next | Promise<Next> {
  const key = nextKey(about, path);
  return nexts.get(key) ?? nexts.ask(key, () => ask<Next>(modelAddress(about.model, "next", { steps: path })));
}

const nextKey = ({ model, digest, searched }: About, path: string): string => `${digest} ${searched} ${modelAddress(model, "next", { steps: path })}`;

/** How many steps two paths begin with alike. */
export function shared(one: number[], other: number[]): number {
  const parts = one.findIndex((index, place) => index !== other[place]);
  return parts < 0 ? one.length : parts;
}
