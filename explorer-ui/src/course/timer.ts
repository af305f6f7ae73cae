// The timer of an exercise: this page's own while somebody works alone, that of the room in a group. Its end is
// seen on every page, and heard.
import { computed, effect, signal } from "@preact/signals";
import { driving, member, remaining, setTimer } from "../room/room";
import { play, prepareSound } from "./sound";

const KEY = "tandem.timer";
const TONES = 3;

/** When this page's own timer ends, in milliseconds since 1970. */
const ends = signal<number | null>(null);
const now = signal(Date.now());
/** The end of the room's timer that was put away here: it ends again only when another one was started. */
const putAway = signal(false);

/** Seconds that are left; null: no timer runs. */
export const left = computed<number | null>(() => {
  if (remaining.value !== null) return remaining.value;
  return ends.value === null ? null : Math.max(0, Math.ceil((ends.value - now.value) / 1000));
});
export const over = computed(() => left.value === 0 && !putAway.value);
/** In a room the timer belongs to the driver. */
export const mayTime = computed(() => member.value === null || driving.value);

export function startTimer(minutes: number): void {
  prepareSound();
  play(1);
  if (member.peek()) return void setTimer(minutes * 60);
  own(Date.now() + minutes * 60_000);
}

export function stopTimer(): void {
  own(null);
  if (member.peek() && driving.peek()) void setTimer(null);
  else putAway.value = remaining.peek() !== null;
}

function own(end: number | null): void {
  now.value = Date.now();
  ends.value = end;
  try {
    if (end === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, String(end));
  } catch {
    // A browser that stores nothing: a page that is loaded again has no timer.
  }
}

function recall(): number | null {
  try {
    const end = Number(sessionStorage.getItem(KEY) ?? NaN);
    return Number.isFinite(end) ? end : null;
  } catch {
    return null;
  }
}

/** Called once. */
export function startTimers(): void {
  ends.value = recall();
  effect(() => {
    if (ends.value === null) return;
    const tick = setInterval(() => (now.value = Date.now()), 250);
    return () => clearInterval(tick);
  });
  let before = left.peek();
  effect(() => {
    const seconds = left.value;
    if (before !== null && before > 0 && seconds === 0) play(TONES);
    if (seconds !== null && seconds > 0) putAway.value = false;
    before = seconds;
  });
  const title = document.title;
  effect(() => {
    document.title = over.value ? `⏰ The time is over – ${title}` : title;
  });
}
