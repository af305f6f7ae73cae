// Stand-in: a trace as text.
import type { Model, Trace } from "../api/types";

export const asText = (_: Model, trace: Trace): string => trace.steps.map((s) => `${s.number}. ${s.words}`).join("\n");
