// Which trace opens by itself, and the order in which properties and actions are shown.
import type { Action, Group, Model, Property, PropertyResult } from "../api/types";

/** The witness of a run in which all work is done: the kit has it for every protocol. */
export const FINISHED = "AllDone";

/** How a model stands with what its author claimed, as far as the search has come. */
export interface Standing {
  claimed: Property[];
  /** Claimed and violated: what is wrong with it. */
  broken: Property[];
  /** Violated, but never claimed: what it does not promise. */
  limits: Property[];
  /** Whether each claim is known to hold. */
  keeps: boolean;
}

export function standing(model: Model, results: PropertyResult[]): Standing {
  const verdict = new Map(results.map((p) => [p.name, p.verdict]));
  const guarantees = model.properties.filter((p) => p.expectation !== "sometimes");
  const claimed = guarantees.filter((p) => p.claimed);
  const violated = guarantees.filter((p) => verdict.get(p.name) === "violated");
  return {
    claimed,
    broken: violated.filter((p) => p.claimed),
    limits: violated.filter((p) => !p.claimed),
    keeps: claimed.length > 0 && claimed.every((p) => verdict.get(p.name) === "holds"),
  };
}

/** A finished run, else the first run that shows anything. */
export function finishedRun(results: PropertyResult[]): PropertyResult | null {
  const runs = results.filter((p) => p.verdict === "holds" && p.path !== null);
  return runs.find((p) => p.name === FINISHED) ?? runs[0] ?? null;
}

/** The property that opens by itself: the one that is wanted; else that of the shortest counterexample
 * of a claim, or of anything where nothing is claimed; else that of a finished run: the run of a model
 * which keeps its claims is no counterexample. Null as long as the search may find what is to open. */
export function opening(model: Model, results: PropertyResult[], searched: boolean, wanted: string | null = null): string | null {
  if (wanted !== null && runOf(wanted, results) !== null) return wanted;
  if (wanted !== null && !searched) return null;
  const { claimed, broken, limits } = standing(model, results);
  const counterexample = shortest(results, broken) ?? (claimed.length === 0 ? shortest(results, limits) : null);
  return (counterexample ?? (searched ? finishedRun(results) : null))?.name ?? null;
}

/** Those that never end come last, as they are known last: so a search that goes on changes nothing. */
function shortest(results: PropertyResult[], properties: Property[]): PropertyResult | null {
  const names = new Set(properties.map((p) => p.name));
  const found = results.filter((p) => names.has(p.name) && p.path !== null);
  const [first] = found.sort((one, other) => Number(endless(one)) - Number(endless(other)) || length(one) - length(other));
  return first ?? null;
}

const endless = ({ path }: PropertyResult): boolean => path?.end != null;

/** What opens as a property's: its own run, else, where it has none because it holds, a finished one. */
export function runOf(name: string, results: PropertyResult[]): PropertyResult | null {
  const own = results.find((p) => p.name === name);
  if (!own) return null;
  return own.path !== null ? own : finishedRun(results);
}

const length = (result: PropertyResult): number => result.steps ?? Number.MAX_SAFE_INTEGER;

const GROUPS: [Group, string][] = [
  ["deliver", "Deliver"],
  ["step", "Step"],
  ["client", "Client"],
  ["recover", "Recover"],
  ["lose", "Lose"],
  ["duplicate", "Duplicate"],
  ["crash", "Crash"],
  ["lease", "Lease expires"],
  ["timeout", "Timeout"],
  ["forget", "Forget"],
];

export const groupTitle = (group: Group): string => GROUPS.find(([name]) => name === group)?.[1] ?? group;

/** In the contract's order, possible ones first in each group, with the key of the first nine. */
export function grouped(actions: Action[], filter: string): { group: Group; actions: { action: Action; key: number | null }[] }[] {
  const words = filter.toLowerCase();
  const shown = actions.filter((a) => `${a.words} ${a.action} ${a.actor}`.toLowerCase().includes(words));
  let key = 0;
  return GROUPS.map(([group]) => {
    const own = shown.filter((a) => a.group === group);
    const sorted = [...own.filter((a) => a.index !== null), ...own.filter((a) => a.index === null)];
    return { group, actions: sorted.map((action) => ({ action, key: action.index !== null && key < 9 ? ++key : null })) };
  }).filter(({ actions: own }) => own.length > 0);
}
