// What went wrong at this step, in words: the promise, why it is broken, and which clause is false
// with which values.
import type { Clause, Property, Truth } from "../api/types";
import { text } from "../value/format";
import { at, frame, here, length, move, property, search, step, theModel, theTrace } from "../state/session";

export function Banner() {
  const broken = step.value?.violates ?? [];
  const wanted = here.value?.property ?? null;
  if (broken.length > 0) {
    const first = wanted !== null && broken.includes(wanted) ? wanted : claimedFirst(broken);
    return <Broken name={first} others={broken.filter((name) => name !== first)} />;
  }
  if (at.value !== length.value || theTrace.value === null) return null;
  const info = wanted === null ? eventual() : property(wanted);
  if (info?.expectation === "eventually" && theTrace.value.end !== null) return <NeverSettles info={info} />;
  if (info?.expectation === "sometimes") return <Witness info={info} />;
  return null;
}

function claimedFirst(names: string[]): string {
  return names.find((name) => property(name)?.claimed) ?? names[0] ?? "";
}

/** A trace with an end that was not opened as anything's: the first eventual property it breaks. */
function eventual(): Property | null {
  const violated = search.value.report?.properties.filter((p) => p.verdict === "violated").map((p) => p.name) ?? [];
  return theModel.value?.properties.find((p) => p.expectation === "eventually" && violated.includes(p.name)) ?? null;
}

function Broken({ name, others }: { name: string; others: string[] }) {
  const info = property(name);
  return (
    <aside class={`banner bad-banner${here.value?.view === "diagram" ? "" : " brief"}`} aria-label={`Step ${at.value} breaks ${name}`} data-violates={name}>
      <p class="banner-title">
        <span class="glyph bad" aria-hidden="true">✗</span> Step {at.value} breaks {info?.claimed ? "a promise: " : ""}<q>{info?.promise || name}</q>
      </p>
      <Why info={info} />
      <WhyFalse truth={truthOf(name)} />
      <p class="banner-foot small muted">
        <code>{name}</code>
        {info?.claimed ? <> is claimed for this variant.</> : <> is not claimed for this variant.</>}
        {others.length > 0 && <> The step also breaks {others.map((other, i) => <span key={other}>{i > 0 && ", "}<code title={property(other)?.promise}>{other}</code></span>)}.</>}
      </p>
      <FixButton />
    </aside>
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
      {clauses.map((clause) => <FalseClause key={clause.says} clause={clause} />)}
    </ul>
  );
}

function FalseClause({ clause }: { clause: Clause }) {
  return (
    <li>
      <span class="bad">False here:</span> {clause.says}
      {clause.values.length > 0 && (
        <span class="clause-values">
          {clause.values.map(({ path, value }) => <code key={path}>{path} = <b>{text(value)}</b></code>)}
        </span>
      )}
    </li>
  );
}

function NeverSettles({ info }: { info: Property }) {
  const end = theTrace.value?.end ?? null;
  const what = end === "stutters"
    ? "Nothing happens any more, for ever"
    : `Steps ${Number(end) + 1} to ${length.value} repeat for ever`;
  return (
    <aside class={`banner bad-banner${here.value?.view === "diagram" ? "" : " brief"}`} data-violates={info.name}>
      <p class="banner-title">
        <span class="glyph bad" aria-hidden="true">✗</span> {what}, and a promise is not kept: <q>{info.promise || info.name}</q>
      </p>
      <Why info={info} />
      <WhyFalse truth={truthOf(info.name)} />
      <p class="banner-foot small muted"><code>{info.name}</code>, <code>{info.formula}</code></p>
      <FixButton />
    </aside>
  );
}

function Witness({ info }: { info: Property }) {
  return (
    <aside class="banner good-banner">
      <p class="banner-title">
        <span class="glyph good" aria-hidden="true">✓</span> A witness: {info.promise || <code>{info.name}</code>} is reached after {at.value === 1 ? "1 step" : `${at.value} steps`}
      </p>
    </aside>
  );
}

export function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
