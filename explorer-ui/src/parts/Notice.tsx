// What fills a place while there is nothing else to show: awaiting an answer, or why there is none.
import type { ComponentChildren } from "preact";

export function Waiting({ what }: { what: string }) {
  return (
    <div class="notice" role="status">
      <span class="dots" aria-hidden="true" />
      <p class="muted">{what}</p>
    </div>
  );
}

export function Trouble({ title, message, children }: { title: string; message: string; children?: ComponentChildren }) {
  return (
    <div class="notice trouble" role="alert">
      <h2><span class="glyph bad" aria-hidden="true">!</span> {title}</h2>
      <p>{message}</p>
      {children && <div class="spread">{children}</div>}
    </div>
  );
}
