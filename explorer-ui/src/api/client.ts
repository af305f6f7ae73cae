// Talks to the server: addresses, answers, problems and event streams of the API in `types.ts`.
//
// A request that does not reach the server changes nothing on the page: it is sent again until the
// server answers, and `disconnected` says so meanwhile. A server that was restarted on the same
// address is found again in this way.
import { computed, signal } from "@preact/signals";
import type { Problem } from "./types";

/** An answer that is awaited, available, or failed. */
export type Load<T> =
  | { state: "loading" }
  | { state: "ready"; value: T }
  | { state: "failed"; code: string; message: string };

export const LOADING: { state: "loading" } = { state: "loading" };

export class Failure extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

const ROOT = "/api/v1";

export function address(path: string, query: Record<string, string | number | null> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, String(value));
  const text = search.toString();
  return ROOT + path + (text === "" ? "" : (path.includes("?") ? "&" : "?") + text);
}

/** The address of a model, or of something about it, with its bounds and faults. */
export function modelAddress(
  model: { protocol: string; variant: string; parameters: Record<string, number> },
  about: "" | "search" | "trace" | "next" | "fix" | "graph" | "spec" | "tlc" | "import" | `export/${string}` = "",
  query: Record<string, string | number | null> = {},
): string {
  const path = ["models", model.protocol, model.variant, ...about.split("/")].filter((part) => part !== "");
  return address("/" + path.map(encodeURIComponent).join("/"), { ...model.parameters, ...query });
}

/** What waits for a server that does not answer: requests that are sent again, and event streams. */
const waiting = signal(0);
export const disconnected = computed(() => waiting.value > 0);

/** Milliseconds before a request is sent again; the last one repeats. */
const PAUSES = [250, 500, 1000, 2000];

/** Sends a request until it reaches the server. A request that may have an effect twice is sent once. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  const repeatable = ["GET", "PUT"].includes(init.method ?? "GET");
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      if (!repeatable) throw new Failure("unreachable", "Tandem does not answer. Is `tandem explore` still running? Start it again, then try once more.");
    }
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)];
    waiting.value += 1;
    await new Promise((wake) => setTimeout(wake, pause));
    waiting.value -= 1;
  }
}

export async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await reach(url, init);
  const text = await response.text();
  if (!response.ok) throw problem(text, response.status);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export function send<T>(method: "POST" | "PUT", url: string, body: unknown): Promise<T> {
  return ask<T>(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

function problem(text: string, status: number): Failure {
  try {
    const { error } = JSON.parse(text) as Problem;
    return new Failure(error.code, error.message);
  } catch {
    return new Failure("unknown", `Tandem answered with status ${status} and did not say why. Reload this page.`);
  }
}

/** The message for the reader about a failed call. */
export function failed(error: unknown): { state: "failed"; code: string; message: string } {
  if (error instanceof Failure) return { state: "failed", code: error.code, message: error.message };
  return { state: "failed", code: "unknown", message: error instanceof Error ? error.message : String(error) };
}

/** Sets an answer that is there at once, and one that is on its way once it comes; gives back what
 * makes it come too late. */
export function whenThere<T>(answer: T | Promise<T>, set: (answer: Load<T>) => void): () => void {
  let late = false;
  if (answer instanceof Promise) {
    answer.then(
      (value) => late || set({ state: "ready", value }),
      (error: unknown) => late || set(failed(error)),
    );
  } else set({ state: "ready", value: answer });
  return () => (late = true);
}

/** Loads into `set`; gives back what stops it. */
export function load<T>(url: string, set: (answer: Load<T>) => void): () => void {
  const controller = new AbortController();
  const ignore = whenThere(ask<T>(url, { signal: controller.signal }), set);
  return () => {
    ignore();
    controller.abort();
  };
}

/** Listens to named events until one of `last` comes; gives back what stops it. */
export function listen(
  url: string,
  handlers: Record<string, (data: never) => void>,
  last: string[],
  onLost: () => void = () => {},
): () => void {
  const source = new EventSource(url);
  const end = () => {
    isBroken(false);
    source.close();
  };
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      if (last.includes(name)) end();
      handle(JSON.parse((event as MessageEvent<string>).data) as never);
    });
  }
  // The browser connects again by itself, unless the server has refused.
  let broken = false;
  const isBroken = (now: boolean) => {
    if (now !== broken) waiting.value += now ? 1 : -1;
    broken = now;
  };
  source.onopen = () => isBroken(false);
  source.onerror = () => {
    isBroken(source.readyState === EventSource.CONNECTING);
    if (source.readyState === EventSource.CLOSED) onLost();
  };
  return end;
}
