// Where the page is: the part of its address after '#', read and written. Everything that a link
// must restore is here: protocol, variant, bounds and faults, the path, the step, the view.
import type { End } from "../api/types";

export type View = "diagram" | "fix" | "tla" | "graph";
const VIEWS: View[] = ["diagram", "fix", "tla", "graph"];
const WHOLE = "a whole number of at most nine digits";
/** At most this much of ignored text is shown. */
const LONG = 40;

export type Place = Home | Spot;
export interface Home {
  home: true;
  /** What is asked of the comparison of designs, as a query; null: the catalogue. */
  compare: string | null;
  /** What is shown of the course, if it is. */
  course?: CourseSpot | undefined;
}
export type CourseSpot = { page: "list" } | { page: "trainer" } | ExerciseSpot;
export interface ExerciseSpot {
  page: "exercise";
  name: string;
  /** How many hints are shown. */
  hints: number;
  /** Whether the solution is shown. */
  solution: boolean;
  /** The second phase, as a group. */
  group: boolean;
}
export interface Spot {
  home: false;
  protocol: string;
  variant: string;
  /** Only those that differ from the variant's own. */
  parameters: Record<string, number>;
  /** The actions from the initial state; null: the first run that the search finds. */
  steps: string | null;
  end: End;
  /** The current step; null: the last. */
  at: number | null;
  /** The property whose trace this is, if it was opened as one. */
  property: string | null;
  digest: string | null;
  view: View;
  /** What the link asked for that cannot be: no part of the address. */
  ignored: Ignored[];
}
export interface Ignored { what: string; why: string }

export const HOME: Place = { home: true, compare: null };

/** `#/compare?…` compares designs. */
const COMPARE = "compare";

/** `#/course` is the list of exercises, `#/course/NAME` one of them, and `#/trainer` the trainer's page. */
const COURSE = "course";
const TRAINER = "trainer";

/** `#/join/CODE` is an invitation to a room, and no place. */
export const JOIN = "join";

export function spot(protocol: string, variant: string, more: Partial<Spot> = {}): Spot {
  return {
    home: false, protocol, variant, parameters: {}, steps: null, end: null, at: null,
    property: null, digest: null, view: "diagram", ignored: [], ...more,
  };
}

/** Null where the address names nothing, or nothing that could be a place. */
export function parse(hash: string): Place | null {
  const text = hash.replace(/^#/, "");
  if (text === "/") return HOME;
  const [path = "", query = ""] = text.split("?", 2);
  if (path === `/${COMPARE}`) return { home: true, compare: query };
  if (path === `/${TRAINER}`) return { home: true, compare: null, course: { page: "trainer" } };
  if (path === `/${COURSE}` || path.startsWith(`/${COURSE}/`)) return { home: true, compare: null, course: courseSpot(path, query) };
  const names = path.split("/").filter((name) => name !== "").map(decode);
  const [protocol, variant] = names;
  if (names.length !== 2 || !protocol || !variant || protocol === JOIN) return null;
  const place = spot(protocol, variant);
  for (const [name, value] of new URLSearchParams(query)) {
    const why = read(place, name, value);
    if (why !== null) place.ignored.push(ignored(name, value, why));
  }
  return place;
}

function courseSpot(path: string, query: string): CourseSpot {
  const name = decode(path.slice(COURSE.length + 2));
  if (name === "") return { page: "list" };
  const asked = new URLSearchParams(query);
  const hints = asked.get("hints") ?? "";
  return exerciseSpot(name, { hints: /^\d$/.test(hints) ? Number(hints) : 0, solution: asked.get("solution") === "shown", group: asked.get("phase") === "group" });
}

export const exerciseSpot = (name: string, more: Partial<ExerciseSpot> = {}): ExerciseSpot => ({ page: "exercise", name, hints: 0, solution: false, group: false, ...more });

function ignored(name: string, value: string, why: string): Ignored {
  const what = `${name}=${value}`;
  return { what: what.length > LONG ? `${what.slice(0, LONG)}…` : what, why };
}

/** The place without a property that its model does not have. */
export function withKnown(properties: { name: string }[], place: Spot): Spot {
  const { property } = place;
  if (property === null || properties.some(({ name }) => name === property)) return place;
  return { ...place, property: null, ignored: [...place.ignored, ignored("property", property, "this model has no such property")] };
}

/** Reads one part of the query; if it means nothing, why. */
function read(place: Spot, name: string, value: string): string | null {
  const whole = /^\d{1,9}$/.test(value) ? Number(value) : null;
  switch (name) {
    case "steps":
      if (!/^(\d+(\.\d+)*)?$/.test(value)) return "a path is whole numbers with dots between them";
      place.steps = value;
      return null;
    case "at":
      place.at = whole;
      return whole === null ? `a step is ${WHOLE}` : null;
    case "end":
      place.end = value === "stutters" ? value : whole;
      return place.end === null ? `a run goes back to a step, which is ${WHOLE}, or stutters` : null;
    case "view": {
      const known = VIEWS.find((view) => view === value);
      place.view = known ?? "diagram";
      return known ? null : `a view is one of ${VIEWS.join(", ")}`;
    }
    case "digest": place.digest = value; return null;
    case "property": place.property = value; return null;
    default:
      if (whole === null) return `a bound or fault is ${WHOLE}`;
      place.parameters[name] = whole;
      return null;
  }
}

export function format(place: Place): string {
  if (place.home && place.course) return courseAddress(place.course);
  if (place.home) return place.compare === null ? "#/" : `#/${COMPARE}${place.compare === "" ? "" : "?" + place.compare}`;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place.parameters)) query.set(name, String(value));
  if (place.steps !== null) query.set("steps", place.steps);
  if (place.end !== null) query.set("end", String(place.end));
  if (place.at !== null) query.set("at", String(place.at));
  if (place.property !== null) query.set("property", place.property);
  if (place.view !== "diagram") query.set("view", place.view);
  if (place.digest !== null) query.set("digest", place.digest);
  const text = query.toString();
  return `#/${encodeURIComponent(place.protocol)}/${encodeURIComponent(place.variant)}${text === "" ? "" : "?" + text}`;
}

export function courseAddress(course: { page: "list" } | { page: "trainer" } | (Partial<ExerciseSpot> & { page: "exercise"; name: string })): string {
  if (course.page === "trainer") return `#/${TRAINER}`;
  if (course.page === "list") return `#/${COURSE}`;
  const query = new URLSearchParams();
  if (course.hints) query.set("hints", String(course.hints));
  if (course.solution) query.set("solution", "shown");
  if (course.group) query.set("phase", "group");
  const text = query.toString();
  return `#/${COURSE}/${encodeURIComponent(course.name)}${text === "" ? "" : "?" + text}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The indices of a path; "" is the empty path. */
export const indices = (steps: string): number[] => (steps === "" ? [] : steps.split(".").map(Number));

/** The path of the first `n` steps. */
export const prefix = (steps: string, n: number): string => indices(steps).slice(0, n).join(".");

export const append = (steps: string, index: number): string => (steps === "" ? String(index) : `${steps}.${index}`);
