// Stand-in: a trace in the Informal Trace Format.
import type { Model, Trace } from "../api/types";

export const asItf = (_: Model, trace: Trace): string => JSON.stringify(trace.steps.map((s) => s.state));
