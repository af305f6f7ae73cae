// The catalogue by the parts of the course, each protocol with its guarantees matrix.
import type { Catalogue } from "../api/types";
import { RoomStrip } from "../room/RoomMenu";
import { Tools } from "../explore/Header";
import { Matrix } from "./Matrix";
import "./home.css";

export function Home({ catalogue }: { catalogue: Catalogue }) {
  return (
    <>
      <header class="head">
        <a class="brand" href="#/" aria-current="page">Tandem</a>
        <h1 class="hidden-text">Protocols</h1>
        <p class="muted home-says">Each ✗ opens the shortest run that breaks the guarantee.</p>
        <Tools />
      </header>
      <RoomStrip />
      <main class="home">
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
