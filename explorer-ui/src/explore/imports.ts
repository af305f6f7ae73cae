// The trace of TLC that is shown beside the Rust model: brought by the reader, or found by a run.
import { batch, signal } from "@preact/signals";
import type { Imported } from "../api/types";
import { ask, failed, modelAddress } from "../api/client";
import { here, move } from "../state/session";

export const imported = signal<Imported | null>(null);
/** Why what was brought last is no trace of this model. */
export const refused = signal<string | null>(null);
/** What was brought and has not been seen yet. */
let fresh: Imported | null = null;
let awaited: Promise<Imported> | null = null;

export function show(trace: Imported | null): void {
  awaited = null;
  batch(() => {
    imported.value = trace;
    refused.value = null;
  });
}

/** The file that was brought last, for another of its behaviours. */
let file: Blob | string | null = null;

/** Sends a file to be replayed; of several behaviours in it, the one at this place. */
export function replay(body: Blob | string, chosen = 0): void {
  const spot = here.peek();
  if (!spot) return;
  file = body;
  const headers = { "content-type": "text/plain" };
  void bring(ask<Imported>(modelAddress(spot, "import", { offset: chosen }), { method: "POST", headers, body }));
}

/** Whether the reader has gone to another model to see the same file there. */
let following = false;

/** Opens the model that the behaviour was recorded on, and replays it there. */
export function follow(model: { protocol: string; variant: string; parameters: Record<string, number> }, chosen: number): void {
  following = true;
  move({ ...model, steps: "", end: null, at: null, property: null, digest: null });
  if (file !== null) replay(file, chosen);
}

/** Another model is opened: a trace of the model before says nothing about it. */
export function leave(): void {
  if (!following) show(null);
  following = false;
}

/** Shows another behaviour of the file that was brought last. */
export function choose(chosen: number): void {
  if (file !== null) replay(file, chosen);
}

/** What was shown before is no answer to what is brought now, nor is an answer that comes too late. */
export async function bring(answer: Promise<Imported>): Promise<void> {
  show(null);
  awaited = answer;
  try {
    const trace = await answer;
    if (awaited === answer) show((fresh = trace));
  } catch (error) {
    if (awaited === answer) refused.value = failed(error).message;
  }
}

/** Whether the reader has brought it and is still to see it: once. */
export function isFresh(trace: Imported): boolean {
  const is = trace === fresh;
  if (is) fresh = null;
  return is;
}
