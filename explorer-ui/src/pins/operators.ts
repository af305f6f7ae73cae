// The operators of TLA+'s standard modules that pinned expressions may call.
import type { Value } from "../api/types";
import { shape, text } from "../value/format";

export function call(name: string, given: Value[]): Value {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) throw new Error(`no operator is called “${name}”; there are ${Object.keys(OPERATORS).filter((each) => each !== "DOMAIN").join(", ")}`);
  const [count, body] = operator;
  if (given.length !== count) throw new Error(`${name} takes ${count === 1 ? "one argument" : `${count} arguments`}`);
  return body(...(given as [Value, Value, Value]));
}

const OPERATORS: Record<string, [count: number, body: (a: Value, b: Value, c: Value) => Value]> = {
  Len: [1, (it) => (typeof it === "string" ? it.length : items(it).length)],
  Cardinality: [1, (it) => elements(it).length],
  Head: [1, (it) => first(items(it), it)],
  Last: [1, (it) => first(items(it).slice(-1), it)],
  Tail: [1, (it) => (first(items(it), it), items(it).slice(1))],
  Append: [2, (it, item) => [...items(it), item]],
  SubSeq: [3, (it, from, to) => items(it).slice(Math.max(0, place(from) - 1), Math.max(0, place(to)))],
  Range: [1, (it) => ({ "#set": distinct(values(it)) })],
  DOMAIN: [1, domain],
};

function domain(it: Value): Value {
  const found = shape(it);
  switch (found.kind) {
    case "sequence": return { "#set": found.items.map((_, at) => at + 1) };
    case "function": return { "#set": found.pairs.map(([key]) => key) };
    case "record": return { "#set": found.fields.map(([name]) => name) };
    default: throw new Error(`${text(it)} is not a function`);
  }
}

function values(it: Value): Value[] {
  const found = shape(it);
  switch (found.kind) {
    case "sequence": return found.items;
    case "function": return found.pairs.map(([, to]) => to);
    case "record": return found.fields.map(([, to]) => to);
    default: throw new Error(`${text(it)} is not a function`);
  }
}

function distinct(all: Value[]): Value[] {
  return [...new Map(all.map((item) => [text(item), item])).values()];
}

function items(it: Value): Value[] {
  if (!Array.isArray(it)) throw new Error(`${text(it)} is not a sequence`);
  return it;
}

function elements(it: Value): Value[] {
  const found = shape(it);
  if (found.kind !== "set") throw new Error(`${text(it)} is not a set`);
  return found.items;
}

function place(it: Value): number {
  if (typeof it !== "number") throw new Error(`${text(it)} is not a number`);
  return it;
}

function first(all: Value[], whole: Value): Value {
  const found = all[0];
  if (found === undefined) throw new Error(`${text(whole)} is empty`);
  return found;
}
