// What a link to join opens: a name, and you are in.
import { useEffect, useRef } from "preact/hooks";
import { invited, joinRoom, trouble } from "./room";
import { Name } from "./RoomMenu";

export function Invitation() {
  const dialog = useRef<HTMLDialogElement>(null);
  const code = invited.value;
  useEffect(() => {
    if (code !== null && !dialog.current?.open) dialog.current?.showModal();
    if (code === null && dialog.current?.open) dialog.current.close();
  }, [code]);
  const join = (event: Event) => {
    event.preventDefault();
    if (code !== null) void joinRoom(code);
  };
  return (
    <dialog ref={dialog} class="invitation" aria-labelledby="invitation-title" onClose={() => (invited.value = null)}>
      {code !== null && <form onSubmit={join} class="room">
        <h2 id="invitation-title">Join room <span class="mono">{code}</span></h2>
        <p class="muted small">You see each step of the driver. You can also look around on your own and come back.</p>
        <Name required />
        {trouble.value && <p class="bad small" role="alert">{trouble.value}</p>}
        <div class="spread">
          <button type="submit" class="button primary">Join</button>
          <button type="button" class="button" onClick={() => (invited.value = null)}>Not now</button>
        </div>
      </form>}
    </dialog>
  );
}
