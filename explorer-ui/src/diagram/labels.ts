// Labels that fit: each finds the room that it has, and is wrapped or cut to it.
import { ellipsis, wrap, type Measure } from "./measure";
import { length, widest, without, type Interval, type Room } from "./room";
import type { Note, Tone } from "./rows";
import type { Label, Line } from "./scene";

export interface Words { text: string; notes: Note[]; tagged: boolean }

/** Width of a message's tag with the space after it. */
export const TAG = 1.9;
const PAD = 0.35;
/** Less room than this is no room for a label. */
const LEAST = 4.5;

export class Labels {
  constructor(private readonly room: Room, private readonly size: number, private readonly measure: Measure) {}

  /** Above an arrow: within its span and between lifelines if it fits there, else wherever it does. */
  above(words: Words, tail: number, tip: number, row: number, own: number | null): Label {
    const span = { from: Math.min(tail, tip), to: Math.max(tail, tip) };
    const pad = PAD * this.size;
    const taken = this.room.taken(row, own);
    const wanted = this.width(words) + 2 * pad;
    const middle = (span.from + span.to) / 2;
    const near = (one: Interval, other: Interval): number => distance(one, tail) - distance(other, tail);
    const fits = (parts: Interval[]): Interval | undefined => parts.filter((part) => length(part) >= wanted).sort(near)[0];
    const part = fits(without(span, [...taken, ...this.room.lifelines()])) ?? fits(without(span, taken));
    if (part) return this.centred(words, part, (part.from + part.to) / 2);
    const around = without(this.room.whole(), taken).filter((each) => each.from < span.to && each.to > span.from);
    return this.centred(words, widest(around) ?? span, middle);
  }

  /** Beside a point, on one side of it. */
  beside(words: Words, x: number, towards: 1 | -1, row: number, own: number | null): Label {
    const whole = this.room.whole();
    const open = towards > 0 ? { from: x, to: whole.to } : { from: whole.from, to: x };
    const parts = without(open, this.room.taken(row, own)).filter((part) => length(part) > LEAST * this.size);
    const part = (towards > 0 ? parts[0] : parts.at(-1)) ?? open;
    const lines = this.lines(words, length(part));
    const width = this.widthOf(lines, words.tagged);
    return { x: towards > 0 ? part.from : part.to - width, y: 0, lines, width };
  }

  /** On the right of a glyph, or on its left if there is more room there. */
  around(words: Words, x: number, row: number, tone: Tone): Label {
    const reach = 0.95 * this.size;
    const whole = this.room.whole();
    const taken = this.room.taken(row, null);
    const right = without({ from: x + reach, to: whole.to }, taken)[0] ?? { from: x + reach, to: x + reach };
    const left = without({ from: whole.from, to: x - reach }, taken).at(-1) ?? { from: x - reach, to: x - reach };
    const wanted = this.measure(words.text, { size: this.size });
    const toRight = length(right) >= wanted || length(right) >= length(left);
    const part = toRight ? right : left;
    const room = Math.max(length(part), 2 * this.size);
    const lines = wrap(words.text, room, 3, { size: this.size }, this.measure).map((text): Line => ({ text, full: words.text, tone }));
    const width = this.widthOf(lines, false);
    return { x: toRight ? part.from : part.to - width, y: 0, lines, width };
  }

  /** How wide the words are on as few lines as they can have. */
  width({ text, notes, tagged }: Words): number {
    const style = { size: this.size };
    return Math.max(this.measure(text, style) + (tagged ? TAG * this.size : 0), ...notes.map((note) => this.measure(note.text, style)));
  }

  private centred(words: Words, part: Interval, middle: number): Label {
    const pad = PAD * this.size;
    const lines = this.lines(words, Math.max(1.6 * this.size, length(part) - 2 * pad));
    const width = this.widthOf(lines, words.tagged);
    return { x: Math.max(part.from + pad, Math.min(middle - width / 2, part.to - pad - width)), y: 0, lines, width };
  }

  private lines({ text, notes, tagged }: Words, room: number): Line[] {
    const style = { size: this.size };
    const tag = tagged ? TAG * this.size : 0;
    const own = wrap(text, Math.max(this.size, room - tag), 2, style, this.measure).map((line): Line => ({ text: line, full: text, tone: "plain" }));
    const more = notes.map((note): Line => ({ text: ellipsis(note.text, room, style, this.measure), full: note.text, tone: note.tone }));
    const [only, ...rest] = own;
    const [note] = more;
    const together = only && note && tagged && rest.length === 0 && this.measure(`${only.text} · ${note.full}`, style) + tag <= room;
    return together ? [{ ...only, after: note }] : [...own, ...more];
  }

  private widthOf(lines: Line[], tagged: boolean): number {
    const style = { size: this.size };
    const width = (line: Line): number => this.measure(line.after ? `${line.text} · ${line.after.text}` : line.text, style);
    return Math.max(0, ...lines.map((line, at) => width(line) + (tagged && (at === 0 || !isNote(line)) ? TAG * this.size : 0)));
  }
}

/** Lines of a label itself stand behind its tag, those of notes below it. */
export function isNote(line: Line): boolean {
  return line.tone !== "plain";
}

function distance({ from, to }: Interval, x: number): number {
  return x < from ? from - x : x > to ? x - to : 0;
}
