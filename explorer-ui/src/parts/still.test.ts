import { expect, test } from "vitest";
import { reuse } from "./still";

test("what is as before is the very same, what is not is new", () => {
  const before = { a: [{ n: 1 }, { n: 2 }], b: { c: null }, d: "x" };
  expect(reuse(before, structuredClone(before))).toBe(before);
  const after = reuse(before, { a: [{ n: 1 }, { n: 3 }, { n: 2 }], b: { c: null }, d: "x" });
  expect(after).toEqual({ a: [{ n: 1 }, { n: 3 }, { n: 2 }], b: { c: null }, d: "x" });
  expect(after).not.toBe(before);
  expect([after.a[0], after.b]).toEqual([before.a[0], before.b]);
  expect(after.a[0]).toBe(before.a[0]);
  expect(after.b).toBe(before.b);
  expect(after.a[1]).not.toBe(before.a[1]);
});

test("fewer fields, a list for an object, nothing for something are not as before", () => {
  expect(reuse({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(reuse({ 0: 1 }, [1])).toEqual([1]);
  expect(reuse({ a: null }, { a: {} })).toEqual({ a: {} });
  expect(reuse({ a: {} }, { a: null })).toEqual({ a: null });
});
