// One exercise: its story and task, hints one by one, the timer, and afterwards the lecture and the solution.
import type { ComponentChildren } from "preact";
import type { Exercise } from "../api/types";
import { openRoom, room } from "../room/room";
import { type ExerciseSpot, courseAddress, format, spot } from "../state/place";
import { go, known } from "../state/session";
import { own, solution } from "./course";
import { JoinHere } from "./JoinHere";
import { Prose } from "./Prose";
import { TimerButton } from "./Timer";

/** The address says which parts of an exercise are shown, so a group sees the hints and the solution that the driver shows. */
const change = (at: ExerciseSpot, what: Partial<ExerciseSpot>) => go({ home: true, compare: null, course: { ...at, ...what } }, true);

export function ExercisePage({ at, exercise }: { at: ExerciseSpot; exercise: Exercise }) {
  const { head } = exercise;
  return (
    <article class="course-exercise" data-exercise={head.name}>
      <section class="course-phase" aria-label="Phase">
        <div class="segments" role="group" aria-label="Phase">
          <button type="button" class="button" aria-pressed={!at.group} onClick={() => change(at, { group: false })}>1 · Alone</button>
          <button type="button" class="button" aria-pressed={at.group} onClick={() => change(at, { group: true })}>2 · As a group</button>
        </div>
        <TimerButton minutes={head.minutes} />
        <span class={head.solved ? "good" : "muted"}>{head.solved ? "✓ solved" : "not solved yet"}</span>
        <span class="muted">Exercise {head.place}, part {exercise.part}</span>
      </section>
      {at.group ? <Group exercise={exercise} /> : <Alone exercise={exercise} />}
      <Part title="The story"><Prose blocks={exercise.story} /></Part>
      <Part title="Look first"><Prose blocks={exercise.look} /></Part>
      <Part title="Your task"><Prose blocks={exercise.task} /></Part>
      {exercise.tla_task && <Part title="In TLA+, after that"><Prose blocks={exercise.tla_task} /><Command text={`tandem exercise tla ${head.name} --watch`} /></Part>}
      <Hints at={at} exercise={exercise} />
      <Part title="The lecture" folded><Prose blocks={exercise.lecture} /></Part>
      <SolutionOf at={at} exercise={exercise} />
      <Part title="Ask yourself"><Prose blocks={exercise.ask} /></Part>
      <Part title="The counterpart in the other language" folded><Prose blocks={exercise.in_tla} /></Part>
      <Part title="Discuss" folded={!at.group}><Prose blocks={exercise.discuss} /></Part>
      {exercise.next && <p><a class="button" href={courseAddress({ page: "exercise", name: exercise.next })}>The next exercise <span aria-hidden="true">→</span></a></p>}
    </article>
  );
}

function Part({ title, folded = false, children }: { title: string; folded?: boolean; children: ComponentChildren }) {
  if (folded) return <details class="course-text"><summary>{title}</summary>{children}</details>;
  return <section class="course-text"><h2>{title}</h2>{children}</section>;
}

const Command = ({ text }: { text: string }) => <pre class="mono course-code" tabIndex={0}>{text}</pre>;

function Alone({ exercise }: { exercise: Exercise }) {
  const { name } = exercise.head;
  return (
    <section class="course-text course-how" aria-label="How to work">
      <p>Edit <code>{exercise.file}</code> and no other file. These commands check it whenever you save, and show your handler's own run:</p>
      <Command text={`tandem exercise watch ${name}\ntandem exercise explore ${name}`} />
      <Model exercise={exercise} />
    </section>
  );
}

/** The model: the learner's handler if this server was built with it, else the protocol that it is about. */
function Model({ exercise }: { exercise: Exercise }) {
  const start = known.value?.start;
  if (own()?.exercise === exercise.head.name && start) {
    return <p><a class="button primary" href={format(spot(start.protocol, start.variant, { parameters: start.parameters }))}>Look at this handler's runs <span aria-hidden="true">→</span></a></p>;
  }
  const protocol = known.value?.protocols.find(({ name }) => name === exercise.protocol);
  const broken = protocol?.variants.find(({ right }) => !right);
  if (!protocol || !broken) return null;
  return <p><a href={format(spot(protocol.name, broken.name))}>The protocol in the explorer: {protocol.title}</a></p>;
}

function Group({ exercise }: { exercise: Exercise }) {
  const shared = known.value?.share;
  const shows = own()?.exercise === exercise.head.name;
  return (
    <section class="course-text course-how" aria-label="The group">
      {room.value
        ? <><p>Everybody in room <b class="mono">{room.value.code}</b> sees what the driver sees.</p><JoinHere /></>
        : shared
          ? <p><button type="button" class="button primary" onClick={() => void openRoom()}>Open a room on this exercise</button></p>
          : <p>This server opens no rooms.</p>}
      {!shows && <><p>The person whose answer is shown starts this on their machine. It opens a room on their handler:</p><Command text={`tandem exercise group ${exercise.head.name} --bind 0.0.0.0`} /></>}
      <Model exercise={exercise} />
    </section>
  );
}

function Hints({ at, exercise }: { at: ExerciseSpot; exercise: Exercise }) {
  const all = exercise.hints.length;
  const shown = Math.min(at.hints, all);
  return (
    <section class="course-text">
      <h2>Hints</h2>
      <ol class="course-items course-hints">{exercise.hints.slice(0, shown).map((hint, number) => <li key={number}><Prose blocks={hint} /></li>)}</ol>
      <p class="spread">
        {shown < all && <button type="button" class="button" onClick={() => change(at, { hints: shown + 1 })}>{shown === 0 ? "Show the first hint" : `Show hint ${shown + 1} of ${all}`}</button>}
        {shown > 0 && <button type="button" class="button" onClick={() => change(at, { hints: 0 })}>Hide the hints</button>}
      </p>
    </section>
  );
}

function SolutionOf({ at, exercise }: { at: ExerciseSpot; exercise: Exercise }) {
  const toggle = () => change(at, { solution: !at.solution });
  return (
    <section class="course-text course-solution">
      <h2>The solution</h2>
      <p class="spread">
        <button type="button" class="button" aria-pressed={at.solution} onClick={toggle}>{at.solution ? "Hide the solution" : "Show the solution"}</button>
        {!at.solution && !exercise.head.solved && <span class="muted small">The exercise is not solved yet: it is worth the ten minutes.</span>}
      </p>
      {at.solution && solution.value.state === "failed" && <p class="bad" role="alert">{solution.value.message}</p>}
      {at.solution && solution.value.state === "ready" && (
        <>
          <pre class="mono course-code" tabIndex={0}>{solution.value.value.code}</pre>
          <h3>Why it is right</h3>
          <Prose blocks={solution.value.value.why} />
        </>
      )}
    </section>
  );
}
