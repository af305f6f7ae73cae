// One schedule on two variants: which step plays which, and what the second run is worth.
import type { Change, Fix, Property, Step, Truth } from "../api/types";
import { FINISHED } from "../state/choose";
import { split } from "../value/paths";

type Played = Pick<Fix, "played">;

/** The last step of the repaired run that is played by the first `n` steps of the original; beyond the
 * schedule's end, that of the whole run. */
export function reached(fix: Pick<Fix, "played" | "trace">, n: number): number {
  if (n >= fix.played.length) return fix.trace.steps.length;
  return scheduled({ played: fix.played.slice(0, n) });
}

export function original(fix: Played, n: number): number {
  const index = fix.played.indexOf(n);
  if (index >= 0) return index + 1;
  return n > scheduled(fix) ? fix.played.length : 0;
}

/** The last step of the repaired run that the schedule plays; what follows is how it goes on. */
export function scheduled(fix: Played): number {
  return fix.played.reduce<number>((last, step) => step ?? last, 0);
}

/** What the other variant does where the original takes a step. */
export type Counterpart = "same" | "other" | "nothing" | "diverges" | "after";

export function counterpart(fix: Pick<Fix, "played" | "diverges" | "trace">, step: Pick<Step, "number" | "words">): Counterpart {
  if (fix.diverges?.number === step.number) return "diverges";
  const played = fix.played[step.number - 1];
  if (played === undefined) return "after";
  if (played === null) return "nothing";
  return fix.trace.steps[played - 1]?.words === step.words ? "same" : "other";
}

const FOLLOWS = new Set(["slots", "fresh"]);

/** What a step of the same name changes there and not here, or to something else, and the places that
 * it changes only here. Left out is what follows from that: a slot's own copies, and how many
 * identities were drawn. */
export function otherwise(fix: Pick<Fix, "played" | "trace">, step: Pick<Step, "number" | "changes">): { there: Change[]; hereOnly: string[] } {
  const shared = (changes: Change[]) => changes.filter(({ path }) => !FOLLOWS.has(split(path)[0] ?? ""));
  const ours = shared(step.changes);
  const theirs = shared(fix.trace.steps[(fix.played[step.number - 1] ?? 0) - 1]?.changes ?? []);
  const known = new Set(ours.map((change) => JSON.stringify(change)));
  const places = new Set(theirs.map(({ path }) => path));
  return {
    there: theirs.filter((change) => !known.has(JSON.stringify(change))),
    hereOnly: ours.filter(({ path }) => !places.has(path)).map(({ path }) => path),
  };
}

export interface Worth {
  /** The first step of the run after which the promise is false; null if there is none. */
  falseAt: number | null;
  /** What else the variant promises and is false at the end of the run. */
  broken: Property[];
  /** What is false there, but not promised. */
  limits: Property[];
  finished: boolean;
}

export function worth({ model, trace }: Pick<Fix, "model" | "trace">, promise: string | null): Worth {
  const frames = [trace.start, ...trace.steps];
  const isFalse = (truths: Truth[], name: string): boolean => truths.some((truth) => truth.name === name && !truth.holds);
  const end = (frames.at(-1) ?? trace.start).truths;
  const found = promise === null ? -1 : frames.findIndex((frame) => isFalse(frame.truths, promise));
  const others = model.properties.filter((p) => p.expectation === "always" && p.name !== promise && isFalse(end, p.name));
  return {
    falseAt: found < 0 ? null : found,
    broken: others.filter((p) => p.claimed), limits: others.filter((p) => !p.claimed),
    finished: !isFalse(end, FINISHED),
  };
}
