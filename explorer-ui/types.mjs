// Writes src/api/types.ts from the server's own description of its JSON, docs/openapi.json.

import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const description = new URL("../docs/openapi.json", import.meta.url);
const types = new URL("src/api/types.ts", import.meta.url);

/** What is said beside a reference would make it a type of its own. */
const plain = (_, value) => (value?.$ref ? { $ref: value.$ref.replace("#/components/schemas/", "#/definitions/") } : value);

const { components } = JSON.parse(await readFile(description, "utf8"), plain);
const definitions = components.schemas;
const text = await compile({ definitions, title: "Api", type: "object" }, "Api", {
  additionalProperties: false,
  bannerComment: "// Written by `npm run build` from docs/openapi.json: change the server's types, not this file.",
  unreachableDefinitions: true,
  style: { printWidth: 110 },
});
const about = / \*\n \* This interface was referenced by `Api`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g;
const root = /export interface Api \{\n.*?\n\}\n/s;
await writeFile(types, text.replace(about, "").replace(root, ""));
