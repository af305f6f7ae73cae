// The keys, and how to read the page.
import { useEffect, useRef } from "preact/hooks";
import { helpOpen } from "../state/keys";

const KEYS: [string[], string][] = [
  [["←", "→"], "a step back, a step on"],
  [["Home", "End"], "to the start, to the end of the trace"],
  [["1", "…", "9"], "take the action with this number"],
  [["/"], "filter next actions and fields"],
  [["Esc"], "close, clear the filter, back to the diagram"],
  [["?"], "this help"],
];

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
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>How to read this page</h2>
      <p>A <b>trace</b> is one run of the protocol: step by step on the left, as a sequence diagram in the middle. Slanted arrows travel; a dotted one is lost, a dashed one is a copy, an open end is still under way.</p>
      <p>On the right stand the fields that the step changed, which properties are true in this very state, and everything that could happen next. Take an action to leave the trace and explore; the browser’s Back returns.</p>
      <p>✗ is violated, ✓ holds, … is being searched, ? was not settled before the search was cut short.</p>
    </dialog>
  );
}
