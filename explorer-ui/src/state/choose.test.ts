import { describe, expect, it } from "vitest";
import type { Action, Expectation, Group, Model, PropertyResult, Report, Verdict } from "../api/types";
import { grouped, opening } from "./choose";

interface Row { name: string; verdict: Verdict; steps: number | null; claimed?: boolean; expectation?: Expectation }

function found(rows: Row[]): string | null {
  const model = {
    properties: rows.map(({ name, claimed = false, expectation = "always" }) => ({ name, claimed, expectation, promise: "", formula: "", expected: null, why: null })),
  } as unknown as Model;
  const properties: PropertyResult[] = rows.map(({ name, verdict, steps }) => ({ name, verdict, steps, path: steps === null ? null : { steps: "0", end: null } }));
  return opening(model, { properties } as Report)?.name ?? null;
}

describe("what opens by itself", () => {
  it("is the shortest counterexample of a claimed guarantee, however short others are", () => {
    expect(found([
      { name: "Unclaimed", verdict: "violated", steps: 2 },
      { name: "Long", verdict: "violated", steps: 9, claimed: true },
      { name: "Short", verdict: "violated", steps: 5, claimed: true },
    ])).toBe("Short");
  });

  it("is else any counterexample, else the first witness, else nothing", () => {
    expect(found([{ name: "Witness", verdict: "holds", steps: 3, expectation: "sometimes" }, { name: "Other", verdict: "violated", steps: 7 }])).toBe("Other");
    expect(found([{ name: "Held", verdict: "holds", steps: null, claimed: true }, { name: "First", verdict: "holds", steps: 3, expectation: "sometimes" }, { name: "Second", verdict: "holds", steps: 9, expectation: "sometimes" }])).toBe("First");
    expect(found([{ name: "Held", verdict: "holds", steps: null }])).toBeNull();
  });
});

function action(group: Group, words: string, index: number | null): Action {
  return { index, reason: index === null ? "not now" : null, group, action: words, actor: "Orders", slot: null, message: null, fault: null, words, changes: [], violates: [], nearest: null, known: true };
}

describe("next actions", () => {
  const actions = [action("crash", "crash", 2), action("step", "load", null), action("deliver", "receive", 0), action("step", "save", 1)];

  it("stand in the fixed order of groups, possible ones first, numbered from 1", () => {
    expect(grouped(actions, "").map(({ group, actions: own }) => [group, own.map(({ action: a, key }) => [a.words, key])])).toEqual([
      ["deliver", [["receive", 1]]],
      ["step", [["save", 2], ["load", null]]],
      ["crash", [["crash", 3]]],
    ]);
  });

  it("are numbered as they are shown when filtered, and only up to 9", () => {
    expect(grouped(actions, "CRASH")).toEqual([{ group: "crash", actions: [{ action: actions[0], key: 1 }] }]);
    const many = Array.from({ length: 12 }, (_, i) => action("step", `step ${i}`, i));
    expect(grouped(many, "")[0]?.actions.map(({ key }) => key)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, null, null, null]);
  });
});
