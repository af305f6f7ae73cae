// The trace of TLC that is shown beside the Rust model: brought by the reader, or found by a run.
import { batch, signal } from "@preact/signals";
import type { Imported } from "../api/types";
import { failed } from "../api/client";

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
