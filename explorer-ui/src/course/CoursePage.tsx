// The course: the list of exercises with the learner's progress, an exercise, and the trainer's page.
import type { Course, CoursePart, ExerciseHead } from "../api/types";
import { Tools } from "../explore/Header";
import { Trouble, Waiting } from "../parts/Notice";
import { RoomStrip } from "../room/RoomMenu";
import { type CourseSpot, courseAddress } from "../state/place";
import { course, exercise } from "./course";
import { ExercisePage } from "./ExercisePage";
import { TrainerPage } from "./TrainerPage";
import "./course.css";

export const HANDBOOK = "/handbook/";

export function CoursePage({ at }: { at: CourseSpot }) {
  return (
    <>
      <header class="head">
        <a class="brand" href="#/" title="All protocols">Tandem</a>
        <h1>{heading(at)}</h1>
        <span class="push" />
        <nav class="course-nav" aria-label="Course">
          <a href={courseAddress({ page: "list" })} aria-current={at.page === "list" ? "page" : undefined}>Exercises</a>
          <a href={courseAddress({ page: "trainer" })} aria-current={at.page === "trainer" ? "page" : undefined}>For the trainer</a>
          <a href={HANDBOOK} target="_blank" rel="noopener">Handbook</a>
        </nav>
        <Tools />
      </header>
      <RoomStrip />
      <main class="home course"><Body at={at} /></main>
    </>
  );
}

function heading(at: CourseSpot): string {
  if (at.page === "trainer") return "For the trainer";
  if (at.page === "list") return "The course";
  return exercise.value.state === "ready" ? exercise.value.value.head.title : at.name;
}

function Body({ at }: { at: CourseSpot }) {
  const shown = at.page === "exercise" ? exercise.value : course.value;
  if (shown.state === "loading") return <Waiting what="Reading the exercises" />;
  if (shown.state === "failed") return <Trouble title="The exercises cannot be read" message={shown.message} />;
  if (at.page === "exercise") return exercise.value.state === "ready" ? <ExercisePage at={at} exercise={exercise.value.value} /> : null;
  if (course.value.state !== "ready") return null;
  return at.page === "list" ? <List course={course.value.value} /> : <TrainerPage course={course.value.value} />;
}

export const solvedIn = (parts: CoursePart[]) => parts.flatMap(({ exercises }) => exercises).filter(({ solved }) => solved).length;

function List({ course }: { course: Course }) {
  const all = course.parts.flatMap(({ exercises }) => exercises);
  const solved = solvedIn(course.parts);
  const next = all.find((one) => !one.solved);
  return (
    <>
      <section class="course-progress" aria-label="Progress">
        <p><b>{solved}</b> of {all.length} exercises are solved. <span class="muted">The coach notes it on the machine that Tandem runs on.</span></p>
        <progress max={all.length} value={solved} aria-label="Exercises that are solved" />
        {next && <a class="button primary" href={courseAddress({ page: "exercise", name: next.name })}>Go on with {next.title} <span aria-hidden="true">→</span></a>}
      </section>
      <ListOfParts parts={course.parts} />
    </>
  );
}

export function ListOfParts({ parts }: { parts: CoursePart[] }) {
  return (
    <>
      {parts.map((part) => (
        <section key={part.number} class="part" aria-labelledby={`course-part-${part.number}`}>
          <h2 id={`course-part-${part.number}`}><span class="part-number">{part.number}</span> {part.title}</h2>
          <ol class="course-list">{part.exercises.map((one) => <Line key={one.name} one={one} />)}</ol>
        </section>
      ))}
    </>
  );
}

function Line({ one }: { one: ExerciseHead }) {
  return (
    <li data-exercise={one.name} data-solved={one.solved}>
      <span class={one.solved ? "good" : "muted"} aria-hidden="true">{one.solved ? "✓" : "○"}</span>
      <span class="course-place">{one.place}</span>
      <a href={courseAddress({ page: "exercise", name: one.name })}>{one.title}</a>
      <span class="hidden-text">{one.solved ? "solved" : "not solved yet"}</span>
      <span class="muted small">{one.minutes} min{one.tla !== null && ` · TLA+${one.tla ? " ✓" : ""}`}</span>
    </li>
  );
}
