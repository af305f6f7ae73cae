// The pane on the right: what the step changed or the whole state, what is true here, what can
// happen next, and pinned expressions.
import { signal } from "@preact/signals";
import type { Truth } from "../api/types";
import { filter } from "../state/keys";
import { at, frame, property, shownPath, step } from "../state/session";
import { Changes } from "../value/Changes";
import { ValueTree } from "../value/ValueTree";
import { Glyph } from "../parts/Glyph";
import { WhyFalse, sentence } from "./Banner";
import { NextActions } from "./NextActions";
import { Pins } from "./Pins";

const whole = signal(false);

export function StatePane() {
  const now = frame.value;
  if (now === null) return <section class="pane state-pane" aria-label="State" />;
  return (
    <section class="pane state-pane" aria-label="State and next actions" data-path={shownPath.value}>
      <div class="pane-head">
        <h2>{heading()}</h2>
        <div class="segments push" role="group" aria-label="State">
          <button type="button" class="button" aria-pressed={!whole.value} onClick={() => (whole.value = false)}>Changes</button>
          <button type="button" class="button" aria-pressed={whole.value} onClick={() => (whole.value = true)}>Whole state</button>
        </div>
      </div>
      <div class="scrolls">
        {whole.value || step.value === null ? <WholeState state={now.state} /> : <StepChanges />}
        <NextActions />
        <Truths truths={now.truths} />
        <Pins state={now.state} />
      </div>
    </section>
  );
}

function heading(): string {
  if (step.value === null) return "Initial state";
  return whole.value ? `State after step ${at.value}` : `Step ${at.value} changed`;
}

function StepChanges() {
  const changes = step.value?.changes ?? [];
  const shown = changes.filter((change) => change.path.toLowerCase().includes(filter.value.toLowerCase()));
  return (
    <div class="block" data-changes>
      {changes.length === 0 && <p class="muted">Nothing: the state is the same as before.</p>}
      <Changes changes={shown.length > 0 ? shown : changes} />
    </div>
  );
}

function WholeState({ state }: { state: Record<string, import("../api/types").Value> }) {
  const fields = Object.entries(state);
  const shown = fields.filter(([name]) => name.toLowerCase().includes(filter.value.toLowerCase()));
  return (
    <div class="block" data-state>
      {(shown.length > 0 ? shown : fields).map(([name, value]) => <ValueTree key={name} name={name} value={value} />)}
    </div>
  );
}

/** Every property, evaluated in this very state. */
function Truths({ truths }: { truths: Truth[] }) {
  const always = truths.filter((truth) => property(truth.name)?.expectation === "always");
  const others = truths.filter((truth) => property(truth.name)?.expectation !== "always");
  const broken = always.filter((truth) => !truth.holds);
  return (
    <section class="block" aria-labelledby="truths-title">
      <h3 id="truths-title" class="caption">True in this state?</h3>
      <ul class="truths">
        {[...broken, ...always.filter((truth) => truth.holds), ...others].map((truth) => <TruthRow key={truth.name} truth={truth} />)}
      </ul>
    </section>
  );
}

function TruthRow({ truth }: { truth: Truth }) {
  const info = property(truth.name);
  const always = info?.expectation === "always";
  const data = { "data-property": truth.name, "data-holds": String(truth.holds) };
  if (always && !truth.holds) {
    return (
      <li class="false" {...data}>
        <details>
          <summary><Glyph sign="bad" /> {truth.name} <span class="muted small">why false?</span></summary>
          <p class="small">Not so here: {info?.promise}. {info?.why && sentence(info.why)}</p>
          <WhyFalse truth={truth} />
        </details>
      </li>
    );
  }
  const says = always ? "true" : info?.expectation === "eventually" ? (truth.holds ? "so now" : "not yet") : truth.holds ? "here" : "not here";
  return (
    <li {...data} title={info?.promise}>
      {always ? <Glyph sign="good" /> : <span class={`glyph ${truth.holds ? "good" : "muted"}`} aria-hidden="true">{truth.holds ? "●" : "○"}</span>}
      {truth.name} <span class={always ? "hidden-text" : "muted small"}>{says}</span>
    </li>
  );
}
