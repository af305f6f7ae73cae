// The course, as the server describes it: the list with the learner's progress, and the current exercise.
import { effect, signal, untracked } from "@preact/signals";
import { type Load, LOADING, address, listen, load } from "../api/client";
import type { Course, CourseHead, Exercise, Own, Solution } from "../api/types";
import { invited, member, openRoom } from "../room/room";
import type { CourseSpot } from "../state/place";
import { spot } from "../state/place";
import { go, here, known, place } from "../state/session";

export const course = signal<Load<Course>>(LOADING);
export const exercise = signal<Load<Exercise>>(LOADING);
export const solution = signal<Load<Solution>>(LOADING);

/** Milliseconds after which the list is asked for again: the coach notes in a terminal what is solved. */
const AGAIN = 5000;

/** Where the page is in the course; null: elsewhere. */
export const spotOf = (): CourseSpot | null => (place.value?.home ? (place.value.course ?? null) : null);

/** The learner's handler that the server was built with. */
export const own = (): Own | null => known.value?.course?.own ?? null;

/** The position of a step in the learner's file, as `handler.rs:14`. */
export function lineOf(action: string): string | null {
  const shown = own();
  const lines = shown?.lines[action];
  if (!shown || !lines) return null;
  return `${shown.file.split("/").pop()}:${lines.join(", ")}`;
}

/** Called once. */
export function startCourse(): void {
  effect(followList);
  effect(followExercise);
  effect(followSolution);
  effect(followBuild);
  effect(openGroup);
}

/** Whether this page is on the machine that the server runs on. */
const atHome = () => /^(localhost|127\..*|\[::1\])$/.test(location.hostname);

/** `tandem exercise group` opens a room on its exercise: for the person who started it, and once. */
function openGroup(): void {
  if (!known.value?.course?.own?.group) return;
  untracked(() => {
    if (atHome() && member.value === null && invited.value === null) void openRoom();
  });
}

/** The list is kept up to date while a part of the course is shown. */
function followList(): void | (() => void) {
  if (spotOf() === null || known.value?.course == null) return;
  let stop = () => {};
  const ask = () => {
    stop();
    stop = load<Course>(address("/course"), (answer) => {
      // An answer that is awaited again leaves what is shown.
      if (answer.state !== "loading") course.value = answer;
    });
  };
  ask();
  const again = setInterval(() => document.hidden || ask(), AGAIN);
  addEventListener("focus", ask);
  return () => {
    stop();
    clearInterval(again);
    removeEventListener("focus", ask);
  };
}

const shownName = (): string | null => {
  const now = spotOf();
  return now?.page === "exercise" ? now.name : null;
};

function followExercise(): void | (() => void) {
  const name = shownName();
  if (name === null) return;
  untracked(() => (exercise.value = LOADING));
  return load<Exercise>(of(name), (answer) => (exercise.value = answer));
}

function followSolution(): void | (() => void) {
  const now = spotOf();
  if (now?.page !== "exercise" || !now.solution) return;
  untracked(() => (solution.value = LOADING));
  return load<Solution>(of(now.name, "/solution"), (answer) => (solution.value = answer));
}

const of = (name: string, about = "") => address(`/course/${encodeURIComponent(name)}${about}`);

/** A handler that was built again is another model: the page loads itself again, at its first counterexample. */
function followBuild(): void | (() => void) {
  const before = known.value?.course;
  if (!before?.own) return;
  return listen(address("/course/build"), {
    build: (now: CourseHead) => {
      if (now.build === before.build) return;
      const at = here.peek();
      if (at) go(spot(at.protocol, at.variant, { parameters: at.parameters, view: at.view }), true);
      location.reload();
    },
  }, []);
}
