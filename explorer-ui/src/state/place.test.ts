import { describe, expect, it } from "vitest";
import { HOME, append, format, indices, parse, prefix, spot } from "./place";

describe("the part of the address after '#'", () => {
  it("restores everything that a link must restore", () => {
    const place = spot("outbox", "save-then-publish", {
      parameters: { crash: 1, messages: 2 }, steps: "0.3.1", at: 2, end: 1, property: "NoDoubleEffect", digest: "0123456789abcdef", view: "tla",
    });
    expect(parse(format(place))).toEqual(place);
    expect(format(spot("a", "b", { steps: "", at: 0 }))).toBe("#/a/b?steps=&at=0");
  });

  it("tells the initial state from a path that is not given", () => {
    expect(parse("#/outbox/marked-before?steps=")).toMatchObject({ steps: "" });
    expect(parse("#/outbox/marked-before")).toMatchObject({ steps: null });
  });

  it("knows home and nothing", () => {
    expect(parse("#/")).toEqual(HOME);
    expect(parse("")).toBeNull();
    expect(parse("#/outbox")).toBeNull();
    expect(parse("#/a/b/c")).toBeNull();
    expect(parse("#/join/ABCD")).toBeNull();
  });

  it("takes only what could be meant", () => {
    expect(parse("#/a/b?steps=0.x&at=-1&end=9e9&crash=lots&view=moon")).toEqual(spot("a", "b"));
    expect(parse("#/a/b?end=stutters")).toMatchObject({ end: "stutters" });
  });

  it("keeps names that need it encoded", () => {
    expect(parse(format(spot("a/b", "c?d")))).toMatchObject({ protocol: "a/b", variant: "c?d" });
  });
});

describe("paths", () => {
  it("are cut and lengthened", () => {
    expect(indices("")).toEqual([]);
    expect(indices("0.12.3")).toEqual([0, 12, 3]);
    expect(prefix("0.12.3", 2)).toBe("0.12");
    expect(prefix("0.12.3", 0)).toBe("");
    expect(append("", 4)).toBe("4");
    expect(append("0.12", 4)).toBe("0.12.4");
  });
});
