// What a step changed: one line a place, + what came, − what went, ~ before → after.
import type { Change } from "../api/types";
import { groups, plainPath } from "./paths";
import { MEANING } from "./variables";
import { Literal } from "./ValueTree";
import "./value.css";

const SIGN = { added: "+", removed: "−", changed: "~" } as const;
const WORD = { added: "added", removed: "removed", changed: "changed" } as const;

export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return <p class="changes-none">Nothing changes.</p>;
  return (
    <ul class="changes">
      {groups(changes).map((group) => (
        <li key={group.name} class="changes-group">
          <span class="changes-name" title={MEANING[group.name]}>{group.name}</span>
          <ul>
            {group.lines.map(({ rest, change }, place) => <Line key={`${place} ${change.path}`} rest={rest} change={change} />)}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Line({ rest, change }: { rest: string; change: Change }) {
  return (
    <li class={`change change-${change.kind}`} title={change.path}>
      <span class="change-sign" aria-hidden="true">{SIGN[change.kind]}</span>
      <span class="visually-hidden">{WORD[change.kind]} </span>
      <span class="change-what">
        {rest !== "" && <span class="change-path">{plainPath(rest)}</span>}
        {change.kind === "changed" ? (
          <>
            <del><Literal value={change.before} /></del>
            <span class="change-arrow" aria-hidden="true">→</span>
            <span class="visually-hidden"> to </span>
            <ins><Literal value={change.after} /></ins>
          </>
        ) : change.kind === "added" ? <ins><Literal value={change.value} /></ins> : <del><Literal value={change.value} /></del>}
      </span>
    </li>
  );
}
