// TLA+ values of `docs/json.md` for the tests: written by hand once more, so that nothing of the page
// vouches for itself.

/** In TLA+ notation, as the page has to show it. */
export function text(value) {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `<<${value.map(text).join(", ")}>>`;
  if ("#set" in value) return `{${value["#set"].map(text).join(", ")}}`;
  if ("#model" in value) return value["#model"];
  const pairs = "#map" in value
    ? value["#map"].map(([key, to]) => `${text(key)} :> ${text(to)}`)
    : Object.entries(value).map(([name, to]) => `${name} |-> ${text(to)}`);
  if (pairs.length === 0) return "<<>>";
  return "#map" in value ? `(${pairs.join(" @@ ")})` : `[${pairs.join(", ")}]`;
}

/** A state as one text. */
export const stateText = (state) =>
  Object.keys(state).sort().map((name) => `${name} = ${text(state[name])}`).join("\n");

/** The state after a step, made of the one before and the changes alone. */
export function patched(state, changes) {
  const after = structuredClone(state);
  // From the last to the first, so that places in sequences are still those of the state before.
  const removed = changes.filter(({ kind }) => kind === "removed").reverse();
  const others = changes.filter(({ kind }) => kind !== "removed");
  const changed = others.filter(({ kind }) => kind === "changed");
  for (const { path, before, after: to } of changed) change(after, keys(path), before, to);
  for (const { path, value } of removed) remove(after, keys(path), value);
  for (const { path, value } of others.filter(({ kind }) => kind === "added")) add(after, keys(path), value);
  return after;
}

/** `slots[1].at` is `slots`, `1`, `at`. */
function keys(path) {
  const found = [...path.matchAll(/([A-Za-z_]\w*)|\[((?:[^\[\]"]|"[^"]*"|\[[^\]]*\])*)\]/g)];
  return found.map(([, name, argument]) => (name === undefined ? argument : name));
}

const same = (a, b) => text(a) === text(b);
const isSet = (value) => value !== null && typeof value === "object" && "#set" in value;
const isMap = (value) => value !== null && typeof value === "object" && "#map" in value;

function look(value, key) {
  if (Array.isArray(value)) return value[Number(key) - 1];
  if (isMap(value)) return value["#map"].find(([argument]) => text(argument) === key)?.[1];
  return value[key];
}

function put(value, key, to) {
  if (Array.isArray(value)) value[Number(key) - 1] = to;
  else if (isMap(value)) value["#map"].find(([argument]) => text(argument) === key)[1] = to;
  else value[key] = to;
}

function change(state, path, before, to) {
  const owner = path.slice(0, -1).reduce(look, state);
  if (!same(look(owner, path.at(-1)), before)) throw new Error(`${path} was not ${text(before)}`);
  put(owner, path.at(-1), to);
}

function remove(state, path, value) {
  const there = path.reduce(look, state);
  const owner = path.slice(0, -1).reduce(look, state);
  const key = path.at(-1);
  if (isSet(there) && there["#set"].some((element) => same(element, value))) {
    there["#set"] = there["#set"].filter((element) => !same(element, value));
  } else if (!same(there, value)) throw new Error(`${path} was not ${text(value)}`);
  else if (Array.isArray(owner)) owner.splice(Number(key) - 1, 1);
  else if (isMap(owner)) owner["#map"] = owner["#map"].filter(([argument]) => text(argument) !== key);
  else delete owner[key];
}

function add(state, path, value) {
  const there = path.reduce(look, state);
  const owner = path.slice(0, -1).reduce(look, state);
  const key = path.at(-1);
  if (isSet(there)) there["#set"] = [...there["#set"], value];
  else if (Array.isArray(owner)) owner.splice(Number(key) - 1, 0, value);
  else if (isMap(owner)) owner["#map"] = [...owner["#map"], [/^-?\d+$/.test(key) ? Number(key) : key, value]];
  else owner[key] = value;
}

/** The same for equal values, whatever the order of sets, fields and arguments. */
export function canonical(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(canonical);
  const sorted = (list) => list.map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (isSet(value)) return { "#set": sorted(value["#set"]) };
  if (isMap(value)) return value["#map"].length === 0 ? [] : { "#map": sorted(value["#map"]) };
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, canonical(value[name])]));
}
