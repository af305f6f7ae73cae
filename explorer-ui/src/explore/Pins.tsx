// Expressions that stay in sight while stepping: their value in each state.
import { useState } from "preact/hooks";
import type { Value } from "../api/types";
import { evaluate } from "../pins/expression";
import { pins } from "../state/preferences";
import { at, here, theTrace } from "../state/session";
import { text } from "../value/format";

export function Pins({ state }: { state: Record<string, Value> }) {
  const [draft, setDraft] = useState("");
  const name = here.value?.protocol ?? "";
  const own = pins.value[name] ?? [];
  const keep = (list: string[]) => (pins.value = { ...pins.value, [name]: list });
  const tried = draft.trim() === "" ? null : evaluate(draft, state);
  // An expression without a value in all of the run is a typing error; one without a value here may get one later.
  const trace = theTrace.value;
  const senseless = tried !== null && [trace?.start, ...(trace?.steps ?? [])].every((frame) => !frame || "error" in evaluate(draft, frame.state));
  const add = (event: Event) => {
    event.preventDefault();
    const wanted = draft.trim();
    if (wanted === "" || senseless || own.includes(wanted)) return;
    keep([...own, wanted]);
    setDraft("");
  };
  return (
    <section class="block pins" aria-label="Pinned expressions">
      <ul>
        {own.map((expression) => (
          <li key={expression}>
            <code>{expression}</code>
            <Result expression={expression} state={state} />
            <button type="button" class="button quiet" aria-label={`Unpin ${expression}`} onClick={() => keep(own.filter((other) => other !== expression))}>×</button>
          </li>
        ))}
      </ul>
      <form onSubmit={add}>
        <input class="mono" value={draft} onInput={(event) => setDraft(event.currentTarget.value)} placeholder="Pin an expression: order.version" aria-label="Pin an expression" spellcheck={false} />
        <button type="submit" class="button" disabled={draft.trim() === "" || senseless}>Pin</button>
      </form>
      {tried && <p class="small">{"error" in tried ? <span class="warn">{tried.error}</span> : <>= <code>{text(tried.value)}</code></>}</p>}
    </section>
  );
}

function Result({ expression, state }: { expression: string; state: Record<string, Value> }) {
  const now = said(expression, state);
  const trace = theTrace.value;
  const before = trace && at.value > 0 ? said(expression, (trace.steps[at.value - 2] ?? trace.start).state) : now;
  if (now.error) return <span class="warn small">{now.text}</span>;
  return (
    <span class={now.text === before.text ? "" : "changed"}>
      {now.text !== before.text && <><s class="muted mono">{before.text}</s> <span aria-label="became">→</span> </>}
      <code><b>{now.text}</b></code>
    </span>
  );
}

function said(expression: string, state: Record<string, Value>): { text: string; error: boolean } {
  const result = evaluate(expression, state);
  return "error" in result ? { text: result.error, error: true } : { text: text(result.value), error: false };
}
