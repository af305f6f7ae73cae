// The guarantees matrix of one protocol: rows are guarantees, columns variants; a cell opens its trace.
import { useState } from "preact/hooks";
import type { Protocol, Variant } from "../api/types";
import { Glyph } from "../parts/Glyph";
import { format, spot } from "../state/place";

export function Matrix({ protocol }: { protocol: Protocol }) {
  const [said, setSaid] = useState<string | null>(null);
  const hint = "✗ broken, ✓ holds, · does not apply; framed: its author claimed it.";
  return (
    <article class="protocol" aria-labelledby={`protocol-${protocol.name}`}>
      <header>
        <h3 id={`protocol-${protocol.name}`}>{protocol.title}</h3>
        <p class="muted">{protocol.goal}</p>
      </header>
      <div class="matrix-box" onMouseLeave={() => setSaid(null)} tabIndex={0} role="region" aria-label={`Guarantees of ${protocol.title}`}>
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {protocol.variants.map((variant) => (
                <th key={variant.name} scope="col" class={variant.right ? "right" : ""}>
                  <a href={format(spot(protocol.name, variant.name))} onMouseEnter={() => setSaid(variant.summary)} onFocus={() => setSaid(variant.summary)} title={variant.summary}>{variant.name}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {protocol.guarantees.map((guarantee) => (
              <tr key={guarantee.name}>
                <th scope="row"><span>{guarantee.promise}</span><code>{guarantee.name}</code></th>
                {protocol.variants.map((variant) => (
                  <td key={variant.name}><Cell protocol={protocol} variant={variant} guarantee={guarantee.name} say={setSaid} /></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="matrix-said small muted">{said ?? hint}</p>
    </article>
  );
}

function Cell(props: { protocol: Protocol; variant: Variant; guarantee: string; say: (text: string) => void }) {
  const { protocol, variant, guarantee, say } = props;
  const expected = variant.expected[guarantee];
  if (expected === undefined) return <span class="cell none" aria-label="does not apply">·</span>;
  const claimed = variant.claims.includes(guarantee);
  const violated = expected === "violated";
  const claim = claimed ? (violated ? ", though claimed" : ", as claimed") : "";
  const words = `${variant.name} ${violated ? "breaks" : "keeps"} ${guarantee}${claim}${variant.why[guarantee] ? `: ${variant.why[guarantee]}` : ""}`;
  return (
    <a
      class={`cell ${expected}${claimed ? " claimed" : ""}`} href={format(spot(protocol.name, variant.name, { property: guarantee }))}
      aria-label={words} onMouseEnter={() => say(words)} onFocus={() => say(words)}
    >
      <Glyph sign={violated ? "bad" : "good"} />
    </a>
  );
}
