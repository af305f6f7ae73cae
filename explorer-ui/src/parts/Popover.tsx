// A button and the panel that it opens beneath it, in the browser's top layer: Escape and a click
// elsewhere close it.
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

export function Popover(props: {
  label: ComponentChildren;
  title: string;
  class?: string;
  /** A name by which other buttons open it, too. */
  id?: string;
  children: (close: () => void) => ComponentChildren;
}) {
  const own = useId();
  const id = props.id ?? own;
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = (event: { newState: string }) => {
    const open = event.newState === "open";
    button.current?.setAttribute("aria-expanded", String(open));
    if (open && button.current && panel.current) putBeneath(button.current, panel.current);
  };
  return (
    <>
      <button ref={button} type="button" class={props.class ?? "button"} popovertarget={id} aria-expanded="false" title={props.title}>
        {props.label}
      </button>
      <div ref={panel} id={id} popover="auto" class="popover" role="group" aria-label={props.title} onToggle={place}>
        {props.children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function putBeneath(button: HTMLElement, panel: HTMLElement): void {
  const from = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(from.left, innerWidth - panel.offsetWidth - 8));
  const top = Math.max(8, Math.min(from.bottom + 6, innerHeight - panel.offsetHeight - 8));
  panel.style.setProperty("left", `${left}px`);
  panel.style.setProperty("top", `${top}px`);
}
