// Copies the trace, or the link to it, in the form that the next reader needs.
import type { Model, Trace } from "../api/types";
import { asItf } from "../copy/itf";
import { asMermaid } from "../copy/mermaid";
import { asRustTest } from "../copy/rust";
import { asSvg } from "../copy/svg";
import { asText } from "../copy/text";
import { Popover } from "../parts/Popover";
import { known, theModel, theTrace } from "../state/session";
import { copied, copy, trouble } from "./copying";

interface Form { name: string; what: string; make: (model: Model, trace: Trace) => string | null }
const FORMS: Form[] = [
  { name: "Link", what: "opens this step", make: () => location.href },
  { name: "Rust test", what: "plays this path", make: rustTest },
  { name: "Mermaid", what: "a sequence diagram", make: (_, trace) => asMermaid(trace) },
  { name: "ITF JSON", what: "the states, for other tools", make: asItf },
  { name: "SVG", what: "the drawing", make: drawing },
  { name: "Text", what: "the steps and what they change", make: asText },
];

export function CopyMenu() {
  return (
    <>
      <Popover class="button" title="Copy as" label={copied.value === null ? <>Copy as <span aria-hidden="true">▾</span></> : <>Copied <span class="good" aria-hidden="true">✓</span></>}>
        {(close) => (
          <div class="menu">
            {FORMS.map((form) => (
              <button key={form.name} type="button" class="menu-item" onClick={() => void copy(form.name, textOf(form), close)}>
                <b>{form.name}</b> <span class="muted small">{form.what}</span>
              </button>
            ))}
            <p class="small menu-said warn" role="status">{trouble.value}</p>
          </div>
        )}
      </Popover>
      <span class="hidden-text" role="status">{copied.value !== null && `Copied as ${copied.value}.`}</span>
    </>
  );
}

function rustTest(model: Model, trace: Trace): string | null {
  const catalogue = known.peek();
  return catalogue && asRustTest(model, trace, catalogue);
}

function drawing(): string | null {
  const svg = document.querySelector<SVGSVGElement>(".diagram-view svg");
  return svg && asSvg(svg);
}

function textOf({ make }: Form): string | null {
  const model = theModel.peek();
  const trace = theTrace.peek();
  return model && trace ? make(model, trace) : null;
}
