// A room: one drives, the others follow the driver's place live, may leave the shared path and come
// back, and may be handed the wheel, or take it once nobody drives any more.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { Joined, RoomState } from "../api/types";
import { address, failed, listen, send } from "../api/client";
import { nickname } from "../state/preferences";
import { JOIN, format, parse } from "../state/place";
import { go, known, place } from "../state/session";
import { type Member, keep, recall } from "./membership";

export const member = signal<Member | null>(null);
export const room = signal<RoomState | null>(null);
export const trouble = signal<string | null>(null);
/** The room was closed, or has forgotten this page. */
export const lost = signal(false);
/** A follower who went somewhere else. */
export const away = signal(false);
/** The code of the room that a link invites to. */
export const invited = signal<string | null>(null);

const now = signal(Date.now());
/** When the room last sent its state; times in that state count from there. */
const heardAt = signal(0);
/** When the server was last heard of at all: it says every second that it is there. */
const aliveAt = signal(0);
/** Milliseconds without an event from the server after which the server counts as gone. */
const SILENCE = 3500;
/** Seconds that a member may be away before this is shown: longer than reloading a page takes. */
const RELOADING = 1.5;
const elapsed = computed(() => Math.max(0, (now.value - heardAt.value) / 1000));

export const remaining = computed(() => (room.value?.timer == null ? null : Math.max(0, Math.round(room.value.timer - elapsed.value))));
export const driving = computed(() => room.value !== null && room.value.driver === member.value?.id);
/** Whether the steps here are of this page's choosing: nobody else drives it. */
export const choosing = computed(() => room.value === null || driving.value || away.value);
/** Nothing is heard of the server. */
export const silent = computed(() => member.value !== null && aliveAt.value > 0 && now.value - aliveAt.value > SILENCE);
/** Nobody drives, or nobody has for a while. */
export const wheelFree = computed(() => room.value?.free != null && !driving.value && room.value.free <= elapsed.value);
/** Whether this page may take the wheel: it is free, or this person opened the room. */
export const mayTake = computed(() => wheelFree.value || (room.value !== null && room.value.host === member.value?.id && !driving.value));
export const driver = computed(() => room.value?.members.find(({ id }) => id === room.value?.driver) ?? null);
/** What others open to join. */
export const joinLink = computed(() => (room.value && known.value?.share ? `${known.value.share}#/${JOIN}/${room.value.code}` : null));

/** The same, short enough to type: the code of the room replaces the token. */
export const joinAddress = computed(() => (room.value && known.value?.share ? `${new URL(known.value.share).origin}/${room.value.code}` : null));

/** A page that is loaded again is away for a moment, which is not shown. */
export const isAway = ({ away }: RoomState["members"][number]): boolean => away !== null && away + elapsed.value > RELOADING;
export const driverAway = computed(() => driver.value !== null && isAway(driver.value));

const of = (code: string, about: string) => address(`/rooms/${encodeURIComponent(code)}/${about}`);
let stop: (() => void)[] = [];

/** Comes back to the room that this page was in, and reads invitations. Called once, before the
 * address is read as a place. */
export function startRooms(): void {
  addEventListener("hashchange", ({ newURL }) => invite(new URL(newURL).hash));
  const before = recall();
  if (before) enter(before);
  invite(location.hash);
}

