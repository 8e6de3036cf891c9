/** Pact files: interactions that a consumer's tests recorded. */
import type { FileTree } from "#collect/files/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import type { Pact, PactInteraction } from "#model/contract-source.js";
import { readContractDocument } from "./contract-document.js";

const maxFiles = 500;
const maxNames = 5000;

/** Files below `pacts/`, and those named like one; anything else in them is left out. Never throws. */
export function readPacts(tree: FileTree): Pact[] {
  const paths = tree.paths.filter((path) => /(?:^|\/)pacts?\/[^/]{1,200}\.json$|[._-]pact\.json$/i.test(path)).slice(0, maxFiles);
  return [...tree.read(paths, { quiet: true })].flatMap(([file, text]): Pact[] => {
    const root = record(readContractDocument(file, text).document?.value);
    const consumer = scalarText(record(root["consumer"])["name"]);
    const provider = scalarText(record(root["provider"])["name"]);
    const interactions = [root["interactions"], root["messages"]].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
    return consumer === "" || provider === ""
      ? []
      : [{ consumer, provider, file, interactions: interactions.slice(0, maxNames).map(interactionOf) }];
  });
}

function interactionOf(value: unknown): PactInteraction {
  const interaction = record(value);
  const request = record(interaction["request"]);
  const body: unknown = record(interaction["response"])["body"] ?? interaction["contents"];
  // From version 4 on the body stands one level deeper.
  const content: unknown = record(body)["content"] ?? body;
  return {
    method: scalarText(request["method"]).toUpperCase(),
    path: scalarText(request["path"]),
    properties: [...namesIn(content)].sort(),
  };
}

function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  const open: unknown[] = [value];
  for (let here = open.pop(); names.size < maxNames; here = open.pop()) {
    if (typeof here === "object" && here !== null)
      for (const [name, inner] of Object.entries(here)) {
        if (!Array.isArray(here)) names.add(name);
        open.push(inner);
      }
    if (open.length === 0) return names;
  }
  return names;
}
