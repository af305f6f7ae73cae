// Reads a pinned expression: the part of TLA+ that asks about one state.
import { tokens, type Token } from "./tokens";
import type { Value } from "../api/types";

export type Expression =
  | { is: "literal"; value: Value }
  | { is: "name"; name: string }
  | { is: "field"; of: Expression; name: string }
  | { is: "apply"; of: Expression; to: Expression }
  | { is: "call"; name: string; to: Expression[] }
  | { is: "not" | "minus" | "domain"; of: Expression }
  | { is: "binary"; sign: string; left: Expression; right: Expression }
  | { is: "set" | "sequence"; items: Expression[] }
  | { is: "record"; fields: [string, Expression][] }
  | { is: "function"; name: string; over: Expression; body: Expression }
  | { is: "filter"; name: string; over: Expression; body: Expression }
  | { is: "map"; name: string; over: Expression; body: Expression }
  | { is: "every" | "some"; name: string; over: Expression; body: Expression }
  | { is: "if"; condition: Expression; then: Expression; otherwise: Expression };

/** How tightly each operator binds; the same as in TLA+. */
const BINDS: Record<string, number> = {
  "=>": 1, "<=>": 2, "\\/": 3, "\\lor": 3, "/\\": 4, "\\land": 4,
  "=": 6, "#": 6, "/=": 6, "<": 6, ">": 6, "<=": 6, ">=": 6, "=<": 6, "\\leq": 6, "\\geq": 6, "\\in": 6, "\\notin": 6, "\\subseteq": 6,
  "\\union": 8, "\\cup": 8, "\\intersect": 8, "\\cap": 8, "\\": 8, "..": 9, "+": 10, "-": 11, "%": 11, "*": 13, "\\div": 13, "\\o": 13,
};
const NOT = 5;
const DOMAIN = 9;
const MINUS = 12;

export function parse(expression: string): Expression {
  const reader = new Reader(tokens(expression));
  const found = reader.expression(0);
  reader.end();
  return found;
}

class Reader {
  private place = 0;
  constructor(private readonly words: Token[]) {}

  end(): void {
    if (this.now.kind !== "end") throw new Error(`“${this.now.value}” is not expected here`);
  }

  expression(least: number): Expression {
    let left = this.prefix();
    for (;;) {
      const sign = String(this.now.value);
      const binds = this.now.kind === "sign" ? BINDS[sign] : undefined;
      if (binds === undefined || binds < least) return left;
      this.place++;
      left = { is: "binary", sign, left, right: this.expression(binds + 1) };
    }
  }

  private get now(): Token {
    return this.words[this.place] ?? { kind: "end", value: "", at: 0 };
  }

  private sees(value: string): boolean {
    return (this.now.kind === "sign" || this.now.kind === "name") && this.now.value === value;
  }

  private takes(value: string): boolean {
    const seen = this.sees(value);
    if (seen) this.place++;
    return seen;
  }

  private need(value: string): void {
    if (!this.takes(value)) throw new Error(this.now.kind === "end" ? `“${value}” is missing at the end` : `“${value}” is missing before “${this.now.value}”`);
  }

  private name(): string {
    const word = this.now;
    if (word.kind !== "name") throw new Error("a name is missing");
    this.place++;
    return word.value;
  }

  private prefix(): Expression {
    if (this.takes("~") || this.takes("\\lnot") || this.takes("\\neg")) return { is: "not", of: this.expression(NOT) };
    if (this.takes("-")) return { is: "minus", of: this.expression(MINUS) };
    if (this.takes("DOMAIN")) return { is: "domain", of: this.expression(DOMAIN) };
    if (this.takes("\\A")) return this.quantified("every");
    if (this.takes("\\E")) return this.quantified("some");
    if (this.takes("IF")) return this.choice();
    return this.postfix(this.atom());
  }

  private quantified(is: "every" | "some"): Expression {
    const name = this.name();
    this.need("\\in");
    const over = this.expression(BINDS["\\union"] ?? 0);
    this.need(":");
    return { is, name, over, body: this.expression(0) };
  }

  private choice(): Expression {
    const condition = this.expression(0);
    this.need("THEN");
    const then = this.expression(0);
    this.need("ELSE");
    return { is: "if", condition, then, otherwise: this.expression(0) };
  }

  private postfix(of: Expression): Expression {
    if (this.takes(".")) return this.postfix({ is: "field", of, name: this.name() });
    if (this.takes("[")) {
      const to = this.expression(0);
      this.need("]");
      return this.postfix({ is: "apply", of, to });
    }
    return of;
  }

  private atom(): Expression {
    const word = this.now;
    if (word.kind === "end") throw new Error("something is missing at the end");
    this.place++;
    if (word.kind === "number" || word.kind === "string") return { is: "literal", value: word.value };
    if (word.kind === "name") return this.named(word.value);
    switch (word.value) {
      case "(": { const inner = this.expression(0); this.need(")"); return inner; }
      case "<<": return { is: "sequence", items: this.list(">>") };
      case "{": return this.braces();
      case "[": return this.brackets();
      default: throw new Error(`“${word.value}” is not expected here`);
    }
  }

  private named(name: string): Expression {
    if (name === "TRUE" || name === "FALSE") return { is: "literal", value: name === "TRUE" };
    if (this.takes("(")) return { is: "call", name, to: this.list(")") };
    return { is: "name", name };
  }

  private list(end: string): Expression[] {
    const items: Expression[] = [];
    if (this.takes(end)) return items;
    do items.push(this.expression(0)); while (this.takes(","));
    this.need(end);
    return items;
  }

  // {a, b} · {x \in S : P} · {f : x \in S}
  private braces(): Expression {
    if (this.takes("}")) return { is: "set", items: [] };
    const first = this.expression(0);
    if (this.takes(":")) return this.comprehension(first);
    const items = [first];
    while (this.takes(",")) items.push(this.expression(0));
    this.need("}");
    return { is: "set", items };
  }

  private comprehension(first: Expression): Expression {
    if (first.is === "binary" && first.sign === "\\in" && first.left.is === "name") {
      const body = this.expression(0);
      this.need("}");
      return { is: "filter", name: first.left.name, over: first.right, body };
    }
    const name = this.name();
    this.need("\\in");
    const over = this.expression(0);
    this.need("}");
    return { is: "map", name, over, body: first };
  }

  // [a |-> 1, b |-> 2] · [x \in S |-> f]
  private brackets(): Expression {
    const name = this.name();
    if (this.takes("\\in")) {
      const over = this.expression(0);
      this.need("|->");
      const body = this.expression(0);
      this.need("]");
      return { is: "function", name, over, body };
    }
    this.need("|->");
    const fields: [string, Expression][] = [[name, this.expression(0)]];
    while (this.takes(",")) {
      const field = this.name();
      this.need("|->");
      fields.push([field, this.expression(0)]);
    }
    this.need("]");
    return { is: "record", fields };
  }
}
