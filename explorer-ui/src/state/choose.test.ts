import { describe, expect, it } from "vitest";
import type { Action, End, Expectation, Group, Model, PropertyResult, Verdict } from "../api/types";
import { FINISHED, grouped, opening, runOf, standing } from "./choose";

interface Row { name: string; verdict: Verdict; steps: number | null; claimed?: boolean; expectation?: Expectation; end?: End }

function given(rows: Row[]): [Model, PropertyResult[]] {
  const model = {
    properties: rows.map(({ name, claimed = false, expectation = "always" }) => ({ name, claimed, expectation, called: name, formula: "", expected: null, why: null })),
  } as unknown as Model;
  return [model, rows.map(({ name, verdict, steps, end = null }) => ({ name, verdict, steps, path: steps === null ? null : { steps: "0", end } }))];
}

const found = (rows: Row[], wanted?: string): string | null => opening(...given(rows), true, wanted);
/** Of a model with all these properties, when so many of them are decided. */
const meanwhile = (rows: Row[], decided: Row[], wanted?: string): string | null => opening(given(rows)[0], given(decided)[1], false, wanted);

const done: Row = { name: FINISHED, verdict: "holds", steps: 8, expectation: "sometimes" };
const busy: Row = { name: "AllSlotsBusy", verdict: "holds", steps: 2, expectation: "sometimes" };
const kept: Row = { name: "Kept", verdict: "holds", steps: null, claimed: true };
const limit: Row = { name: "Limit", verdict: "violated", steps: 3 };

describe("what opens by itself", () => {
  it("is the shortest counterexample of a claimed guarantee, however short others are", () => {
    expect(found([
      { name: "Unclaimed", verdict: "violated", steps: 2 },
      { name: "Long", verdict: "violated", steps: 9, claimed: true },
      { name: "Short", verdict: "violated", steps: 5, claimed: true },
    ])).toBe("Short");
  });

  it("is a finished run where every claim is kept, whatever else is violated", () => {
    expect(found([limit, kept, busy, done])).toBe(FINISHED);
    expect(found([kept, busy])).toBe("AllSlotsBusy");
    expect(found([{ ...kept, verdict: "unknown" }, limit, done])).toBe(FINISHED);
  });

  it("is any counterexample where nothing is claimed, and nothing where there is no run", () => {
    expect(found([limit, busy, done])).toBe("Limit");
    expect(found([kept])).toBeNull();
  });

  it("is what is wanted, where there is a run of it", () => {
    expect(found([kept, limit, done], "Limit")).toBe("Limit");
    expect(found([kept, limit, done], "Kept")).toBe("Kept");
    expect(found([kept, limit, done], "Nothing")).toBe(FINISHED);
  });

  it("is, while the search goes on, only what it would be at the end as well", () => {
    const broken: Row = { name: "Broken", verdict: "violated", steps: 5, claimed: true };
    const endless: Row = { name: "Endless", verdict: "violated", steps: 4, claimed: true, expectation: "eventually", end: "stutters" };
    const all = [kept, limit, broken, endless, done];
    expect(meanwhile(all, [])).toBeNull();
    expect(meanwhile(all, [busy, limit])).toBeNull();
    expect(meanwhile(all, [busy, limit, broken])).toBe("Broken");
    expect(found(all)).toBe("Broken");
    expect(meanwhile(all, [limit, broken], "Endless")).toBeNull();
    expect(meanwhile(all, [limit, broken], "Limit")).toBe("Limit");
    expect(meanwhile([limit, done], [limit])).toBe("Limit");
    expect(meanwhile([kept, done], [done])).toBeNull();
  });

  it("is a finished run for what holds, its own for everything else", () => {
    const [, results] = given([kept, limit, busy, done]);
    expect(runOf("Kept", results)?.name).toBe(FINISHED);
    expect(runOf("Limit", results)?.name).toBe("Limit");
    expect(runOf("AllSlotsBusy", results)?.name).toBe("AllSlotsBusy");
    expect(runOf("Nothing", results)).toBeNull();
  });
});

describe("how a model stands", () => {
  const names = (rows: Row[]) => {
    const { claimed, broken, limits, keeps } = standing(...given(rows));
    return { claimed: claimed.map((p) => p.name), broken: broken.map((p) => p.name), limits: limits.map((p) => p.name), keeps };
  };

  it("tells a broken claim from what was never claimed; a run that is never reached is neither", () => {
    const broken: Row = { name: "Broken", verdict: "violated", steps: 4, claimed: true };
    expect(names([kept, broken, limit, { ...done, verdict: "violated", steps: null }])).toEqual({ claimed: ["Kept", "Broken"], broken: ["Broken"], limits: ["Limit"], keeps: false });
    expect(names([kept, limit, done])).toEqual({ claimed: ["Kept"], broken: [], limits: ["Limit"], keeps: true });
  });

  it("keeps nothing that is not settled, and nothing where nothing is claimed", () => {
    expect(names([kept, { ...kept, name: "Open", verdict: "unknown" }]).keeps).toBe(false);
    expect(names([limit]).keeps).toBe(false);
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
