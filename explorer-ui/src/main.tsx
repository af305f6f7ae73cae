// Where the page begins.
import { render } from "preact";
import { App } from "./App";
import { applyPreferences } from "./state/preferences";
import { startRooms } from "./room/room";
import { start } from "./state/session";
import { keys } from "./state/keys";

const app = document.getElementById("app");
if (app) {
  applyPreferences(document.documentElement);
  startRooms();
  start();
  keys();
  // What is painted until the page can say more.
  app.replaceChildren();
  render(<App />, app);
}
