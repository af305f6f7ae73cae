// Where the page begins.
import { render } from "preact";
import { App } from "./App";
import { applyPreferences } from "./state/preferences";
import { askAhead } from "./state/ahead";
import { choosing, startRooms } from "./room/room";
import { start } from "./state/session";
import { startCourse } from "./course/course";
import { startTimers } from "./course/timer";
import { keys } from "./state/keys";

const app = document.getElementById("app");
if (app) {
  applyPreferences(document.documentElement);
  startRooms();
  start();
  startCourse();
  startTimers();
  askAhead(() => choosing.value);
  keys();
  // What is painted until the page can say more.
  app.replaceChildren();
  render(<App />, app);
}
