// A trace of TLA+ beside the same path in the Rust model, step by step; the first divergence is marked.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Imported, Trace } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import { ValueTree } from "../value/ValueTree";
import { Changes } from "../value/Changes";
import { plural } from "../parts/numbers";
import { here, move, property, theModel } from "../state/session";
import { sentence } from "./Banner";
import { choose, follow, isFresh } from "./imports";

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
      <Choice imported={imported} />
      {imported.notes.map((note) => <p key={note} class="muted small">{sentence(note)}.</p>)}
      {imported.elsewhere && <p class="warn" role="status"><span class="glyph" aria-hidden="true">!</span> {sentence(imported.elsewhere)}</p>}
      <p class={imported.diverges ? "warn" : "good"}>
        <span class="glyph" aria-hidden="true">{imported.diverges ? "≠" : "="}</span>{" "}
        {imported.diverges ? `They diverge at ${imported.diverges.number === 0 ? "the start" : `step ${imported.diverges.number}`}: ${imported.diverges.reason}` : "The Rust model takes the same steps to the same states."}
      </p>
      {imported.offer && <Offer offer={imported.offer} chosen={imported.chosen} />}
      {answer.state === "failed" && <p class="bad" role="alert">{answer.message}</p>}
      <table class="beside">
        <thead><tr><th scope="col">Step</th><th scope="col">{SOURCES[imported.source] ?? imported.source}</th><th scope="col">Rust</th></tr></thead>
        <tbody>
          {imported.diverges?.number === 0 && <tr class="diverges"><td>0</td><td>the start</td><td><Divergence imported={imported} /></td></tr>}
          {imported.steps.map((step) => {
            const parts = imported.diverges?.number === step.number;
            const own = step.rust === null ? undefined : rust[step.rust - 1];
            return (
              <tr key={step.number} class={parts ? "diverges" : ""}>
                <td>{step.number}</td>
                <td>
                  <code>{step.action ?? "a step"}</code>
                  <details><summary class="small muted">{step.changes.length} changed</summary><Changes changes={step.changes} /></details>
                </td>
                <td>{parts ? <Divergence imported={imported} /> : own ? <><code>{own.action}</code> <span class="muted small">{own.words}</span></> : step.stutters ? <span class="muted">nothing changes (a stuttering step)</span> : <span class="muted">–</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const SOURCES: Record<string, string> = { tlc: "TLC", "tla-rs": "tla-rs", itf: "ITF", tandem: "Tandem" };

/** The behaviours of a file that has several. */
function Choice({ imported }: { imported: Imported }) {
  if (imported.behaviours.length < 2) return null;
  return (
    <label class="small">
      {imported.behaviours.length} behaviours are in this file:{" "}
      <select value={imported.chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {imported.behaviours.map(({ heading, steps }, place) => <option key={place} value={place}>{place + 1}. {heading} ({plural(steps, "step")})</option>)}
      </select>
    </label>
  );
}

/** The model that the behaviour was recorded on; the file is brought there again. */
function Offer({ offer, chosen }: { offer: NonNullable<Imported["offer"]>; chosen: number }) {
  const { protocol, variant, parameters } = offer;
  return (
    <p>
      It is a behaviour of {protocol}:{variant} ({offer.bounds}).{" "}
      <button type="button" class="button" onClick={() => follow({ protocol, variant, parameters }, chosen)}>Open that model</button>
    </p>
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
