// Opening, joining and steering a room.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { RoomState } from "../api/types";
import { write } from "../parts/clipboard";
import { clock } from "../parts/numbers";
import { JoinHere } from "../course/JoinHere";
import { startTimer, stopTimer } from "../course/timer";
import { Popover } from "../parts/Popover";
import { nickname } from "../state/preferences";
import { away, comeBack, driver, driverAway, driving, handOver, isAway, joinLink, joinRoom, leaveRoom, lost, mayTake, member, openRoom, remaining, room, silent, trouble, wheelFree } from "./room";

const TEN = 10;

export function RoomMenu() {
  const state = room.value;
  return (
    <Popover
      class={`button${state ? " in-room" : ""}`} title="Room"
      label={<>{state ? <>Room <b class="mono">{state.code}</b></> : "Room"}{remaining.value !== null && <span class={remaining.value === 0 ? "bad" : ""}>{clock(remaining.value)}</span>}</>}
    >
      {() => <div class="room">{state ? <Inside state={state} /> : <Outside />}{trouble.value && <p class="bad small" role="alert">{trouble.value}</p>}</div>}
    </Popover>
  );
}

export function Name({ required }: { required: boolean }) {
  return (
    <label class="room-field">Your name
      <input required={required} value={nickname.value} maxLength={40} autoComplete="nickname" onInput={(event) => (nickname.value = event.currentTarget.value)} />
    </label>
  );
}

function Outside() {
  const [code, setCode] = useState("");
  const join = (event: Event) => {
    event.preventDefault();
    void joinRoom(code);
  };
  return (
    <>
      <h2>Work in one room</h2>
      <p class="muted small">One drives, everybody else sees each step in their own browser.</p>
      <form onSubmit={join} class="room-join">
        <Name required />
        <button type="button" class="button primary" onClick={() => void openRoom()}>Open a room and drive</button>
        <div class="room-code-field">
          <label class="room-field">Code
            <input class="mono" required value={code} maxLength={12} autoComplete="off" onInput={(event) => setCode(event.currentTarget.value)} />
          </label>
          <button type="submit" class="button">Join</button>
        </div>
      </form>
    </>
  );
}

function Inside({ state }: { state: RoomState }) {
  return (
    <>
      <p class="room-code mono" aria-label={`Code ${state.code.split("").join(" ")}`}>{state.code}</p>
      <p class="muted small">{driving.value ? "You drive. The others join with this code, or by the link." : `${driver.value?.name ?? "Nobody"} ${driverAway.value ? "is away" : "drives"}.`}</p>
      <JoinHere />
      <CopyLink />
      <h2 class="caption">In the room</h2>
      <ul class="members">
        {state.members.map((one) => <Who key={one.id} one={one} drives={one.id === state.driver} />)}
      </ul>
      <div class="spread">
        {driving.value && (remaining.value === null
          ? <button type="button" class="button" onClick={() => startTimer(TEN)}>Start ten minutes</button>
          : <button type="button" class="button" onClick={stopTimer}>Stop the timer</button>)}
        {mayTake.value && <TakeWheel />}
        <button type="button" class="button" onClick={leaveRoom}>Leave the room</button>
      </div>
    </>
  );
}

function Who({ one, drives }: { one: RoomState["members"][number]; drives: boolean }) {
  const own = one.id === member.value?.id;
  const gone = !own && isAway(one);
  const marks = [own && "you", drives && "drives", gone && "away"].filter((mark) => mark !== false);
  return (
    <li>
      <span class={gone ? "muted" : ""}>{one.name} <span class="muted small">{marks.join(" · ")}</span></span>
      {driving.value && !own && !gone && <button type="button" class="button" onClick={() => void handOver(one.id)}>Hand over the wheel</button>}
    </li>
  );
}

const copied = signal("");

function CopyLink() {
  const link = joinLink.value;
  if (link === null) return null;
  const copy = async () => {
    copied.value = (await write(link)) ? "Copied." : "This browser did not let the page copy.";
    setTimeout(() => (copied.value = ""), 3000);
  };
  return (
    <p class="spread">
      <button type="button" class="button" onClick={() => void copy()}>Copy the link to join</button>
      <span class="small good" role="status">{copied.value}</span>
    </p>
  );
}

function TakeWheel() {
  return <button type="button" class="button primary" onClick={() => void handOver()}>Take the wheel</button>;
}

/** What a follower must know all the time: whether this is the shared path, and whether anybody drives. */
export function RoomStrip() {
  const state = room.value;
  if (state === null) return lost.value ? <Lost /> : null;
  if (silent.value) {
    return <div class="strip warn-strip" role="alert"><b>The server does not answer.</b> <span>This page keeps trying; what it shows may not be what the others see.</span></div>;
  }
  if (driving.value) {
    return null;
  }
  const name = driver.value?.name;
  const follows = name === undefined ? `Nobody drives in room ${state.code}.` : driverAway.value ? `${name} is away.` : `Following ${name} in room ${state.code}.`;
  return (
    <div class={`strip ${away.value || wheelFree.value || driverAway.value ? "warn-strip" : "room-strip"}`} role="status">
      <b>{away.value ? "You left the shared path." : follows}</b>
      {away.value && <button type="button" class="button" onClick={comeBack}>Come back</button>}
      {mayTake.value && <TakeWheel />}
      {!away.value && !wheelFree.value && !driverAway.value && <span>Step or choose an action to look around on your own.</span>}
    </div>
  );
}

function Lost() {
  return (
    <div class="strip warn-strip" role="alert">
      <b>You are not in the room any more.</b> <span>It was closed, or you were away for long.</span>
      <button type="button" class="button" onClick={() => (lost.value = false)}>Close</button>
    </div>
  );
}
