// TLA+ values of `docs/json.md` for the tests: written by hand once more, so that nothing of the page
// vouches for itself.

/** In TLA+ notation, as the page has to show it to whoever points at a value. */
export function text(value) {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `<<${value.map(text).join(", ")}>>`;
  if ("#set" in value) return `{${value["#set"].map(text).join(", ")}}`;
  if ("#model" in value) return value["#model"];
  if ("#map" in value) return `(${value["#map"].map(([key, to]) => `${text(key)} :> ${text(to)}`).join(" @@ ")})`;
  return `[${Object.entries(value).map(([name, to]) => `${name} |-> ${text(to)}`).join(", ")}]`;
}

/** A state as one text. */
export const stateText = (state) =>
  Object.keys(state).sort().map((name) => `${name} = ${text(state[name])}`).join("\n");

/** A value without its order: a sequence is an array, a record or function a map by the text of its
 * arguments, a set a set of texts. */
function opened(value) {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(opened);
  if ("#model" in value) return text(value);
  if ("#set" in value) return new Set(value["#set"].map(fingerprint));
  if ("#map" in value) return new Map(value["#map"].map(([key, to]) => [text(key), opened(to)]));
  return new Map(Object.entries(value).map(([name, to]) => [name, opened(to)]));
}

/** A text that is the same for values that are the same. */
export const fingerprint = (value) => written(opened(value));

function written(value) {
  if (Array.isArray(value)) return `<<${value.map(written).join(", ")}>>`;
  if (value instanceof Set) return `{${[...value].sort().join(", ")}}`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  if (value.size === 0) return "<<>>";
  return `[${[...value].map(([key, to]) => `${key} |-> ${written(to)}`).sort().join(", ")}]`;
}

/** The fingerprint of the state after a step, made of the one before it and of the changes alone. */
export function patched(state, changes) {
  const after = opened(state);
  const those = (wanted) => changes.filter(({ kind }) => kind === wanted);
  for (const { path, before, after: to } of those("changed")) {
    const [owner, key] = find(after, path);
    if (written(get(owner, key)) !== fingerprint(before)) throw new Error(`${path} was not ${text(before)}`);
    put(owner, key, opened(to));
  }
  // From the last to the first, so that places in sequences are still those of the state before.
  for (const { path, value } of those("removed").reverse()) remove(...find(after, path), fingerprint(value));
  for (const { path, value } of those("added")) add(after, path, value);
  return written(after);
}

const get = (owner, key) => (Array.isArray(owner) ? owner[Number(key) - 1] : owner.get(key));
const put = (owner, key, to) => (Array.isArray(owner) ? (owner[Number(key) - 1] = to) : owner.set(key, to));

/** `slots[1].at` is `slots`, `1`, `at`. */
function split(path) {
  const parts = path.matchAll(/([A-Za-z_]\w*)|\[((?:[^[\]"]|"[^"]*"|\[[^\]]*\])*)\]/g);
  return [...parts].map(([, name, argument]) => name ?? argument);
}

/** Who has what a path leads to, and by which name. */
const find = (state, path) => owned(state, split(path));
const owned = (state, keys) => [keys.slice(0, -1).reduce(get, state), keys.at(-1)];

function remove(owner, key, gone) {
  const there = get(owner, key);
  if (there instanceof Set && there.delete(gone)) return;
  if (written(there) !== gone) throw new Error(`${key} was not ${gone}`);
  if (Array.isArray(owner)) owner.splice(Number(key) - 1, 1);
  else owner.delete(key);
}

function add(state, path, value) {
  const [owner, key] = find(state, path);
  const there = get(owner, key);
  if (there instanceof Set) there.add(fingerprint(value));
  else if (!Array.isArray(owner)) owner.set(key, opened(value));
  else if (/^\d+$/.test(key)) owner.splice(Number(key) - 1, 0, opened(value));
  // Of a function without arguments one cannot tell that it is no sequence.
  else put(...owned(state, split(path).slice(0, -1)), new Map([[key, opened(value)]]));
}
