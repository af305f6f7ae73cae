// The trace as an ordered list: the text alternative of the diagram.
import { useEffect, useRef } from "preact/hooks";
import type { End, Step } from "../api/types";
import { GroupIcon, isFault } from "../parts/Glyph";
import { at, goToStep, here, property, search, theTrace } from "../state/session";

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
  const result = search.value.report?.properties.find((p) => p.name === name);
  if (!name || !result) return "Trace";
  return property(name)?.expectation === "sometimes" ? "Witness" : "Counterexample";
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
        {steps.map((step) => (
          <li
            key={step.number} data-step={step.number} aria-current={current === step.number ? "step" : undefined}
            class={`${step.number > current ? "later" : ""} ${loop !== null && step.number > loop ? "in-loop" : ""} ${step.violates.length > 0 ? "violating" : ""}`}
          >
            <button type="button" onClick={() => goToStep(step.number)}>
              <span class="step-number">{step.number}</span>
              <GroupIcon group={step.group} />
              <span class={isFault(step.group) ? "warn" : ""}>
                {step.words}
                {step.violates.length > 0 && <span class="breaks bad">✗ breaks {step.violates.join(", ")}</span>}
              </span>
            </button>
          </li>
        ))}
        {end !== null && <EndOfTrace end={end} />}
      </ol>
    </>
  );
}

function EndOfTrace({ end }: { end: Exclude<End, null> }) {
  if (end === "stutters") {
    return <li class="trace-end"><span class="glyph" aria-hidden="true">∎</span> Nothing happens any more, for ever.</li>;
  }
  return (
    <li class="trace-end">
      <span class="glyph" aria-hidden="true">↺</span>
      <span>Back in the state after <button type="button" class="plain link" onClick={() => goToStep(end)}>{end === 0 ? "the start" : `step ${end}`}</button>, and again from there, for ever.</span>
    </li>
  );
}
