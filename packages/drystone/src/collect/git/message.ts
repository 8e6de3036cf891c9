/** What a commit message tells: tickets, people who wrote together, what it takes back. */

const LINE_FEED = 10;
const HASH = 35;
const HYPHEN = 45;
const LARGE_I = 73;
const LARGE_T = 84;
const BRACKET = 91;
const SMALL_C = 99;
const SMALL_E = 101;
const SMALL_H = 104;
const SMALL_O = 111;
const SMALL_R = 114;
const SMALL_V = 118;
/** As much of a subject as is kept. */
export const maxSubjectBytes = 200;

/** What one look at a message tells: where it ends, and what may be in it. Most say nothing that is worth another look. */
export interface MessageMarks {
  end: number;
  /** End of its first line. */
  subjectEnd: number;
  mayHaveKey: boolean;
  mayHaveTrailer: boolean;
  mayRevert: boolean;
}

/** Looks at the message that starts at `from` and goes up to a NUL. */
export function scanMessage(data: Buffer, from: number, marks: MessageMarks): void {
  let subjectEnd = -1;
  let mayHaveKey = false;
  let mayHaveTrailer = false;
  let mayRevert = startsLikeRevert(data, from);
  let at = nextTelling(data, from);
  for (; data[at] !== 0; at = nextTelling(data, at + 1)) {
    const byte = data[at];
    if (byte === LINE_FEED) {
      if (subjectEnd < 0) subjectEnd = at;
      mayRevert ||= data[at + 1] === LARGE_T && startsThisReverts(data, at + 1);
    } else if (byte === HYPHEN) {
      // Both at once: what is looked at for the first time late is compiled again.
      mayHaveTrailer ||= ((((data[at - 1] ?? 0) | 32) ^ SMALL_O) | (((data[at - 2] ?? 0) | 32) ^ SMALL_C)) === 0;
      mayHaveKey ||= isFirstDigit(data[at + 1] ?? 0)
        ? endsLikeProject(data, at)
        : data[at + 1] === LARGE_I && data[at - 1] === SMALL_E;
    } else mayHaveKey ||= isFirstDigit(data[at + 1] ?? 0) && isNameByte(data[at - 1] ?? 0);
  }
  marks.end = at;
  marks.subjectEnd = subjectEnd < 0 ? at : subjectEnd;
  marks.mayHaveKey = mayHaveKey;
  marks.mayHaveTrailer = mayHaveTrailer;
  marks.mayRevert = mayRevert;
}

/** The next byte of a message that may tell something, or its end. */
function nextTelling(data: Buffer, from: number): number {
  let at = from;
  while (ordinary[data[at] ?? 0] === 1) at++;
  return at;
}

/** By byte: 1 where there is nothing to look at. */
const ordinary = Uint8Array.from({ length: 256 }, (_, byte) => ([0, LINE_FEED, HYPHEN, HASH].includes(byte) ? 0 : 1));

function startsThisReverts(data: Buffer, at: number): boolean {
  return data[at + 1] === SMALL_H && data[at + 5] === SMALL_R;
}

/** Whether what stands before `at` may be the name of a project: a capital, and one to nine more or digits. */
function endsLikeProject(data: Buffer, at: number): boolean {
  let start = at;
  while (start > at - 11 && isUpperOrDigit(data[start - 1] ?? 0)) start--;
  return start <= at - 2 && start >= at - 10 && (data[start] ?? 0) >= 65;
}

/** Bytes at the end of a message that are searched for trailers. */
const maxTrailerBytes = 64 * 1024;

/** People who wrote together: name and e-mail address. */
export function readCoAuthors(message: Buffer): [string, string][] {
  const text = message.toString("utf8", Math.max(0, message.length - maxTrailerBytes));
  const found = new Map<string, [string, string]>();
  for (const [, name = "", email = ""] of text.matchAll(coAuthor))
    found.set(email.trim().toLowerCase(), [name.trim(), email.trim()]);
  return [...found.values()];
}

const coAuthor = /(?<![^\n])\s{0,8}co-authored-by:([^<\n]{0,200})<([^>\n]{0,200})>/gi;

/** Standards, encodings, versions and times (`V2-1`, `T10-30`) that look like a ticket. */
const noTicket =
  /^(?:UTF|SHA|MD|ISO|CVE|CWE|RFC|HTTP|TLS|SSL|GPL|LGPL|AGPL|MIT|BSD|AES|RSA|EC|ES|IPV|COVID|GHSA|PEP|JEP|KB|UCS|CP|RC|ALPHA|BETA|LATIN|BASE|ARM|AMD|PR|GH|NODE|PHP|JAVA|JDK|GPT|TOPS|[A-Z])[0-9]*-/;
const longMessage = 1000;

const ticket = /(?<![A-Za-z0-9_./-])[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,6}(?![A-Za-z0-9_.-]{0,32}[A-Za-z0-9_])/g;
const pullRequest = /(?<![A-Za-z0-9_./-])[A-Za-z0-9][\w.-]{0,38}\/[\w.-]{1,60}#[1-9][0-9]{0,6}(?![A-Za-z0-9_])/g;

/** Ticket keys (`SHOP-12`), references to another repository's pull request (`owner/repo#12`) and Gerrit Change-Ids; from both ends of long messages. */
export function readKeys(message: Buffer): Set<string> {
  const keys = new Set<string>();
  const text =
    message.length <= longMessage
      ? message.toString("latin1")
      : `${message.toString("latin1", 0, longMessage / 2)}\n${message.toString("latin1", message.length - longMessage / 2)}`;
  for (const key of text.match(ticket) ?? []) if (!noTicket.test(key)) keys.add(key);
  for (const key of text.match(pullRequest) ?? []) keys.add(key);
  const changeId = text.lastIndexOf("\nChange-Id: I");
  if (changeId >= 0) {
    const id = /^I[0-9a-f]{40}(?![0-9a-f])/.exec(text.slice(changeId + 12, changeId + 60));
    if (id) keys.add(id[0]);
  }
  return keys;
}

const isFirstDigit = (code: number): boolean => code >= 49 && code <= 57;
const isNameByte = (code: number): boolean =>
  isUpperOrDigit(code) || (code >= 97 && code <= 122) || code === 95 || code === 46 || code === 45;
const isUpperOrDigit = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** `Revert "…"`, `revert: …`, or a label in brackets, behind which there may be one of those. */
function startsLikeRevert(data: Buffer, from: number): boolean {
  const first = data[from] ?? 0;
  return (
    first === BRACKET ||
    ((first | 32) === SMALL_R && ((data[from + 1] ?? 0) | 32) === SMALL_E && ((data[from + 2] ?? 0) | 32) === SMALL_V)
  );
}

const revertMark = "This reverts commit ";

/**
 * What a commit that only takes another one back names: its id, and `subject:` with its subject, where the message gives them.
 * A message that mentions a revert among other things takes nothing back: the subject decides, or a body that begins with it.
 */
export function readRevert(message: Buffer): string[] {
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
