// Rust beside TLA+: the text of the spec with the current action's operator, a run of TLC on the
// same bounds, and traces that come from there.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SpecText } from "../api/types";
import { type Load, LOADING, load, modelAddress } from "../api/client";
import { Trouble, Waiting } from "../parts/Notice";
import { here, step } from "../state/session";
import { TlcPanel } from "./TlcPanel";

const side = signal<"spec" | "tlc">("spec");

export function SpecPane() {
  return (
    <div class="spec-pane">
      <div class="segments spec-tabs" role="group" aria-label="TLA+">
        <button type="button" class="button" aria-pressed={side.value === "spec"} onClick={() => (side.value = "spec")}>The spec</button>
        <button type="button" class="button" aria-pressed={side.value === "tlc"} onClick={() => (side.value = "tlc")}>TLC and imported traces</button>
      </div>
      {side.value === "spec" ? <Spec /> : <TlcPanel />}
    </div>
  );
}

function Spec() {
  const [answer, setAnswer] = useState<Load<SpecText>>(LOADING);
  const name = here.value?.protocol;
  useEffect(() => {
    const spot = here.peek();
    return spot ? load<SpecText>(modelAddress(spot, "spec"), setAnswer) : undefined;
  }, [name]);
  if (answer.state === "failed") return <Trouble title="The spec cannot be read" message={answer.message} />;
  if (answer.state === "loading") return <Waiting what="Reading the spec" />;
  return <Text spec={answer.value} />;
}

function Text({ spec }: { spec: SpecText }) {
  const box = useRef<HTMLDivElement>(null);
  const action = step.value?.action ?? null;
  const range = action === null ? undefined : spec.actions[action];
  useEffect(() => {
    const line = box.current?.querySelector(".spec-now");
    if (line && box.current) box.current.scrollTop = Math.max(0, (line as HTMLElement).offsetTop - box.current.clientHeight / 3);
  }, [action, spec]);
  return (
    <>
      <p class="small muted spec-says">
        Module <code>{spec.module}</code>.{" "}
        {action === null ? "The initial state." : range ? <>Step {step.value?.number} is <code>{action}</code>, lines {range.first} to {range.last}.</> : <>Step {step.value?.number} is <code>{action}</code>, which is not in this module.</>}
      </p>
      <div class="scrolls spec-text mono" ref={box} tabIndex={0} role="region" aria-label={`TLA+ module ${spec.module}`}>
        <ol>
          {spec.text.split("\n").map((line, i) => (
            <li key={i} class={`${range && i + 1 >= range.first && i + 1 <= range.last ? "spec-now" : ""} ${/^\s*\\\*|^\(\*/.test(line) ? "spec-comment" : ""}`}>{line === "" ? " " : line}</li>
          ))}
        </ol>
      </div>
    </>
  );
}
