// Copies the trace, or the link to it, in the form that the next reader needs.
import { signal } from "@preact/signals";
import type { Model, Trace } from "../api/types";
import { asItf } from "../copy/itf";
import { asMermaid } from "../copy/mermaid";
import { asRustTest } from "../copy/rust";
import { asSvg } from "../copy/svg";
import { asText } from "../copy/text";
import { write } from "../parts/clipboard";
import { Popover } from "../parts/Popover";
import { theModel, theTrace } from "../state/session";

const said = signal("");

interface Form { name: string; what: string; make: (model: Model, trace: Trace) => string | null }
const FORMS: Form[] = [
  { name: "Link", what: "opens this step", make: () => location.href },
  { name: "Rust test", what: "plays this path", make: asRustTest },
  { name: "Mermaid", what: "a sequence diagram", make: (_, trace) => asMermaid(trace) },
  { name: "ITF JSON", what: "the states, for other tools", make: asItf },
  { name: "SVG", what: "the drawing", make: drawing },
  { name: "Text", what: "the steps and what they change", make: asText },
];

export function CopyMenu() {
  return (
    <Popover class="button" title="Copy as" label={<>Copy as <span aria-hidden="true">▾</span></>}>
      {(close) => (
        <div class="menu">
          {FORMS.map((form) => (
            <button key={form.name} type="button" class="menu-item" onClick={() => void copy(form).then((done) => done && setTimeout(close, 2500))}>
              <b>{form.name}</b> <span class="muted small">{form.what}</span>
            </button>
          ))}
          <p class="small menu-said" role="status">{said.value}</p>
        </div>
      )}
    </Popover>
  );
}

function drawing(): string | null {
  const svg = document.querySelector<SVGSVGElement>(".diagram-view svg");
  return svg && asSvg(svg);
}

async function copy(form: Form): Promise<boolean> {
  const model = theModel.peek();
  const trace = theTrace.peek();
  const text = model && trace ? form.make(model, trace) : null;
  if (text === null) {
    said.value = form.name === "SVG" ? "Open the diagram first." : "There is no trace yet.";
    return false;
  }
  const done = await write(text);
  said.value = done ? `Copied as ${form.name}.` : "This browser did not let the page copy.";
  return done;
}
