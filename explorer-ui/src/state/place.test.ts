import { describe, expect, it } from "vitest";
import { HOME, type Spot, append, format, indices, parse, prefix, spot, withKnown } from "./place";

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
    expect(parse("#/a/b?steps=0.x&at=-1&end=9e9&crash=lots&view=moon")).toEqual(spot("a", "b", { ignored: expect.any(Array) }));
    expect(parse("#/a/b?end=stutters")).toMatchObject({ end: "stutters" });
  });

  it("says what it does not take, and why", () => {
    const ignored = (query: string) => (parse(`#/a/b?${query}`) as Spot).ignored;
    const why = "a bound or fault is a whole number of at most nine digits";
    expect(ignored("crash=99999999999999999999&copies=1")).toEqual([{ what: "crash=99999999999999999999", why }]);
    expect(ignored("messages=<b>1")).toEqual([{ what: "messages=<b>1", why }]);
    expect(ignored("steps=0.x&at=-1&end=9e9&view=moon")).toMatchObject([{ what: "steps=0.x" }, { what: "at=-1" }, { what: "end=9e9" }, { what: "view=moon" }]);
    expect(ignored("steps=&at=0&end=stutters&view=tla&crash=1")).toEqual([]);
    expect(ignored(`crash=${"9".repeat(10_000)}`)).toMatchObject([{ what: `crash=${"9".repeat(34)}…` }]);
  });

  it("forgets a property that the model does not have, and says so", () => {
    const properties = [{ name: "NoDoubleEffect" }];
    const good = spot("a", "b", { property: "NoDoubleEffect" });
    expect(withKnown(properties, good)).toBe(good);
    const none = withKnown(properties, spot("a", "b", { property: "Nope", steps: "0" }));
    expect(none).toEqual(spot("a", "b", { steps: "0", ignored: [{ what: "property=Nope", why: "this model has no such property" }] }));
    expect(format(none)).toBe("#/a/b?steps=0");
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

it("has addresses of the course, with what is shown of an exercise", () => {
  for (const hash of ["#/course", "#/trainer", "#/course/two-tabs", "#/course/two-tabs?hints=2&solution=shown&phase=group"]) {
    expect(format(parse(hash)!)).toBe(hash);
  }
  expect(parse("#/course/two-tabs?hints=2")).toMatchObject({ home: true, course: { page: "exercise", name: "two-tabs", hints: 2, solution: false, group: false } });
  expect(parse("#/course/two-tabs?hints=many")).toMatchObject({ course: { hints: 0 } });
  expect(parse("#/course/")).toMatchObject({ course: { page: "list" } });
});
