// The catalogue by the parts of the course, each protocol with its guarantees matrix.
import type { Catalogue } from "../api/types";
import { RoomStrip } from "../room/RoomMenu";
import { Tools } from "../explore/Header";
import { courseAddress, format, spot } from "../state/place";
import { Matrix } from "./Matrix";
import "./home.css";

/** What this is, and where to begin: the first thing in the catalogue that is broken. */
function Welcome({ catalogue }: { catalogue: Catalogue }) {
  const first = catalogue.protocols.flatMap((protocol) => protocol.variants.filter((v) => !v.right).map((variant) => ({ protocol, variant })))[0];
  return (
    <section class="welcome" aria-label="What this is">
      <p>
        Each column is a way in which people write this handler. Tandem tried every order of steps, crashes and duplicates:{" "}
        <b class="bad">✗</b> it found a run that breaks the promise on the left, <b class="good">✓</b> there is none.
        A frame means that the column promises it. <b>Click a mark to see its run.</b>
      </p>
      <a class="button" href={format({ home: true, compare: "" })}>Compare designs</a>
      {catalogue.course && <a class="button" href={courseAddress({ page: "list" })}>Exercises</a>}
      <a class="button" href="/handbook/" target="_blank" rel="noopener">Handbook</a>
      {first && <a class="button primary" href={format(spot(first.protocol.name, first.variant.name))}>Start here: {first.protocol.title}, {first.variant.name} <span aria-hidden="true">→</span></a>}
    </section>
  );
}

export function Home({ catalogue }: { catalogue: Catalogue }) {
  return (
    <>
      <header class="head">
        <a class="brand" href="#/" aria-current="page">Tandem</a>
        <h1 class="hidden-text">Protocols</h1>
        <span class="push" />
        <Tools />
      </header>
      <RoomStrip />
      <main class="home">
        <Welcome catalogue={catalogue} />
        {catalogue.parts.map((part) => {
          const own = catalogue.protocols.filter((p) => p.part === part.number);
          return (
            <section key={part.number} class="part" aria-labelledby={`part-${part.number}`}>
              <h2 id={`part-${part.number}`}><span class="part-number">{part.number}</span> {part.title}</h2>
              {own.map((protocol) => <Matrix key={protocol.name} protocol={protocol} />)}
            </section>
          );
        })}
        {catalogue.protocols.length === 0 && <p class="muted">The catalogue is empty.</p>}
        <footer class="muted small">Tandem {catalogue.tandem}</footer>
      </main>
    </>
  );
}
