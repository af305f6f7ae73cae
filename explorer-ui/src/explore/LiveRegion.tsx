// Says each step, and what a search finds, to those who do not see it.
import { plural } from "../parts/numbers";
import { at, foremost, length, search, stands, step } from "../state/session";

export function LiveRegion() {
  return (
    <div class="hidden-text" aria-live="polite">
      <p>{stepSaid()}</p>
      <p>{searchSaid()}</p>
    </div>
  );
}

function stepSaid(): string {
  if (step.value === null) return at.value === 0 && length.value > 0 ? `Start of ${length.value} steps` : "";
  const { words, violates } = step.value;
  return `Step ${at.value} of ${length.value}: ${words}.${said(violates)}`;
}

function said(violates: string[]): string {
  const first = foremost(violates);
  return first === null ? "" : ` ${first.claimed ? "Breaks a promise" : "Not promised"}: ${first.called}.`;
}

function searchSaid(): string {
  const { report } = search.value;
  const broken = stands.value?.broken.length ?? 0;
  if (report === null) return broken === 0 ? "" : `The search goes on: ${plural(broken, "promise")} broken so far.`;
  return `Search ${report.complete ? "complete" : "cut short"}: ${report.states} states, ${broken === 0 ? "no promise" : plural(broken, "promise")} broken.`;
}
