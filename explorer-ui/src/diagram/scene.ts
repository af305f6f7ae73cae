// The diagram with everything in its place: what the layout hands to the drawing.
import type { Activity, Diagram, Flight } from "../api/types";
import type { Lane, Lanes } from "./lanes";
import type { Measure } from "./measure";
import type { Message } from "./messages";
import type { Taken } from "./room";
import type { CallItem, FlightItem, MarkItem, Row, Tone } from "./rows";

export interface Line { text: string; full: string; tone: Tone; after?: Line | undefined }
/** Lines of text one below the other; `y` is the first baseline. */
export interface Label { x: number; y: number; lines: Line[]; width: number }

export interface PlacedFlight { item: FlightItem; label: Label; x0: number; y0: number; x1: number; y1: number }
export interface PlacedCall { item: CallItem; label: Label; x0: number; x1: number; y: number; box: Box | null }
export interface PlacedMark { item: MarkItem; label: Label; x: number; y: number; box: Box | null }
export interface Box { x: number; y: number; width: number; height: number; lines: Line[] }

export interface PlacedTrack { flight: Flight; message: Message; x: number; y0: number; y1: number; open: boolean }
export interface Bar { activity: Activity; x: number; width: number; y0: number; y1: number; open: boolean }
/** The number of a slot on its bar, at the arrow that it sends. */
export interface SlotNumber { x: number; y: number; slot: number }
export interface Banner { y: number; height: number; text: string; full: string; limit: boolean }
/** All that the place of a row depends on, beside the ground that rows share. */
export interface Basis { row: Row; y: number; taken: Taken[] }
/** What the places of all rows depend on. */
export interface Ground { lanes: Lanes; size: number; breaks: (violates: string[]) => Breaks | null; measure: Measure }
/** What a step breaks, in a few words; a limit if nobody promised it. */
export interface Breaks { text: string; limit: boolean }

export interface PlacedRow {
  basis: Basis;
  number: number; y: number; height: number; middle: number; quiet: boolean;
  flights: PlacedFlight[]; calls: PlacedCall[]; marks: PlacedMark[]; slots: SlotNumber[];
  banner: Banner | null;
}
export interface Footer { y: number; height: number; text: string; loop: { x: number; y0: number; y1: number } | null }

export interface Scene {
  width: number; height: number; size: number; gutter: number; narrow: boolean;
  head: number;
  ground: Ground;
  lanes: (Lane & { shown: string; down: [number, number][]; y0: number; y1: number; faded: boolean })[];
  rows: PlacedRow[];
  tracks: PlacedTrack[];
  bars: Bar[];
  footer: Footer | null;
  /** With how many copies of each were sent. */
  messages: (Message & { sent: number })[];
  lifelines: Diagram["lifelines"];
}
