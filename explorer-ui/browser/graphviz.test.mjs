// Graphviz reads the graphs that `tandem graph --format dot` writes: all states and all steps of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { instance } from "@viz-js/viz";
import { tandem } from "./open.mjs";

/** A graph of this size is laid out in a moment. */
const LARGEST = 150;

test("Graphviz reads the graph of every small variant, with its states and steps", async () => {
  const graphviz = await instance();
  const { protocols } = JSON.parse(await tandem("list", "--format", "json"));
  let read = 0;
  for (const { name: protocol, variants } of protocols) {
    for (const { name: variant } of variants.slice(0, 2)) {
      const of = `${protocol}:${variant}`;
      const { states, transitions, actions } = JSON.parse(await tandem("graph", of, "--format", "json"));
      if (states > LARGEST) continue;
      const dot = await tandem("graph", of, "--format", "dot");
      // Without a layout of the edges, which takes longest.
      const drawn = graphviz.renderJSON(dot, { engine: "osage" });
      assert.equal(drawn.name, of);
      assert.equal(drawn.objects.length, states, of);
      assert.equal(drawn.edges.length, transitions, of);
      const taken = Object.entries(actions).filter(([, count]) => count > 0);
      for (const [action, count] of taken) assert.equal(drawn.edges.filter(({ label }) => label === action).length, count, `${of} ${action}`);
      assert.ok(drawn.objects.every(({ label }) => label.includes("/\\\\ ")), of);
      read += 1;
    }
  }
  assert.ok(read > 10, `${read} graphs`);
});
