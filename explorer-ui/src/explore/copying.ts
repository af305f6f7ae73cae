// The result of copying in one of the formats.
import { signal } from "@preact/signals";
import { write } from "../parts/clipboard";

/** The form in which something has just been copied. */
export const copied = signal<string | null>(null);
/** Why nothing was copied. */
export const trouble = signal("");
const SHOWN = 2500;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Copies, and closes the menu; where that fails, the menu stays and says why. */
export async function copy(name: string, made: string | null | Promise<string | null>, close: () => void, put = write): Promise<void> {
  clearTimeout(timer);
  copied.value = null;
  trouble.value = "";
  let text: string | null;
  try {
    text = await made;
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
    return;
  }
  if (text === null) {
    trouble.value = "There is no trace yet.";
    return;
  }
  if (!(await put(text))) {
    trouble.value = "This browser did not let the page copy.";
    return;
  }
  copied.value = name;
  timer = setTimeout(() => (copied.value = null), SHOWN);
  close();
}
