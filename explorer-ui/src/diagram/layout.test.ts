import { describe, expect, test } from "vitest";
import { fixtures, duplicateEffect, lasso, lateRequest, lostReply, race, stuttering, type Fixture } from "./fixtures";
import { layout } from "./layout";
import { LINE } from "./place";
import { estimate } from "./measure";
import type { Label, Scene } from "./scene";

const breaks = (violates: string[]) => (violates.length === 0 ? null : { text: violates.join(", "), limit: false });

function scene({ trace }: Pick<Fixture, "trace">, width = 640, actor: string | null = null, before: Scene | null = null): Scene {
  return layout(trace.diagram, trace.steps, { width, size: width < 480 ? 11 : 13, actor, end: trace.end, breaks }, estimate, before);
}

/** The same run when it was no longer than that. */
function upTo({ trace }: Fixture, length: number): { trace: Fixture["trace"] } {
  const { diagram } = trace;
  const soFar = (step: number | null): number | null => (step === null || step > length ? null : step);
  return {
    trace: {
      ...trace, end: null, steps: trace.steps.slice(0, length),
      diagram: {
        lifelines: diagram.lifelines,
        flights: diagram.flights.filter(({ sent }) => sent <= length).map((each) => ({ ...each, ended: soFar(each.ended) })),
        calls: diagram.calls.filter(({ step }) => step <= length),
        marks: diagram.marks.filter(({ step }) => step <= length),
        activities: diagram.activities.filter(({ from }) => from <= length).map((each) => ({ ...each, to: soFar(each.to) })),
        outages: diagram.outages.filter(({ from }) => from <= length).map((each) => ({ ...each, to: soFar(each.to) })),
      },
    },
  };
}

interface Rect { name: string; x0: number; x1: number; y0: number; y1: number }

function labelRect(name: string, label: Label, size: number): Rect {
  return { name, x0: label.x, x1: label.x + label.width, y0: label.y - 0.75 * size, y1: label.y + (label.lines.length - 1) * LINE * size + 0.1 * size };
}

/** Everything that is to be read, row by row. */
function rects({ rows, size }: Scene): Rect[] {
  return rows.flatMap((row) => [
    ...row.flights.map((each) => labelRect(`${row.number} ${each.item.way} ${each.item.label}`, each.label, size)),
    ...[...row.calls, ...row.marks].flatMap((each) => [
      labelRect(`${row.number} ${each.item.label}`, each.label, size),
      ...(each.box ? [{ name: `${row.number} box`, x0: each.box.x, x1: each.box.x + each.box.width, y0: each.box.y, y1: each.box.y + each.box.height }] : []),
    ]),
    ...(row.banner ? [{ name: `${row.number} banner`, x0: 0, x1: Infinity, y0: row.banner.y, y1: row.banner.y + row.banner.height }] : []),
  ]);
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x0 < b.x1 - 0.5 && b.x0 < a.x1 - 0.5 && a.y0 < b.y1 - 0.5 && b.y0 < a.y1 - 0.5;
}

const widths = [320, 390, 480, 620, 900];
const cases = fixtures.flatMap((fixture) => widths.map((width) => [fixture.name, width, fixture] as const));

describe.each(cases)("%s at %i pixels", (_, width, fixture) => {
  const drawn = scene(fixture, width);

  test("no label covers another, a box or a banner", () => {
    const all = rects(drawn);
    const bad = all.flatMap((one, at) => all.slice(at + 1).filter((other) => overlap(one, other)).map((other) => `${one.name} / ${other.name}`));
    expect(bad).toEqual([]);
  });

  test("nor in any one actor's view", () => {
    for (const { name } of fixture.trace.diagram.lifelines) {
      const all = rects(scene(fixture, width, name));
      const bad = all.flatMap((one, at) => all.slice(at + 1).filter((other) => overlap(one, other)).map((other) => `${name}: ${one.name} / ${other.name}`));
      expect(bad).toEqual([]);
    }
  });

  test("no label covers the bar of a busy slot", () => {
    const bad = rects(drawn).filter(({ name }) => !name.includes("banner")).flatMap((label) => drawn.bars
      .filter((bar) => overlap(label, { name: "", x0: bar.x, x1: bar.x + bar.width, y0: bar.y0, y1: bar.y1 })).map((bar) => `${label.name} / ${bar.activity.lifeline} ${bar.activity.slot}`));
    expect(bad).toEqual([]);
  });

  test("everything is inside the drawing", () => {
    for (const { name, x0, x1, y1 } of rects(drawn).filter((each) => each.x1 < Infinity)) {
      expect(x0, name).toBeGreaterThanOrEqual(0);
      expect(x1, name).toBeLessThanOrEqual(drawn.width);
      expect(y1, name).toBeLessThanOrEqual(drawn.height);
    }
    expect(drawn.width).toBeLessThanOrEqual(width);
  });

  test("rows follow each other without a gap", () => {
    drawn.rows.forEach((row, at) => {
      const next = drawn.rows[at + 1];
      if (next) expect(next.y).toBeCloseTo(row.y + row.height);
    });
  });
});

