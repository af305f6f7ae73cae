// Numbers as they are shown.

/** With a comma between thousands, independent of the browser's language. */
export const count = (n: number): string => n.toLocaleString("en-US");

export function seconds(n: number): string {
  if (n < 0.01) return "under 0.01 s";
  if (n < 10) return `${n.toFixed(2)} s`;
  if (n < 120) return `${Math.round(n)} s`;
  return `${Math.floor(n / 60)} min ${Math.round(n % 60)} s`;
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** As on a clock: 9:05. */
export function clock(n: number): string {
  const whole = Math.max(0, Math.round(n));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
