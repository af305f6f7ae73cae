// The timer's button and clock, and the notice at its end.
import { clock } from "../parts/numbers";
import { driving } from "../room/room";
import { left, mayTime, over, startTimer, stopTimer } from "./timer";

export function TimerButton({ minutes }: { minutes: number }) {
  if (left.value === null) {
    return mayTime.value ? <button type="button" class="button" onClick={() => startTimer(minutes)}>Start {minutes} minutes</button> : null;
  }
  return (
    <span class="spread">
      <b class="course-clock mono" role="timer">{clock(left.value)}</b>
      {mayTime.value && <button type="button" class="button" onClick={stopTimer}>Stop the timer</button>}
    </span>
  );
}

/** The clock in the head of every page. */
export function Clock() {
  return left.value === null ? null : <b class={`mono ${left.value === 0 ? "bad" : ""}`} title="Time left">{clock(left.value)}</b>;
}

/** Shown above everything, so that nobody overlooks that the time is over. */
export function TimeOver() {
  if (!over.value) return null;
  return (
    <div class="time-over" role="alert">
      <p><b>The time is over.</b></p>
      <p>{driving.value ? "Look at one answer together, or hand over the wheel." : "Save your file, and look at one answer together with the others."}</p>
      <button type="button" class="button primary" onClick={stopTimer}>Go on</button>
    </div>
  );
}
