// A trace as plain text: for a chat, a ticket or a commit message.
import type { Change, Model, Trace } from "../api/types";
import { plain, text } from "../value/format";
import { plainPath } from "../value/paths";

export function asText(model: Model, trace: Trace): string {
  const lines = [`${model.protocol}:${model.variant}  ${bounds(model)}`.trimEnd(), ""];
  for (const [name, value] of Object.entries(trace.start.state)) lines.push(`      ${name} = ${text(value)}`);
  const width = String(trace.steps.length).length;
  for (const step of trace.steps) {
    lines.push("", `${String(step.number).padStart(Math.max(3, width))}.  ${step.words}`);
    for (const change of step.changes) lines.push(`      ${changed(change)}`);
    for (const name of step.violates) lines.push(`      ✗ ${name} is false from here`);
    lines.push(...clauses(step.violates, step.truths).map((line) => `        ${line}`));
  }
  const end = ending(trace);
  if (end) lines.push("", `      ${end}`);
  return `${lines.join("\n")}\n`;
}

/** `messages=1 crash=1`: the bounds, and the faults that may happen. */
export function bounds(model: Model): string {
  return Object.entries(model.parameters).map(([name, value]) => `${name}=${value}`).join(" ");
}

export function ending(trace: Trace): string | null {
  if (trace.end === null) return null;
  if (trace.end === "stutters") return "… and nothing happens any more.";
  return trace.end === 0 ? "↻ It is back at the start, and repeats for ever." : `↻ It is back at the state after step ${trace.end}, and repeats for ever.`;
}

function changed(change: Change): string {
  switch (change.kind) {
    case "added": return `+ ${change.path} = ${text(change.value)}`;
    case "removed": return `- ${change.path} = ${text(change.value)}`;
    case "changed": return `~ ${change.path} = ${text(change.before)} → ${text(change.after)}`;
  }
}

function clauses(violates: string[], truths: Trace["start"]["truths"]): string[] {
  const broken = truths.filter((truth) => violates.includes(truth.name)).flatMap((truth) => truth.clauses.filter((clause) => !clause.holds));
  return broken.map((clause) => {
    const found = clause.found === null ? "" : `; found: ${clause.found}`;
    const values = clause.values.map(({ path, value }) => `${plainPath(path)} = ${plain(value)}`).join(", ");
    return `expected: ${clause.expected}${found}${values ? ` (${values})` : ""}`;
  });
}
