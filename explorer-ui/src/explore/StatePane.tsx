// The pane on the right: what the step changed or the whole state, what is true here, what can
// happen next, and pinned expressions.
import { signal } from "@preact/signals";
import type { Truth, Value } from "../api/types";
import { filter } from "../state/keys";
import { at, frame, property, shownPath, step } from "../state/session";
import { split } from "../value/paths";
import { Changes } from "../value/Changes";
import { ValueTree } from "../value/ValueTree";
import { Glyph } from "../parts/Glyph";
import { WhyFalse, sentence } from "./Banner";
import { NextActions, NotNow } from "./NextActions";
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
        <Pins state={now.state} />
        <Truths truths={now.truths} />
        <NotNow />
      </div>
    </section>
  );
}

function heading(): string {
  if (step.value === null) return "Initial state";
  return whole.value ? `After step ${at.value}` : `Step ${at.value} changed`;
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

function WholeState({ state }: { state: Record<string, Value> }) {
  const fields = Object.entries(state);
  const changed = new Set((step.value?.changes ?? []).map((change) => split(change.path)[0]));
  const shown = fields.filter(([name]) => name.toLowerCase().includes(filter.value.toLowerCase()));
  return (
    <div class="block" data-state>
      {(shown.length > 0 ? shown : fields).map(([name, value]) => <ValueTree key={name} name={name} value={value} changed={changed.has(name)} />)}
    </div>
  );
}

/** Every property, evaluated in this very state: promises, then what example runs show. */
function Truths({ truths }: { truths: Truth[] }) {
  const expected = (truth: Truth) => property(truth.name)?.expectation;
  const always = truths.filter((truth) => expected(truth) === "always");
  const eventually = truths.filter((truth) => expected(truth) === "eventually");
  const witnesses = truths.filter((truth) => expected(truth) === "sometimes");
  return (
    <section class="block" aria-labelledby="truths-title">
      <h3 id="truths-title" class="caption">True in this state?</h3>
      <ul class="truths">
        {[...always.filter((truth) => !truth.holds), ...always.filter((truth) => truth.holds), ...eventually].map((truth) => <TruthRow key={truth.name} truth={truth} />)}
      </ul>
      {witnesses.length > 0 && (
        <>
          <h3 class="caption truths-more">An example of</h3>
          <ul class="truths">{witnesses.map((truth) => <TruthRow key={truth.name} truth={truth} />)}</ul>
        </>
      )}
    </section>
  );
}

function TruthRow({ truth }: { truth: Truth }) {
  const info = property(truth.name);
  const name = info?.called ?? truth.name;
  const data = { "data-property": truth.name, "data-holds": String(truth.holds), title: truth.name };
  if (info?.expectation === "always" && !truth.holds) {
    return (
      <li class="false" {...data}>
        <details>
          <summary><span class={`glyph ${info.claimed ? "bad" : "warn"}`} aria-hidden="true">✗</span> {name}{!info.claimed && <span class="muted">, not promised</span>} <span class="why-false">why false?</span></summary>
          {info.why && <p class="small">{sentence(info.why)}</p>}
          <WhyFalse truth={truth} />
        </details>
      </li>
    );
  }
  if (info?.expectation === "always") return <li {...data}><Glyph sign="good" /> {name}<span class="hidden-text"> true</span></li>;
  const says = info?.expectation === "eventually" ? (truth.holds ? "so here" : "not yet, which is allowed") : truth.holds ? "yes" : "no";
  return <li {...data}><span class={`glyph ${truth.holds ? "good" : "muted"}`} aria-hidden="true">{truth.holds ? "●" : "○"}</span> {name}: <span class="muted">{says}</span></li>;
}
