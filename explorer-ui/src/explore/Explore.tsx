// One model: its head, notices, three panes that scroll by themselves, and the live region.
import { signal } from "@preact/signals";
import { HOME, format } from "../state/place";
import { go, here, model, move, openModel, otherDigest, recheck, search, stands, theModel, trace } from "../state/session";
import { Trouble, Waiting } from "../parts/Notice";
import { plural } from "../parts/numbers";
import { RoomStrip } from "../room/RoomMenu";
import { sentence } from "./Banner";
import { BOUNDS, Header } from "./Header";
import { LiveRegion } from "./LiveRegion";
import { MiddlePane } from "./MiddlePane";
import { PropertyCards } from "./PropertyCards";
import { StatePane } from "./StatePane";
import { TracePane } from "./TracePane";
import "./explore.css";

type Tab = "trace" | "middle" | "state";
/** On a narrow screen one pane is shown at a time. */
const tab = signal<Tab>("middle");
const TABS: [Tab, string][] = [["trace", "Trace"], ["middle", "Diagram"], ["state", "State and next"]];

export function Explore() {
  const answer = model.value;
  return (
    <>
      <Header />
      {answer.state === "ready" && <PropertyCards model={answer.value} />}
      <RoomStrip />
      <Notices />
      {answer.state === "loading" && <main class="alone"><Waiting what="Building the model" /></main>}
      {answer.state === "failed" && <main class="alone"><NoModel message={answer.message} /></main>}
      {answer.state === "ready" && <Panes />}
      <LiveRegion />
    </>
  );
}

function Panes() {
  const answer = trace.value;
  const problem = search.value.problem;
  if (here.value?.steps == null) {
    if (problem !== null) {
      return <main class="alone"><Trouble title="The search failed" message={problem}><AgainButton /></Trouble></main>;
    }
    return <main class="alone"><Searching /></main>;
  }
  if (answer?.state === "failed") {
    return (
      <main class="alone">
        <Trouble title="This path cannot be played" message={answer.message}>
          <button type="button" class="button primary" onClick={() => move({ steps: null, end: null, at: null, digest: null })}>
            Open the shortest counterexample
          </button>
          <button type="button" class="button" onClick={() => move({ steps: "", end: null, at: 0, digest: null })}>Go to the initial state</button>
        </Trouble>
      </main>
    );
  }
  return (
    <>
      <main class="panes" data-tab={tab.value}>
        <TracePane />
        <MiddlePane />
        <StatePane />
      </main>
      <nav class="tabs" aria-label="Panes">
        {TABS.map(([name, title]) => (
          <button key={name} type="button" aria-pressed={tab.value === name} onClick={() => (tab.value = name)}>{title}</button>
        ))}
      </nav>
    </>
  );
}

/** The depth up to which no guarantee is broken. A broken guarantee is reported with its level. */
function Searching() {
  const depth = search.value.progress?.depth;
  return (
    <Waiting what="Searching for the shortest counterexample">
      {depth !== undefined && (
        <>
          {stands.value?.broken.length === 0 && <p>So far, no state up to <b>{plural(depth - 1, "step")}</b> deep breaks a promise.</p>}
          <button type="button" class="button" onClick={() => move({ steps: "", at: 0, property: null })}>Step from the start meanwhile</button>
        </>
      )}
    </Waiting>
  );
}

function AgainButton() {
  return <button type="button" class="button primary" onClick={recheck}>Search again</button>;
}

function NoModel({ message }: { message: string }) {
  const spot = here.value;
  return (
    <Trouble title="This model cannot be opened" message={message}>
      {spot && Object.keys(spot.parameters).length > 0 && (
        <button type="button" class="button primary" onClick={() => go({ ...spot, parameters: {}, steps: null, at: null, end: null, digest: null })}>
          Use the variant’s own bounds and faults
        </button>
      )}
      <button type="button" class="button" onClick={recheck}>Try again</button>
      <a class="button" href={format(HOME)}>All protocols</a>
    </Trouble>
  );
}

function Notices() {
  const report = search.value.report;
  const problem = search.value.problem;
  return (
    <>
      {here.value && here.value.ignored.length > 0 && (
        <div class="strip warn-strip" role="alert">
          <b><span class="glyph" aria-hidden="true">!</span> Not all of this link could be followed.</b>
          {here.value.ignored.map(({ what, why }, place) => <span key={place}><code>{what}</code> is ignored: {why}.</span>)}
          <button type="button" class="button" onClick={() => move({ ignored: [] }, true)}>Close</button>
        </div>
      )}
      {otherDigest.value && here.value && (
        <div class="strip warn-strip" role="alert">
          <b><span class="glyph" aria-hidden="true">!</span> This link was made for another version of the model.</b>
          <span title={`The link carries ${here.value.digest}, the model here is ${theModel.value?.digest}.`}>Its steps may lead elsewhere now.</span>
          <button type="button" class="button" onClick={() => move({ steps: null, at: null, end: null, digest: null })}>Open the shortest counterexample</button>
          <button type="button" class="button" onClick={() => move({ digest: theModel.value?.digest ?? null }, true)}>Keep the steps</button>
        </div>
      )}
      {report && !report.complete && (
        <div class="strip warn-strip" role="status">
          <b><span class="glyph" aria-hidden="true">?</span> The search was cut short.</b>
          <span>{sentence(report.incomplete ?? "")} What is marked ? was not settled; a ✗ is certain. Smaller bounds or fewer faults make a search that ends.</span>
          {report.interrupted && <AgainButton />}
          <button type="button" class="button" popovertarget={BOUNDS}>Change the bounds</button>
          {theModel.value?.named === false && <button type="button" class="button" onClick={() => openOwn()}>Use the variant’s own bounds</button>}
        </div>
      )}
      {problem !== null && here.value?.steps != null && (
        <div class="strip warn-strip" role="alert">
          <b>The search failed.</b><span>{problem}</span><AgainButton />
        </div>
      )}
    </>
  );
}

function openOwn(): void {
  const spot = here.value;
  if (spot) openModel(spot.protocol, spot.variant, {});
}
