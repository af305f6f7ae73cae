import { beforeEach, expect, test } from "vitest";
import { Failure } from "../api/client";
import type { Imported } from "../api/types";
import { bring, imported, isFresh, refused, show } from "./imports";

const trace = (steps: string): Imported => ({ source: "itf", property: null, path: { steps, end: null }, steps: [], diverges: null }) as unknown as Imported;

beforeEach(() => show(null));

test("of a refused import nothing is shown, least of all what was brought before", async () => {
  await bring(Promise.resolve(trace("0")));
  expect(imported.value?.path.steps).toBe("0");
  await bring(Promise.reject(new Failure("bad-trace", "there is no behaviour in this text")));
  expect([imported.value, refused.value]).toEqual([null, "there is no behaviour in this text"]);
  await bring(Promise.resolve(trace("1")));
  expect([imported.value?.path.steps, refused.value]).toEqual(["1", null]);
});

test("while an answer is awaited nothing else is shown; one that comes too late is none", async () => {
  show(trace("0"));
  let answer: (late: Imported) => void = () => {};
  const first = bring(new Promise<Imported>((resolve) => (answer = resolve)));
  expect(imported.value).toBeNull();
  await bring(Promise.resolve(trace("1")));
  answer(trace("2"));
  await first;
  expect(imported.value?.path.steps).toBe("1");
});

test("what was brought is fresh once, what a run found never", async () => {
  const [found, brought] = [trace("0"), trace("1")];
  show(found);
  expect(isFresh(found)).toBe(false);
  await bring(Promise.resolve(brought));
  expect([isFresh(brought), isFresh(brought)]).toEqual([true, false]);
});
