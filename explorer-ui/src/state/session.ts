// The state of the page: what was asked of the server for the current place, and what it answered.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { type Load, LOADING, address, listen, load, modelAddress, whenThere } from "../api/client";
import type { Catalogue, Frame, Model, Next, Problem, Progress, Property, PropertyResult, Protocol, Report, Trace, Step, Variant } from "../api/types";
import { type Standing, opening, runOf, standing } from "./choose";
import { type About, nextOf, traceOf } from "./paths";
import { HOME, type Place, type Spot, append, exerciseSpot, format, indices, parse, prefix, spot, withKnown } from "./place";

export interface Search { progress: Progress | null; report: Report | null; results: PropertyResult[]; problem: string | null }
const NOTHING: Search = { progress: null, report: null, results: [], problem: null };

export const catalogue = signal<Load<Catalogue>>(LOADING);
export const place = signal<Place | null>(null);
export const model = signal<Load<Model>>(LOADING);
export const search = signal<Search>(NOTHING);
export const trace = signal<Load<Trace> | null>(null);
/** What can happen next, and in which state. */
export const next = signal<{ path: string; answer: Load<Next> } | null>(null);
/** Show one actor's view only. */
export const actor = signal<string | null>(null);
/** The run that was left by taking another step, to return to. */
export const left = signal<Spot | null>(null);
/** Raised to search again, after something failed. */
const attempt = signal(0);

export const here = computed<Spot | null>(() => (place.value && !place.value.home ? place.value : null));
/** What is asked of the comparison of designs, if that is shown. */
export const compared = computed<string | null>(() => (place.value?.home ? place.value.compare : null));
export const known = computed<Catalogue | null>(() => (catalogue.value.state === "ready" ? catalogue.value.value : null));
export const protocol = computed<Protocol | null>(() => known.value?.protocols.find((p) => p.name === here.value?.protocol) ?? null);
export const variant = computed<Variant | null>(() => protocol.value?.variants.find((v) => v.name === here.value?.variant) ?? null);
export const theModel = computed<Model | null>(() => (model.value.state === "ready" ? model.value.value : null));
export const theTrace = computed<Trace | null>(() => (trace.value?.state === "ready" ? trace.value.value : null));
export const length = computed<number>(() => theTrace.value?.steps.length ?? 0);
/** Where the address is on its path, also while the trace of that path is awaited. */
const wanted = computed<number>(() => {
  const steps = here.value?.steps;
  const all = steps == null ? 0 : indices(steps).length;
  return Math.min(here.value?.at ?? all, all);
});
export const at = computed<number>(() => Math.min(wanted.value, length.value));
export const step = computed<Step | null>(() => theTrace.value?.steps[at.value - 1] ?? null);
export const frame = computed<Frame | null>(() => step.value ?? theTrace.value?.start ?? null);
/** What is known of properties: while the search goes on, of those that are decided for good. */
export const results = computed<PropertyResult[]>(() => search.value.results);
export const result = (name: string): PropertyResult | null => results.value.find((p) => p.name === name) ?? null;
/** How the model stands with its claims, as far as it is searched. */
export const stands = computed<Standing | null>(() => theModel.value && standing(theModel.value, results.value));
/** The path to the current state. */
export const pathHere = computed<string | null>(() => (here.value?.steps == null ? null : prefix(here.value.steps, wanted.value)));
/** The path to the state that is shown: while the next trace is on its way, still the one before. */
export const shownPath = computed<string | null>(() => theTrace.value && theTrace.value.steps.slice(0, at.value).map(({ index }) => index).join("."));
/** The trace that is shown is that of the place: no answer is awaited. */
export const settled = computed<boolean>(() => theTrace.value !== null && theTrace.value.steps.map(({ index }) => index).join(".") === here.value?.steps);
/** What can happen next is that of the current state: only what stands on the page can be meant. */
export const choosable = computed<boolean>(() => settled.value && next.value?.path === pathHere.value);
/** The link was made for another version of the model. */
export const otherDigest = computed<boolean>(() => {
  const digest = here.value?.digest;
  return theModel.value !== null && digest != null && digest !== theModel.value.digest;
});

