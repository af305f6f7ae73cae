// TLA+ values: the kind of a JSON value, its text in TLA+, and its text for people.
import type { Value } from "../api/types";

/** A value with its kind: in JSON, four different kinds are objects. */
export type Shape =
  | { kind: "boolean"; value: boolean }
  | { kind: "number"; value: number }
  | { kind: "string"; value: string }
  | { kind: "model"; name: string }
  | { kind: "sequence"; items: Value[] }
  | { kind: "set"; items: Value[] }
  | { kind: "function"; pairs: [Value, Value][] }
  | { kind: "record"; fields: [string, Value][] };

export function shape(value: Value): Shape {
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value === "string") return { kind: "string", value };
  if (Array.isArray(value)) return { kind: "sequence", items: value };
  const { "#set": set, "#map": map, "#model": model } = value;
  if (Array.isArray(set)) return { kind: "set", items: set };
  if (Array.isArray(map)) return { kind: "function", pairs: map as [Value, Value][] };
  if (typeof model === "string") return { kind: "model", name: model };
  return { kind: "record", fields: Object.entries(value) };
}

/** In TLA+ notation, on one line. */
export function text(value: Value): string {
  const it = shape(value);
  switch (it.kind) {
    case "boolean": return it.value ? "TRUE" : "FALSE";
    case "number": return String(it.value);
    case "string": return `"${it.value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t")}"`;
    case "model": return it.name;
    case "sequence": return `<<${it.items.map(text).join(", ")}>>`;
    case "set": return `{${it.items.map(text).join(", ")}}`;
    case "function": return it.pairs.length === 0 ? "<<>>" : `(${it.pairs.map(([key, to]) => `${text(key)} :> ${text(to)}`).join(" @@ ")})`;
    case "record": return it.fields.length === 0 ? "<<>>" : `[${it.fields.map(([name, to]) => `${name} |-> ${text(to)}`).join(", ")}]`;
  }
}

/** As people write it: `[1, 2]`, `{1, 2}`, `{line: 1}`. The server writes sentences in the same way (`models/src/value/plain.rs`). */
export function plain(value: Value): string {
  const it = shape(value);
  switch (it.kind) {
    case "boolean": return String(it.value);
    case "string": return /^\p{Alphabetic}[\p{Alphabetic}\p{N}_-]*$/u.test(it.value) ? it.value : text(value);
    case "sequence": return `[${it.items.map(plain).join(", ")}]`;
    case "set": return `{${it.items.map(plain).join(", ")}}`;
    case "function": return it.pairs.length === 0 ? "[]" : `{${it.pairs.map(([key, to]) => `${plain(key)}: ${plain(to)}`).join(", ")}}`;
    case "record": return it.fields.length === 0 ? "[]" : `{${it.fields.map(([name, to]) => `${name}: ${plain(to)}`).join(", ")}}`;
    default: return text(value);
  }
}

/** Whether two values are the same in TLA+: neither the order of a set nor of fields counts. */
export function same(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b);
}

/** A text that is the same for values that are the same. */
export function canonical(value: Value): string {
  const it = shape(value);
  switch (it.kind) {
    case "set": return `{${[...new Set(it.items.map(canonical))].sort().join(",")}}`;
    case "function": return mapping(it.pairs.map(([key, to]) => [canonical(key), canonical(to)]));
    case "record": return mapping(it.fields.map(([name, to]) => [canonical(name), canonical(to)]));
    case "sequence": return mapping(it.items.map((item, place) => [canonical(place + 1), canonical(item)]));
    default: return text(value);
  }
}

// Sequences and records are functions in TLA+, so that all three are written in one way.
function mapping(pairs: [string, string][]): string {
  const entries = pairs.map(([key, to]) => `${key}:${to}`);
  return `[${[...new Set(entries)].sort().join(",")}]`;
}
