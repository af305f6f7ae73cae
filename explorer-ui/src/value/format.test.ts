import { expect, test } from "vitest";
import { canonical, plain, same, text } from "./format";
import { groups, plainPath, split } from "./paths";

test("values are written as in TLA+", () => {
  expect(text(true)).toBe("TRUE");
  expect(text(-3)).toBe("-3");
  expect(text('a "b" \\')).toBe('"a \\"b\\" \\\\"');
  expect(text({ "#model": "p1" })).toBe("p1");
  expect(text([])).toBe("<<>>");
  expect(text([1, [2]])).toBe("<<1, <<2>>>>");
  expect(text({ "#set": [1, 2] })).toBe("{1, 2}");
  expect(text({ at: "Idle", slot: 1 })).toBe('[at |-> "Idle", slot |-> 1]');
  expect(text({ "#map": [[2, "a"], [3, "b"]] })).toBe('(2 :> "a" @@ 3 :> "b")');
});

test("to people they are written without TLA+", () => {
  expect(plain(false)).toBe("false");
  expect(plain("Idle")).toBe("Idle");
  expect(plain("two words")).toBe('"two words"');
  expect(plain([])).toBe("[]");
  expect(plain({ token: [1, 0], kind: "new", paid: false })).toBe("{token: [1, 0], kind: new, paid: false}");
  expect(plain({ "#set": [[1, 2], [1, 3]] })).toBe("{[1, 2], [1, 3]}");
  expect(plain({ "#map": [[2, 1], [3, []]] })).toBe("{2: 1, 3: []}");
  expect(plainPath("orders[<<1, 2>>].cart")).toBe("orders[1, 2].cart");
  expect(plainPath("hist[1]")).toBe("hist[1]");
  expect(plainPath("outgoing[[line |-> 1, token |-> <<1, 0>>]]")).toBe("outgoing[{line: 1, token: [1, 0]}]");
  expect(plainPath('memo["a[b]<<"].of[<<<<1>>, 2>>]')).toBe('memo["a[b]<<"].of[[1], 2]');
});

test("sets and records are the same in any order, sequences are not", () => {
  expect(same({ "#set": [1, 2] }, { "#set": [2, 1] })).toBe(true);
  expect(same({ "#set": [1, 2] }, { "#set": [1, 2, 2] })).toBe(true);
  expect(same({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same("1", 1)).toBe(false);
  expect(same({ "#set": ["a,b"] }, { "#set": ["a", "b"] })).toBe(false);
});

test("a function with the domain 1..n is a sequence, one with strings as domain a record", () => {
  expect(same([5, 6], { "#map": [[2, 6], [1, 5]] })).toBe(true);
  expect(same({ a: 1 }, { "#map": [["a", 1]] })).toBe(true);
  expect(canonical([])).toBe(canonical({ "#map": [] }));
});

test("a path begins with its variable", () => {
  expect(split("slots[1].at")).toEqual(["slots", "[1].at"]);
  expect(split("order.version")).toEqual(["order", "version"]);
  expect(split("up")).toEqual(["up", ""]);
});

test("changes stand with their variable, in their order", () => {
  const found = groups([
    { path: "order.version", kind: "added", value: 1 },
    { path: "up", kind: "added", value: true },
    { path: "order.lines[1]", kind: "added", value: 1 },
  ]);
  expect(found.map(({ name, lines }) => [name, lines.map((line) => line.rest)])).toEqual([["order", ["version", "lines[1]"]], ["up", [""]]]);
});
