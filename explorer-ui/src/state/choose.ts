// Which trace opens by itself, and the order in which properties and actions are shown.
import type { Action, Group, Model, Property, PropertyResult, Report } from "../api/types";

/** The shortest counterexample of a claimed guarantee, else of any, else the first witness. */
export function opening(model: Model, report: Report): PropertyResult | null {
  const claimed = new Set(model.properties.filter((p) => p.claimed).map((p) => p.name));
  const violated = report.properties.filter((p) => p.verdict === "violated" && p.path !== null);
  const shortest = (results: PropertyResult[]): PropertyResult | null =>
    results.reduce<PropertyResult | null>((best, p) => (best === null || length(p) < length(best) ? p : best), null);
  return (
    shortest(violated.filter((p) => claimed.has(p.name))) ??
    shortest(violated) ??
    report.properties.find((p) => p.path !== null) ??
    null
  );
}

const length = (result: PropertyResult): number => result.steps ?? Number.MAX_SAFE_INTEGER;

export type CardGroup = "claimed" | "also" | "witness";

export function cardGroup(property: Property): CardGroup {
  if (property.expectation === "sometimes") return "witness";
  return property.claimed ? "claimed" : "also";
}

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
