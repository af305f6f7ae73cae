// A trace of TLA+ beside the same path in the Rust model, step by step; the first divergence is marked.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Imported, Trace } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import { ValueTree } from "../value/ValueTree";
import { Changes } from "../value/Changes";
import { here, move, property, theModel } from "../state/session";
import { sentence } from "./Banner";
import { isFresh } from "./imports";

export function Aligned({ imported }: { imported: Imported }) {
  const [answer, setAnswer] = useState<Load<Trace>>(LOADING);
  useEffect(() => {
    const spot = here.peek();
    return spot ? load<Trace>(modelAddress(spot, "trace", { steps: imported.path.steps, end: imported.path.end }), setAnswer) : undefined;
  }, [imported]);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isFresh(imported)) section.current?.scrollIntoView();
  }, [imported]);
  const rust = answer.state === "ready" ? answer.value.steps : [];
  const open = () => move({
    steps: imported.path.steps, end: imported.path.end, at: null, property: imported.property && (property(imported.property)?.name ?? null), view: "diagram",
    digest: theModel.peek()?.digest ?? null,
  });
  return (
    <section aria-labelledby="aligned-title" class="aligned" ref={section}>
      <div class="spread">
        <h3 id="aligned-title" title={imported.property ?? undefined}>{imported.property ? `${property(imported.property)?.called ?? imported.property}: ` : ""}TLA+ beside Rust</h3>
        <button type="button" class="button primary" onClick={open}>Open in the diagram</button>
      </div>
      {imported.elsewhere && <p class="warn" role="status"><span class="glyph" aria-hidden="true">!</span> {sentence(imported.elsewhere)}</p>}
      <p class={imported.diverges ? "warn" : "good"}>
        <span class="glyph" aria-hidden="true">{imported.diverges ? "≠" : "="}</span>{" "}
        {imported.diverges ? `They part at ${imported.diverges.number === 0 ? "the start" : `step ${imported.diverges.number}`}: ${imported.diverges.reason}` : "The Rust model takes the same steps to the same states."}
      </p>
      {answer.state === "failed" && <p class="bad" role="alert">{answer.message}</p>}
      <table class="beside">
        <thead><tr><th scope="col">Step</th><th scope="col">{imported.source === "tlc" ? "TLC" : "ITF"}</th><th scope="col">Rust</th></tr></thead>
        <tbody>
          {imported.diverges?.number === 0 && <tr class="diverges"><td>0</td><td>the start</td><td><Divergence imported={imported} /></td></tr>}
          {imported.steps.map((step) => {
            const parts = imported.diverges?.number === step.number;
            const own = rust[step.number - 1];
            return (
              <tr key={step.number} class={parts ? "diverges" : ""}>
                <td>{step.number}</td>
                <td>
                  <code>{step.action ?? "a step"}</code>
                  <details><summary class="small muted">{step.changes.length} changed</summary><Changes changes={step.changes} /></details>
                </td>
                <td>{parts ? <Divergence imported={imported} /> : own ? <><code>{own.action}</code> <span class="muted small">{own.words}</span></> : <span class="muted">–</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Divergence({ imported }: { imported: Imported }) {
  const instead = imported.diverges?.instead;
  return (
    <>
      <span class="glyph warn" aria-hidden="true">≠</span> <b>{imported.diverges?.reason}</b>
      {instead && (
        <details>
          <summary class="small muted">the state there</summary>
          {Object.entries(instead).map(([name, value]) => <ValueTree key={name} name={name} value={value} />)}
        </details>
      )}
    </>
  );
}
