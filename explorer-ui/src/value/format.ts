// Stand-in: values in TLA+ notation.
import type { Value } from "../api/types";

export const text = (value: Value): string => JSON.stringify(value);
