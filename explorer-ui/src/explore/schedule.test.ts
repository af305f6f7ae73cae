import { describe, expect, it } from "vitest";
import type { Change, Fix, Frame, Model, Step } from "../api/types";
import { FINISHED } from "../state/choose";
import { counterpart, original, otherwise, reached, scheduled, worth } from "./schedule";

function frame(truths: Record<string, boolean>): Frame {
  return { state: {}, truths: Object.entries(truths).map(([name, holds]) => ({ name, holds, clauses: [] })) };
}

const step = (number: number, words: string, truths: Record<string, boolean> = {}): Step => ({ number, words, ...frame(truths) }) as Step;

function fix(played: (number | null)[], steps: Step[], diverges: number | null = null): Fix {
  const properties = [["Kept", true], ["Other", true], ["Limit", false]].map(([name, claimed]) => ({ name, claimed, expectation: "always" }));
  return {
    played, model: { properties } as unknown as Model, trace: { start: frame({ Kept: true, Other: true, Limit: true, [FINISHED]: false }), steps },
    diverges: diverges === null ? null : { number: diverges, reason: "", words: "" },
  } as unknown as Fix;
}

describe("the same schedule on another variant", () => {
  const other = fix([1, null, 2], [step(1, "load"), step(2, "ack"), step(3, "receive")], 4);

  it("plays each step of the original by one of its own, or by none", () => {
    expect([0, 1, 2].map((n) => reached(other, n))).toEqual([0, 1, 1]);
    expect([0, 1, 2].map((n) => original(other, n))).toEqual([0, 1, 3]);
  });

  it("goes on from where the schedule ends", () => {
    expect(scheduled(other)).toBe(2);
    expect([3, 4, 5].map((n) => reached(other, n))).toEqual([3, 3, 3]);
    expect(original(other, 3)).toBe(3);
  });

  it("does the same, something else, nothing, or cannot go on", () => {
    const steps = [step(1, "load"), step(2, "save"), step(3, "publish"), step(4, "crash"), step(5, "end")];
    expect(steps.map((each) => counterpart(other, each))).toEqual(["same", "nothing", "other", "diverges", "after"]);
  });
});

describe("a step of the same name", () => {
  const added = (path: string, value = 1): Change => ({ kind: "added", path, value });
  const changing = (...changes: Change[]): Step => ({ ...step(1, "save"), changes });

  it("shows what it changes there and not here, or otherwise; a slot's copies and the identities drawn follow from that", () => {
    const ours = changing(added("order.lines[1]"), added("sent", 1), added("slots[1].order"));
    const theirs = changing(added("order.lines[1]"), added("sent", 2), added("order.outbox[1]"), added("slots[1].event"), added("fresh[1]"));
    expect(otherwise(fix([1], [theirs]), ours)).toEqual({ there: [added("sent", 2), added("order.outbox[1]")], hereOnly: [] });
    expect(otherwise(fix([1], [ours]), theirs).hereOnly).toEqual(["order.outbox[1]"]);
    expect(otherwise(fix([1], [ours]), ours)).toEqual({ there: [], hereOnly: [] });
  });
});

describe("what the repaired run is worth", () => {
  it("tells the promise, other promises, and what nobody promised apart", () => {
    const run = fix([1, 2], [step(1, "a", { Kept: true }), step(2, "b", { Kept: true, Other: false, Limit: false, [FINISHED]: true })]);
    const { falseAt, broken, limits, finished } = worth(run, "Kept");
    expect([falseAt, broken.map((p) => p.name), limits.map((p) => p.name), finished]).toEqual([null, ["Other"], ["Limit"], true]);
  });

  it("finds the first step after which the promise is false, and sees that more is to be done", () => {
    const run = fix([1, 2], [step(1, "a", { Kept: false }), step(2, "b", { Kept: true, [FINISHED]: false })]);
    expect(worth(run, "Kept")).toMatchObject({ falseAt: 1, broken: [], limits: [], finished: false });
    expect(worth(run, null).falseAt).toBeNull();
  });
});
