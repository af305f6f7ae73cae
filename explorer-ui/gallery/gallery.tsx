// All parts of the page with traces by hand, for development: not part of what is built.
// ?part=diagram|graph|value · ?fixture=0 · ?at=9 · ?actor=Orders · ?width=620 · ?theme=dark · ?size=24
import { render } from "preact";
import { useState } from "preact/hooks";
import { fixtures, type Fixture } from "../src/diagram/fixtures";
import { SequenceDiagram } from "../src/diagram/SequenceDiagram";
import GraphPane from "../src/graph/GraphPane";
import { graphs } from "../src/graph/fixtures";
import { Changes } from "../src/value/Changes";
import { ValueTree } from "../src/value/ValueTree";
import { changes, state } from "../src/value/fixtures";

const query = new URLSearchParams(location.search);
const widths = query.get("width")?.split(",").map(Number) ?? [320, 480, 620, 900];

function Gallery() {
  const part = query.get("part") ?? "diagram";
  if (part === "graph") return <Items>{graphs.map((view, place) => <div key={place} class="gallery-item gallery-900"><GraphPane view={view} run={{ steps: [], at: 0 }} slots={2} promised={() => true} onGoTo={(steps) => console.log(steps)} onMore={() => console.log("more")} /></div>)}</Items>;
  if (part === "value") return <Items><div class="gallery-item gallery-390"><Changes changes={changes} /></div><div class="gallery-item gallery-390"><ValueTree name="state" value={state} /></div></Items>;
  const chosen = query.has("fixture") ? [fixtures[Number(query.get("fixture"))]] : fixtures;
  return <>{chosen.map((each) => each && <Story key={each.name} fixture={each} />)}</>;
}

function Items({ children }: { children: preact.ComponentChildren }) {
  return <div class="gallery-items">{children}</div>;
}

function Story({ fixture: { name, trace } }: { fixture: Fixture }) {
  const [at, setAt] = useState(Number(query.get("at") ?? trace.steps.length));
  return (
    <section>
      <h2>{name}</h2>
      <Items>
        {widths.map((width) => (
          <div key={width} class={`gallery-item gallery-${width}`}>
            <SequenceDiagram diagram={trace.diagram} steps={trace.steps} at={at} end={trace.end} actor={query.get("actor")} onGoTo={setAt} />
          </div>
        ))}
      </Items>
    </section>
  );
}

document.documentElement.dataset["theme"] = query.get("theme") ?? "light";
document.documentElement.style.setProperty("--size", `${query.get("size") ?? 16}px`);
const root = document.getElementById("gallery");
if (root) render(<Gallery />, root);
