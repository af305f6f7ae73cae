// Draws a scene: grounds of the rows, lifelines, bars, waiting messages, then what happens in rows.
import type { Step } from "../api/types";
import { CallArrow, type Emphasis, FlightArrow, Mark, Torn, Waiting } from "./Arrows";
import { still } from "../parts/still";
import { KindGlyph } from "./glyphs";
import type { Bar, PlacedRow, Scene } from "./scene";

interface DrawingProps {
  scene: Scene; at: number; steps: Step[];
  hot: string | null; onHot: (tag: string | null) => void;
  onGoTo: (step: number) => void;
}

export function Drawing({ scene, at, steps, hot, onHot, onGoTo }: DrawingProps) {
  const { width, height, size, rows } = scene;
  const current = rows[at];
  const emphasis = { hot, onHot, size };
  return (
    <svg class={hot === null ? "sequence-drawing" : "sequence-drawing has-hot"} width={width} data-height={height} font-size={size} role="img" aria-label={`Sequence diagram of ${steps.length} steps; the trace lists them in words`}>
      {current && <CurrentRow row={current} scene={scene} />}
      <Heads scene={scene} />
      <Lifelines scene={scene} />
      {rows.map((row) => <Ground key={row.number} row={row} width={width} words={steps[row.number - 1]?.words ?? ""} onGoTo={onGoTo} />)}
      {scene.tracks.map((track) => <Waiting key={track.flight.id} track={track} {...emphasis} />)}
      {rows.map((row) => <Row key={row.number} row={row} now={row.number === at} width={width} gutter={scene.gutter} onGoTo={onGoTo} {...emphasis} />)}
      <Footer scene={scene} />
      <Veil scene={scene} at={at} />
    </svg>
  );
}

interface RowProps { row: PlacedRow; width: number; onGoTo: (step: number) => void }

/** Where a row is pointed at. */
const Ground = still(function Ground({ row, width, words, onGoTo }: RowProps & { words: string }) {
  return (
    <rect class="seq-hit" x="0" y={row.y} width={width} height={row.height} onClick={() => onGoTo(row.number)}>
      <title>{row.number === 0 ? "Start" : `${row.number}. ${words}`}</title>
    </rect>
  );
});

const Row = still(function Row({ row, now, width, gutter, onGoTo, ...emphasis }: RowProps & Emphasis & { now: boolean; gutter: number }) {
  const { size } = emphasis;
  return (
    <g class={now ? "seq-row is-current" : "seq-row"} onClick={() => onGoTo(row.number)}>
      {row.calls.map((call, place) => <CallArrow key={place} placed={call} size={size} />)}
      {row.flights.map((flight) => <FlightArrow key={`${flight.item.flight.id} ${flight.item.way}`} placed={flight} now={now} {...emphasis} />)}
      {row.marks.map((mark, place) => <Mark key={place} placed={mark} size={size} />)}
      {row.slots.map(({ x, y, slot }) => <text key={`${slot} ${y}`} class={`seq-slot is-slot-${(slot - 1) % 3}`} font-size={0.75 * size} x={x} y={y + 0.28 * size}>{slot}</text>)}
      {row.banner && <Banner banner={row.banner} scene={{ size, gutter, width }} />}
      {(!row.quiet || now) && <text class={now ? "seq-number is-current" : "seq-number"} font-size={row.number === 0 ? 0.8 * size : size} x={gutter - 0.5 * size} y={row.middle + 0.35 * size}>{row.number === 0 ? "start" : row.number}</text>}
    </g>
  );
});

export function Heads({ scene }: { scene: Scene }) {
  const { size, head, narrow } = scene;
  return (
    <g class="seq-heads" font-size={size}>
      <rect class="seq-head-ground" x="0" y="0" width={scene.width} height={head} />
      {scene.lanes.map((lane) => (
        <g key={lane.name} class={lane.faded ? "seq-head is-faded" : "seq-head"}>
          <title>{lane.name}</title>
          <rect class="seq-head-box" x={lane.x - lane.head / 2} y={0.35 * size} width={lane.head} height={head - 0.7 * size} rx={0.4 * size} />
          {narrow ? (
            <>
              <KindGlyph kind={lane.kind} x={lane.x} y={1.2 * size} scale={size / 17} />
              <text class="seq-head-name" text-anchor="middle" x={lane.x} y={2.75 * size}>{lane.shown}</text>
            </>
          ) : (
            <>
              <KindGlyph kind={lane.kind} x={lane.x - lane.head / 2 + 1.15 * size} y={head / 2} scale={size / 15} />
              <text class="seq-head-name" text-anchor="start" x={lane.x - lane.head / 2 + 2 * size} y={head / 2 + 0.35 * size}>{lane.shown}</text>
            </>
          )}
        </g>
      ))}
      <line class="seq-head-line" x1="0" x2={scene.width} y1={head - 0.5} y2={head - 0.5} />
    </g>
  );
}