export const property = (name: string): Property | null => theModel.value?.properties.find((p) => p.name === name) ?? null;

/** Of the guarantees that a step breaks, the one that is shown first: the selected one, else a claimed one. */
export function foremost(violates: string[]): Property | null {
  const wanted = violates.find((name) => name === here.value?.property);
  const first = wanted ?? violates.find((name) => property(name)?.claimed) ?? violates[0];
  return first === undefined ? null : property(first);
}

/** Goes to a place; `replace` leaves no entry to go back to. */
export function go(to: Place, replace = false): void {
  const hash = format(to);
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  place.value = to;
}

export function move(change: Partial<Spot>, replace = false): void {
  const now = here.peek();
  if (now) go({ ...now, ...change }, replace);
}

export function goToStep(n: number): void {
  const bounded = Math.max(0, Math.min(n, length.peek()));
  if (bounded !== at.peek() || here.peek()?.at === null) move({ at: bounded }, true);
}

/** Takes an action in the current state; what came after it in the old path is left. While the actions
 * of the current state are awaited, those that are shown are others. */
export function take(index: number): void {
  const now = here.peek();
  if (now?.steps == null || !choosable.peek()) return;
  const from = wanted.peek();
  if (indices(now.steps)[from] === index) return move({ at: from + 1 }, true);
  wander(append(prefix(now.steps, from), index));
}

/** Goes to the end of another path; the run of a property is left, and can be returned to. */
export function wander(steps: string): void {
  const now = here.peek();
  if (now?.property != null) left.value = { ...now, at: at.peek() };
  move({ steps, at: indices(steps).length, end: null, property: null });
}

/** Opens the trace of a property, its counterexample or witness, at its end; where it holds, a
 * finished run. In place of an address that only names the property, at the step that that names. */
export function openProperty(name: string, replace = false): void {
  const path = runOf(name, results.peek())?.path;
  const digest = theModel.peek()?.digest ?? null;
  if (path) move({ steps: path.steps, end: path.end, at: replace ? (here.peek()?.at ?? null) : null, property: name, digest }, replace);
}

export function recheck(): void {
  attempt.value += 1;
}

/** Makes another variant, or other bounds, the current model. `parameters` are all of them. */
export function openModel(protocolName: string, variantName: string, parameters: Record<string, number>): void {
  const own = known.peek()?.protocols.find((p) => p.name === protocolName);
  const named = own?.variants.find((v) => v.name === variantName);
  const defaults: Record<string, number> = { ...named?.bounds, ...named?.faults };
  for (const p of own?.parameters ?? []) defaults[p.name] ??= p.default;
  const different = Object.entries(parameters).filter(([name, value]) => (defaults[name] ?? 0) !== value);
  go(spot(protocolName, variantName, { parameters: Object.fromEntries(different) }));
}

/** The model alone, as a text: what loads again only when it changes. */
const modelKey = computed(() => {
  const spotted = here.value;
  return spotted && JSON.stringify([spotted.protocol, spotted.variant, Object.entries(spotted.parameters).sort()]);
});
const traceKey = computed(() => here.value && theModel.value && here.value.steps !== null ? JSON.stringify([here.value.steps, here.value.end]) : null);
const searched = computed(() => search.value.report !== null);
/** The requested model and path. */
export const about = computed<About | null>(() => here.value && theModel.value && { model: here.value, digest: theModel.value.digest, searched: searched.value });

/** A browser tells twice of a new address; by then the page may have completed it. */
function readHash(): void {
  const now = place.peek();
  if (now === null || format(now) !== location.hash) place.value = parse(location.hash);
}

/** Starts everything; called once. */
export function start(): void {
  readHash();
  addEventListener("hashchange", readHash);
  addEventListener("popstate", readHash);
  load<Catalogue>(address("/catalogue"), (answer) => (catalogue.value = answer));
  effect(settlePlace);
  effect(loadModel);
  effect(runSearch);
  effect(forgetUnknown);
  effect(openByItself);
  effect(loadTrace);
  effect(loadNext);
  effect(stampDigest);
}

