import { describe, expect, test } from "vitest";
import type { Value } from "../api/types";
import { text } from "../value/format";
import { evaluate } from "./expression";

const state: Record<string, Value> = {
  hist: [1, 1, 2],
  acked: { "#set": [1, 2] },
  order: { lines: [1, 1], version: 2 },
  slots: [{ at: "Save", message: 1 }, { at: "Idle" }],
  bag: { "#map": [[3, 2], [5, 1]] },
  up: true,
};

function value(expression: string): string {
  const found = evaluate(expression, state);
  return "value" in found ? text(found.value) : `! ${found.error}`;
}

describe("an expression has the value that it has in TLA+", () => {
  test.each([
    ["order.version", "2"],
    ["slots[1].at", '"Save"'],
    ["Len(hist)", "3"],
    ["Len(hist) = Cardinality(acked) + 1", "TRUE"],
    ["1 + 2 * 3 - 4", "3"],
    ["10 - 3 - 2", "5"],
    ["-7 % 3", "2"],
    ["-7 \\div 2", "-3"],
    ["(-7) \\div 2", "-4"],
    ["7 # 8 /\\ ~(1 > 2)", "TRUE"],
    ["FALSE /\\ nosuch", "FALSE"],
    ["up => order.version >= 2", "TRUE"],
    ["~up \\/ up", "TRUE"],
    ["3 \\in acked", "FALSE"],
    ["acked \\subseteq {1, 2, 3}", "TRUE"],
    ["{1, 2} \\union {2, 3}", "{1, 2, 3}"],
    ["{1, 2} \\ {2}", "{1}"],
    ["{1, 2} = {2, 1, 1}", "TRUE"],
    ["1..3", "{1, 2, 3}"],
    ["{i \\in 1..3 : i > 1}", "{2, 3}"],
    ["{i * 2 : i \\in 1..2}", "{2, 4}"],
    ["\\A m \\in acked : m > 0", "TRUE"],
    ["\\E s \\in 1..2 : slots[s].at = \"Idle\"", "TRUE"],
    ["DOMAIN bag", "{3, 5}"],
    ["bag[3]", "2"],
    ["[order EXCEPT", "! “|->” is missing before “EXCEPT”."],
    ["[i \\in 1..2 |-> i + 1]", "<<2, 3>>"],
    ["[a |-> 1, b |-> <<>>]", "[a |-> 1, b |-> <<>>]"],
    ["Head(hist) + Last(hist)", "3"],
    ["Tail(<<1, 2>>) \\o <<3>>", "<<2, 3>>"],
    ["SubSeq(hist, 2, 3)", "<<1, 2>>"],
    ["IF up THEN \"on\" ELSE \"off\"", '"on"'],
    ["Cardinality({i \\in 1..Len(hist) : hist[i] = 1})", "2"],
    ["Range(hist)", "{1, 2}"],
  ])("%s", (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe("what has no value says why", () => {
  test.each([
    ["", "Nothing is asked."],
    ["nosuch", "No variable is called “nosuch”; there are hist, acked, order, slots, bag, up."],
    ["constructor", "No variable is called “constructor”; there are hist, acked, order, slots, bag, up."],
    ["toString(1)", "No operator is called “toString”; there are Len, Cardinality, Head, Last, Tail, Append, SubSeq, Range."],
    ["hist[9]", "<<1, 1, 2>> has nothing at 9."],
    ["slots[2].message", "[at |-> \"Idle\"] has nothing at \"message\"."],
    ["1 +", "Something is missing at the end."],
    ["(1", "“)” is missing at the end."],
    ["1 2", "“2” is not expected here."],
    ["up + 1", "TRUE is not a number."],
    ["Len(up)", "TRUE is not a sequence."],
    ["1 % 0", "% needs a number above 0 on its right."],
    ["\"a", "A string has no end: \" is missing."],
    ["1 ? 2", "“?” means nothing here."],
    ["1..9999999", "This is too deep or too large."],
  ])("%s", (expression, expected) => {
    expect(evaluate(expression, state)).toEqual({ error: expected });
  });
});
