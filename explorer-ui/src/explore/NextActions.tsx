// What can happen next, by group; what it would change is shown beside it before it is taken.
import { useRef, useState } from "preact/hooks";
import type { Action } from "../api/types";
import { GroupIcon } from "../parts/Glyph";
import { Trouble } from "../parts/Notice";
import { groupTitle } from "../state/choose";
import { filter, keyed } from "../state/keys";
import { choosable, foremost, frame, next, pathHere, property, take } from "../state/session";
import { Changes } from "../value/Changes";
import { Breaks } from "./TracePane";

/** For which state it is, so that it is gone with that. */
interface Preview { action: Action; at: DOMRect; path: string | null }

export function NextActions() {
  const [preview, setPreview] = useState<Preview | null>(null);
  const answer = next.value?.answer;
  const groups = keyed();
  const possible = groups.some(anyPossible);
  return (
    <section class="block next" aria-labelledby="next-title" aria-busy={!choosable.value} data-path={answer?.state === "ready" ? next.value?.path : undefined} onMouseLeave={() => setPreview(null)}>
      <div class="spread">
        <h3 id="next-title" class="caption">What can happen next</h3>
        <input
          id="filter" type="search" class="push filter" placeholder="Filter  /" aria-label="Filter next actions and fields" value={filter.value}
          onInput={(event) => (filter.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            filter.value = "";
            event.currentTarget.blur();
          }}
        />
      </div>
      {answer?.state === "failed" && <Trouble title="The next actions are not known" message={answer.message} />}
      {answer?.state === "ready" && !possible && (
        <p class="muted empty">{filter.value === "" ? "Nothing can happen any more: this is the end." : "Nothing that is possible matches the filter."}</p>
      )}
      {groups.filter(anyPossible).map(({ group, actions }) => (
        <div key={group} class="next-group" role="group" aria-label={groupTitle(group)}>
          <h4><GroupIcon group={group} /> {groupTitle(group)}</h4>
          <ul>
            {actions.map(({ action, key }, i) => (
              <li key={`${action.index ?? "no"} ${action.words} ${i}`}>
                {action.index === null
                  ? <Impossible action={action} />
                  : <Possible action={action} index={action.index} number={key} show={setPreview} />}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {preview && preview.path === pathHere.value && <PreviewCard preview={preview} />}
    </section>
  );
}

type Grouped = ReturnType<typeof keyed>[number];

const anyPossible = ({ actions }: Grouped): boolean => actions.some(({ action }) => action.index !== null);

/** Groups of which nothing is possible, in one list. It stands last: it is long where many kinds of
 * faults are left out, and would push out of sight what is true. */
export function NotNow() {
  const groups = keyed().filter((group) => !anyPossible(group));
  if (groups.length === 0) return null;
  return (
    <section class="block" aria-labelledby="not-now-title">
      <h3 id="not-now-title" class="caption">Not possible now</h3>
      <dl class="not-now">
        {groups.map(({ group, actions }) => (
          <div key={group}>
            <dt title={groupTitle(group)}><GroupIcon group={group} /><span class="hidden-text">{groupTitle(group)}</span></dt>
            <dd>{actions.map(({ action }, i) => <Impossible key={i} action={action} />)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Impossible({ action }: { action: Action }) {
  return <p class="action impossible" aria-disabled="true"><span>{action.words}</span><span class="reason">{action.reason}</span></p>;
}

function Possible(props: { action: Action; index: number; number: number | null; show: (preview: Preview | null) => void }) {
  const { action, index, number, show } = props;
  const button = useRef<HTMLButtonElement>(null);
  const showHere = () => button.current && show({ action, at: button.current.getBoundingClientRect(), path: pathHere.peek() });
  // A pointer that has not moved since the list changed under it asks for nothing.
  const pointed = (event: MouseEvent) => (event.movementX !== 0 || event.movementY !== 0) && showHere();
  const focused = () => button.current?.matches(":focus-visible") && showHere();
  return (
    <button
      ref={button} type="button" class={`action possible${action.violates.length > 0 ? " violating" : ""}${foremost(action.violates)?.claimed === false ? " limit" : ""}`}
      data-index={index} onMouseMove={pointed} onFocus={focused} onMouseLeave={() => show(null)} onBlur={() => show(null)}
      onClick={() => { show(null); take(index); }}
    >
      {number === null ? <span class="no-key" /> : <kbd>{number}</kbd>}
      <span>{action.words}<Leads action={action} /></span>
    </button>
  );
}

function Leads({ action }: { action: Action }) {
  if (action.violates.length > 0) return <Breaks violates={action.violates} full />;
  const promised = (name: string) => property(name)?.claimed && property(name)?.expectation === "always";
  const already = frame.value?.truths.some((truth) => !truth.holds && promised(truth.name));
  if (already || !action.known || action.nearest === null || action.nearest === 0) return null;
  return <span class="leads muted">{action.nearest} {action.nearest === 1 ? "step" : "steps"} from a broken promise</span>;
}

/** Beside the list, so that nothing under the pointer moves. */
function PreviewCard({ preview }: { preview: Preview }) {
  const place = (card: HTMLElement | null) => {
    if (!card) return;
    const left = preview.at.left - card.offsetWidth - 10;
    card.style.setProperty("left", `${Math.max(8, left)}px`);
    card.style.setProperty("top", `${Math.max(8, Math.min(preview.at.top, innerHeight - card.offsetHeight - 8))}px`);
    card.toggleAttribute("hidden", left < 0);
  };
  return (
    <div class="preview" ref={place} role="tooltip">
      <p class="caption">Would change</p>
      {preview.action.changes.length === 0 ? <p class="muted">Nothing.</p> : <Changes changes={preview.action.changes} />}
    </div>
  );
}