/** An address that names nothing leads to what the command line named, or home. */
function settlePlace(): void {
  if (place.value !== null || known.value === null) return;
  const { start: first, course } = known.value;
  if (course?.own?.group) return go({ home: true, compare: null, course: exerciseSpot(course.own.exercise, { group: true }) }, true);
  go(first ? spot(first.protocol, first.variant, { parameters: first.parameters }) : HOME, true);
}

function loadModel(): void | (() => void) {
  const key = modelKey.value;
  void attempt.value;
  batch(() => {
    model.value = LOADING;
    search.value = NOTHING;
    trace.value = null;
    next.value = null;
    actor.value = null;
    left.value = null;
  });
  const spotted = untracked(() => here.value);
  if (key === null || spotted === null) return;
  return load<Model>(modelAddress(spotted), (answer) => (model.value = answer));
}

function runSearch(): void | (() => void) {
  const ready = theModel.value;
  const spotted = untracked(() => here.value);
  if (ready === null || spotted === null) return;
  const set = (change: Partial<Search>) => (search.value = { ...search.peek(), ...change });
  return listen(
    modelAddress(spotted, "search"),
    {
      progress: (progress: Progress) => set({ progress, results: grown(search.peek().results, progress.properties) }),
      done: (report: Report) => set({ report, results: report.properties, problem: null }),
      failed: (problem: Problem) => set({ problem: problem.error.message }),
    },
    ["done", "failed"],
    () => set({ problem: "The search was cut off: Tandem does not answer any more." }),
  );
}

/** While a search goes on, more is decided, and nothing otherwise: the same is shown as it was. */
const grown = (before: PropertyResult[], now: PropertyResult[]): PropertyResult[] => (now.length > before.length ? now : before);

/** What the link calls a property, and is none here, is not looked for. */
function forgetUnknown(): void {
  const spotted = here.value;
  const ready = theModel.value;
  if (spotted === null || ready === null || !isOf(spotted, ready)) return;
  const known = withKnown(ready.properties, spotted);
  if (known !== spotted) untracked(() => go(known, true));
}

const isOf = (spotted: Spot, { protocol: name, variant: named }: Model): boolean => spotted.protocol === name && spotted.variant === named;

function openByItself(): void {
  const spotted = here.value;
  const ready = theModel.value;
  if (spotted === null || spotted.steps !== null || ready === null) return;
  if (withKnown(ready.properties, spotted) !== spotted) return;
  const opens = opening(ready, results.value, searched.value, spotted.property);
  if (opens !== null) untracked(() => openProperty(opens, true));
  else if (searched.value) untracked(() => move({ steps: "", at: 0, digest: ready.digest, property: null }, true));
}

function loadTrace(): void | (() => void) {
  if (traceKey.value === null) return void (trace.value = null);
  const [model, spotted, near] = untracked(() => [about.value, here.value, theTrace.value]);
  if (model === null || spotted?.steps == null) return;
  return whenThere(traceOf(model, spotted.steps, spotted.end, near), (answer) => (trace.value = answer));
}

/** A trace brings with it what can happen at its end, so it is waited for. */
function loadNext(): void | (() => void) {
  const path = pathHere.value;
  if (path === null || theTrace.value === null) return void (next.value = null);
  if (!settled.value) return;
  void searched.value;
  const model = untracked(() => about.value);
  if (model === null) return;
  if (untracked(() => next.value) === null) next.value = { path, answer: LOADING };
  return whenThere(nextOf(model, path), (answer) => (next.value = { path, answer }));
}

/** A link that is copied from here says which version of the model it is for. */
function stampDigest(): void {
  const spotted = here.value;
  const digest = theModel.value?.digest;
  if (spotted && spotted.steps !== null && spotted.digest === null && digest !== undefined) {
    untracked(() => move({ digest }, true));
  }
}
