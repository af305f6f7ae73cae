// Renders again only where something has changed.
import { Component, type FunctionComponent, h } from "preact";

/** A component that is rendered again only if its props change; it follows the signals that it reads. */
export function still<P extends object>(drawn: FunctionComponent<P>): FunctionComponent<P> {
  class Still extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const [now, then] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys(then).some((name) => then[name] !== now[name]);
    }
    override render(props: P) {
      return h(drawn, props);
    }
  }
  return Still as unknown as FunctionComponent<P>;
}

/** The new value, in which every part that is as before is the old one. */
export function reuse<T>(before: unknown, after: T): T {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) return after;
  const parts: Record<string, unknown> = after;
  const names = Object.keys(parts);
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    const [old, part] = [before[name], parts[name]];
    if (old === part) continue;
    const kept = reuse(old, part);
    if (kept === old) parts[name] = kept;
    else same = false;
  }
  return same ? (before as T) : after;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
