// The same schedule on the repaired variant: step beside step, until it is not possible any more.
import { useEffect, useState } from "preact/hooks";
import type { Fix, Step, Truth } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import { SequenceDiagram } from "../diagram/SequenceDiagram";
import { GroupIcon, Glyph } from "../parts/Glyph";
import { Trouble, Waiting } from "../parts/Notice";
import { format, spot } from "../state/place";
import { at, goToStep, here, protocol, theTrace } from "../state/session";
import { sentence } from "./Banner";

export function FixPane() {
  const [answer, setAnswer] = useState<Load<Fix>>(LOADING);
  const [variant, setVariant] = useState<string | null>(null);
  const steps = here.value?.steps ?? null;
  useEffect(() => {
    const now = here.peek();
    if (now && steps !== null) return load<Fix>(modelAddress(now, "fix", { steps, variant }), setAnswer);
    return undefined;
  }, [steps, variant]);
  if (answer.state === "failed") return <Trouble title="The fix cannot be tried" message={answer.message} />;
  const trace = theTrace.value;
  if (answer.state === "loading" || trace === null) return <Waiting what="Playing the same schedule on the repaired variant" />;
  return (
    <div class="scrolls fix">
      <Summary fix={answer.value} choose={setVariant} />
      <Beside steps={trace.steps} fix={answer.value} />
      <h3 class="caption">The repaired run</h3>
      <SequenceDiagram
        diagram={answer.value.trace.diagram} steps={answer.value.trace.steps} at={reached(answer.value, at.value)}
        end={answer.value.trace.end} actor={null} onGoTo={(n) => goToStep(original(answer.value, n))}
      />
    </div>
  );
}

/** The last step of the repaired run that is played by the first `n` steps of the original. */
export function reached(fix: Pick<Fix, "played">, n: number): number {
  return fix.played.slice(0, n).reduce<number>((last, step) => step ?? last, 0);
}

export function original(fix: Pick<Fix, "played">, n: number): number {
  const index = fix.played.indexOf(n);
  return index < 0 ? 0 : index + 1;
}

function Summary({ fix, choose }: { fix: Fix; choose: (variant: string) => void }) {
  const last: Truth[] = (fix.trace.steps.at(-1) ?? fix.trace.start).truths;
  const always = new Set(fix.model.properties.filter((p) => p.expectation === "always").map((p) => p.name));
  const broken = last.filter((truth) => always.has(truth.name) && !truth.holds);
  const others = protocol.value?.variants.filter((v) => v.right) ?? [];
  const place = spot(fix.model.protocol, fix.variant, { parameters: fix.model.parameters, steps: fix.steps, digest: fix.model.digest });
  return (
    <div class="fix-summary">
      <p>
        <label>The same schedule on{" "}
          {others.length > 1
            ? <select value={fix.variant} onChange={(event) => choose(event.currentTarget.value)}>{others.map((v) => <option key={v.name}>{v.name}</option>)}</select>
            : <b>{fix.variant}</b>}
        </label>
        : {sentence(fix.summary)}
      </p>
      {fix.diverges
        ? <p><b>Step {fix.diverges.number} is not possible any more:</b> {sentence(fix.diverges.reason)}</p>
        : <p><b>The whole schedule is possible here too.</b></p>}
      <p class={broken.length === 0 ? "good" : "bad"}>
        <Glyph sign={broken.length === 0 ? "good" : "bad"} />
        {broken.length === 0 ? "Every guarantee is true in the state that it reaches." : `Even so, ${broken.map((t) => t.name).join(", ")} is false at its end.`}
      </p>
      <a class="button" href={format(place)}>Open the repaired run</a>
    </div>
  );
}

function Beside({ steps, fix }: { steps: Step[]; fix: Fix }) {
  return (
    <table class="beside">
      <thead><tr><th scope="col">Step</th><th scope="col">{here.value?.variant}</th><th scope="col">{fix.variant}</th></tr></thead>
      <tbody>
        {steps.map((step, i) => (
          <tr key={step.number} aria-current={at.value === step.number ? "step" : undefined} class={fix.diverges?.number === step.number ? "diverges" : ""} onClick={() => goToStep(step.number)}>
            <td>{step.number}</td>
            <td><GroupIcon group={step.group} /> {step.words}{step.violates.length > 0 && <span class="breaks bad">✗ breaks {step.violates.join(", ")}</span>}</td>
            <td><Counterpart fix={fix} index={i} step={step} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Counterpart({ fix, index, step }: { fix: Fix; index: number; step: Step }) {
  if (fix.diverges?.number === step.number) return <span><span class="glyph warn" aria-hidden="true">≠</span> <b>not possible:</b> {fix.diverges.reason}</span>;
  const number = fix.played[index];
  if (number === undefined) return <span class="muted">–<span class="hidden-text"> after the divergence</span></span>;
  if (number === null) return <span class="muted"><span class="glyph" aria-hidden="true">–</span> nothing to do here</span>;
  return <span><Glyph sign="good" /> {fix.trace.steps[number - 1]?.words}</span>;
}
