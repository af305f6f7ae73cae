// Designs side by side: which of them remain under the reader's filters, and in which order. The filters
// are in the address, so that a link restores them.
import type { Catalogue, Price, Protocol, Variant } from "../api/types";

export interface Design { protocol: Protocol; variant: Variant }

export type Column = "design" | "reads" | "writes" | "sends" | "asks" | "calls" | "keeps";
export const COLUMNS: Column[] = ["design", "reads", "writes", "sends", "asks", "calls", "keeps"];

/** What the broker and the stores may lack, by what a design needs of them. */
export const NEEDS: Record<string, string> = {
  "versioned-write": "a write that fails if the document was changed meanwhile",
  "ordered-queue": "a queue that hands out the messages of one key in their order",
  "several-documents": "a transaction over several documents",
  "store-and-broker": "a transaction over a store and the broker",
};

export interface Question {
  /** The faults that must be survived. */
  survives: string[];
  /** What the stores lack. */
  without: string[];
  /** A guarantee that must hold. */
  holds: string | null;
  /** Whether wrong designs are shown, too. */
  wrong: boolean;
  sort: Column;
  descending: boolean;
}

/** Reads the query of an address; what means nothing is left out. */
export function read(query: string): Question {
  const asked = new URLSearchParams(query);
  const list = (name: string) => (asked.get(name) ?? "").split(",").filter((one) => one !== "");
  return {
    survives: list("survives"),
    without: list("without").filter((need) => need in NEEDS),
    holds: asked.get("holds"),
    wrong: asked.has("wrong"),
    sort: COLUMNS.find((column) => column === asked.get("sort")) ?? "design",
    descending: asked.has("descending"),
  };
}

export function write(question: Question): string {
  const query = new URLSearchParams();
  if (question.survives.length > 0) query.set("survives", question.survives.join(","));
  if (question.without.length > 0) query.set("without", question.without.join(","));
  if (question.holds !== null) query.set("holds", question.holds);
  if (question.wrong) query.set("wrong", "1");
  if (question.sort !== "design") query.set("sort", question.sort);
  if (question.descending) query.set("descending", "1");
  return query.toString();
}

export const allDesigns = (catalogue: Catalogue): Design[] =>
  catalogue.protocols.flatMap((protocol) => protocol.variants.map((variant) => ({ protocol, variant })));

/** The faults that some protocol knows, with what happens in each. */
export function faultsOf(catalogue: Catalogue): [string, string][] {
  const all = catalogue.protocols.flatMap(({ faults }) => faults.map(({ name, summary }): [string, string] => [name, summary]));
  return [...new Map(all)];
}

export const guaranteesOf = (catalogue: Catalogue): string[] =>
  [...new Set(catalogue.protocols.flatMap(({ guarantees }) => guarantees.map(({ name }) => name)))].sort();

/** Whether a design survives a fault; null where nothing is known about it. */
export function survives({ variant }: Design, fault: string): boolean | null {
  const broken = variant.survives?.[fault];
  return broken === undefined ? null : broken.length === 0;
}

export interface Answer {
  remain: Design[];
  /** How many are left out only because nothing is known of them under a fault that is asked for. */
  unknown: number;
}

/** The designs that remain, in the order that is asked for. */
export function answer(designs: Design[], question: Question): Answer {
  const fits = designs.filter((design) => suits(design, question));
  const known = (design: Design) => question.survives.map((fault) => survives(design, fault));
  const remain = fits.filter((design) => known(design).every((survived) => survived === true));
  const unknown = fits.filter((design) => known(design).includes(null) && !known(design).includes(false));
  return { remain: sorted(remain, question), unknown: unknown.length };
}

function suits({ variant }: Design, { without, holds, wrong }: Question): boolean {
  const needs = variant.price?.needs ?? [];
  return (wrong || variant.right) && !without.some((need) => needs.includes(need)) && (holds === null || variant.expected[holds] === "holds");
}

const calls = ({ reads, writes, sends, asks }: Price): number => reads + writes + sends + asks;

/** What a column is sorted by; what is not known comes last. */
function amount({ variant: { price } }: Design, column: Column): number {
  if (price === null) return Infinity;
  if (column === "calls") return calls(price);
  if (column === "keeps") return price.keeps === null ? Infinity : price.keeps.end * 1000 + price.keeps.most;
  return column === "design" ? 0 : price[column];
}

function sorted(designs: Design[], { sort, descending }: Question): Design[] {
  const known = designs.filter((design) => amount(design, sort) !== Infinity);
  const rest = designs.filter((design) => amount(design, sort) === Infinity);
  const name = ({ protocol, variant }: Design) => `${protocol.name}:${variant.name}`;
  const order = (a: Design, b: Design) => amount(a, sort) - amount(b, sort) || name(a).localeCompare(name(b));
  const ordered = known.sort(order);
  return [...(descending ? ordered.reverse() : ordered), ...rest];
}

export const number = (count: number): string => (Number.isInteger(count) ? String(count) : count.toFixed(1));

/** The cell of a column. */
export function cell({ variant: { price } }: Design, column: Exclude<Column, "design">): string {
  if (price === null) return "–";
  if (column === "calls") return number(calls(price));
  if (column !== "keeps") return number(price[column]);
  if (price.keeps === null) return "–";
  const { end, most } = price.keeps;
  return most > end ? `${end} (at most ${most})` : String(end);
}
