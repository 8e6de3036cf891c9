/** What names of a Rust file stand for: `use` declarations and what calls made. */
import { type CallSite, callSites } from "../common/call-sites.js";
import { parameterAt } from "../common/parameters.js";
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface RustCall extends CallSite {
  /** With `use` and variables put in: `reqwest.Client.new`, `reqwest.Client.new().get`. */
  readonly full: string;
}

export const rustCalls = perSource((source): readonly RustCall[] => {
  const imports = rustImports(source);
  const made = new Map<string, string>();
  const byStart = new Map<number, RustCall>();
  const calls: RustCall[] = [];
  for (const call of callSites(source)) {
    const on = call.on === null ? null : byStart.get(call.on.start);
    const [root = "", ...rest] = call.path.split(".");
    const type = rest.length > 0 ? made.get(call.receiver) : undefined;
    const full = on
      ? `${on.full}().${call.name}`.slice(-300)
      : type !== undefined
        ? `${type}().${call.name}`
        : [imports.get(root) ?? root, ...rest].join(".");
    const one = { ...call, full };
    calls.push(one);
    byStart.set(call.start, one);
    const name = /let[ \t]{1,3}(?:mut[ \t]{1,3})?(\w{1,60})(?:[ \t]{0,3}:[^=;\n]{1,80})?[ \t]{0,3}=\s{0,60}&?$/.exec(
      source.bare.slice(Math.max(0, call.start - 200), call.start),
    )?.[1];
    if (name !== undefined && !on) made.set(name, full);
  }
  return calls;
});

/** `use a::{b, c::D as E};` gives `b: a.b` and `E: a.c.D`. */
export function rustImports(source: Source): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, text = ""] of source.bare.matchAll(/(?:^|\n)[ \t]{0,12}(?:pub[ \t]{1,3})?use[ \t]{1,3}([\w:{},\s*]{2,2000});/g))
    flatten(text.replace(/\s{1,40}/g, " "), "", found, 0);
  return found;
}

function flatten(text: string, prefix: string, found: Map<string, string>, depth: number): void {
  for (const part of splitTop(text)) {
    const brace = part.indexOf("{");
    if (brace >= 0 && depth < 5)
      flatten(
        part.slice(brace + 1, part.lastIndexOf("}")),
        prefix + part.slice(0, brace).trim().replaceAll("::", "."),
        found,
        depth + 1,
      );
    else {
      const [, path = "", alias] = /^\s*([\w:*]+)(?: as (\w+))?/.exec(part) ?? [];
      const whole = `${prefix}${path.replaceAll("::", ".")}`.replace(/\.self$/, "");
      const name = alias ?? whole.split(".").at(-1) ?? "";
      if (name !== "" && name !== "*" && found.size < 2000) found.set(name, whole);
    }
  }
}

function splitTop(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    else if (char === "}") depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.filter((part) => part.trim() !== "");
}

export function argumentText(source: Source, open: number, index: number): Template | null {
  const offset = argumentOffsets(source, open)[index];
  return offset === undefined ? null : textAt(source, offset);
}

function textAt(source: Source, offset: number): Template | null {
  const at = offset + (/^&(?:mut[ \t])?/.exec(source.bare.slice(offset, offset + 6))?.[0].length ?? 0);
  const word = /^(\w{1,60})(?:\.(?:clone|as_str|to_string|into)\(\))?(?=\s{0,20}[,)])/.exec(source.bare.slice(at, at + 90))?.[1];
  const given = word === undefined ? undefined : parameterAt(source, at, word);
  return given === undefined ? templateAt(source, at) : given;
}
