/** How ASP.NET code reads configuration: indexers, sections and connection strings, joined to one key as in `A:B:C`. */
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { structureOf } from "./structure.js";

export interface SettingChain {
  readonly start: number;
  readonly end: number;
  /** `ConnectionStrings:Orders`, `Services:Catalog:Url`. */
  readonly key: string;
  /** The same as an expression that every reader of settings knows. */
  readonly expression: string;
  /** True when it gives a section of settings and no value. */
  readonly isSection: boolean;
}

const maxTries = 600;

/** In order; read once per source. */
export const settingChains = perSource(readChains);

function readChains(source: Source): SettingChain[] {
  const found: SettingChain[] = [];
  const sections = new Map<string, string>();
  const { bare } = source;
  const head =
    /(?<![\w.])(?:[A-Za-z_]\w{0,60}(?:\(\))?[?!]?\.){0,4}([A-Za-z_]\w{0,60})(?=\s{0,60}[?!]{0,2}(?:\[|\.\s{0,3}(?:Get(?:Required)?Section|Get(?:Required)?Value|GetConnectionString|GetRequiredConnectionString)\b))/g;
  let tries = 0;
  for (let match = head.exec(bare); match !== null && tries++ < maxTries; match = head.exec(bare)) {
    const name = match[1] ?? "";
    const prefix =
      sections.get(name) ?? (name === "ConnectionStrings" ? name : isConfiguration(name, source, match.index) ? "" : null);
    if (prefix === null) continue;
    const chain = chainFrom(source, match.index, head.lastIndex, prefix);
    if (chain === null) continue;
    found.push(chain);
    head.lastIndex = chain.end;
    const variable = /\b([A-Za-z_]\w{0,60})\s{0,9}=\s{0,9}$/.exec(bare.slice(Math.max(0, match.index - 90), match.index))?.[1];
    if (variable !== undefined && chain.isSection) sections.set(variable, chain.key);
  }
  return found;
}

function isConfiguration(name: string, source: Source, offset: number): boolean {
  if (
    /^_{0,2}(?:[cC]onfig(?:uration)?|[a-z]\w{0,40}Config(?:uration)?|cfg|appSettings|AppSettings|configurationManager)$/.test(
      name,
    )
  )
    return true;
  return /^(?:IConfiguration\w{0,20}|ConfigurationManager)$/.test(structureOf(source).typeOf(name, offset) ?? "");
}

const step =
  /\s{0,60}[?!]{0,2}(?:\.\s{0,5}(?:(Get(?:Required)?Section)|(GetConnectionString|GetRequiredConnectionString)|(Get(?:Required)?Value))\s{0,3}(?:<[\w.?[\]<>]{1,60}>)?\s{0,3}(?=\()|(?=\[)|\.(Value)\b)/y;

function chainFrom(source: Source, start: number, from: number, prefix: string): SettingChain | null {
  const { bare, code } = source;
  const keys = prefix === "" ? [] : [prefix];
  let at = from;
  let isSection = true;
  let fallback: string | null = null;
  for (let count = 0; count < 8 && isSection; count++) {
    step.lastIndex = at;
    const match = step.exec(bare);
    if (match === null) break;
    if (match[4] !== undefined) {
      at = step.lastIndex;
      isSection = false;
      break;
    }
    const open = step.lastIndex;
    const offsets = argumentOffsets(source, open);
    const key = offsets[0] === undefined ? null : keyAt(source, offsets[0]);
    if (key === null) return null;
    const close = structureOf(source).closeOf(open);
    keys.push(match[2] === undefined ? key : `ConnectionStrings:${key}`);
    if (match[3] !== undefined && offsets[1] !== undefined) fallback = code.slice(offsets[1], close).trim();
    isSection = match[1] !== undefined;
    at = close + 1;
  }
  const key = keys.join(":");
  if (at === from || !/^[\w.:-]{1,160}$/.test(key)) return null;
  // What the compiler is told about null is no part of the value.
  if (bare[at] === "!" && bare[at + 1] !== "=") at++;
  const isFallback = fallback !== null && fallback !== "" && fallback.length < 300;
  return {
    start,
    end: at,
    key,
    isSection,
    expression: `Environment.GetEnvironmentVariable("${key}"${isFallback ? `, ${fallback}` : ""})`,
  };
}

/** A text, a constant of this file or `nameof`. */
function keyAt(source: Source, offset: number): string | null {
  const literal = source.stringAt(offset);
  const name =
    literal === null ? /^nameof\([\w.]{0,80}?(\w{1,80})\)/.exec(source.bare.slice(offset, offset + 180))?.[1] : undefined;
  const key = name ?? (literal !== null && literal.holes === "" ? literal.value : templateAt(source, offset));
  return key !== null && /^[\w.:-]{1,120}$/.test(key) ? key : null;
}
