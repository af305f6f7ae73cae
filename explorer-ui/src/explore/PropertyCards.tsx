// Every property with its verdict over all states, and the way to its counterexample or witness.
import type { Model, Property, PropertyResult } from "../api/types";
import { Glyph, type Sign } from "../parts/Glyph";
import { plural } from "../parts/numbers";
import { type CardGroup, cardGroup } from "../state/choose";
import { here, move, openProperty, search } from "../state/session";

const TITLES: [CardGroup, string][] = [["claimed", "Claimed"], ["also", "Also checked"], ["witness", "Witnesses"]];

export function PropertyCards({ model }: { model: Model }) {
  const deadlock = search.value.report?.deadlock ?? null;
  return (
    <section class="cards" aria-label="Properties">
      {TITLES.map(([group, title]) => {
        const own = model.properties.filter((p) => cardGroup(p) === group);
        if (own.length === 0) return null;
        return (
          <div key={group} class="card-group">
            <h2 class="caption">{title}</h2>
            <ul>
              {sorted(own).map((p) => <li key={p.name}><Card property={p} named={model.named} /></li>)}
              {group === "also" && deadlock && (
                <li>
                  <button type="button" class="card violated" onClick={() => move({ steps: deadlock.steps, end: deadlock.end, at: null, property: null })}>
                    <Glyph sign="bad" /><span class="card-name">Deadlock</span><span class="card-steps">open</span>
                  </button>
                </li>
              )}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function result(name: string): PropertyResult | null {
  return search.value.report?.properties.find((p) => p.name === name) ?? null;
}

function sorted(properties: Property[]): Property[] {
  const rank = (p: Property) => (result(p.name)?.verdict === "violated" ? 0 : 1);
  return [...properties].sort((a, b) => rank(a) - rank(b));
}

/** How a verdict is shown, and how it is said. */
export function verdictOf(property: Property, found: PropertyResult | null): { sign: Sign; says: string } {
  if (found === null) return { sign: "open", says: "searching" };
  if (found.verdict === "unknown") return { sign: "unknown", says: "not settled" };
  if (property.expectation === "sometimes") return found.verdict === "holds" ? { sign: "good", says: "reached" } : { sign: "bad", says: "never reached" };
  return found.verdict === "holds" ? { sign: "good", says: "holds" } : { sign: "bad", says: "violated" };
}

function Card({ property, named }: { property: Property; named: boolean }) {
  const found = result(property.name);
  const { sign, says } = verdictOf(property, found);
  const surprising = named && found !== null && found.verdict !== "unknown" && property.expected !== null && property.expected !== found.verdict;
  const big = property.claimed && found?.verdict === "violated" && property.expectation !== "sometimes";
  const current = here.value?.property === property.name;
  const kind = property.expectation === "sometimes" ? "witness" : "counterexample";
  const steps = found?.path ? plural(found.steps ?? 0, "step") : null;
  const inner = (
    <>
      <Glyph sign={sign} />
      <span class="card-name">{property.name}</span>
      {surprising && <span class="warn small">unexpected</span>}
      {steps === null && sign !== "good" && <span class="card-steps">{says}</span>}
      {steps !== null && <span class="card-steps"><span class={big ? "" : "hidden-text"}>{big ? "" : `${says}, `}open {kind}, </span>{steps}</span>}
    </>
  );
  const classes = `card ${says.replace(" ", "-")}${big ? " big" : ""}`;
  const data = { "data-card": property.name, "data-verdict": found?.verdict ?? "searching" };
  const title = [property.promise, property.formula, property.why].filter((text) => text).join("\n");
  if (steps === null) return <span class={classes} title={title} {...data}>{inner}<span class="hidden-text"> {says}</span></span>;
  return (
    <button
      type="button" class={classes} title={title} aria-current={current ? "true" : undefined} {...data}
      onClick={() => openProperty(property.name)}
    >
      {inner}
    </button>
  );
}
