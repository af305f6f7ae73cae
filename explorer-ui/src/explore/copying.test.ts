import { expect, test, vi } from "vitest";
import { copied, copy, trouble } from "./copying";

test("the menu closes once something is copied, and what was copied is said", async () => {
  const close = vi.fn();
  const put = vi.fn(async () => true);
  await copy("Text", "1. Start", close, put);
  expect(put).toHaveBeenCalledWith("1. Start");
  expect(close).toHaveBeenCalledOnce();
  expect([copied.value, trouble.value]).toEqual(["Text", ""]);
});

test("where nothing could be copied the menu stays, and says why", async () => {
  const close = vi.fn();
  await copy("Text", "1. Start", close, async () => false);
  expect([copied.value, trouble.value]).toEqual([null, "This browser did not let the page copy."]);
  await copy("SVG", Promise.resolve(null), close);
  expect(trouble.value).toBe("There is no trace yet.");
  await copy("SVG", Promise.reject(new Error("no such form")), close);
  expect([copied.value, trouble.value]).toEqual([null, "no such form"]);
  expect(close).not.toHaveBeenCalled();
});
