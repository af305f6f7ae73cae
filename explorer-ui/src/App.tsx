// The whole page: the catalogue or a model, and the elements above both.
import { Trouble, Waiting } from "./parts/Notice";
import { Help } from "./parts/Help";
import { Explore } from "./explore/Explore";
import { Compare } from "./compare/Compare";
import { Home } from "./home/Home";
import { CoursePage } from "./course/CoursePage";
import { TimeOver } from "./course/Timer";
import { spotOf } from "./course/course";
import { Invitation } from "./room/Invitation";
import type { Catalogue } from "./api/types";
import { disconnected } from "./api/client";
import { catalogue, compared, here } from "./state/session";
import "./parts/parts.css";

function Shown({ catalogue }: { catalogue: Catalogue }) {
  if (here.value) return <Explore />;
  const at = spotOf();
  if (at) return <CoursePage at={at} />;
  return compared.value === null ? <Home catalogue={catalogue} /> : <Compare catalogue={catalogue} query={compared.value} />;
}

export function App() {
  const answer = catalogue.value;
  return (
    <>
      {disconnected.value && (
        <p class="disconnected" role="status">The connection to Tandem is lost; this page keeps trying. If <code>tandem explore</code> has ended, start it again with the same <code>--port</code>.</p>
      )}
      {answer.state === "loading" && <main class="alone"><Waiting what="Reading the catalogue" /></main>}
      {answer.state === "failed" && (
        <main class="alone">
          <Trouble title="The catalogue cannot be read" message={answer.message}>
            <button type="button" class="button primary" onClick={() => location.reload()}>Reload</button>
          </Trouble>
        </main>
      )}
      {answer.state === "ready" && <Shown catalogue={answer.value} />}
      <TimeOver />
      <Invitation />
      <Help />
    </>
  );
}
