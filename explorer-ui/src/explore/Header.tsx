// The head of a model's page: what is checked, at which bounds, how far the search is, and menus.
import type { Model, Protocol } from "../api/types";
import { catalogue, model, protocol, search, theModel, variant } from "../state/session";
import { helpOpen } from "../state/keys";
import { projector, theme } from "../state/preferences";
import { count, seconds } from "../parts/numbers";
import { Popover } from "../parts/Popover";
import { Clock } from "../course/Timer";
import { remaining, room } from "../room/room";
import { RoomMenu } from "../room/RoomMenu";
import { Bounds, unchecked } from "./Bounds";
import { CopyMenu } from "./CopyMenu";

/** The panel in which bounds and faults are chosen. */
export const BOUNDS = "bounds";

export function Header() {
  const own = protocol.value;
  const named = variant.value;
  const spot = model.value.state === "ready" ? model.value.value : null;
  return (
    <header class="head">
      <a class="brand" href="#/" title="All protocols">Tandem</a>
      <div class="stack titles">
        <h1>{own?.title ?? spot?.protocol ?? "Unknown protocol"}</h1>
        {own && <p class="muted small">{own.goal}</p>}
      </div>
      <Popover
        id={BOUNDS}
        class="button model-button"
        title="Change variant, bounds and faults"
        label={<>
          <span class="stack">
            <b>{named?.name ?? spot?.variant ?? "variant"}</b>
            {spot && <span class="muted small">{bounds(spot, own)}</span>}
          </span>
          <span aria-hidden="true">▾</span>
        </>}
      >
        {(close) => <Bounds close={close} />}
      </Popover>
      {unchecked.value.length > 0 && <p class="warn small unchecked">Changed, not checked: {unchecked.value.join(", ")}</p>}
      <Numbers />
      <Tools />
    </header>
  );
}

/** Bounds, then faults; faults that may not happen are left out. */
function bounds(model: Model, protocol: Protocol | null): string {
  const value = ({ name }: { name: string }) => `${name} ${model.parameters[name] ?? 0}`;
  if (protocol === null) return Object.keys(model.parameters).map((name) => value({ name })).join(" · ");
  const faults = protocol.faults.filter((f) => (model.parameters[f.name] ?? 0) > 0);
  return [...protocol.parameters.map(value), ...(faults.length > 0 ? faults.map(value) : ["no faults"])].join(" · ");
}

export function Tools() {
  return (
    <div class="tools">
      {(room.value === null || remaining.value === null) && <Clock />}
      {theModel.value && <CopyMenu />}
      {catalogue.value.state === "ready" && catalogue.value.value.share && <RoomMenu />}
      <Appearance />
      <button type="button" class="button quiet" title="Keys and help" aria-label="Keys and help" onClick={() => (helpOpen.value = true)}><kbd>?</kbd></button>
    </div>
  );
}

function Numbers() {
  const { progress, report, problem } = search.value;
  if (report) {
    return (
      <div class="numbers done small muted">
        <p><b>{count(report.states)}</b> states · <b>{count(report.transitions)}</b> transitions</p>
        <p title={`The farthest state from the start. With the start itself, as TLC and “tandem check” count: depth ${report.depth}`}><b>{Math.max(0, report.depth - 1)}</b> steps deep · <span class={report.complete ? "" : "warn"}>{report.complete ? "all" : "cut short"} in {seconds(report.seconds)}</span></p>
      </div>
    );
  }
  if (progress === null) return <p class="numbers small muted">{model.value.state === "ready" && problem === null ? "searching …" : ""}</p>;
  if (progress.before !== null) {
    return (
      <div class="numbers small muted" role="status">
        <p>waiting for its turn</p>
        <p><b>{count(progress.before)}</b> {progress.before === 1 ? "search is" : "searches are"} before it</p>
      </div>
    );
  }
  return (
    <div class="numbers small muted">
      <p><span class="dots" aria-hidden="true" /> searching · <b>{count(progress.states)}</b> states</p>
      <p>
        <b>{Math.max(0, progress.depth - 1)}</b> steps deep
        <span class="rate">
          {" "}· <b>{count(Math.round(progress.rate))}</b> states/s
          {progress.estimate !== null && <progress max={progress.estimate} value={progress.states} aria-label="Share of the states that are expected" />}
        </span>
      </p>
    </div>
  );
}

function Appearance() {
  return (
    <Popover class="button quiet" title="Appearance" label={<><span aria-hidden="true">◐</span><span class="hidden-text">Appearance</span></>}>
      {() => (
        <div class="appearance">
          <h2 class="caption">Theme</h2>
          <div class="segments" role="group" aria-label="Theme">
            {(["system", "light", "dark"] as const).map((name) => (
              <button key={name} type="button" class="button" aria-pressed={theme.value === name} onClick={() => (theme.value = name)}>
                {{ system: "System", light: "Light", dark: "Dark" }[name]}
              </button>
            ))}
          </div>
          <label class="spread">
            <input type="checkbox" checked={projector.value} onChange={(event) => (projector.value = event.currentTarget.checked)} />
            Projector: larger type
          </label>
        </div>
      )}
    </Popover>
  );
}
