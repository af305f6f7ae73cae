// The pane in the middle: how to step, what is false here, and the diagram or another view.
import { computed } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { GraphView } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import type { Run } from "../graph/run";
import { SequenceDiagram } from "../diagram/SequenceDiagram";
import { Trouble, Waiting } from "../parts/Notice";
import type { View } from "../state/place";
import { actor, at, foremost, go, goToStep, here, left, length, move, pathHere, property, search, theModel, theTrace, wander } from "../state/session";
import { Banner } from "./Banner";
import { FixPane } from "./FixPane";
import { SpecPane } from "./SpecPane";

export function MiddlePane() {
  const view = here.value?.view ?? "diagram";
  return (
    <section class="pane middle-pane" aria-label="Run">
      <div class="pane-head toolbar">
        <Stepper />
        {view === "diagram" && <Whose />}
        <Views view={view} />
      </div>
      <Return />
      <div class="middle-body">
        {view !== "fix" && <Banner />}
        {view === "diagram" && <DiagramView />}
        {view === "fix" && <FixPane />}
        {view === "tla" && <SpecPane />}
        {view === "graph" && <GraphTab />}
      </div>
    </section>
  );
}

/** The way back to the run that was left. */
function Return() {
  const run = left.value;
  if (run === null || here.value?.property != null) return null;
  return (
    <div class="strip return-strip" role="status">
      <span>You left the run after step {run.at}.</span>
      <button type="button" class="button" onClick={() => go(run)}><span aria-hidden="true">↩</span> Return to it</button>
    </div>
  );
}

function Stepper() {
  const total = length.value;
  return (
    <div class="stepper">
      <button type="button" class="button" disabled={at.value === 0} onClick={() => goToStep(at.value - 1)} title="A step back (←)"><span aria-hidden="true">‹</span> Prev</button>
      <span class="step-count">Step <b>{at.value}</b> of {total}</span>
      <button type="button" class="button" disabled={at.value === total} onClick={() => goToStep(at.value + 1)} title="A step on (→)">Next <span aria-hidden="true">›</span></button>
    </div>
  );
}

function Views({ view }: { view: View }) {
  const views: [View, string][] = [["diagram", "Diagram"]];
  if (theModel.value?.repaired) views.push(["fix", "Try the fix"]);
  views.push(["tla", "TLA+"], ["graph", "Graph"]);
  return (
    <div class="segments push" role="group" aria-label="View">
      {views.map(([name, title]) => (
        <button key={name} type="button" class="button" aria-pressed={view === name} onClick={() => move({ view: name })}>{title}</button>
      ))}
    </div>
  );
}

const wanted = computed(() => here.value?.property);
/** The diagram's text for a step that breaks a guarantee; computed again only if another property is selected. */
const breaks = computed(() => {
  void wanted.value;
  return (violates: string[]) => {
    const first = foremost(violates);
    return first && { text: `${first.claimed ? "breaks" : "not promised"}: ${first.called}`, limit: !first.claimed };
  };
});

function DiagramView() {
  const trace = theTrace.value;
  const pane = useRef<HTMLDivElement>(null);
  const current = at.value;
  useEffect(() => {
    const element = pane.current;
    if (!element) return undefined;
    // Also whenever the drawing gets another size: by the window, the projector, or its own layout.
    const show = () => showCurrent(element);
    const observer = new ResizeObserver(show);
    observer.observe(element);
    const drawing = element.querySelector(".sequence");
    if (drawing) observer.observe(drawing);
    const frame = requestAnimationFrame(show);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [current, trace, actor.value]);
  if (trace === null) return <Waiting what="Playing the trace" />;
  return (
    <div class="scrolls diagram-view" ref={pane}>
      <SequenceDiagram diagram={trace.diagram} steps={trace.steps} at={at.value} end={trace.end} actor={actor.value} breaks={breaks.value} onGoTo={goToStep} />
      {trace.steps.length === 0 && <p class="muted empty">Nothing has happened yet. Choose what happens next.</p>}
    </div>
  );
}

/** Brings the current row into sight, below the lifelines' heads, which stay where they are. */
function showCurrent(pane: HTMLElement): void {
  const row = pane.querySelector(".seq-current")?.getBoundingClientRect();
  // How a run ends belongs to its last row.
  const last = pane.querySelector(".seq-veil") === null;
  const bottom = (last ? pane.querySelector(".seq-footer") : null)?.getBoundingClientRect().bottom ?? row?.bottom ?? 0;
  const heads = pane.querySelector(".sequence-heads")?.getBoundingClientRect();
  const scroller = getComputedStyle(pane).overflowY === "visible" ? pane.parentElement : pane;
  if (!row || !scroller) return;
  const box = scroller.getBoundingClientRect();
  const top = box.top + (heads?.height ?? 0);
  if (bottom > box.bottom) scroller.scrollTop += bottom - box.bottom + 12;
  else if (row.top < top) scroller.scrollTop -= top - row.top + 12;
}

/** One actor's view only: what it sends, gets and does. */
function Whose() {
  const lifelines = theTrace.value?.diagram.lifelines ?? [];
  return (
    <select class="whose" aria-label="Whose view" value={actor.value ?? ""} onChange={(event) => (actor.value = event.currentTarget.value || null)}>
      <option value="">Everybody</option>
      {lifelines.map(({ name }) => <option key={name} value={name}>Only {name}</option>)}
    </select>
  );
}

type Pane = ComponentType<{ view: GraphView; run: Run; slots: number; promised: (name: string) => boolean; onGoTo: (steps: string) => void; onMore: () => void }>;

const promised = (name: string): boolean => property(name)?.claimed ?? false;

/** The drawing of the graph comes only when it is asked for. */
function GraphTab() {
  const path = pathHere.value;
  const searched = search.value.report !== null;
  const [pane, setPane] = useState<{ Graph: Pane } | null>(null);
  const [answer, setAnswer] = useState<Load<GraphView>>(LOADING);
  const [limit, setLimit] = useState<number | null>(null);
  useEffect(() => void import("../graph/GraphPane").then((module) => setPane({ Graph: module.default })), []);
  useEffect(() => {
    const spot = here.peek();
    if (spot && path !== null && searched) return load<GraphView>(modelAddress(spot, "graph", { steps: path, limit }), setAnswer);
    return undefined;
  }, [path, searched, limit]);
  if (!searched) return <Waiting what="The graph is drawn once every state has been seen" />;
  if (answer.state === "failed") return <Trouble title="The graph cannot be shown" message={answer.message} />;
  if (answer.state === "loading" || pane === null) return <Waiting what="Laying out the graph" />;
  const more = () => setLimit(Math.min(2 * answer.value.limit, answer.value.most));
  const run = { steps: theTrace.value?.steps ?? [], at: at.value };
  const slots = theModel.value?.parameters.slots ?? 1;
  return <div class="scrolls graph-view"><pane.Graph view={answer.value} run={run} slots={slots} promised={promised} onGoTo={wander} onMore={more} /></div>;
}
