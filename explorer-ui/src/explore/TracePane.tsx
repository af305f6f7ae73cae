// The trace as an ordered list: the text alternative of the diagram.
import { useEffect, useRef } from "preact/hooks";
import type { End, Step } from "../api/types";
import { lineOf } from "../course/course";
import { GroupIcon, isFault } from "../parts/Glyph";
import { still } from "../parts/still";
import { FINISHED } from "../state/choose";
import { at, foremost, goToStep, here, property, result, theTrace } from "../state/session";

export function TracePane() {
  const trace = theTrace.value;
  return (
    <section class="pane trace-pane" aria-labelledby="trace-title">
      <div class="pane-head">
        <h2 id="trace-title">{title()}</h2>
      </div>
      {trace && <Steps steps={trace.steps} end={trace.end} />}
    </section>
  );
}

function title(): string {
  const name = here.value?.property;
  const found = name ? result(name) : null;
  if (!name || !found) return "Trace";
  if (property(name)?.expectation === "sometimes") return name === FINISHED ? "A finished run" : "An example run";
  return found.verdict === "holds" ? "A finished run" : "Counterexample";
}

function Steps({ steps, end }: { steps: Step[]; end: End }) {
  const current = at.value;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current, steps]);
  const loop = typeof end === "number" ? end : null;
  return (
    <>
      <ol class="trace scrolls" ref={list} tabIndex={-1}>
        <li aria-current={current === 0 ? "step" : undefined} data-step={0}>
          <button type="button" onClick={() => goToStep(0)}>
            <span class="step-number">0</span><span class="icon" /><span>Start</span>
          </button>
        </li>
        {steps.map((step) => <Taken key={step.number} step={step} now={current === step.number} later={step.number > current} inLoop={loop !== null && step.number > loop} />)}
        {end !== null && <EndOfTrace end={end} />}
      </ol>
    </>
  );
}

const Taken = still(function Taken({ step, now, later, inLoop }: { step: Step; now: boolean; later: boolean; inLoop: boolean }) {
  return (
    <li
      data-step={step.number} aria-current={now ? "step" : undefined}
      class={`${later ? "later" : ""} ${inLoop ? "in-loop" : ""} ${step.violates.length > 0 ? "violating" : ""} ${foremost(step.violates)?.claimed === false ? "limit" : ""}`}
    >
      <button type="button" onClick={() => goToStep(step.number)}>
        <span class="step-number">{step.number}</span>
        <GroupIcon group={step.group} />
        <span class={isFault(step.group) ? "warn" : ""}>
          {step.words}
          {lineOf(step.action) !== null && <span class="muted small mono trace-line">{lineOf(step.action)}</span>}
          <Breaks violates={step.violates} />
        </span>
      </button>
    </li>
  );
});

/** What a step breaks; in full where nothing else says it. */
export function Breaks({ violates, full = false }: { violates: string[]; full?: boolean }) {
  const first = foremost(violates);
  if (first === null) return null;
  const what = first.claimed ? (full ? "breaks:" : "breaks a promise") : full ? "not promised:" : "a limit, not promised";
  return <span class={`breaks ${first.claimed ? "bad" : "warn"}`} title={violates.join(", ")}>✗ {what}{full && ` ${first.called}`}</span>;
}

function EndOfTrace({ end }: { end: Exclude<End, null> }) {
  if (end === "stutters") {
    return <li class="trace-end"><span class="glyph" aria-hidden="true">∎</span> Nothing happens any more, forever.</li>;
  }
  return (
    <li class="trace-end">
      <span class="glyph" aria-hidden="true">↺</span>
      <span>Back in the state after <button type="button" class="plain link" onClick={() => goToStep(end)}>{end === 0 ? "the start" : `step ${end}`}</button>, and again from there, forever.</span>
    </li>
  );
}
