// A run of the TLA+ side on the same bounds, by TLC or without Java in the server itself, and traces from a
// file, replayed in the Rust model.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Problem, TlcReport, TlcResult } from "../api/types";
import { listen, modelAddress } from "../api/client";
import { Glyph } from "../parts/Glyph";
import { count, plural } from "../parts/numbers";
import { here, property, search } from "../state/session";
import { Aligned } from "./Aligned";
import { imported, leave, refused, replay, show } from "./imports";
import { verdictOf } from "./PropertyCards";

type Run =
  | { state: "idle" | "running" }
  | { state: "done"; report: TlcReport }
  | { state: "failed"; problem: string };
const ENGINES: Record<string, string> = { tlc: "TLC", "tla-rs": "tla-rs" };
const IDLE: Run = { state: "idle" };

const run = signal<Run>(IDLE);
let stop: (() => void) | null = null;
/** The model that all this is about: it stays while the reader looks at another view. */
let of: string | null = null;

function start(engine: "tlc" | "tla-rs"): void {
  const spot = here.peek();
  if (!spot) return;
  stop?.();
  run.value = { state: "running" };
  const failed = (problem: string) => (run.value = { state: "failed", problem });
  stop = listen(
    modelAddress(spot, "tlc", { engine }),
    {
      done: (report: TlcReport) => {
        run.value = { state: "done", report };
        show(report.properties.find((p) => p.imported !== null)?.imported ?? null);
      },
      failed: (problem: Problem) => failed(problem.error.message),
    },
    ["done", "failed"],
    () => failed("The run was cut off: Tandem does not answer any more."),
  );
}

/** The server stops a run that nobody waits for. */
function stopRun(): void {
  stop?.();
  run.value = IDLE;
}

export function TlcPanel() {
  const model = here.value && JSON.stringify([here.value.protocol, here.value.variant, here.value.parameters]);
  useEffect(() => {
    if (model === of) return;
    of = model;
    stop?.();
    run.value = IDLE;
    leave();
  }, [model]);
  return (
    <div class="scrolls tlc">
      <TlcRun />
      <Import />
      {imported.value && <Aligned imported={imported.value} />}
    </div>
  );
}

function TlcRun() {
  const now = run.value;
  return (
    <section aria-labelledby="tlc-title">
      <div class="spread">
        <h3 id="tlc-title">Check the spec on the same bounds</h3>
        {now.state === "running"
          ? <button type="button" class="button" onClick={stopRun}>Stop</button>
          : <span>
              <button type="button" class="button primary" onClick={() => start("tlc")}>Run TLC</button>{" "}
              <button type="button" class="button" title="Evaluates the spec in Tandem's own process" onClick={() => start("tla-rs")}>Run without Java</button>
            </span>}
      </div>
      {now.state === "running" && <p class="muted" role="status"><span class="dots" aria-hidden="true" /> Every state is visited; then a counterexample of each property is searched for.</p>}
      {now.state === "failed" && <p class="bad" role="alert"><Glyph sign="bad" /> {now.problem}</p>}
      {now.state === "done" && <Verdicts report={now.report} />}
    </section>
  );
}

/** The same cards as those of the Rust side, above. */
function Verdicts({ report }: { report: TlcReport }) {
  const rust = search.value.report?.states;
  return (
    <>
      <p class="small muted">
        {ENGINES[report.engine] ?? report.engine} saw <b>{count(report.states)}</b> states{rust !== undefined && (rust === report.states ? ", as many as Rust." : `; Rust saw ${count(rust)}.`)}
        {report.incomplete !== null && ` The run was cut short: ${report.incomplete}`}
      </p>
      {report.without_tlc !== null && <p class="small muted">TLC was not asked: {report.without_tlc}</p>}
      <ul class="tlc-cards" aria-label="What was found">
        {report.properties.map((p) => <li key={p.name}><Found result={p} /></li>)}
      </ul>
    </>
  );
}

function Found({ result: { name, verdict, imported: trace } }: { result: TlcResult }) {
  const info = property(name);
  const { sign, says } = info ? verdictOf(info, { verdict }) : { sign: "unknown" as const, says: verdict };
  const inner = <><Glyph sign={sign} /><span class="card-name" title={name}>{info?.called ?? name}</span></>;
  const data = { "data-card": name, "data-verdict": verdict };
  const classes = `card ${says.replace(" ", "-")}`;
  if (trace === null) return <span class={classes} {...data}>{inner}<span class="hidden-text"> {says}</span></span>;
  return (
    <button type="button" class={classes} {...data} aria-current={imported.value === trace ? "true" : undefined} onClick={() => show(trace)}>
      {inner}<span class="card-steps"><span class="hidden-text">{says}, show its trace, </span>{plural(trace.steps.length, "step")}</span>
    </button>
  );
}

function Import() {
  const [text, setText] = useState("");
  return (
    <details class="import" open={imported.value === null}>
      <summary><h3>Or bring a trace: a log of TLC, an ITF file, or the JSON of tandem check</h3></summary>
      <div class="spread">
        <label class="button file">
          Choose a file
          <input type="file" class="hidden-text" onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) replay(file);
            // The same file may be chosen again.
            event.currentTarget.value = "";
          }} />
        </label>
        <span class="muted small">or paste it:</span>
      </div>
      <textarea class="mono" rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} aria-label="A log of TLC or an ITF file" spellcheck={false} />
      <button type="button" class="button" disabled={text.trim() === ""} onClick={() => replay(text)}>Replay it</button>
      {refused.value !== null && <p class="bad" role="alert"><Glyph sign="bad" /> {refused.value}</p>}
    </details>
  );
}