function Lifelines({ scene }: { scene: Scene }) {
  return (
    <g>
      {scene.lanes.map((lane) => (
        <g key={lane.name} class={lane.faded ? "seq-lane is-faded" : "seq-lane"}>
          {alive(lane).map(([from, to]) => <line key={from} class="seq-lifeline" x1={lane.x} x2={lane.x} y1={from} y2={to} />)}
          {lane.down.map(([from, to]) => <line key={from} class="seq-lifeline is-down" x1={lane.x} x2={lane.x} y1={from} y2={to} />)}
        </g>
      ))}
      {scene.bars.map((bar) => <Busy key={`${bar.activity.lifeline} ${bar.activity.slot} ${bar.activity.from}`} bar={bar} />)}
    </g>
  );
}

/** How long a slot is busy. */
const Busy = still(function Busy({ bar }: { bar: Bar }) {
  const { activity, x, y0, y1, width } = bar;
  return (
    <g>
      <title>{`Slot ${activity.slot}: ${activity.label}`}</title>
      <rect class={`seq-bar is-slot-${(activity.slot - 1) % 3}`} x={x} y={y0} width={width} height={y1 - y0} rx={width * 0.2} />
      {activity.crashed && <Torn bar={bar} />}
    </g>
  );
});

/** The parts of a lifeline between outages. */
function alive({ y0, y1, down }: { y0: number; y1: number; down: [number, number][] }): [number, number][] {
  const parts: [number, number][] = [];
  let from = y0;
  for (const [start, end] of down) {
    parts.push([from, start]);
    from = end;
  }
  return [...parts, [from, y1]];
}

function CurrentRow({ row, scene }: { row: PlacedRow; scene: Scene }) {
  return (
    <g>
      <rect class="seq-current" x="0" y={row.y} width={scene.width} height={row.height} />
      <rect class="seq-current-edge" x="0" y={row.y} width="3" height={row.height} />
    </g>
  );
}

function Banner({ banner, scene: { size, gutter, width } }: { banner: NonNullable<PlacedRow["banner"]>; scene: Pick<Scene, "size" | "gutter" | "width"> }) {
  return (
    <g class={banner.limit ? "seq-banner is-limit" : "seq-banner"}>
      <rect class="seq-banner-ground" x={gutter} y={banner.y} width={width - gutter - 0.4 * size} height={banner.height} rx={0.3 * size} />
      <rect class="seq-banner-edge" x={gutter} y={banner.y} width="4" height={banner.height} />
      <text class="seq-banner-title" x={gutter + 0.9 * size} y={banner.y + 1.32 * size}>
        {banner.text !== banner.full && <title>{banner.full}</title>}
        {banner.text}
      </text>
    </g>
  );
}

function Footer({ scene }: { scene: Scene }) {
  const { footer, size, gutter } = scene;
  if (!footer) return null;
  const y = footer.y + 1.65 * size;
  return (
    <g class="seq-footer">
      {footer.loop && (
        <path class="seq-loop" d={`M${footer.loop.x + 2.2 * size} ${y - 0.35 * size}H${footer.loop.x}V${footer.loop.y0 + 0.4 * size}H${footer.loop.x + 0.7 * size}m${-0.45 * size} ${-0.35 * size}l${0.45 * size} ${0.35 * size}l${-0.45 * size} ${0.35 * size}`} />
      )}
      <text class="seq-footer-text" x={gutter + 0.4 * size} y={y}>{footer.text}</text>
    </g>
  );
}

/** What comes after the current step shows through faintly. */
function Veil({ scene, at }: { scene: Scene; at: number }) {
  const next = scene.rows[at + 1];
  if (!next) return null;
  return <rect class="seq-veil" x="0" y={next.y} width={scene.width} height={scene.height - next.y} />;
}
