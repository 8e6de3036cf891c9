/** Servers that the init containers of a pod wait for. */
import { record, texts } from "../yaml/index.js";
import { waitsFor } from "./command-words.js";
import type { DependsOn } from "./deployed.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { placeOf } from "./kubernetes-places.js";

/** Waits by the usual scripts, and by loops around `curl`, `wget`, `nslookup` and clients of databases. */
export function podWaits(spec: Readonly<Record<string, unknown>>, object: KubeObject): DependsOn[] {
  const containers = spec["initContainers"];
  const found = (Array.isArray(containers) ? containers.slice(0, 50) : []).flatMap((container) => {
    const settings = record(container);
    const words = [...texts(settings["command"]), ...texts(settings["args"])];
    const place = placeOf(settings, settings["command"] === undefined ? "args" : "command");
    const line = place?.file === object.file ? place.line : object.line;
    return [...waitsFor(words, line), ...loopHosts(words).map((name): DependsOn => ({ name, line, alias: null, kind: "wait" }))];
  });
  return [...new Map(found.map((wait) => [wait.name, wait])).values()];
}

/** Hosts in scripts that go on until somebody answers. */
function loopHosts(words: readonly string[]): string[] {
  const script = words.join("\n").slice(0, 20_000);
  if (!/\b(?:until|while|for)\b/.test(script)) return [];
  const patterns = [
    /\bhttps?:\/\/([a-z][\w.-]{0,100})/gi,
    /\b(?:nslookup|getent\s{1,5}hosts|dig\s{1,5}\+short|host|ping(?:\s{1,5}-\w{1,3}(?:\s{1,3}\d{1,3})?){0,4})\s{1,5}([a-z][\w.-]{0,100})/gi,
    /\b(?:pg_isready|mysqladmin|mysql|mongosh?|redis-cli|psql)\b[^\n;|&]{0,80}?\s(?:-h|--host)[\s=]{1,3}([a-z][\w.-]{0,100})/gi,
    /\/dev\/tcp\/([a-z][\w.-]{0,100})\/\d/gi,
  ];
  return patterns
    .flatMap((pattern) => [...script.matchAll(pattern)].flatMap((match) => match[1] ?? []))
    .filter((host) => host !== "localhost");
}
