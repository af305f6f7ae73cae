// Stand-in: expressions over a state.
import type { Value } from "../api/types";

export function evaluate(expression: string, state: Record<string, Value>): { value: Value } | { error: string } {
  const value = state[expression];
  return value === undefined ? { error: `There is no field ${expression}.` } : { value };
}
