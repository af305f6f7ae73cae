// A summary of this step: the promise that it breaks and why, or that the
// model keeps what it promises. The clauses that are false, with their values, are folded away.
import type { ComponentChildren } from "preact";
import type { Clause, Property, Truth } from "../api/types";
import { plural } from "../parts/numbers";
import { FINISHED } from "../state/choose";
import { Literal } from "../value/ValueTree";
import { plainPath } from "../value/paths";
import { at, foremost, frame, here, length, move, openProperty, property, protocol, result, search, stands, step, theModel, theTrace } from "../state/session";

export function Banner() {
  const broken = step.value?.violates ?? [];
  const first = foremost(broken);
  if (first) return <Broken info={first} others={broken.filter((name) => name !== first.name)} />;
  const wanted = here.value?.property ? property(here.value.property) : null;
  if (at.value === length.value && theTrace.value !== null) {
    const info = wanted ?? eventual();
    if (info?.expectation === "eventually" && theTrace.value.end !== null) return <NeverSettles info={info} />;
    if (info?.expectation === "sometimes" && info.name !== FINISHED) return <Witness info={info} />;
  }
  return <Kept wanted={wanted} />;
}

/** A trace with an end that was not opened as anything's: the first eventual property it breaks. */
function eventual(): Property | null {
  return theModel.value?.properties.find((p) => p.expectation === "eventually" && result(p.name)?.verdict === "violated") ?? null;
}

type Tone = "bad" | "good" | "warn";

/** Beside another view than the diagram its first line is enough. */
function Card({ tone, violates, title, children }: { tone: Tone; violates?: string; title: ComponentChildren; children?: ComponentChildren }) {
  return (
    <aside class={`banner ${tone}-banner${here.value?.view === "diagram" ? "" : " brief"}`} data-violates={violates} aria-label="This step">
      <p class="banner-title"><span class={`glyph ${tone}`} aria-hidden="true">{tone === "good" ? "✓" : "✗"}</span> {title}</p>
      {children}
    </aside>
  );
}

function Broken({ info, others }: { info: Property; others: string[] }) {
  const promise = <q>{info.called}</q>;
  return (
    <Card
      tone={info.claimed ? "bad" : "warn"} violates={info.name}
      title={info.claimed ? <>Step {at.value} breaks a promise: {promise}</> : <>Step {at.value}, a known limit, not promised: {promise}</>}
    >
      <Why info={info} />
      <details class="banner-more">
        <summary class="small">Why false, exactly?</summary>
        <WhyFalse truth={truthOf(info.name)} />
        <p class="small muted"><code>{info.name}</code></p>
        {others.length > 0 && <p class="small muted">Also false from here: {others.map((other) => property(other)?.called).join("; ")}.</p>}
      </details>
      <FixButton />
    </Card>
  );
}

function Why({ info }: { info: Property | null }) {
  if (!info?.why) return null;
  return <p class="banner-why">{sentence(info.why)}</p>;
}

function FixButton() {
  if (!theModel.value?.repaired || here.value?.view === "fix") return null;
  return <button type="button" class="button banner-fix" onClick={() => move({ view: "fix" })}>Try the fix</button>;
}

function truthOf(name: string): Truth | null {
  return frame.value?.truths.find((truth) => truth.name === name) ?? null;
}

/** The clauses that are false, with the values that make them so. */
export function WhyFalse({ truth }: { truth: Truth | null }) {
  const clauses = truth?.clauses.filter((clause) => !clause.holds) ?? [];
  if (clauses.length === 0) return null;
  return (
    <ul class="clauses">
      {clauses.map((clause) => <FalseClause key={clause.expected} clause={clause} />)}
    </ul>
  );
}

function FalseClause({ clause }: { clause: Clause }) {
  return (
    <li>
      <p><span class="muted">Expected:</span> {sentence(clause.expected)}</p>
      {clause.found !== null && <p><span class="bad">Found:</span> {sentence(clause.found)}</p>}
      {clause.values.length > 0 && (
        <span class="clause-values">
          {clause.values.map(({ path, value }) => <span key={path}>{plainPath(path)} = <b><Literal value={value} /></b></span>)}
        </span>
      )}
    </li>
  );
}

function NeverSettles({ info }: { info: Property }) {
  const end = theTrace.value?.end ?? null;
  const what = end === "stutters"
    ? "Nothing happens any more, forever"
    : `Steps ${Number(end) + 1} to ${length.value} repeat forever`;
  return (
    <Card tone={info.claimed ? "bad" : "warn"} violates={info.name} title={<>{what}, and a promise is not kept: <q>{info.called}</q></>}>
      <Why info={info} />
      <details class="banner-more">
        <summary class="small">Why false, exactly?</summary>
        <WhyFalse truth={truthOf(info.name)} />
        <p class="small muted"><code>{info.name}</code>, <code>{info.formula}</code></p>
      </details>
      <FixButton />
    </Card>
  );
}

function Witness({ info }: { info: Property }) {
  return <Card tone="good" title={<>An example run: {info.called} ({plural(at.value, "step")})</>} />;
}

/** Says that the selected property holds, or that every promise does; nothing if neither is known. */
function Kept({ wanted }: { wanted: Property | null }) {
  const { report } = search.value;
  const now = stands.value;
  if (report === null || now === null) return null;
  const holds = wanted !== null && wanted.expectation !== "sometimes" && result(wanted.name)?.verdict === "holds";
  if (!holds && !now.keeps) return null;
  const changed = sizes((name) => name in (here.value?.parameters ?? {}));
  const all = now.claimed.length === 1 ? "the one promise" : `all ${now.claimed.length} promises`;
  const what = holds ? <q>{wanted.called}</q> : changed === "" ? `Keeps ${all} it makes` : "No promise is broken";
  return (
    <Card tone="good" title={<>{what}{holds && " holds"}{changed !== "" && ` with ${changed}`}</>}>
      <p class="small">Every order of steps was tried{withFaults()}: {plural(report.states, "state")}.{(holds || wanted?.name === FINISHED) && " Below: a finished run."}</p>
      {!holds && now.limits.map((limit) => (
        <p key={limit.name} class="small">
          <b class="warn">Known limit, not promised:</b> {limit.called}. <button type="button" class="plain link" onClick={() => openProperty(limit.name)}>Show it</button>
        </p>
      ))}
    </Card>
  );
}

/** Some of the bounds and faults, with their values. */
function sizes(wanted: (name: string, value: number) => boolean): string {
  const all = Object.entries(theModel.value?.parameters ?? {}).filter(([name, value]) => wanted(name, value));
  return all.map(([name, value]) => `${name} ${value}`).join(", ");
}

function withFaults(): string {
  const faults = protocol.value?.faults.map((fault) => fault.name) ?? [];
  const words = sizes((name, value) => faults.includes(name) && value > 0);
  return words === "" ? ", without faults" : `, with ${words}`;
}

export function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
