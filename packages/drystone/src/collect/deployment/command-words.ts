/** Commands as words, and what they wait for before they start. */
import type { DependsOn } from "./deployed.js";

const maxWords = 500;
const maxText = 50_000;

/** Words of a command line as a shell would cut them; quotes and escapes removed. Nothing is expanded. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  const bounded = text.slice(0, maxText);
  for (let at = 0; at < bounded.length && words.length < maxWords; at++) {
    const sign = bounded[at] ?? "";
    if (quote !== "") {
      if (sign === quote) quote = "";
      else if (sign === "\\" && quote === '"') word = (word ?? "") + (bounded[++at] ?? "");
      else word = (word ?? "") + sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= "";
    } else if (sign === "\\") {
      const next = bounded[++at] ?? "";
      if (next !== "\n") word = (word ?? "") + next;
    } else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + sign;
  }
  if (word !== null && words.length < maxWords) words.push(word);
  return words;
}

/** Servers that a command waits for by one of the usual scripts: `wait-for-it.sh db:5432`, `dockerize -wait tcp://db:5432`, `until nc -z db 5432`, `pg_isready -h db`. */
export function waitsFor(command: readonly string[], line: number): DependsOn[] {
  const words = command.flatMap(innerWords).slice(0, maxWords);
  const names = new Set<string>();
  for (const [index, word] of words.entries()) {
    for (const host of hostsAfter(word, words, index)) {
      if (/^[a-z][\w.-]{0,100}$/i.test(host) && !/^(?:localhost|true|false|sh|bash|echo|sleep|do|done)$/i.test(host))
        names.add(host);
    }
  }
  return [...names].map((name) => ({ name, line, alias: null, kind: "wait" }));
}

/** A script in one word is cut again; `;`, `&` and `|` part commands. */
function innerWords(word: string): string[] {
  return /[\s;&|]/.test(word) ? shellWords(word.replace(/[;&|()]/g, " ; ")) : [word];
}

function hostsAfter(word: string, words: readonly string[], index: number): string[] {
  const name = word.slice(word.lastIndexOf("/") + 1);
  if (
    /^(?:wait-?for-?it|wait[-_]for|wait4x?|wait-port|wait-on|wait[-_]for[-_][\w-]{1,30}|waitforit)(?:\.(?:sh|py|js))?$/.test(name)
  )
    return addresses(words, index);
  if (word === "-wait" || word === "--wait") return hostOf(words[index + 1] ?? "");
  if (/^--?wait=/.test(word)) return hostOf(word.slice(word.indexOf("=") + 1));
  if (name === "nc" || name === "ncat") {
    const host = words.slice(index + 1, index + 8).find((next) => !next.startsWith("-"));
    return words.slice(index + 1, index + 4).some((next) => /^-\w{0,5}z/.test(next)) && host ? hostOf(host) : [];
  }
  if (/^(?:pg_isready|mysqladmin|redis-cli)$/.test(name) && words.slice(Math.max(0, index - 3), index).some(isLoop))
    return optionHost(words, index);
  return [];
}

function isLoop(word: string): boolean {
  return word === "until" || word === "while" || word === "!";
}

/** `host:port` words up to the command that follows `--`. */
function addresses(words: readonly string[], index: number): string[] {
  const found: string[] = [];
  for (const word of words.slice(index + 1, index + 20)) {
    if (word === "--" || word === ";") break;
    if (/:\d{1,5}\b/.test(word)) found.push(...hostOf(word));
  }
  return found.length > 0 ? found : optionHost(words, index);
}

/** `-h db`, `-hdb`, `--host=db`. */
function optionHost(words: readonly string[], index: number): string[] {
  const near = words.slice(index + 1, index + 10);
  for (const [at, word] of near.entries()) {
    if (word === "-h" || word === "--host") return hostOf(near[at + 1] ?? "");
    const joined = /^(?:--host=|-h)([\w.-]{1,100})$/.exec(word)?.[1];
    if (joined !== undefined) return [joined];
  }
  return [];
}

/** Host of `tcp://db:5432/x` and of `db:5432`. */
function hostOf(address: string): string[] {
  const host = /^(?:[a-z][\w+-]{0,20}:\/{0,2}(?=[a-z]))?([\w.-]{1,100})(?::\d{1,5})?(?:\/.{0,200})?$/i.exec(address)?.[1];
  return host === undefined ? [] : [host];
}
