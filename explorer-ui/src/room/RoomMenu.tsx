// Opening, joining and steering a room.
import { useState } from "preact/hooks";
import { clock } from "../parts/numbers";
import { Popover } from "../parts/Popover";
import { away, comeBack, driving, handOver, joinRoom, leaveRoom, member, openRoom, remaining, room, setTimer, trouble } from "./room";

const TEN_MINUTES = 600;

export function RoomMenu() {
  const state = room.value;
  return (
    <Popover
      class={`button${state ? " in-room" : ""}`} title="Room"
      label={<>{state ? <>Room <b class="mono">{state.code}</b></> : "Room"}{remaining.value !== null && <span class={remaining.value === 0 ? "bad" : ""}>{clock(remaining.value)}</span>}</>}
    >
      {() => <div class="room">{state ? <Inside /> : <Outside />}{trouble.value && <p class="bad small" role="alert">{trouble.value}</p>}</div>}
    </Popover>
  );
}

function Outside() {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const join = (event: Event) => {
    event.preventDefault();
    void joinRoom(code, name.trim());
  };
  return (
    <>
      <h2>Work in one room</h2>
      <p class="muted small">One drives, everybody else sees each step in their own browser.</p>
      <button type="button" class="button primary" onClick={() => void openRoom()}>Open a room and drive</button>
      <form onSubmit={join} class="room-join">
        <label>Code <input class="mono" required value={code} maxLength={12} autoComplete="off" onInput={(event) => setCode(event.currentTarget.value)} /></label>
        <label>Your name <input required value={name} maxLength={40} autoComplete="nickname" onInput={(event) => setName(event.currentTarget.value)} /></label>
        <button type="submit" class="button">Join</button>
      </form>
    </>
  );
}

function Inside() {
  const state = room.value;
  if (state === null) return null;
  const drives = driving.value;
  return (
    <>
      <p class="room-code mono" aria-label={`Code ${state.code.split("").join(" ")}`}>{state.code}</p>
      <p class="muted small">{drives ? "You drive. The others join with this code." : `${nameOf(state.driver)} drives.`}</p>
      <h3 class="caption">In the room</h3>
      <ul class="followers">
        {state.followers.map((follower) => (
          <li key={follower.id}>
            <span>{follower.name}{follower.id === member.value?.id && <span class="muted small"> you</span>}{follower.id === state.driver && <span class="muted small"> drives</span>}</span>
            {drives && follower.id !== member.value?.id && <button type="button" class="button" onClick={() => void handOver(follower.id)}>Hand over the wheel</button>}
          </li>
        ))}
        {state.followers.length === 0 && <li class="muted">Nobody has joined yet.</li>}
      </ul>
      {drives && (
        <div class="spread">
          {remaining.value === null
            ? <button type="button" class="button" onClick={() => void setTimer(TEN_MINUTES)}>Start ten minutes</button>
            : <button type="button" class="button" onClick={() => void setTimer(null)}>Stop the timer</button>}
        </div>
      )}
      <button type="button" class="button" onClick={leaveRoom}>Leave the room</button>
    </>
  );
}

function nameOf(id: string): string {
  return room.value?.followers.find((f) => f.id === id)?.name ?? "Who opened the room";
}

/** What a follower must know all the time: whether this is the shared path. */
export function RoomStrip() {
  const state = room.value;
  const done = remaining.value === 0;
  if (state === null) return null;
  if (driving.value) {
    return done ? <div class="strip warn-strip" role="alert"><b>Ten minutes are over.</b> <span>Hand over the wheel.</span></div> : null;
  }
  return (
    <div class={`strip ${away.value ? "warn-strip" : "room-strip"}`} role="status">
      <b>{away.value ? "You left the shared path." : `Following ${nameOf(state.driver)} in room ${state.code}.`}</b>
      {away.value ? <button type="button" class="button" onClick={comeBack}>Come back</button> : <span>Step or choose an action to look around on your own.</span>}
      {done && <span>The time is over.</span>}
    </div>
  );
}
