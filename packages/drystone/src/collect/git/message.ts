/** What a commit message tells: tickets, people who wrote together, what it takes back. */

export interface MessageFacts {
  readonly keys: Iterable<string>;
  /** Name and e-mail address. */
  readonly coAuthors: readonly (readonly [string, string])[];
  /** What a commit that only takes another one back names: its id, and `subject:` with its subject, where the message gives them. */
  readonly reverted: readonly string[];
}

const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;
const HYPHEN = 45;
const LARGE_T = 84;
const BRACKET = 91;
const SMALL_A = 97;
const SMALL_C = 99;
const SMALL_H = 104;
const SMALL_O = 111;
const SMALL_R = 114;
/** As much of a subject as is kept. */
export const maxSubjectBytes = 200;

/** Reads the message in `data[from .. to]`. Null where it says nothing of all this, as most do: one look at the bytes tells. */
export function readMessage(data: Buffer, from: number, to: number): MessageFacts | null {
  let mayHaveKey = false;
  let mayHaveTrailer = startsTrailer(data, from);
  let mayRevert = startsLikeRevert(data, from);
  for (let at = from; at < to; at++) {
    const byte = data[at];
    if (byte === 10) {
      mayHaveTrailer ||= startsTrailer(data, at + 1);
      mayRevert ||= data[at + 1] === LARGE_T && data[at + 6] === SMALL_R;
    } else if (byte === 45) mayHaveKey ||= isFirstDigit(data[at + 1] ?? 0) && isUpperOrDigit(data[at - 1] ?? 0);
    else if (byte === 35) mayHaveKey ||= isFirstDigit(data[at + 1] ?? 0) && (data[at - 1] ?? 0) > SPACE;
  }
  if (!mayHaveKey && !mayHaveTrailer && !mayRevert) return null;
  const message = data.subarray(from, to);
  return {
    keys: mayHaveKey || mayHaveTrailer ? readKeys(message) : [],
    coAuthors: mayHaveTrailer ? readCoAuthors(message) : [],
    reverted: mayRevert ? readRevert(message) : [],
  };
}

/** `co-` or `Cha`, whatever the case, behind some blanks. */
function startsTrailer(data: Buffer, from: number): boolean {
  let at = from;
  while (at < from + 8 && (data[at] === SPACE || data[at] === TAB)) at++;
  if (((data[at] ?? 0) | 32) !== SMALL_C) return false;
  const second = (data[at + 1] ?? 0) | 32;
  const third = data[at + 2] ?? 0;
  return (second === SMALL_O || second === SMALL_H) && (third === HYPHEN || (third | 32) === SMALL_A);
}

/** Bytes at the end of a message that are searched for trailers. */
const maxTrailerBytes = 64 * 1024;

function readCoAuthors(message: Buffer): [string, string][] {
  const text = message.toString("utf8", Math.max(0, message.length - maxTrailerBytes));
  if (!/uthored-/i.test(text)) return [];
  const found = new Map<string, [string, string]>();
  for (const line of text.split("\n")) {
    const match = /^\s{0,8}co-authored-by:([^<]{0,200})<([^>]{0,200})>/i.exec(line.slice(0, 500));
    if (match?.[1] !== undefined && match[2] !== undefined)
      found.set(match[2].trim().toLowerCase(), [match[1].trim(), match[2].trim()]);
  }
  return [...found.values()];
}

/** Standards, encodings, versions and times (`V2-1`, `T10-30`) that look like a ticket. */
const noTicket =
  /^(?:UTF|SHA|MD|ISO|CVE|CWE|RFC|HTTP|TLS|SSL|GPL|LGPL|AGPL|MIT|BSD|AES|RSA|EC|ES|IPV|COVID|GHSA|PEP|JEP|KB|UCS|CP|RC|ALPHA|BETA|LATIN|BASE|ARM|AMD|PR|GH|NODE|PHP|JAVA|JDK|GPT|TOPS|[A-Z])[0-9]*-/;
const longMessage = 1000;

/** Ticket keys (`SHOP-12`), references to another repository's pull request (`owner/repo#12`) and Gerrit Change-Ids; from both ends of long messages. */
function readKeys(message: Buffer): Set<string> {
  const keys = new Set<string>();
  const text =
    message.length <= longMessage
      ? message.toString("latin1")
      : `${message.toString("latin1", 0, longMessage / 2)}\n${message.toString("latin1", message.length - longMessage / 2)}`;
  for (let at = text.indexOf("-"); at >= 0; at = text.indexOf("-", at + 1)) {
    if (!isFirstDigit(text.charCodeAt(at + 1)) || !isUpperOrDigit(text.charCodeAt(at - 1))) continue;
    const key = matchAround(
      text,
      at,
      /(?:^|[^A-Za-z0-9_./-])([A-Z][A-Z0-9]{1,9})$/,
      /^-[1-9][0-9]{0,6}(?![A-Za-z0-9_.-]*[A-Za-z0-9_])/,
    );
    if (key !== null && !noTicket.test(key)) keys.add(key);
  }
  for (let at = text.indexOf("#"); at > 0; at = text.indexOf("#", at + 1)) {
    if (!isFirstDigit(text.charCodeAt(at + 1))) continue;
    const key = matchAround(
      text,
      at,
      /(?:^|[^A-Za-z0-9_./-])([A-Za-z0-9][\w.-]{0,38}\/[\w.-]{1,60})$/,
      /^#[1-9][0-9]{0,6}(?![A-Za-z0-9_])/,
    );
    if (key !== null) keys.add(key);
  }
  const changeId = text.lastIndexOf("\nChange-Id: I");
  if (changeId >= 0) {
    const id = /^I[0-9a-f]{40}(?![0-9a-f])/.exec(text.slice(changeId + 12, changeId + 60));
    if (id) keys.add(id[0]);
  }
  return keys;
}

/** What stands before (first group) and after the character at `at`, joined; both looks are short. */
function matchAround(text: string, at: number, before: RegExp, after: RegExp): string | null {
  const left = before.exec(text.slice(Math.max(0, at - 102), at));
  const right = left && after.exec(text.slice(at, at + 40));
  return left?.[1] !== undefined && right ? left[1] + right[0] : null;
}

const isFirstDigit = (code: number): boolean => code >= 49 && code <= 57;
const isUpperOrDigit = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** `Revert "…"`, `revert: …`, or one of those behind a label in brackets. */
function startsLikeRevert(data: Buffer, from: number): boolean {
  const first = data[from] ?? 0;
  return (first | 32) === SMALL_R || first === BRACKET;
}

const revertMark = "This reverts commit ";

/** A message that mentions a revert among other things takes nothing back: the subject decides, or a body that begins with it. */
function readRevert(message: Buffer): string[] {
  const end = message.indexOf(LINE_FEED);
  const subject = message.toString("utf8", 0, Math.min(end < 0 ? message.length : end, maxSubjectBytes));
  const at = message.indexOf(revertMark);
  const begins = at > end && end >= 0 && message.toString("latin1", end, Math.min(at, end + 20)).trim() === "";
  if (!begins && !/^(?:\[[^\]]{0,60}\] ?)?revert\b/i.test(subject)) return [];
  const id =
    at < 0 ? null : /^[0-9a-f]{7,64}/.exec(message.toString("latin1", at + revertMark.length, at + revertMark.length + 64));
  const quoted = /revert "(.+)"/i.exec(subject);
  return [...(id ? [id[0]] : []), ...(quoted?.[1] === undefined ? [] : [`subject:${quoted[1]}`])];
}
