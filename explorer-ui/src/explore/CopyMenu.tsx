// Copies the trace, or the link to it, in the form that the next reader needs. The server writes the
// forms, as `tandem check --save-trace` does.
import { ask, modelAddress } from "../api/client";
import type { ExportedText } from "../api/types";
import { Popover } from "../parts/Popover";
import { here, theModel, theTrace } from "../state/session";
import { copied, copy, trouble } from "./copying";

interface Form { name: string; what: string; make: () => Promise<string | null> }
const FORMS: Form[] = [
  { name: "Link", what: "opens this step", make: async () => location.href },
  { name: "Rust test", what: "plays this path", make: () => exported("rust") },
  { name: "Mermaid", what: "a sequence diagram", make: () => exported("mermaid") },
  { name: "SVG", what: "a drawing of the whole path", make: () => exported("svg") },
  { name: "Markdown", what: "the steps and what they change", make: () => exported("markdown") },
  { name: "ITF JSON", what: "the states, for other tools", make: () => exported("itf") },
  { name: "Tandem JSON", what: "for tandem replay", make: () => exported("json") },
  { name: "TLA+ module", what: "takes these steps on TLC", make: () => exported("tla") },
];

export function CopyMenu() {
  return (
    <>
      <Popover class="button" title="Copy as" label={copied.value === null ? <>Copy as <span aria-hidden="true">▾</span></> : <>Copied <span class="good" aria-hidden="true">✓</span></>}>
        {(close) => (
          <div class="menu">
            {FORMS.map((form) => (
              <button key={form.name} type="button" class="menu-item" onClick={() => void copy(form.name, form.make(), close)}>
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

/** The whole trace that is shown; none while there is none. */
async function exported(form: string): Promise<string | null> {
  const model = theModel.peek();
  const trace = theTrace.peek();
  if (!model || !trace) return null;
  const steps = trace.steps.map(({ index }) => index).join(".");
  const property = here.peek()?.property ?? null;
  return (await ask<ExportedText>(modelAddress(model, `export/${form}`, { steps, end: trace.end, property }))).text;
}
