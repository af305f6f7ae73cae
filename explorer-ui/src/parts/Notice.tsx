// What fills a place while there is nothing else to show: awaiting an answer, or why there is none.
import type { ComponentChildren } from "preact";

export function Waiting({ what, children }: { what: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <span class="dots" aria-hidden="true" />
      <p class="muted" role="status">{what}</p>
      {children}
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
