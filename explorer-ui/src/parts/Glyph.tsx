// Small signs beside a colour, so that no meaning depends on colour alone.
import type { Group } from "../api/types";

export type Sign = "bad" | "good" | "open" | "unknown";
const SIGNS: Record<Sign, [string, string]> = {
  bad: ["✗", "bad"],
  good: ["✓", "good"],
  open: ["…", "muted"],
  unknown: ["?", "warn"],
};

export function Glyph({ sign }: { sign: Sign }) {
  const [text, colour] = SIGNS[sign];
  return <span class={`glyph ${colour}`} aria-hidden="true">{text}</span>;
}

/** One drawing per group of actions, 16 by 16. */
const DRAWINGS: Record<Group, string> = {
  deliver: "M2 8h10M8.5 4.5 12 8l-3.5 3.5M14 3v10",
  step: "M5 3.5 11.5 8 5 12.5z",
  client: "M8 7.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM3 14c.4-3 2.300-4.600 5-4.600s4.600 1.600 5 4.600",
  recover: "M3.200 6.500A5.200 5.200 0 1 1 2.900 9.500M3 2.800v3.900h3.900",
  lose: "M2 8h3M6.800 8h1.400M10 4.500l4 7M14 4.500l-4 7",
  duplicate: "M2.500 5.500h7v7h-7zM6 5.500v-3h7.500v7.500h-4",
  crash: "M9 1.500 4 9h4l-1 5.500L12 7H8z",
  lease: "M4 2h8M4 14h8M4.800 2c0 4 6.400 8 6.400 12M11.200 2c0 4-6.400 8-6.400 12",
  timeout: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.300 1.600",
  forget: "M3 13 11 5M6 13h8M8.500 4 12 7.500 8 12H5L3.500 10.500z",
};
const FAULTS: ReadonlySet<Group> = new Set<Group>(["lose", "duplicate", "crash", "lease", "timeout", "forget"]);

export const isFault = (group: Group): boolean => FAULTS.has(group);

export function GroupIcon({ group }: { group: Group }) {
  return (
    <svg class={`icon ${isFault(group) ? "warn" : "muted"}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={DRAWINGS[group]} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