test("lifelines stand in their order, heads apart", () => {
  for (const width of widths) {
    const { lanes } = scene(stuttering, width);
    lanes.slice(1).forEach((lane, at) => {
      const before = lanes[at]!;
      expect(lane.x - lane.head / 2).toBeGreaterThan(before.x + before.head / 2);
    });
  }
});

test("a message that arrives in a later row waits beside its sender until then", () => {
  const drawn = scene(duplicateEffect);
  const track = drawn.tracks.find((each) => each.flight.id === 3)!;
  const arrow = drawn.rows[7]!.flights[0]!;
  expect(track.y0).toBe(drawn.rows[5]!.flights[0]!.y0);
  expect(track.y1).toBe(arrow.y0);
  expect(arrow.x0).toBe(track.x);
  expect(arrow.y1).toBeGreaterThan(arrow.y0);
});

test("messages that wait at the same time have lines of their own", () => {
  const { tracks } = scene(race);
  expect(tracks.length).toBe(5);
  for (const one of tracks) {
    for (const other of tracks.filter((each) => each !== one && each.y0 < one.y1 && one.y0 < each.y1)) expect(other.x).not.toBe(one.x);
  }
});

test("what never arrives stays open to the end", () => {
  const drawn = scene(lostReply);
  const track = drawn.tracks.find((each) => each.flight.label === "CreateOrder")!;
  const last = drawn.rows.at(-1)!;
  expect(track.open).toBe(true);
  expect(track.y1).toBeGreaterThanOrEqual(last.y + last.height);
});

test("what is lost ends half-way", () => {
  const drawn = scene(lostReply);
  const lost = drawn.rows[6]!.flights[0]!;
  const browser = drawn.lanes[0]!.x;
  expect(lost.item.way).toBe("lost");
  expect(lost.x1).toBeGreaterThan(browser + 20);
  expect(lost.x1).toBeLessThan(lost.x0 - 20);
});

test("copies of one message share a tag, other messages have their own", () => {
  const drawn = scene(lateRequest);
  const tags = drawn.messages.map(({ tag, label, sent }) => `${tag} ${label} ${sent}`);
  expect(tags).toEqual(["A command 1 2", "B charged? 1 2", "C no 2", "D charge 1 2", "E charged 1"]);
});

test("slots stand side by side; a crash cuts a bar off at its mark", () => {
  const two = scene(race).bars;
  expect(two.find((bar) => bar.activity.slot === 2)!.x).toBeGreaterThan(two.find((bar) => bar.activity.slot === 1)!.x + two[0]!.width);
  const drawn = scene(duplicateEffect);
  expect(drawn.bars[0]!.y1).toBe(drawn.rows[5]!.marks[0]!.y);
  expect(drawn.lanes[1]!.down).toEqual([[drawn.rows[5]!.marks[0]!.y, drawn.rows[6]!.marks[0]!.y]]);
});

test("the band says in one line what a step breaks", () => {
  expect(scene(duplicateEffect).rows[9]!.banner!.text).toBe("✗ NoDoubleEffect");
});

test("a lasso's bracket begins at the first step that is repeated", () => {
  const drawn = scene(lasso);
  expect(drawn.footer!.loop!.y0).toBe(drawn.rows[5]!.y);
  expect(drawn.footer!.text).toContain("repeats forever");
  expect(scene(stuttering).footer).toMatchObject({ loop: null, text: "… nothing happens any more" });
  expect(scene(race).footer).toBeNull();
});

