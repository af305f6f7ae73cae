// Which designs remain, and what they cost: every design of the catalogue in one table, filtered and
// sorted by what the address asks for.
import type { Catalogue } from "../api/types";
import { Tools } from "../explore/Header";
import { RoomStrip } from "../room/RoomMenu";
import { format, spot } from "../state/place";
import { compared, go } from "../state/session";
import { type Column, type Design, type Question, COLUMNS, NEEDS, allDesigns, answer, cell, faultsOf, guaranteesOf, read, survives, write } from "./designs";
import "./compare.css";

const HEADS: Record<Column, [string, string]> = {
  design: ["Design", ""],
  reads: ["Reads", "reads of a store for each message"],
  writes: ["Writes", "writes to a store for each message; a transaction is one"],
  sends: ["Sends", "messages sent for each message"],
  asks: ["Asks", "requests to a third party for each message"],
  calls: ["Calls", "all calls for each message"],
  keeps: ["Keeps", "identities kept for deduplication when all is done"],
};

export function Compare({ catalogue, query }: { catalogue: Catalogue; query: string }) {
  const question = read(query);
  // Two clicks may come before the page is drawn again: the second changes what the first asked for.
  const ask = (change: (now: Question) => Partial<Question>) => {
    const now = read(compared.peek() ?? "");
    go({ home: true, compare: write({ ...now, ...change(now) }) }, true);
  };
  const { remain, unknown } = answer(allDesigns(catalogue), question);
  return (
    <>
      <header class="head">
        <a class="brand" href="#/" title="All protocols">Tandem</a>
        <h1>Compare designs</h1>
        <span class="push" />
        <Tools />
      </header>
      <RoomStrip />
      <main class="home compare">
        <Filters catalogue={catalogue} question={question} ask={ask} />
        <p class="compare-count" role="status">
          <b>{remain.length}</b> {remain.length === 1 ? "design remains" : "designs remain"}.
          {unknown > 0 && ` ${unknown} more would suit, but nothing is known of them under these faults: their models do not have them.`}
        </p>
        <div class="compare-box" tabIndex={0} role="region" aria-label="Designs">
          <Table catalogue={catalogue} designs={remain} question={question} ask={ask} />
        </div>
        <p class="muted small">
          Prices are the calls for each message more, measured without faults, at all endpoints together; answers and
          acknowledgements are not counted. A fault is survived if every promise of the design holds when this fault happens
          once, together with one crash if the design survives a crash. A dash: nothing is known.
        </p>
      </main>
    </>
  );
}

interface Asking { catalogue: Catalogue; question: Question; ask: (change: (now: Question) => Partial<Question>) => void }

function Filters({ catalogue, question, ask }: Asking) {
  const toggled = (list: string[], name: string) => (list.includes(name) ? list.filter((one) => one !== name) : [...list, name]);
  const chooses = (guarantee: string) => ask(() => ({ holds: guarantee || null }));
  return (
    <form class="compare-filters" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend class="caption">What may happen</legend>
        {faultsOf(catalogue).map(([fault, summary]) => (
          <label key={fault}>
            <input type="checkbox" name={`survives-${fault}`} checked={question.survives.includes(fault)} onChange={() => ask((now) => ({ survives: toggled(now.survives, fault) }))} />
            <span><b>{fault}</b> <span class="muted small">{summary}</span></span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend class="caption">What my stores do not have</legend>
        {Object.entries(NEEDS).map(([need, words]) => (
          <label key={need}>
            <input type="checkbox" name={`without-${need}`} checked={question.without.includes(need)} onChange={() => ask((now) => ({ without: toggled(now.without, need) }))} />
            <span>{words}</span>
          </label>
        ))}
        <label class="compare-holds">
          <span class="caption">What must hold</span>
          <select name="holds" value={question.holds ?? ""} onChange={(event) => chooses(event.currentTarget.value)}>
            <option value="">what the design promises</option>
            {guaranteesOf(catalogue).map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        </label>
        <label>
          <input type="checkbox" name="wrong" checked={question.wrong} onChange={() => ask((now) => ({ wrong: !now.wrong }))} />
          <span>Show designs that break a promise, too</span>
        </label>
      </fieldset>
    </form>
  );
}

function Table({ catalogue, designs, question, ask }: Asking & { designs: Design[] }) {
  const faults = faultsOf(catalogue);
  const { sort, descending } = question;
  const by = (column: Column) => ask((now) => ({ sort: column, descending: now.sort === column && !now.descending }));
  return (
    <table class="designs">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" aria-sort={sort !== column ? "none" : descending ? "descending" : "ascending"}>
              <button type="button" title={HEADS[column][1]} onClick={() => by(column)}>
                {HEADS[column][0]} <span aria-hidden="true">{sort !== column ? "" : descending ? "▾" : "▴"}</span>
              </button>
            </th>
          ))}
          <th scope="col">Needs</th>
          {faults.map(([fault]) => <th key={fault} scope="col">{fault}</th>)}
        </tr>
      </thead>
      <tbody>
        {designs.map((design) => <Row key={`${design.protocol.name}:${design.variant.name}`} design={design} faults={faults.map(([fault]) => fault)} />)}
      </tbody>
    </table>
  );
}

function Row({ design, faults }: { design: Design; faults: string[] }) {
  const { protocol, variant } = design;
  return (
    <tr data-design={`${protocol.name}:${variant.name}`}>
      <th scope="row">
        <a href={format(spot(protocol.name, variant.name))}>{protocol.name}:<b>{variant.name}</b></a>
        {!variant.right && <span class="bad small"> breaks a promise</span>}
        <span class="muted small compare-summary">{variant.summary}</span>
      </th>
      {COLUMNS.flatMap((column) => (column === "design" ? [] : [<td key={column} class="amount">{cell(design, column)}</td>]))}
      <td class="small">{variant.price?.needs.map((need) => NEEDS[need] ?? need).join("; ") || "–"}</td>
      {faults.map((fault) => <td key={fault} class="mark"><Survives design={design} fault={fault} /></td>)}
    </tr>
  );
}

function Survives({ design, fault }: { design: Design; fault: string }) {
  const survived = survives(design, fault);
  if (survived === null) return <span class="muted" title="nothing is known"><span aria-hidden="true">–</span><span class="hidden-text">nothing is known</span></span>;
  if (survived) return <span class="good"><span aria-hidden="true">✓</span><span class="hidden-text">survives</span></span>;
  const broken = `breaks ${design.variant.survives?.[fault]?.join(", ") ?? ""}`;
  return <span class="bad" title={broken}><span aria-hidden="true">✗</span><span class="hidden-text">{broken}</span></span>;
}
