import { expect, test } from "vitest";
import { Answers } from "./answers";

test("what is on its way, or kept, is not asked for again; a failure is", async () => {
  const answers = new Answers<number>(10);
  let asked = 0;
  const how = async () => ++asked;
  expect(await Promise.all([answers.ask("a", how), answers.ask("a", how)])).toEqual([1, 1]);
  expect(await answers.ask("a", how)).toBe(1);
  await expect(answers.ask("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await answers.ask("b", how)).toBe(2);
});

test("what was used least lately goes first, and the newest stays however large it is", () => {
  const answers = new Answers<number>(5, (size) => size);
  answers.keep("a", 2);
  answers.keep("b", 2);
  expect(answers.get("a")).toBe(2);
  answers.keep("c", 2);
  expect([answers.get("b"), answers.get("a"), answers.get("c")]).toEqual([undefined, 2, 2]);
  answers.keep("large", 50);
  expect([answers.get("a"), answers.get("c"), answers.get("large")]).toEqual([undefined, undefined, 50]);
});
