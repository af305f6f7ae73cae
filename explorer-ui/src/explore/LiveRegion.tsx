// Says each step, and the end of a search, to those who do not see it.
import { at, length, search, step } from "../state/session";

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
  return `Step ${at.value} of ${length.value}: ${words}.${violates.length > 0 ? ` Violates ${violates.join(", ")}.` : ""}`;
}

function searchSaid(): string {
  const report = search.value.report;
  if (report === null) return "";
  const violated = report.properties.filter((p) => p.verdict === "violated").length;
  return `Search ${report.complete ? "complete" : "cut short"}: ${report.states} states, ${violated === 0 ? "nothing" : `${violated} properties`} violated.`;
}
