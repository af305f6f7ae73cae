// Another variant, other bounds, other faults: chosen here, checked when the form is sent.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Protocol, Variant } from "../api/types";
import { here, known, openModel, theModel } from "../state/session";

/** What was changed in the dialog and not checked yet: the head of the page shows it while the dialog is
 * closed. */
export const unchecked = signal<string[]>([]);

/** What differs from the model that is shown, in words. */
function changes(protocol: string, variant: string, values: Record<string, number>): string[] {
  const [spot, shown] = [here.peek(), theModel.peek()];
  if (!spot || !shown) return [];
  if (protocol !== spot.protocol || variant !== spot.variant) return [`${protocol}:${variant}`];
  const differ = Object.entries(values).filter(([name, value]) => shown.parameters[name] !== value);
  return differ.map(([name, value]) => `${name} ${shown.parameters[name] ?? 0} → ${value}`);
}

interface Setting { name: string; min: number; max: number; allows: string; own: number }

export function Bounds({ close }: { close: () => void }) {
  const catalogue = known.value;
  const spot = here.value;
  const first = catalogue?.protocols[0];
  if (!catalogue || !spot || !first) return null;
  const protocol = catalogue.protocols.find((p) => p.name === spot.protocol) ?? first;
  return <Form key={`${spot.protocol} ${spot.variant} ${JSON.stringify(theModel.value?.parameters)}`} protocols={catalogue.protocols} start={protocol} close={close} />;
}

/** A variant's own value of each bound and fault. */
function settings(protocol: Protocol, variant: Variant | undefined): { bounds: Setting[]; faults: Setting[] } {
  return {
    bounds: protocol.parameters.map((p) => ({ ...p, own: variant?.bounds[p.name] ?? p.default })),
    faults: protocol.faults.map((f) => ({ ...f, min: 0, own: variant?.faults[f.name] ?? 0 })),
  };
}

function Form({ protocols, start, close }: { protocols: Protocol[]; start: Protocol; close: () => void }) {
  const [protocol, setProtocol] = useState(start);
  const [name, setName] = useState(here.peek()?.variant ?? "");
  const [values, setValues] = useState<Record<string, number>>(theModel.peek()?.parameters ?? {});
  const variant = protocol.variants.find((v) => v.name === name);
  const { bounds, faults } = settings(protocol, variant);
  const choose = (next: Protocol, variantName: string) => {
    const own = settings(next, next.variants.find((v) => v.name === variantName));
    setProtocol(next);
    setName(variantName);
    setValues(Object.fromEntries([...own.bounds, ...own.faults].map((s) => [s.name, s.own])));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    close();
    openModel(protocol.name, name, Object.fromEntries([...bounds, ...faults].map((s) => [s.name, values[s.name] ?? s.own])));
  };
  const set = (setting: string, value: number) => setValues({ ...values, [setting]: value });
  const changed = changes(protocol.name, name, values);
  useEffect(() => void (unchecked.value = changed), [changed.join()]);
  useEffect(() => () => void (unchecked.value = []), []);
  const discard = () => {
    const now = here.peek();
    const [shownProtocol, shown] = [protocols.find((p) => p.name === now?.protocol) ?? start, theModel.peek()];
    setProtocol(shownProtocol);
    setName(now?.variant ?? "");
    setValues(shown?.parameters ?? {});
  };
  return (
    <form class="bounds" onSubmit={submit}>
      <div class="bounds-variants">
        <label class="caption">Protocol{" "}
          <select value={protocol.name} onChange={(event) => {
            const next = protocols.find((p) => p.name === event.currentTarget.value) ?? protocol;
            choose(next, (next.variants.find((v) => v.default) ?? next.variants[0])?.name ?? "");
          }}>
            {protocols.map((p) => <option key={p.name} value={p.name}>{p.title}</option>)}
          </select>
        </label>
        <fieldset>
          <legend class="caption">Variant</legend>
          {protocol.variants.map((v) => (
            <label key={v.name} class="variant-choice">
              <input type="radio" name="variant" value={v.name} checked={v.name === name} onChange={() => choose(protocol, v.name)} />
              <span><b>{v.name}</b>{v.right && <span class="good small"> ✓ keeps its promises</span>}</span>
            </label>
          ))}
        </fieldset>
        {variant && <p class="muted small">{variant.summary}</p>}
      </div>
      <div class="bounds-numbers">
        <Numbers title="Bounds" settings={bounds} values={values} set={set} />
        <Numbers title="Faults" settings={faults} values={values} set={set} />
        <div class="bounds-actions">
          {changed.length > 0 && <p class="warn small" role="status">Not checked yet: {changed.join(", ")}.</p>}
          <div class="spread">
            <button type="submit" class="button primary">Check</button>
            <button type="button" class="button" onClick={() => choose(protocol, name)}>Reset to the variant’s own</button>
            {changed.length > 0 && <button type="button" class="button" onClick={discard}>Discard the changes</button>}
          </div>
        </div>
      </div>
    </form>
  );
}

function Numbers(props: { title: string; settings: Setting[]; values: Record<string, number>; set: (name: string, value: number) => void }) {
  if (props.settings.length === 0) return null;
  return (
    <fieldset>
      <legend class="caption">{props.title}</legend>
      {props.settings.map((setting) => (
        <Stepper key={setting.name} setting={setting} value={props.values[setting.name] ?? setting.own} set={(value) => props.set(setting.name, value)} />
      ))}
    </fieldset>
  );
}

function Stepper({ setting, value, set }: { setting: Setting; value: number; set: (value: number) => void }) {
  const id = `set-${setting.name}`;
  return (
    <div class="setting">
      <label for={id}><b>{setting.name}</b><span class="muted small">{setting.allows}</span></label>
      <div class="stepper">
        <button type="button" class="button" aria-label={`${setting.name}: one less`} disabled={value <= setting.min} onClick={() => set(value - 1)}>−</button>
        <input
          id={id} type="number" inputMode="numeric" min={setting.min} max={setting.max} value={value}
          onInput={(event) => Number.isInteger(event.currentTarget.valueAsNumber) && set(event.currentTarget.valueAsNumber)}
        />
        <button type="button" class="button" aria-label={`${setting.name}: one more`} disabled={value >= setting.max} onClick={() => set(value + 1)}>+</button>
      </div>
    </div>
  );
}
