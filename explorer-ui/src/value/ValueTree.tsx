// Stand-in: a value as a tree.
import type { Value } from "../api/types";
import { text } from "./format";

export function ValueTree({ name, value }: { name: string; value: Value }) {
  return <div class="mono">{name} = {text(value)}</div>;
}
