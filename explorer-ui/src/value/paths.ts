// Paths into a state, as changes name them: `slots[1].at`.
import type { Change } from "../api/types";

/** The variable that a path begins with, and the rest of it. */
export function split(path: string): [variable: string, rest: string] {
  const end = path.search(/[.[]/);
  return end < 0 ? [path, ""] : [path.slice(0, end), path.slice(end).replace(/^\./, "")];
}

// The brackets of TLA+, except those in strings; a tuple alone in brackets needs one pair.
const BRACKET = /"(?:[^"\\]|\\.)*"|\[(?:<<)?|<<|>>|\]| \|-> | :> | @@ /g;

/** As people write it: `orders[1, 2].cart` for `orders[<<1, 2>>].cart`. */
export function plainPath(path: string): string {
  const open: string[] = [];
  return path.replace(BRACKET, (sign, at: number) => {
    switch (sign) {
      case "[<<": open.push("", "]"); return "[";
      case "<<": open.push("]"); return "[";
      case " |-> ": case " :> ": return ": ";
      case " @@ ": return ", ";
      case "[": {
        const record = /^\[\w+ \|->/.test(path.slice(at));
        open.push(record ? "}" : "]");
        return record ? "{" : "[";
      }
      case "]": case ">>": return open.pop() ?? sign;
      default: return sign;
    }
  });
}

export interface ChangeGroup { name: string; lines: { rest: string; change: Change }[] }

/** Changes by variable, in the order in which they come. */
export function groups(changes: Change[]): ChangeGroup[] {
  const found = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const [name, rest] = split(change.path);
    const group = found.get(name) ?? { name, lines: [] };
    group.lines.push({ rest, change });
    found.set(name, group);
  }
  return [...found.values()];
}
