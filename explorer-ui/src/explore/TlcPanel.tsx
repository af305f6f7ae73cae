// A run of TLC on the same bounds, and traces from a log or an ITF file, replayed in the Rust model.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Imported, Problem, TlcReport } from "../api/types";
import { ask, failed, listen, modelAddress } from "../api/client";
import { Glyph, type Sign } from "../parts/Glyph";
import { count } from "../parts/numbers";
import { here } from "../state/session";
import { Aligned } from "./Aligned";

interface Run { lines: string[]; report: TlcReport | null; problem: string | null; running: boolean }
const IDLE: Run = { lines: [], report: null, problem: null, running: false };

const run = signal<Run>(IDLE);
const imported = signal<Imported | null>(null);
let stop: (() => void) | null = null;
/** The model that all this is about: it stays while the reader looks at another view. */
let of: string | null = null;

/** Only the end of a long log is kept. */
const KEPT = 400;

function startTlc(): void {
  const spot = here.peek();
  if (!spot) return;
  stop?.();
  run.value = { ...IDLE, running: true };
  const set = (change: Partial<Run>) => (run.value = { ...run.peek(), ...change });
  stop = listen(
    modelAddress(spot, "tlc"),
    {
      line: ({ text }: { text: string }) => set({ lines: [...run.peek().lines.slice(-KEPT), text] }),
      done: (report: TlcReport) => {
        set({ report, running: false });
        imported.value = report.properties.find((p) => p.imported !== null)?.imported ?? null;
      },
      failed: (problem: Problem) => set({ problem: problem.error.message, running: false }),
    },
    ["done", "failed"],
    () => set({ problem: "The run was cut off: Tandem does not answer any more.", running: false }),
  );
}

export function TlcPanel() {
  const model = here.value && JSON.stringify([here.value.protocol, here.value.variant, here.value.parameters]);
  useEffect(() => {
    if (model === of) return;
    of = model;
    stop?.();
    run.value = IDLE;
    imported.value = null;
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
  const { lines, report, problem, running } = run.value;
  return (
    <section aria-labelledby="tlc-title">
      <div class="spread">
        <h3 id="tlc-title">Run TLC on the same bounds</h3>
        <button type="button" class="button primary" disabled={running} onClick={startTlc}>{running ? "Running …" : report ? "Run again" : "Run TLC"}</button>
      </div>
      {lines.length > 0 && (
        <details open={report === null}>
          <summary class="small muted">What TLC says</summary>
          <pre class="log mono" tabIndex={0}>{lines.join("\n")}</pre>
        </details>
      )}
      {problem !== null && <p class="bad" role="alert"><Glyph sign="bad" /> {problem}</p>}
      {report && <Verdicts report={report} />}
    </section>
  );
}

const SIGN: Record<string, Sign> = { holds: "good", violated: "bad", unknown: "unknown" };

function Verdicts({ report }: { report: TlcReport }) {
  return (
    <ul class="truths" aria-label="What TLC found">
      {report.states !== null && <li class="muted">{count(report.states)} states</li>}
      {report.properties.map((p) => (
        <li key={p.name}>
          <Glyph sign={SIGN[p.verdict] ?? "unknown"} /> {p.name} <span class="muted small">{p.verdict}</span>
          {p.imported && <button type="button" class="button" onClick={() => (imported.value = p.imported)}>its trace</button>}
        </li>
      ))}
    </ul>
  );
}

function Import() {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (body: string) => {
    const spot = here.peek();
    if (!spot) return;
    setProblem(null);
    try {
      imported.value = await ask<Imported>(modelAddress(spot, "import"), { method: "POST", headers: { "content-type": "text/plain" }, body });
    } catch (error) {
      setProblem(failed(error).message);
    }
  };
  return (
    <section aria-labelledby="import-title" class="import">
      <h3 id="import-title">Or bring a trace: a log of TLC, or an ITF file</h3>
      <div class="spread">
        <label class="button file">
          Choose a file
          <input type="file" class="hidden-text" onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void file.text().then(send);
          }} />
        </label>
        <span class="muted small">or paste it:</span>
      </div>
      <textarea class="mono" rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} aria-label="A log of TLC or an ITF file" spellcheck={false} />
      <button type="button" class="button" disabled={text.trim() === ""} onClick={() => void send(text)}>Replay it</button>
      {problem !== null && <p class="bad" role="alert"><Glyph sign="bad" /> {problem}</p>}
    </section>
  );
}
