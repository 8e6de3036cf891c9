/** Takes the result out of the file. */
import type { PageData } from "./model.js";

/** @throws Error when the file carries no result, or one that this browser cannot unpack. */
export async function readPageData(document: Document): Promise<PageData> {
  const element = document.getElementById("drystone-data");
  const text = element?.textContent ?? "";
  if (element === null || text.trim() === "") throw new Error("This file carries no result.");
  const json = element.getAttribute("data-packed") === "gzip" ? await unpacked(text) : text;
  return JSON.parse(json) as PageData;
}

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
