// A room: one drives, the others follow the driver's place live, may leave the shared path and come
// back, and may be handed the wheel.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Joined, Room, RoomState } from "../api/types";
import { address, failed, listen, send } from "../api/client";
import { format, parse } from "../state/place";
import { go, place } from "../state/session";

interface Member { code: string; /** Null for the one who opened the room. */ id: string | null; secret: string }

export const member = signal<Member | null>(null);
export const room = signal<RoomState | null>(null);
export const trouble = signal<string | null>(null);
/** A follower who went somewhere else. */
export const away = signal(false);
/** When the timer ends, on this machine's clock in milliseconds. */
const ends = signal<number | null>(null);
export const now = signal(Date.now());
export const remaining = computed(() => (ends.value === null ? null : Math.max(0, Math.round((ends.value - now.value) / 1000))));

let opener: string | null = null;
let stop: (() => void)[] = [];

/** Who opens a room drives until the wheel is handed over. */
export const driving = computed(() => {
  const state = room.value;
  const own = member.value;
  return state !== null && own !== null && (own.id === null ? state.driver === opener : state.driver === own.id);
});

const of = (code: string, about: string) => address(`/rooms/${encodeURIComponent(code)}/${about}`);

export async function openRoom(): Promise<void> {
  await attempt(async () => {
    const opened = await send<Room>("POST", address("/rooms"), {});
    opener = opened.state.driver;
    enter({ code: opened.code, id: null, secret: opened.wheel }, opened.state);
  });
}

export async function joinRoom(code: string, name: string): Promise<void> {
  await attempt(async () => {
    const wanted = code.trim().toUpperCase();
    const joined = await send<Joined>("POST", of(wanted, "join"), { name });
    enter({ code: wanted, id: joined.id, secret: joined.secret }, joined.state);
  });
}

export async function handOver(to: string): Promise<void> {
  const own = member.peek();
  if (own) await attempt(() => send("POST", of(own.code, "wheel"), { wheel: own.secret, to }));
}

export async function setTimer(seconds: number | null): Promise<void> {
  const own = member.peek();
  if (own) await attempt(() => send("PUT", of(own.code, "timer"), { wheel: own.secret, seconds }));
}

export function leaveRoom(): void {
  for (const end of stop) end();
  stop = [];
  opener = null;
  member.value = null;
  room.value = null;
  ends.value = null;
  away.value = false;
}

export function comeBack(): void {
  away.value = false;
  const shared = room.peek()?.place;
  if (shared !== undefined) follow(shared);
}

async function attempt(call: () => Promise<unknown>): Promise<void> {
  trouble.value = null;
  try {
    await call();
  } catch (error) {
    trouble.value = failed(error).message;
  }
}

function enter(own: Member, state: RoomState): void {
  leaveRoom();
  if (own.id === null) opener = state.driver;
  member.value = own;
  heard(state);
  const tick = setInterval(() => (now.value = Date.now()), 500);
  stop = [
    () => clearInterval(tick),
    listen(of(own.code, "events"), { room: heard }, [], () => {
      trouble.value = "The room is closed, or Tandem does not answer any more.";
      leaveRoom();
    }),
    effect(tell),
    effect(noticeLeaving),
  ];
}

function heard(state: RoomState): void {
  const before = room.peek();
  if (before && state.version < before.version) return;
  room.value = state;
  now.value = Date.now();
  ends.value = state.timer === null ? null : now.value + state.timer * 1000;
  if (!driving.peek() && !away.peek() && before?.place !== state.place) follow(state.place);
}

function follow(shared: string): void {
  const to = parse(shared);
  if (to !== null) go(to, true);
}

const placeNow = () => (place.value === null ? null : format(place.value).slice(1));
let told = "";

/** The driver's place goes to the room, the latest only. */
function tell(): void {
  const own = member.value;
  const shared = placeNow();
  if (own === null || shared === null || !driving.value || shared === told) return;
  told = shared;
  untracked(() => void attempt(() => send("PUT", of(own.code, "place"), { wheel: own.secret, place: shared })));
}

/** A follower who steps elsewhere leaves the shared path. */
function noticeLeaving(): void {
  const shared = placeNow();
  const state = room.peek();
  if (state === null || shared === null || driving.peek() || away.peek()) return;
  if (!samePlace(shared, state.place)) away.value = true;
}

/** What the page adds to an address by itself makes no other place. */
export function samePlace(one: string, other: string): boolean {
  const plain = (hash: string) => {
    const parsed = parse(hash);
    return parsed === null || parsed.home ? hash : format({ ...parsed, digest: null });
  };
  return plain(one) === plain(other);
}
