// Which flights are the same message: they share a tag and a hue everywhere in the diagram.
import type { Diagram, Flight } from "../api/types";

export interface Message {
  /** A, B, C … in the order in which they are first sent. */
  tag: string;
  /** Its place in that order, from 0. */
  order: number;
  /** 1 to HUES, again and again. */
  hue: number;
  /** What it is called. */
  label: string;
}

export const HUES = 6;

/** The message of each flight, by the flight's id. */
export function messages(diagram: Diagram): Map<number, Message> {
  const byId = new Map(diagram.flights.map((flight) => [flight.id, flight]));
  const byKey = new Map<string, Message>();
  const found = new Map<number, Message>();
  for (const flight of [...diagram.flights].sort((a, b) => a.sent - b.sent || a.id - b.id)) {
    const first = origin(flight, byId);
    const key = `${first.kind} ${first.label}`;
    const message = byKey.get(key) ?? { tag: tag(byKey.size), order: byKey.size, hue: (byKey.size % HUES) + 1, label: first.label };
    byKey.set(key, message);
    found.set(flight.id, message);
  }
  return found;
}

/** The flight that all this one's copies go back to. */
function origin(flight: Flight, byId: Map<number, Flight>): Flight {
  const seen = new Set<number>();
  let at = flight;
  while (at.of !== null && !seen.has(at.id)) {
    seen.add(at.id);
    const before = byId.get(at.of);
    if (!before) break;
    at = before;
  }
  return at;
}

function tag(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${letter}${Math.floor(place / 26) + 1}`;
}
