// Stand-in: changed fields.
import type { Change } from "../api/types";
import { text } from "./format";

export function Changes({ changes }: { changes: Change[] }) {
  return (
    <ul class="mono">
      {changes.map((c) => (
        <li key={c.path}>{c.path}: {c.kind === "changed" ? `${text(c.before)} → ${text(c.after)}` : `${c.kind} ${text(c.value)}`}</li>
      ))}
    </ul>
  );
}
