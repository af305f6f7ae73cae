// What one reader prefers, kept in this browser: theme, projector, pinned expressions, a name.
import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

function stored<T>(name: string, fallback: T, known: (value: unknown) => value is T) {
  const key = `tandem.${name}`;
  let first = fallback;
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (known(value)) first = value;
  } catch {
    // A browser that stores nothing, or something else under this name.
  }
  const own = signal<T>(first);
  effect(() => {
    const value = JSON.stringify(own.value);
    try {
      localStorage.setItem(key, value);
    } catch {
      // Then it is forgotten with the page.
    }
  });
  return own;
}

const isTheme = (value: unknown): value is Theme => value === "system" || value === "light" || value === "dark";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isText = (value: unknown): value is string => typeof value === "string";
const isPins = (value: unknown): value is Record<string, string[]> =>
  typeof value === "object" && value !== null && !Array.isArray(value) &&
  Object.values(value).every((list) => Array.isArray(list) && list.every((item) => typeof item === "string"));

export const theme = stored<Theme>("theme", "system", isTheme);
export const projector = stored<boolean>("projector", false, isFlag);
/** By protocol. */
export const pins = stored<Record<string, string[]>>("pins", {}, isPins);
/** As others see it in a room. */
export const nickname = stored<string>("name", "", isText);

export function applyPreferences(root: HTMLElement): void {
  effect(() => {
    if (theme.value === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme.value;
  });
  effect(() => {
    root.toggleAttribute("data-projector", projector.value);
  });
}
