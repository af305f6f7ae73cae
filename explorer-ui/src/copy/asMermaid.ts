// Stand-in: a trace as a Mermaid diagram.
import type { Trace } from "../api/types";

export const asMermaid = (trace: Trace): string => `sequenceDiagram %% ${trace.steps.length}`;
