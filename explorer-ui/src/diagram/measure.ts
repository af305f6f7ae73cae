// How wide a text is, and how to make one fit: measured in the browser, estimated elsewhere.

export interface Style { size: number; bold?: boolean; mono?: boolean }
export type Measure = (text: string, style: Style) => number;

/** Widths in thousandths of the font size: a little too wide for most fonts, which does no harm. */
export const estimate: Measure = (text, { size, bold = false, mono = false }) => {
  let sum = 0;
  for (const sign of text) sum += mono ? 610 : wide(sign);
  return (sum * size * (bold ? 1.08 : 1)) / 1000;
};

function wide(sign: string): number {
  if (/[il.,:;'|!\u2019]/.test(sign)) return 300;
  if (/[fjrtI()[\]{} \-"/]/.test(sign)) return 390;
  if (/[mwMW%@]/.test(sign)) return 920;
  if (/[A-Z]/.test(sign)) return 690;
  if (/[a-z0-9]/.test(sign)) return 580;
  return 800;
}

/** Measures in the fonts of an element; remembers what it has measured. */
export function measureIn(element: Element): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return estimate;
  const styles = getComputedStyle(element);
  const sans = styles.fontFamily || "sans-serif";
  const mono = styles.getPropertyValue("--mono").trim() || "monospace";
  const known = new Map<string, number>();
  return (text, style) => {
    const font = `${style.bold ? "600 " : ""}${style.size}px ${style.mono ? mono : sans}`;
    const key = `${font}\n${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}

/** As much of a text as fits, with … at its end if that is not all. */
export function ellipsis(text: string, width: number, style: Style, measure: Measure): string {
  if (measure(text, style) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle).trimEnd()}…`, style) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "…" : `${text.slice(0, low).trimEnd()}…`;
}

/** A text in at most `most` lines, broken between words; the last one ends in … if it must. */
export function wrap(text: string, width: number, most: number, style: Style, measure: Measure): string[] {
  return broken(text, width, most, style, measure).map((line) => line.replaceAll("\u00a0", " "));
}

function broken(text: string, width: number, most: number, style: Style, measure: Measure): string[] {
  const lines: string[] = [];
  let words = glue(text).split(" ").filter(Boolean);
  while (words.length > 0) {
    if (lines.length === most - 1) return [...lines, ellipsis(words.join(" "), width, style, measure)];
    let count = 1;
    while (count < words.length && measure(words.slice(0, count + 1).join(" "), style) <= width) count++;
    lines.push(ellipsis(words.slice(0, count).join(" "), width, style, measure));
    words = words.slice(count);
  }
  return lines;
}

/** Joins words that belong together: a number with its word, and words in brackets. */
function glue(text: string): string {
  const joined = text.replace(/[[({<][^[\](){}<>]*[\])}>]/g, (inside) => inside.replace(/ /g, "\u00a0"));
  return joined.replace(/(^[↻×]\S*|\s[↻×]\S*) /gu, "$1\u00a0").replace(/ (?=[\d?]+(?:\s|$))/g, "\u00a0");
}
