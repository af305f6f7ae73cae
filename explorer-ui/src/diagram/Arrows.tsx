// What happens in a row: messages that leave, arrive or are lost, calls, and marks on a lifeline.
import { MarkGlyph } from "./glyphs";
import { still } from "../parts/still";
import { isNote, TAG } from "./labels";
import { LINE } from "./place";
import type { Bar, Box, Label, PlacedCall, PlacedFlight, PlacedMark, PlacedTrack } from "./scene";

export interface Emphasis { hot: string | null; onHot: (tag: string | null) => void; size: number }

function classes(...names: (string | false)[]): string {
  return names.filter(Boolean).join(" ");
}

export function FlightArrow({ placed, hot, onHot, size, now }: Emphasis & { placed: PlacedFlight; now: boolean }) {
  const { item: { flight, message, way }, x0, y0, x1, y1, label } = placed;
  const name = classes("seq-flight", `seq-hue-${message.hue}`, flight.duplicate && "is-duplicate", flight.late && "is-late", way === "lost" && "is-lost", now && "is-now", hot === message.tag && "is-hot");
  return (
    <g class={name} onMouseEnter={() => onHot(message.tag)} onMouseLeave={() => onHot(null)}>
      <line class="seq-arrow" x1={x0} y1={y0} x2={x1} y2={y1} />
      {way === "leaves" ? <circle class="seq-dot" cx={x1} cy={y1} r={0.26 * size} /> : way === "lost" ? <Cross x={x1} y={y1} size={size} /> : <Head x0={x0} y0={y0} x1={x1} y1={y1} size={size} />}
      <LabelText label={label} size={size} tag={message.tag} />
    </g>
  );
}

/** The thin line of a message that waits; open at its end if it still does. */
export const Waiting = still(function Waiting({ track, hot, onHot, size }: Emphasis & { track: PlacedTrack }) {
  const { flight, message, x, y0, y1, open } = track;
  const name = classes("seq-flight", `seq-hue-${message.hue}`, flight.duplicate && "is-duplicate", flight.late && "is-late", flight.fate === "lost" && "is-lost", hot === message.tag && "is-hot");
  return (
    <g class={name} onMouseEnter={() => onHot(message.tag)} onMouseLeave={() => onHot(null)}>
      <line class="seq-wait" x1={x} x2={x} y1={y0} y2={y1} />
      {open && <path class="seq-open" d={`M${x - 0.25 * size} ${y1 - 0.3 * size}L${x} ${y1}L${x + 0.25 * size} ${y1 - 0.3 * size}`} />}
    </g>
  );
});

export function CallArrow({ placed, size }: { placed: PlacedCall; size: number }) {
  const { item: { call }, x0, x1, y, label, box } = placed;
  const failed = call.outcome === "failed";
  const refused = call.outcome === "conflict" || call.outcome === "refused";
  return (
    <g class={classes("seq-call", call.writes && "is-write", call.outcome !== "done" && "is-bad")}>
      {box && <Written box={box} size={size} breaks={false} />}
      <line class="seq-arrow" x1={x0} y1={y} x2={x1} y2={y} />
      {failed ? <Cross x={x1} y={y} size={size} /> : <Head x0={x0} y0={y} x1={x1} y1={y} size={size} open={!call.writes} />}
      {refused && <Cross x={x1 - Math.sign(x1 - x0) * 0.9 * size} y={y} size={size} />}
      <LabelText label={label} size={size} tag={null} />
    </g>
  );
}

/** What is stored now, in a box. */
function Written({ box, size, breaks }: { box: Box; size: number; breaks: boolean }) {
  return (
    <g class={classes("seq-box", breaks && "is-breaking")}>
      <rect class="seq-box-ground" x={box.x} y={box.y} width={box.width} height={box.height} rx={0.25 * size} />
      {box.lines.map((line, place) => (
        <text key={place} class="seq-box-text" font-size={size * 0.92} x={box.x + 0.5 * size} y={box.y + (place * LINE + 1.1) * size}>
          {line.text !== line.full && <title>{line.full}</title>}
          {line.text}
        </text>
      ))}
    </g>
  );
}

export function Mark({ placed, size }: { placed: PlacedMark; size: number }) {
  const { item, x, y, label, box } = placed;
  return (
    <g class={`seq-point seq-tone-${item.tone}`}>
      {box && <Written box={box} size={size} breaks={item.breaks} />}
      <MarkGlyph glyph={item.glyph} x={x} y={y} scale={size / 14} />
      <LabelText label={label} size={size} tag={null} />
    </g>
  );
}

/** The end of a bar that a crash cut off. */
export function Torn({ bar }: { bar: Bar }) {
  const { x, width, y1 } = bar;
  const step = width / 4;
  return <path class="seq-torn" d={`M${x - 1} ${y1 - step}l${step + 0.5} ${step * 1.6}l${step} ${-step * 1.6}l${step} ${step * 1.6}l${step + 0.5} ${-step * 1.6}V${y1 + step * 2.5}H${x - 1}Z`} />;
}

function Head({ x0, y0, x1, y1, size, open = false }: { x0: number; y0: number; x1: number; y1: number; size: number; open?: boolean }) {
  const angle = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  const [long, half] = [0.72 * size, 0.32 * size];
  const d = `M${-long} ${-half}L0 0L${-long} ${half}${open ? "" : "Z"}`;
  return <path class={open ? "seq-head-open" : "seq-head-full"} d={d} transform={`translate(${x1} ${y1}) rotate(${angle})`} />;
}

function Cross({ x, y, size }: { x: number; y: number; size: number }) {
  const r = 0.38 * size;
  return <path class="seq-cross" d={`M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}`} />;
}

function LabelText({ label, size, tag }: { label: Label; size: number; tag: string | null }) {
  const indent = tag === null ? 0 : TAG * size;
  return (
    <g class="seq-label">
      <rect class="seq-label-ground" x={label.x - 0.15 * size} y={label.y - 0.9 * size} width={label.width + 0.3 * size} height={((label.lines.length - 1) * LINE + 1.15) * size} />
      {tag !== null && (
        <g class="seq-tag">
          <rect class="seq-tag-ground" x={label.x} y={label.y - 1.0 * size} width={1.5 * size} height={1.3 * size} rx={0.35 * size} />
          <text class="seq-tag-text" font-size={0.9 * size} x={label.x + 0.75 * size} y={label.y - 0.03 * size}>{tag}</text>
        </g>
      )}
      {label.lines.map((line, place) => (
        <text key={place} class={`seq-text seq-tone-${line.tone}`} x={label.x + (place === 0 || !isNote(line) ? indent : 0)} y={label.y + place * LINE * size}>
          {line.text !== line.full && <title>{line.full}</title>}
          {line.text}
          {line.after && <tspan class={`seq-tone-${line.after.tone}`}> · {line.after.text}</tspan>}
        </text>
      ))}
    </g>
  );
}
