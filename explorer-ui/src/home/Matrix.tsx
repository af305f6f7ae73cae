// The guarantees matrix of one protocol: rows are guarantees, columns variants; a cell opens its run.
import { useState } from "preact/hooks";
import type { Guarantee, Protocol, Variant } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { format, spot } from "../state/place";

export function Matrix({ protocol }: { protocol: Protocol }) {
  const [pointed, setPointed] = useState<string | null>(null);
  return (
    <article class="protocol" aria-labelledby={`protocol-${protocol.name}`}>
      <header>
        <h3 id={`protocol-${protocol.name}`}>{protocol.title}</h3>
        <p class="muted">{protocol.goal}</p>
      </header>
      <div class="matrix-box" onMouseLeave={() => setPointed(null)} tabIndex={0} role="region" aria-label={`Guarantees of ${protocol.title}`}>
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {protocol.variants.map((variant) => (
                <th key={variant.name} scope="col" class={variant.right ? "right" : ""}>
                  <a href={format(spot(protocol.name, variant.name))} onMouseEnter={() => setPointed(variant.summary)} onFocus={() => setPointed(variant.summary)} title={variant.summary}>{variant.name}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {protocol.guarantees.map((guarantee) => (
              <tr key={guarantee.name}>
                <th scope="row"><span>{guarantee.promise}</span><code>{guarantee.name}</code></th>
                {protocol.variants.map((variant) => (
                  <td key={variant.name}><Cell protocol={protocol} variant={variant} guarantee={guarantee} point={setPointed} /></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="matrix-said small">{pointed ?? story(protocol)}</p>
    </article>
  );
}

/** What goes wrong in the first column that breaks a promise: the place of what is pointed at. */
function story({ variants, guarantees }: Protocol): string {
  for (const variant of variants) {
    const broken = guarantees.find(({ name }) => variant.claims.includes(name) && variant.expected[name] === "violated" && variant.why[name]);
    if (broken) return sentence(variant, broken);
  }
  return "";
}

function sentence(variant: Variant, { name, promise }: Guarantee): string {
  const claimed = variant.claims.includes(name);
  const does = variant.expected[name] !== "violated" ? "keeps" : claimed ? "breaks its promise" : "never promised, and breaks,";
  const why = variant.why[name];
  return `${variant.name} ${does} “${promise}”${why ? `: ${why}` : ""}.`;
}

function Cell(props: { protocol: Protocol; variant: Variant; guarantee: Guarantee; point: (text: string) => void }) {
  const { protocol, variant, guarantee, point } = props;
  const expected = variant.expected[guarantee.name];
  if (expected === undefined) return <span class="cell none" title="does not apply"><span aria-hidden="true">–</span><span class="hidden-text">does not apply</span></span>;
  const claimed = variant.claims.includes(guarantee.name);
  const words = sentence(variant, guarantee);
  return (
    <a
      class={`cell ${expected}${claimed ? " claimed" : ""}`} href={format(spot(protocol.name, variant.name, { property: guarantee.name }))}
      aria-label={words} onMouseEnter={() => point(words)} onFocus={() => point(words)}
    >
      <Glyph sign={expected === "violated" ? "bad" : "good"} />
    </a>
  );
}
