// The words of a pinned expression.

export type Token =
  | { kind: "number"; value: number; at: number }
  | { kind: "string"; value: string; at: number }
  | { kind: "name"; value: string; at: number }
  | { kind: "sign"; value: string; at: number }
  | { kind: "end"; value: ""; at: number };

const SIGNS = ["<=>", "|->", "\\/", "/\\", "=>", "<<", ">>", "..", "/=", "<=", ">=", "=<", "=", "#", "<", ">", "+", "-", "*", "%", "(", ")", "[", "]", "{", "}", ",", ".", "~", ":", "!"];
const WORDS = ["\\in", "\\notin", "\\union", "\\cup", "\\cap", "\\intersect", "\\subseteq", "\\div", "\\o", "\\A", "\\E", "\\land", "\\lor", "\\lnot", "\\neg", "\\leq", "\\geq", "\\"];

/** Throws an Error that says what was not understood, and where. */
export function tokens(expression: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const rest = expression.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank) { at += blank[0].length; continue; }
    const [token, length] = next(rest, at);
    found.push(token);
    at += length;
  }
  return [...found, { kind: "end", value: "", at }];
}

function next(rest: string, at: number): [Token, number] {
  const number = /^\d+/.exec(rest);
  if (number) return [{ kind: "number", value: Number(number[0]), at }, number[0].length];
  const name = /^[A-Za-z_]\w*/.exec(rest);
  if (name) return [{ kind: "name", value: name[0], at }, name[0].length];
  const string = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  if (string) return [{ kind: "string", value: (string[1] ?? "").replace(/\\(.)/g, "$1"), at }, string[0].length];
  if (rest.startsWith('"')) throw new Error("a string has no end: \" is missing");
  const sign = SIGNS.find((each) => rest.startsWith(each)) ?? WORDS.find((each) => word(rest, each));
  if (!sign) throw new Error(`“${rest[0]}” means nothing here`);
  return [{ kind: "sign", value: sign, at }, sign.length];
}

function word(rest: string, each: string): boolean {
  return rest.startsWith(each) && !/^\w/.test(rest.slice(each.length) || " ") || (each === "\\" && rest.startsWith("\\"));
}
