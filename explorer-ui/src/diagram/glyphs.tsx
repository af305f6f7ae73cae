// Small pictures in a box from -7 to 7: what a lifeline is, and what happens at it.
import type { Lifeline } from "../api/types";
import type { Glyph } from "./rows";

const KIND: Record<Lifeline["kind"], string> = {
  browser: "M-6-5H6V5H-6ZM-6-2H6M-4-3.5h.1M-2-3.5h.1",
  endpoint: "M-5-6H5V6H-5ZM-5-2H5M-5 2H5M-2.5-4h.1M-2.5 0h.1M-2.5 4h.1",
  database: "M-5-4.2C-5-6.8 5-6.8 5-4.2V4.2C5 6.8-5 6.8-5 4.2ZM-5-4.2C-5-1.6 5-1.6 5-4.2M-5 0C-5 2.6 5 2.6 5 0",
  broker: "M-6-3.5H6V3.5H-6ZM-2-3.5V3.5M2-3.5V3.5",
  "third-party": "M-6 6V-1L0-6 6-1V6ZM-2 6V1H2V6",
  consumer: "M-6-4.5H6V4.5H-6ZM-6-4.5 0 1 6-4.5",
  subscribers: "M-2.5-5.5H6.5V1.5M-6.5-2.5H3V5.5H-6.5ZM-6.5-2.5-1.8 1.5 3-2.5",
};

const MARK: Record<Glyph, string> = {
  crash: "M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5",
  recover: "M4.8 2.4A5.4 5.4 0 1 1 4.4-3.2M4.9-6V-2.8H1.7",
  lease: "M-4.5-6H4.5M-4.5 6H4.5M-3.5-6C-3.5-2 0-1 0 0 0 1-3.5 2-3.5 6M3.5-6C3.5-2 0-1 0 0 0 1 3.5 2 3.5 6",
  timeout: "M-6 0A6 6 0 1 0 6 0 6 6 0 1 0-6 0M0-3.6V0L2.6 1.8",
  forget: "M-6 0A6 6 0 1 0 6 0 6 6 0 1 0-6 0M-4.2-4.2 4.2 4.2",
  "gives-back": "M-5.5-1.5H2.5A3.2 3.2 0 0 1 2.5 5H-1M-2-5-5.5-1.5-2 2",
  handled: "M-5 0-1.5 4 5-4.5",
  dropped: "M0-6V3.5M-3.5 0 0 3.5 3.5 0M-5 6H5",
  click: "M-3-6V4.5L-.5 2 1.3 6 3.2 5.1 1.4 1.3H4.8Z",
  step: "M-2 0A2 2 0 1 0 2 0 2 2 0 1 0-2 0",
};

export function KindGlyph({ kind, x, y, scale }: { kind: Lifeline["kind"]; x: number; y: number; scale: number }) {
  return <path class="seq-kind" d={KIND[kind]} transform={`translate(${x} ${y}) scale(${scale})`} stroke-width={1.3 / scale} />;
}

export function MarkGlyph({ glyph, x, y, scale }: { glyph: Glyph; x: number; y: number; scale: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      {glyph !== "step" && <circle class="seq-mark-ground" r="9" />}
      <path class={`seq-mark seq-mark-${glyph}`} d={MARK[glyph]} />
    </g>
  );
}
