// The keys, and how to read the page.
import { useEffect, useRef } from "preact/hooks";
import { helpOpen } from "../state/keys";
import { here } from "../state/session";

const KEYS: [string[], string][] = [
  [["←", "→"], "a step back, a step on"],
  [["Home", "End"], "to the start, to the end of the trace"],
  [["1", "…", "9"], "take the action with this number"],
  [["/"], "filter next actions and fields"],
  [["Esc"], "close, clear the filter, back to the diagram"],
  [["?"], "this help"],
];

function AboutHome() {
  return (
    <>
      <h2>How to read this page</h2>
      <p>Each table is a <b>protocol</b>: one job that a system of messages has to do. Each column is a <b>variant</b>, a way to program it; a green one keeps all that it promises. Each row is a <b>promise</b>, called guarantee in the specs.</p>
      <p>A model of each variant was run through every order of steps, crashes, lost and repeated messages that its bounds allow. So ✓ means that no such run breaks the promise, and ✗ opens the shortest one that does. Marks in a frame are promises that the variant makes; marks without a frame are the results for guarantees that the variant does not promise.</p>
    </>
  );
}

function AboutRun() {
  return (
    <>
      <h2>How to read this page</h2>
      <p>A <b>run</b> of the protocol: step by step on the left, as a sequence diagram in the middle. Slanted arrows are messages; a dotted one is lost, a dashed one is a copy, and one with an open end is still on its way.</p>
      <p>On the right stand the fields that the step changed, which promises are true in this very state, and everything that could happen next. Take an action to leave the run and explore; the browser’s Back returns.</p>
      <p>✗ is broken: red if the variant promises it, amber if it does not. ✓ holds, … is being searched, ? was not settled before the search was cut short.</p>
      <p>An id or a key like <code>[1, 2]</code> is the second one that was drawn for message 1; <code>[1, 0]</code> is derived from message 1, and the same in every attempt; <code>[0, 1]</code> came with message 1.</p>
    </>
  );
}

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <div class="spread">
        <h2 id="help-title">Keys</h2>
        <button type="button" class="button quiet push" onClick={() => (helpOpen.value = false)}>Close</button>
      </div>
      <dl>
        {KEYS.filter(([keys]) => here.value !== null || keys[0] === "?").map(([keys, what]) => (
          <div key={what}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      {here.value === null ? <AboutHome /> : <AboutRun />}
    </dialog>
  );
}