/** What one actor's view shows in each row. */
function shown(fixture: Fixture, actor: string): string[][] {
  return scene(fixture, 640, actor).rows.map((row) => [...row.marks.map((each) => each.item.label), ...row.calls.map((each) => each.item.label), ...row.flights.map((each) => `${each.item.way} ${each.item.label}`)]);
}

test("one actor's view has what touches its lifeline, and no more", () => {
  const request = "POST /cart/submit";
  expect(shown(lostReply, "Browser")).toEqual([
    [`leaves ${request}`], [`arrives ${request}`], [], [], [], [], [], ["no answer in time"], ["clicks again", `leaves ×2 ${request}`],
    [`lost ×2 ${request}`], ["clicks again", `leaves ×3 ${request}`], [`arrives ×3 ${request}`], [], [],
  ]);
  expect(scene(lostReply, 640, "Browser").rows[6]!.quiet).toBe(true);
  expect(shown(duplicateEffect, "Broker")).toEqual([["leaves command 1"], ["arrives command 1"], [], [], [], ["leaves ↻ command 1"], [], ["arrives ↻ command 1"], [], []]);
  expect(shown(duplicateEffect, "Orders")[1]).toEqual(["arrives command 1"]);
});

test("what one actor sent waits beside it until it arrives", () => {
  const drawn = scene(duplicateEffect, 640, "Broker");
  expect(drawn.tracks.map(({ flight, open }) => [flight.id, open])).toEqual([[1, false], [3, false]]);
  expect(drawn.rows[7]!.flights[0]!.x0).toBe(drawn.tracks[1]!.x);
});

test("a step of which nothing is drawn is told in words", () => {
  const trace = structuredClone(lasso.trace);
  trace.diagram.calls = [];
  const drawn = scene({ trace });
  expect(drawn.rows[2]!.marks[0]!.item.label).toBe("Orders loads the order (message 1)");
});

test("where slots stand side by side each arrow says whose it is; one alone says nothing", () => {
  const drawn = scene(race, 900);
  const at = (row: number) => drawn.rows[row]!.slots.map(({ slot }) => slot);
  expect([2, 6, 9].map(at)).toEqual([[1], [2], [1]]);
  expect(new Set(drawn.rows.flatMap(({ slots }) => slots).map(({ x }) => x)).size).toBe(2);
  expect(scene(duplicateEffect).rows.flatMap(({ slots }) => slots)).toEqual([]);
});

test("one actor's view lists the messages that are drawn, in their order", () => {
  expect(scene(duplicateEffect).messages.map(({ label }) => label)).toEqual(["command 1", "LineAdded [1, 1]"]);
  expect(scene(duplicateEffect, 640, "Subscribers").messages.map(({ label }) => label)).toEqual(["LineAdded [1, 1]"]);
  expect(scene(duplicateEffect, 640, "Database").messages).toEqual([]);
});

test.each(fixtures.map((each) => [each.name, each] as const))("%s: a drawing that follows another is as if it were the first", (_, fixture) => {
  let drawn = scene(fixture, 480);
  for (let length = 0; length <= fixture.trace.steps.length; length += 1) {
    drawn = scene(upTo(fixture, length), 640, null, drawn);
    expect(drawn).toEqual(scene(upTo(fixture, length)));
  }
  const again = scene(structuredClone(fixture), 640, null, scene(fixture, 640));
  expect(again).toEqual(scene(fixture, 640));
  expect(scene(fixture, 900, "Browser", again)).toEqual(scene(fixture, 900, "Browser"));
});

test("rows that depend on nothing new are the very same", () => {
  const before = scene(upTo(duplicateEffect, 8));
  const after = scene(upTo(duplicateEffect, 9), 640, null, before);
  const kept = before.rows.filter((row, at) => after.rows[at] === row).map(({ number }) => number);
  expect(kept.length).toBeGreaterThanOrEqual(7);
  expect(scene(structuredClone(upTo(duplicateEffect, 8)), 640, null, before)).toBe(before);
});
