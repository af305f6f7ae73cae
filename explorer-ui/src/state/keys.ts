// The keys: stepping, choosing a next action, filter, help.
import { signal } from "@preact/signals";
import { grouped } from "./choose";
import { at, choosable, goToStep, here, length, move, next, take } from "./session";

export const filter = signal("");
export const helpOpen = signal(false);

/** The possible next actions with their keys, as they are shown. */
export function keyed() {
  const answer = next.value;
  if (answer === null || answer.answer.state !== "ready") return [];
  return grouped(answer.answer.value.actions, filter.value);
}

export function keys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (act(event)) event.preventDefault();
  });
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName) || (target instanceof HTMLInputElement && !["radio", "checkbox", "button"].includes(target.type));
}

/** Whether the key meant something. */
function act(event: KeyboardEvent): boolean {
  if (event.key === "?") {
    helpOpen.value = true;
    return true;
  }
  if (here.value === null) return false;
  switch (event.key) {
    case "ArrowLeft": goToStep(at.value - 1); return true;
    case "ArrowRight": goToStep(at.value + 1); return true;
    case "Home": goToStep(0); return true;
    case "End": goToStep(length.value); return true;
    case "/": document.getElementById("filter")?.focus(); return true;
    case "Escape": return leave();
    default: return /^[1-9]$/.test(event.key) && choose(Number(event.key));
  }
}

function leave(): boolean {
  if (document.querySelector(":popover-open")) return false;
  if (filter.value !== "") filter.value = "";
  else if (here.value?.view !== "diagram") move({ view: "diagram" });
  else return false;
  return true;
}

function choose(key: number): boolean {
  if (!choosable.value) return false;
  for (const { actions } of keyed()) {
    for (const shown of actions) {
      if (shown.key === key && shown.action.index !== null) {
        take(shown.action.index);
        return true;
      }
    }
  }
  return false;
}
