// A trace in ITF, Apalache's JSON format for traces, which other viewers read as well.
import type { Model, Trace, Value } from "../api/types";

export function asItf(model: Model, trace: Trace): string {
  const itf: Record<string, unknown> = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      source: `tandem ${model.protocol}:${model.variant}`,
      parameters: model.parameters,
      digest: trace.digest,
    },
    vars: Object.keys(trace.start.state),
    states: states(trace),
  };
  // ITF knows of no stuttering: it is a loop of the last state to itself.
  if (trace.end !== null) itf["loop"] = trace.end === "stutters" ? trace.steps.length : trace.end;
  return `${JSON.stringify(itf, null, 2)}\n`;
}

function states(trace: Trace): unknown[] {
  const first = { "#meta": { index: 0 }, ...trace.start.state };
  const rest = trace.steps.map((step): Record<string, Value> => ({ "#meta": { index: step.number, action: step.action, words: step.words }, ...step.state }));
  return [first, ...rest];
}
