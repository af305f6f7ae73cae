import { expect, test } from "vitest";
import { ellipsis, wrap, type Measure } from "./measure";
import { without } from "./room";

const each: Measure = (text) => text.length;
const style = { size: 1 };

test("a text that does not fit ends in …", () => {
  expect(ellipsis("command 1", 9, style, each)).toBe("command 1");
  expect(ellipsis("command 1", 8, style, each)).toBe("command…");
  expect(ellipsis("command 1", 0, style, each)).toBe("…");
});

test("a text is broken between words, and cut in its last line", () => {
  expect(wrap("one two three four", 8, 4, style, each)).toEqual(["one two", "three", "four"]);
  expect(wrap("one two three four", 8, 2, style, each)).toEqual(["one two", "three f…"]);
});

test("a number stays with its word, and brackets stay whole", () => {
  expect(wrap("take command 1", 9, 3, style, each)).toEqual(["take", "command 1"]);
  expect(wrap("Added [1, 1] now", 8, 3, style, each)).toEqual(["Added", "[1, 1]", "now"]);
});

test("an interval without others is what lies between them", () => {
  expect(without({ from: 0, to: 10 }, [])).toEqual([{ from: 0, to: 10 }]);
  expect(without({ from: 0, to: 10 }, [{ from: 6, to: 7 }, { from: -1, to: 2 }, { from: 1, to: 3 }, { from: 9, to: 12 }])).toEqual([{ from: 3, to: 6 }, { from: 7, to: 9 }]);
  expect(without({ from: 0, to: 10 }, [{ from: -5, to: 20 }])).toEqual([]);
});
