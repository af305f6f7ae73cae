// The trainer's page: the plan of the two days, the room with who is in it, how to join, the timer.
import type { Course } from "../api/types";
import { isAway, openRoom, room } from "../room/room";
import { known } from "../state/session";
import { HANDBOOK, ListOfParts } from "./CoursePage";
import { JoinHere } from "./JoinHere";
import { Prose } from "./Prose";
import { TimerButton } from "./Timer";

export function TrainerPage({ course }: { course: Course }) {
  return (
    <div class="trainer">
      <section class="course-text trainer-room" aria-label="The room">
        <h2>The room</h2>
        <Room />
        <p><TimerButton minutes={10} /></p>
        <p class="muted small">An exercise's page shows or hides hints and the solution; in a room everybody sees it as the driver does. Likely mistakes are in the <a href={`${HANDBOOK}mistakes.html`} target="_blank" rel="noopener">handbook</a>.</p>
      </section>
      <section class="course-text trainer-plan" aria-label="The plan"><Prose blocks={course.plan} /></section>
      <section class="trainer-list" aria-label="Exercises"><ListOfParts parts={course.parts} /></section>
    </div>
  );
}

function Room() {
  const state = room.value;
  if (state === null) {
    return known.value?.share
      ? <p><button type="button" class="button primary" onClick={() => void openRoom()}>Open a room</button></p>
      : <p>Start Tandem with <code>--share</code>, and for the network with <code>--bind 0.0.0.0</code>, to open a room.</p>;
  }
  const there = state.members.filter((one) => !isAway(one));
  return (
    <>
      <JoinHere />
      <h3>{there.length} {there.length === 1 ? "person is" : "people are"} in the room</h3>
      <ul class="course-items who-is-here">
        {state.members.map((one) => <li key={one.id} class={isAway(one) ? "muted" : ""}>{one.name}{one.id === state.driver && " · drives"}{isAway(one) && " · away"}</li>)}
      </ul>
    </>
  );
}
