// Evaluates a pinned expression in one state: TLA+ without actions, primes and time.
import type { Value } from "../api/types";
import { canonical, same, shape, text } from "../value/format";
import { call } from "./operators";
import { parse, type Expression } from "./syntax";

type Scope = Record<string, Value>;

/** Its value, or why it has none: a sentence to show beside it. Never throws. */
export function evaluate(expression: string, state: Record<string, Value>): { value: Value } | { error: string } {
  try {
    if (expression.trim() === "") return { error: "Nothing is asked." };
    return { value: value(parse(expression), state) };
  } catch (error) {
    if (error instanceof RangeError) return { error: "This is too deep or too large." };
    return { error: sentence(error instanceof Error ? error.message : String(error)) };
  }
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function value(it: Expression, scope: Scope): Value {
  switch (it.is) {
    case "literal": return it.value;
    case "name": return named(it.name, scope);
    case "field": return apply(value(it.of, scope), it.name);
    case "apply": return apply(value(it.of, scope), value(it.to, scope));
    case "call": return call(it.name, it.to.map((each) => value(each, scope)));
    case "not": return !truth(value(it.of, scope));
    case "minus": return -number(value(it.of, scope));
    case "domain": return call("DOMAIN", [value(it.of, scope)]);
    case "binary": return binary(it.sign, it.left, it.right, scope);
    case "sequence": return it.items.map((each) => value(each, scope));
    case "set": return set(it.items.map((each) => value(each, scope)));
    case "record": return Object.fromEntries(it.fields.map(([name, each]) => [name, value(each, scope)]));
    case "if": return value(truth(value(it.condition, scope)) ? it.then : it.otherwise, scope);
    default: return bound(it, scope);
  }
}

type Bound = Extract<Expression, { over: Expression }>;

function bound(it: Bound, scope: Scope): Value {
  const over = elements(value(it.over, scope));
  const body = (item: Value): Value => value(it.body, { ...scope, [it.name]: item });
  switch (it.is) {
    case "every": return over.every((item) => truth(body(item)));
    case "some": return over.some((item) => truth(body(item)));
    case "filter": return set(over.filter((item) => truth(body(item))));
    case "map": return set(over.map(body));
    case "function": return fn(over.map((item) => [item, body(item)]));
  }
}

function named(name: string, scope: Scope): Value {
  const found = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (found === undefined) throw new Error(`no variable is called “${name}”; there are ${Object.keys(scope).join(", ")}`);
  return found;
}

function apply(to: Value, argument: Value): Value {
  const it = shape(to);
  const found = it.kind === "sequence" && typeof argument === "number" ? it.items[argument - 1]
    : it.kind === "record" && typeof argument === "string" ? it.fields.find(([name]) => name === argument)?.[1]
    : it.kind === "function" ? it.pairs.find(([key]) => same(key, argument))?.[1]
    : undefined;
  if (found === undefined) throw new Error(`${text(to)} has nothing at ${text(argument)}`);
  return found;
}

function binary(sign: string, first: Expression, second: Expression, scope: Scope): Value {
  const left = value(first, scope);
  const right = (): Value => value(second, scope);
  switch (sign) {
    case "/\\": case "\\land": return truth(left) && truth(right());
    case "\\/": case "\\lor": return truth(left) || truth(right());
    case "=>": return !truth(left) || truth(right());
    case "<=>": return truth(left) === truth(right());
    case "=": return same(left, right());
    case "#": case "/=": return !same(left, right());
    case "\\in": return includes(elements(right()), left);
    case "\\notin": return !includes(elements(right()), left);
    case "\\subseteq": { const all = elements(right()); return elements(left).every((item) => includes(all, item)); }
    case "\\union": case "\\cup": return set([...elements(left), ...elements(right())]);
    case "\\intersect": case "\\cap": { const all = elements(right()); return set(elements(left).filter((item) => includes(all, item))); }
    case "\\": { const all = elements(right()); return set(elements(left).filter((item) => !includes(all, item))); }
    case "..": return range(number(left), number(right()));
    case "\\o": return [...sequence(left), ...sequence(right())];
    default: return arithmetic(sign, number(left), number(right()));
  }
}

function arithmetic(sign: string, left: number, right: number): Value {
  switch (sign) {
    case "+": return left + right;
    case "-": return left - right;
    case "*": return left * right;
    case "<": return left < right;
    case ">": return left > right;
    case "<=": case "=<": case "\\leq": return left <= right;
    case ">=": case "\\geq": return left >= right;
    case "\\div": case "%":
      if (right <= 0) throw new Error(`${sign} needs a number above 0 on its right`);
      return sign === "%" ? ((left % right) + right) % right : Math.floor(left / right);
    default: throw new Error(`“${sign}” is not known`);
  }
}

function range(from: number, to: number): Value {
  if (to - from > 10_000) throw new RangeError();
  return set(Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place));
}

function truth(it: Value): boolean {
  if (typeof it !== "boolean") throw new Error(`${text(it)} is neither TRUE nor FALSE`);
  return it;
}

function number(it: Value): number {
  if (typeof it !== "number") throw new Error(`${text(it)} is not a number`);
  return it;
}

function sequence(it: Value): Value[] {
  if (!Array.isArray(it)) throw new Error(`${text(it)} is not a sequence`);
  return it;
}

function elements(it: Value): Value[] {
  const found = shape(it);
  if (found.kind !== "set") throw new Error(`${text(it)} is not a set`);
  return found.items;
}

function includes(items: Value[], item: Value): boolean {
  return items.some((each) => same(each, item));
}

function set(items: Value[]): Value {
  return { "#set": [...new Map(items.map((item) => [canonical(item), item])).values()] };
}

/** A function: a sequence if its arguments are 1, 2, 3 … */
function fn(pairs: [Value, Value][]): Value {
  const places = new Map(pairs.map(([key, to]) => [key, to]));
  const items = pairs.map((_, place) => places.get(place + 1));
  if (items.every((item) => item !== undefined)) return items as Value[];
  return { "#map": pairs };
}
