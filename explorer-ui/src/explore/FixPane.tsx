// The same schedule on the repaired variant: step beside step, until it is not possible any more; then
// how that goes on without faults.
import { useEffect, useState } from "preact/hooks";
import type { Fix, Property, Step } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import { SequenceDiagram } from "../diagram/SequenceDiagram";
import { GroupIcon, Glyph } from "../parts/Glyph";
import { Trouble, Waiting } from "../parts/Notice";
import { plural } from "../parts/numbers";
import { Changes } from "../value/Changes";
import { plainPath } from "../value/paths";
import { format, spot } from "../state/place";
import { at, foremost, goToStep, here, property, protocol, theTrace } from "../state/session";
import { counterpart, original, otherwise, reached, scheduled, worth } from "./schedule";
import { Breaks } from "./TracePane";

export function FixPane() {
  const [answer, setAnswer] = useState<Load<Fix>>(LOADING);
  const [variant, setVariant] = useState<string | null>(null);
  const steps = here.value?.steps ?? null;
  const promise = lookedAt()?.name ?? null;
  useEffect(() => {
    const now = here.peek();
    if (now && steps !== null) return load<Fix>(modelAddress(now, "fix", { steps, variant, property: promise }), setAnswer);
    return undefined;
  }, [steps, variant, promise]);
  if (answer.state === "failed") return <Trouble title="The fix cannot be tried" message={answer.message} />;
  const trace = theTrace.value;
  if (answer.state === "loading" || trace === null) return <Waiting what="Playing the same schedule on the repaired variant" />;
  return (
    <div class="scrolls fix">
      <Summary fix={answer.value} choose={setVariant} />
      <Beside steps={trace.steps} fix={answer.value} />
      <h3 class="caption">{answer.value.outcome === "kept" ? "The repaired run" : `The same schedule on ${answer.value.variant}`}</h3>
      <SequenceDiagram
        diagram={answer.value.trace.diagram} steps={answer.value.trace.steps} at={reached(answer.value, at.value)}
        end={answer.value.trace.end} actor={null} onGoTo={(n) => goToStep(original(answer.value, n))}
      />
    </div>
  );
}

function Summary({ fix, choose }: { fix: Fix; choose: (variant: string) => void }) {
  const promise = lookedAt();
  const { broken, limits, finished } = worth(fix, promise?.name ?? null);
  const others = protocol.value?.variants.filter((v) => v.right) ?? [];
  const place = spot(fix.model.protocol, fix.variant, { parameters: fix.model.parameters, steps: fix.steps, digest: fix.model.digest });
  return (
    <div class="fix-summary">
      {promise && <Answer fix={fix} promise={promise} />}
      {broken.map((p) => <p key={p.name} class="bad"><Glyph sign="bad" /> But a promise is broken at its end: <q>{p.called}</q></p>)}
      <p>
        <label>The same events and faults on{" "}
          {others.length > 1
            ? <select value={fix.variant} onChange={(event) => choose(event.currentTarget.value)}>{others.map((v) => <option key={v.name}>{v.name}</option>)}</select>
            : <b>{fix.variant}</b>}
        </label>
        : {fix.summary.replace(/[.]$/, "")}. {theDifference(fix)}{goesOn(fix)}
      </p>
      <div class="spread">
        <a class="button" href={format(place)}>{fix.outcome === "kept" ? "Open the repaired run" : "Open this run"}</a>
        {!finished && <span class="muted small">It is not finished yet: open it to go on.</span>}
      </div>
      {limits.length > 0 && <p class="small muted">Not promised by {fix.variant}, and false at its end: {limits.map((p) => p.called).join("; ")}.</p>}
    </div>
  );
}

/** The promise whose counterexample is repaired. */
function lookedAt(): Property | null {
  const wanted = here.value?.property ? property(here.value.property) : null;
  if (wanted !== null && wanted.expectation !== "sometimes") return wanted;
  return foremost(theTrace.value?.steps.flatMap((step) => step.violates) ?? []);
}

