// Stand-in: a trace as a Rust test.
import type { Model, Trace } from "../api/types";

export const asRustTest = (model: Model, trace: Trace): string => `// ${model.protocol}: ${trace.steps.length}`;
