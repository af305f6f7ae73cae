// The whole page: home or a model, and what lies above both.
import { Trouble, Waiting } from "./parts/Notice";
import { Help } from "./parts/Help";
import { Explore } from "./explore/Explore";
import { Home } from "./home/Home";
import { Invitation } from "./room/Invitation";
import { disconnected } from "./api/client";
import { catalogue, here } from "./state/session";
import "./parts/parts.css";

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
      {answer.state === "ready" && (here.value ? <Explore /> : <Home catalogue={answer.value} />)}
      <Invitation />
      <Help />
    </>
  );
}