function invite(hash: string): void {
  const [name, code] = hash.replace(/^#\//, "").split("/");
  if (name === JOIN && code && code !== member.peek()?.code) invited.value = code.toUpperCase();
}

export async function openRoom(): Promise<void> {
  const name = nickname.peek().trim() || null;
  await attempt(async () => welcome(await send<Joined>("POST", address("/rooms"), { name })));
}

export async function joinRoom(code: string): Promise<void> {
  const name = nickname.peek().trim();
  await attempt(async () => welcome(await send<Joined>("POST", of(code.trim().toUpperCase(), "join"), { name })));
}

function welcome({ id, secret, state }: Joined): void {
  leaveRoom();
  invited.value = null;
  enter({ code: state.code, id, secret, away: false });
  heard(state);
}

/** Without `to`, the wheel is taken. */
export const handOver = (to = member.peek()?.id) => tell("POST", "wheel", { to });
export const setTimer = (seconds: number | null) => tell("PUT", "timer", { seconds });

export function leaveRoom(): void {
  if (member.peek()) void tell("POST", "leave", {});
  forget();
}

export function comeBack(): void {
  away.value = false;
  const shared = room.peek()?.place;
  if (shared !== undefined) follow(shared);
}

/** Whether the room has heard it. */
async function tell(method: "POST" | "PUT", about: string, what: object): Promise<boolean> {
  const own = member.peek();
  return own !== null && attempt(() => send(method, of(own.code, about), { secret: own.secret, ...what }));
}

async function attempt(call: () => Promise<unknown>): Promise<boolean> {
  trouble.value = null;
  try {
    await call();
    return true;
  } catch (error) {
    trouble.value = failed(error).message;
    return false;
  }
}

function enter(own: Member): void {
  batch(() => {
    lost.value = false;
    away.value = own.away;
    member.value = own;
  });
  told = null;
  aliveAt.value = Date.now();
  const tick = setInterval(() => (now.value = Date.now()), 500);
  stop = [
    () => clearInterval(tick),
    effect(() => void (place.value && driving.value && untracked(tellPlace))),
    effect(noticeLeaving),
    effect(() => keep({ ...own, away: away.value })),
  ];
  attend(own);
}

/** Follows the room, and once more where that fails: so it does on a page that is on its way out, or
 * comes back from the browser's memory. */
function attend(own: Member, again = true): void {
  const url = of(own.code, `events/${encodeURIComponent(own.id)}`);
  let soon: ReturnType<typeof setTimeout> | undefined;
  const end = listen(url, { room: heard, alive }, [], () => {
    if (again) soon = setTimeout(() => attend(own, false), 1000);
    else lose();
  });
  stop.push(end, () => clearTimeout(soon));
}

function forget(): void {
  for (const end of stop) end();
  stop = [];
  keep(null);
  batch(() => {
    member.value = null;
    room.value = null;
    away.value = false;
  });
}

function lose(): void {
  forget();
  lost.value = true;
}

function alive(): void {
  aliveAt.value = Date.now();
}

function heard(state: RoomState): void {
  alive();
  const before = room.peek();
  if (before && state.version < before.version) return;
  if (!state.members.some(({ id }) => id === member.peek()?.id)) return lose();
  batch(() => {
    room.value = state;
    now.value = heardAt.value = Date.now();
    if (driving.value) away.value = false;
  });
  if (!driving.peek() && !away.peek() && before?.place !== state.place) follow(state.place);
}

function follow(shared: string): void {
  const to = parse(shared);
  if (to !== null) go(to, true);
}

const placeNow = () => (place.value === null ? null : format(place.value).slice(1));
let told: string | null = null;
let telling = false;

/** Milliseconds before a place that the room has not heard is sent again. */
const AGAIN = 500;

/** The driver's place goes to the room: the latest only, one after the other, and again until the room
 * has heard it. */
async function tellPlace(): Promise<void> {
  if (telling) return;
  telling = true;
  for (let shared = placeNow(); driving.peek() && shared !== null && shared !== told; shared = placeNow()) {
    if (await tell("PUT", "place", { place: shared })) told = shared;
    else await new Promise((wake) => setTimeout(wake, AGAIN));
  }
  telling = false;
}

/** A follower who steps elsewhere leaves the shared path. */
function noticeLeaving(): void {
  const shared = placeNow();
  const state = room.peek();
  if (state === null || shared === null || driving.peek() || away.peek()) return;
  if (!samePlace(shared, state.place)) away.value = true;
}

/** What the page adds to an address by itself makes no other place: the version of the model, and the
 * run that opens where the address names none, which may come to a follower before the driver. */
export function samePlace(one: string, other: string): boolean {
  const [here, there] = [parse(one), parse(other)];
  if (here === null || here.home || there === null || there.home) return one === other;
  const opens = here.steps === null || there.steps === null;
  const added = { digest: null, ...(opens && { steps: null, end: null, at: null, property: null }) };
  return format({ ...here, ...added }) === format({ ...there, ...added });
}
