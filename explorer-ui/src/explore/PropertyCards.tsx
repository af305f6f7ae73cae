// What the search has found so far, in one line: broken promises as chips; what was never promised,
// what is not decided, what holds and example runs folded behind their number. Each opens its run.
import type { Model, Property, PropertyResult } from "../api/types";
import { Glyph, type Sign } from "../parts/Glyph";
import { plural } from "../parts/numbers";
import { Popover } from "../parts/Popover";
import { here, move, openProperty, result, search, stands } from "../state/session";

export function PropertyCards({ model }: { model: Model }) {
  const { report } = search.value;
  const deadlock = report?.deadlock ?? null;
  const broken = stands.value?.broken ?? [];
  const limits = stands.value?.limits ?? [];
  const verdict = (p: Property) => result(p.name)?.verdict ?? null;
  const guarantees = model.properties.filter((p) => p.expectation !== "sometimes");
  const witnesses = model.properties.filter((p) => p.expectation === "sometimes");
  const open = guarantees.filter((p) => [null, "unknown"].includes(verdict(p)));
  const holds = guarantees.filter((p) => verdict(p) === "holds");
  const never = witnesses.filter((p) => verdict(p) === "violated");
  return (
    <section class="cards" aria-label="Promises">
      <div class="card-group">{broken.map((p) => <Card key={p.name} property={p} named={model.named} />)}</div>
      <div class="card-group">{never.map((p) => <Card key={p.name} property={p} named={model.named} />)}</div>
      {deadlock && (
        <button type="button" class="card violated" onClick={() => move({ steps: deadlock.steps, end: deadlock.end, at: null, property: null })}>
          <Glyph sign="bad" /><span class="card-name">Deadlock</span>
        </button>
      )}
      <Fold title="Not promised, and violated" label={<><span class="glyph warn" aria-hidden="true">✗</span>{limits.length} not promised</>} properties={limits} named={model.named} />
      <Fold title="Not decided" label={<><Glyph sign={report ? "unknown" : "open"} />{open.length} {report ? "not settled" : "being searched"}</>} properties={open} named={model.named} />
      <Fold title="What holds" label={<><Glyph sign="good" />{holding(holds.length)}</>} properties={holds} named={model.named} />
      <Fold title="Example runs" label="Example runs" properties={witnesses.filter((p) => verdict(p) !== "violated")} named={model.named} />
    </section>
  );
}

const holding = (n: number): string => `${n} ${n === 1 ? "holds" : "hold"}`;

function Fold(props: { title: string; label: preact.ComponentChildren; properties: Property[]; named: boolean }) {
  if (props.properties.length === 0) return null;
  return (
    <Popover class="card fold" title={props.title} label={<>{props.label} <span aria-hidden="true">▾</span></>}>
      {(close) => (
        <ul class="menu">
          {props.properties.map((p) => <li key={p.name}><Card property={p} named={props.named} chosen={close} /></li>)}
        </ul>
      )}
    </Popover>
  );
}

/** How a verdict is shown, and how it is said. */
export function verdictOf(property: Property, found: Pick<PropertyResult, "verdict"> | null): { sign: Sign; says: string } {
  if (found === null) return { sign: "open", says: "searching" };
  if (found.verdict === "unknown") return { sign: "unknown", says: "not settled" };
  if (property.expectation === "sometimes") return found.verdict === "holds" ? { sign: "good", says: "reached" } : { sign: "bad", says: "never reached" };
  return found.verdict === "holds" ? { sign: "good", says: "holds" } : { sign: "bad", says: "violated" };
}

function Card({ property, named, chosen }: { property: Property; named: boolean; chosen?: () => void }) {
  const found = result(property.name);
  const { sign, says } = verdictOf(property, found);
  const surprising = named && found !== null && found.verdict !== "unknown" && property.expected !== null && property.expected !== found.verdict;
  const limit = says === "violated" && !property.claimed;
  const data = { "data-card": property.name, "data-verdict": found?.verdict ?? "searching" };
  const title = [property.called, property.formula, property.why].filter((text) => text).join("\n");
  return (
    <button
      type="button" class={`card ${says.replace(" ", "-")}${limit ? " limit" : ""}${chosen ? " menu-item" : ""}`} title={title} {...data}
      aria-current={here.value?.property === property.name ? "true" : undefined} disabled={found === null}
      onClick={() => { openProperty(property.name); chosen?.(); }}
    >
      <Glyph sign={sign} />
      <span class="card-name">{property.called}</span>
      {surprising && <span class="warn small">unexpected</span>}
      {found?.path ? <span class="card-steps">{plural(found.steps ?? 0, "step")}</span> : sign !== "good" && <span class="card-steps">{says}</span>}
      <span class="hidden-text">{says}</span>
      {chosen && <code class="card-code">{property.name}</code>}
    </button>
  );
}
