// The sequence diagram of a trace: lifelines from left to right, one row a step, time flows down.
// The trace list says the same in words: to a screen reader this is a picture with a name.
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Diagram, End, Step } from "../api/types";
import { Drawing, Heads } from "./Drawing";
import { layout } from "./layout";
import { estimate, measureIn, type Measure } from "./measure";
import type { Breaks, Scene } from "./scene";
import "./diagram.css";

export interface SequenceDiagramProps {
  diagram: Diagram;
  steps: Step[];
  /** The current step; 0 is the start. */
  at: number;
  end: End;
  /** The actor whose view is shown; null for all actors. */
  actor: string | null;
  /** The text for a step that breaks these guarantees; by default their names. */
  breaks?: (violates: string[]) => Breaks | null;
  onGoTo: (step: number) => void;
}

const names = (violates: string[]): Breaks | null => (violates.length === 0 ? null : { text: violates.join(", "), limit: false });

/** Size of labels, in that of the text around; smaller where the pane is narrower than this. */
const LABEL = 0.8125;
const SMALL = 0.7;
const NARROW = 30;

export function SequenceDiagram({ diagram, steps, at, end, actor, breaks = names, onGoTo }: SequenceDiagramProps) {
  const root = useRef<HTMLDivElement>(null);
  const pane = usePane(root);
  const [hot, setHot] = useState<string | null>(null);
  const before = useRef<Scene | null>(null);
  const scene = useMemo(
    () => (before.current = layout(diagram, steps, { width: pane.width, size: pane.size, actor, end, breaks }, pane.measure, before.current)),
    [diagram, steps, actor, end, breaks, pane],
  );
  return (
    <div class="sequence" ref={root}>
      <span class="sequence-em" aria-hidden="true" />
      <div class="sequence-layers" style={{ height: `${scene.height}px` }}>
        <Drawing scene={scene} at={at} hot={hot} onHot={setHot} onGoTo={onGoTo} steps={steps} />
        <svg class="sequence-heads" width={scene.width} height={scene.head} viewBox={`0 0 ${scene.width} ${scene.head}`} aria-hidden="true"><Heads scene={scene} /></svg>
      </div>
      <Legend scene={scene} hot={hot} onHot={setHot} />
    </div>
  );
}

/** Every message by its tag; pointing at one, or focusing it, shows where it is. */
function Legend({ scene, hot, onHot }: { scene: Scene; hot: string | null; onHot: (tag: string | null) => void }) {
  if (scene.messages.length === 0) return null;
  return (
    <ul class="sequence-messages" aria-label="Messages">
      {scene.messages.map(({ tag, hue, label, sent }) => (
        <li key={tag}>
          <button type="button" class={hot === tag ? "is-hot" : undefined} onMouseEnter={() => onHot(tag)} onMouseLeave={() => onHot(null)} onFocus={() => onHot(tag)} onBlur={() => onHot(null)}>
            <span class={`sequence-tag seq-hue-${hue}`}>{tag}</span> {label}
            {sent > 1 && <span class="sequence-count"> sent {sent}×</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Pane { width: number; size: number; measure: Measure }

/** The width and type size of the pane. The layout is computed again when they change. */
function usePane(root: { current: HTMLDivElement | null }): Pane {
  const [pane, setPane] = useState<Pane>({ width: 640, size: 13, measure: estimate });
  useLayoutEffect(() => {
    const element = root.current;
    const probe = element?.querySelector(".sequence-em");
    if (!element || !probe) return undefined;
    const look = (): void => {
      const width = Math.floor(element.getBoundingClientRect().width);
      const em = parseFloat(getComputedStyle(element).fontSize);
      const size = Math.round(em * (width < NARROW * em ? SMALL : LABEL) * 4) / 4;
      setPane((now) => (width < 40 || (now.width === width && now.size === size && now.measure !== estimate) ? now : { width, size, measure: measureIn(element) }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    observer.observe(probe);
    return () => observer.disconnect();
  }, [root]);
  return pane;
}
