// A trace as a Mermaid sequence diagram: text that many wikis and code hosts draw.
import type { Call, Diagram, Flight, Mark, Trace } from "../api/types";
import { underway } from "../diagram/rows";
import { ending } from "./text";

export function asMermaid(trace: Trace): string {
  const { diagram } = trace;
  const id = (name: string): string => `L${diagram.lifelines.findIndex((each) => each.name === name) + 1}`;
  const lines = ["sequenceDiagram"];
  for (const { name, kind } of diagram.lifelines) lines.push(`  ${kind === "browser" ? "actor" : "participant"} ${id(name)} as ${plain(name)}`);
  const loop = typeof trace.end === "number" ? trace.end : null;
  for (const flight of diagram.flights.filter((each) => each.sent === 0)) lines.push(`  Note over ${id(flight.from)}: ${plain(named(flight))} waits`);
  if (loop === 0) lines.push("  loop for ever");
  for (const step of trace.steps) {
    lines.push(...row(diagram, step.number, id));
    if (rowIsEmpty(diagram, step.number)) lines.push(`  Note over ${id(place(diagram, step.actor))}: ${plain(step.words)}`);
    if (step.violates.length > 0) lines.push(`  Note over ${span(diagram, id)}: ✗ ${plain(step.violates.join(", "))} false from here`);
    if (step.number === loop) lines.push("  loop for ever");
  }
  if (loop !== null) lines.push("  end");
  else if (trace.end === "stutters") lines.push(`  Note over ${span(diagram, id)}: ${plain(ending(trace) ?? "")}`);
  return `${lines.join("\n")}\n`;
}

function row(diagram: Diagram, step: number, id: (name: string) => string): string[] {
  const flights = diagram.flights.flatMap((each) => flight(each, step, id));
  const calls = diagram.calls.filter((each) => each.step === step).flatMap((each) => call(each, id));
  const marks = diagram.marks.filter((each) => each.step === step).map((each) => mark(each, id));
  return [...flights, ...calls, ...marks];
}

function rowIsEmpty(diagram: Diagram, step: number): boolean {
  return row(diagram, step, () => "").length === 0;
}

function flight(it: Flight, step: number, id: (name: string) => string): string[] {
  const name = plain(named(it));
  const arrives = it.ended === step;
  if (arrives && it.fate === "lost") return [`  ${id(it.from)}--x${id(it.to)}: ✗ ${name} lost`];
  if (arrives && it.fate === "delivered") return [`  ${id(it.from)}${it.duplicate ? "--" : "-"}>>${id(it.to)}: ${name}`];
  if (it.sent !== step) return [];
  return [`  ${id(it.from)}-)${id(it.to)}: ${name} (${underway(it)})`];
}

function call(it: Call, id: (name: string) => string): string[] {
  const head = it.outcome === "done" || it.outcome === "unknown" ? ">>" : "x";
  const outcome = it.outcome === "done" ? "" : it.outcome === "unknown" ? " (no answer)" : ` (${it.outcome})`;
  const arrow = `  ${id(it.from)}-${head}${id(it.to)}: ${plain(it.answer === null ? it.label : `${it.label} → ${it.answer}`)}${outcome}`;
  return it.writes && it.wrote.length > 0 ? [arrow, `  Note over ${id(it.to)}: ${it.wrote.map(plain).join("<br/>")}`] : [arrow];
}

function mark(it: Mark, id: (name: string) => string): string {
  return `  Note over ${id(it.lifeline)}: ${it.kind === "crash" ? "✗ " : ""}${[it.label, ...it.wrote].map(plain).join("<br/>")}`;
}

function named(it: Flight): string {
  return [it.copy > 1 ? `×${it.copy}` : "", it.redelivery ? "↻" : "", it.label, it.late ? "(late)" : ""].filter(Boolean).join(" ");
}

function place(diagram: Diagram, actor: string): string {
  return diagram.lifelines.some((each) => each.name === actor) ? actor : (diagram.lifelines[0]?.name ?? actor);
}

function span(diagram: Diagram, id: (name: string) => string): string {
  const first = diagram.lifelines[0]?.name ?? "";
  const last = diagram.lifelines.at(-1)?.name ?? "";
  return first === last ? id(first) : `${id(first)},${id(last)}`;
}

/** Without what Mermaid would read as its own: `;` and `#` start entities and comments. */
function plain(label: string): string {
  return label.replace(/[#;]/g, (sign) => (sign === "#" ? "#35;" : "#59;")).replace(/[<>]/g, (sign) => (sign === "<" ? "#lt;" : "#gt;")).replace(/\s+/g, " ");
}
