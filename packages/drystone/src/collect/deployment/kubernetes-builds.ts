/** Skaffold files: which image is built from which folder. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { readYaml, record, scalarText, type YamlDocument } from "../yaml/index.js";

/** An image and the folder it is built from. */
export interface BuiltImage {
  readonly file: string;
  readonly line: number;
  readonly image: string;
  readonly folder: string;
  readonly dockerfile: string | null;
}

const skaffold = /^apiVersion:\s{0,9}["']?skaffold\//m;

export function mayHoldBuilds(text: string): boolean {
  return skaffold.test(text);
}

export function readBuilds(path: string, text: string): BuiltImage[] {
  return readYaml(path, text, { wanted: mayHoldBuilds }).documents.flatMap((document) => artifacts(path, document));
}

function artifacts(path: string, document: YamlDocument): BuiltImage[] {
  const listed = record(record(document.value)["build"])["artifacts"];
  return (Array.isArray(listed) ? listed : []).flatMap((value, index) => {
    const artifact = record(value);
    const folder = joinPath(folderOf(path), scalarText(artifact["context"]) || ".");
    const dockerfile = record(artifact["docker"])["dockerfile"];
    const image = scalarText(artifact["image"]);
    if (image === "" || folder === null) return [];
    const line = document.lineOf(["build", "artifacts", index, "image"]);
    return [
      { file: path, line, image, folder, dockerfile: typeof dockerfile === "string" ? joinPath(folder, dockerfile) : null },
    ];
  });
}
