// A value as a tree that opens and closes; short values stay on one line.
import type { Value } from "../api/types";
import { plain, shape, text } from "./format";
import { MEANING } from "./variables";
import "./value.css";

/** A value no longer than this is written on one line. */
const SHORT = 34;

export function ValueTree({ name, value, changed = false }: { name: string; value: Value; changed?: boolean }) {
  return <div class={changed ? "value-tree is-changed" : "value-tree"} title={changed ? "changed by this step" : undefined}><Node name={name} value={value} depth={0} /></div>;
}

function Node({ name, value, depth }: { name: string; value: Value; depth: number }) {
  const parts = children(value);
  const line = plain(value);
  if (parts.length === 0 || (line.length <= SHORT && depth > 0)) {
    return <div class="value-leaf"><Name name={name} depth={depth} /><Literal value={value} /></div>;
  }
  return (
    <details class="value-branch" open={depth < 2}>
      <summary>
        <Name name={name} depth={depth} />
        <span class="value-size">{size(value, parts.length)}</span>
        <code class="value-preview" title={text(value)}>{line}</code>
      </summary>
      <div class="value-children">
        {parts.map(([key, part], place) => <Node key={`${place} ${key}`} name={key} value={part} depth={depth + 1} />)}
      </div>
    </details>
  );
}

function Name({ name, depth }: { name: string; depth: number }) {
  return name === "" ? null : <span class="value-name" title={depth === 0 ? MEANING[name] : undefined}>{name}</span>;
}

/** A value on one line; in TLA+ if one points at it. */
export function Literal({ value }: { value: Value }) {
  return <code class={`value-literal value-${shape(value).kind}`} title={text(value)}>{plain(value)}</code>;
}

/** What is inside, by the names it has there: places, fields, arguments; elements have none. */
function children(value: Value): [string, Value][] {
  const it = shape(value);
  switch (it.kind) {
    case "sequence": return it.items.map((item, place) => [`[${place + 1}]`, item]);
    case "set": return it.items.map((item) => ["", item]);
    case "function": return it.pairs.map(([key, to]) => [Array.isArray(key) ? plain(key) : `[${plain(key)}]`, to]);
    case "record": return it.fields;
    default: return [];
  }
}

function size(value: Value, count: number): string {
  const kind = shape(value).kind;
  const word = kind === "set" ? "element" : kind === "record" ? "field" : kind === "sequence" ? "item" : "entry";
  if (count === 1) return `1 ${word}`;
  return `${count} ${word === "entry" ? "entries" : `${word}s`}`;
}