/** The answer to what was asked: whether the promise is kept now, and by which of the right variants. */
function Answer({ fix, promise }: { fix: Fix; promise: Property }) {
  const kept = fix.outcome === "kept";
  return (
    <>
      <p class={`fix-answer ${kept ? "good" : "bad"}`}><Glyph sign={kept ? "good" : "bad"} /> <q>{promise.called}</q> {judgement(fix, promise)}.</p>
      {!fix.tried.some((other) => other.outcome === "kept") && (
        <p class="bad">No right variant keeps this promise under this schedule: {fix.tried.map((other) => `${other.variant} ${TRIED[other.outcome]}`).join("; ")}.</p>
      )}
    </>
  );
}

const TRIED = { kept: "keeps it", broken: "breaks it", "not-tried": "cannot meet the same fault", "not-asked": "is not checked for it" };

function judgement(fix: Fix, promise: Property): string {
  switch (fix.outcome) {
    case "kept": return promise.expectation === "always" ? "is true after every step of this run" : "is true when this run is done";
    case "not-asked": return `is not a guarantee of ${fix.variant}`;
    case "not-tried": return `is true in this run, but a fault of the schedule cannot happen there, so the run does not test ${fix.variant}`;
    case "broken": {
      const { falseAt } = worth(fix, promise.name);
      return promise.expectation === "always" && falseAt !== null ? `is false after step ${falseAt}` : "is not true when this run is done";
    }
  }
}

function theDifference(fix: Fix): string {
  const first = theTrace.value?.steps.find((step) => counterpart(fix, step) !== "same" || differs(fix, step))?.number;
  const from = first === undefined || first === fix.diverges?.number ? "" : `It differs from step ${first} on. `;
  if (fix.diverges) return `${from}Step ${fix.diverges.number} is not possible any more: ${fix.diverges.reason.replace(/[.]$/, "")}.`;
  return from || "It takes the very same steps.";
}

function goesOn(fix: Fix): string {
  const more = fix.trace.steps.length - scheduled(fix);
  if (more === 0) return "";
  return ` From there it goes on without faults${worth(fix, null).finished ? " until all is done" : ""}: ${plural(more, "step")}.`;
}

function differs(fix: Fix, step: Step): boolean {
  const { there, hereOnly } = otherwise(fix, step);
  return there.length + hereOnly.length > 0;
}

function Beside({ steps, fix }: { steps: Step[]; fix: Fix }) {
  return (
    <table class="beside">
      <thead><tr><th scope="col">Step</th><th scope="col">{here.value?.variant}</th><th scope="col">{fix.variant}</th></tr></thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.number} aria-current={at.value === step.number ? "step" : undefined} class={counterpart(fix, step)} onClick={() => goToStep(step.number)}>
            <td>{step.number}</td>
            <td><GroupIcon group={step.group} /> {step.words}<Breaks violates={step.violates} /></td>
            <td><There fix={fix} step={step} /></td>
          </tr>
        ))}
        {fix.trace.steps.slice(scheduled(fix)).map((step) => (
          <tr key={`rest ${step.number}`} class="rest">
            <td>–<span class="hidden-text"> beyond the schedule</span></td>
            <td />
            <td><GroupIcon group={step.group} /> {step.words}<Breaks violates={step.violates} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function There({ fix, step }: { fix: Fix; step: Step }) {
  switch (counterpart(fix, step)) {
    case "diverges": return <><span class="glyph warn" aria-hidden="true">≠</span> <b>not possible:</b> {fix.diverges?.reason}</>;
    case "after": return <>–<span class="hidden-text"> after the divergence</span></>;
    case "nothing": return <>nothing to do</>;
    case "same": return differs(fix, step) ? <Otherwise fix={fix} step={step} /> : <>the same</>;
    case "other": return <b>{fix.trace.steps[(fix.played[step.number - 1] ?? 0) - 1]?.words}</b>;
  }
}

/** The repair is often here: the same step in words, which keeps or sends something else. */
function Otherwise({ fix, step }: { fix: Fix; step: Step }) {
  const { there, hereOnly } = otherwise(fix, step);
  return (
    <>
      the same, but {there.length > 0 ? "it changes" : <>it leaves alone {hereOnly.map(plainPath).join(", ")}</>}
      {there.length > 0 && <Changes changes={there} />}
    </>
  );
}
