// A state and what a step changed, by hand, for tests and for the gallery.
import type { Change, Value } from "../api/types";

export const state: Record<string, Value> = {
  acked: { "#set": [1, 2] },
  budget: { crash: 0, duplicate: 0, lease: 1 },
  incoming: { "#map": [[1, 2], [3, 1]] },
  order: { lines: [1, 1], outbox: [{ event: "LineAdded", line: 1, id: [1, 1] }, { event: "LineAdded", line: 1, id: [1, 2] }], processed: { "#set": [] }, version: 2 },
  slots: [{ at: "Publish", message: 1, order: { lines: [1, 1], outbox: [], processed: { "#set": [] }, version: 2 } }, { at: "Idle" }],
  up: true,
  leader: { "#model": "p1" },
};

export const changes: Change[] = [
  { path: "incoming[1]", kind: "removed", value: 1 },
  { path: "leases", kind: "added", value: 1 },
  { path: "order.lines[2]", kind: "added", value: 1 },
  { path: "order.version", kind: "changed", before: 1, after: 2 },
  { path: "order.outbox[1]", kind: "added", value: { event: "LineAdded", line: 1, id: [1, 1], pending: true } },
  { path: "slots[1].at", kind: "changed", before: "Save", after: "Publish" },
  { path: "up", kind: "changed", before: true, after: false },
];
