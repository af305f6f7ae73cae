// What a reader calls a property.
import type { Property } from "../api/types";
import { FINISHED } from "./choose";

/** Its promise; a witness, which promises nothing, is called after what its run shows. */
export const called = ({ name, promise, expectation }: Pick<Property, "name" | "promise" | "expectation">): string =>
  promise || (expectation === "sometimes" ? shown(name) : name);

function shown(witness: string): string {
  if (witness === FINISHED) return "finished";
  const fault = /^(.+)Happens$/.exec(witness)?.[1];
  if (fault === undefined) return words(witness);
  return `finished, with ${/^[AEIOU]/.test(fault) ? "an" : "a"} ${words(fault)}`;
}

const words = (name: string): string => name.replace(/(?!^)[A-Z]/g, " $&").toLowerCase();
