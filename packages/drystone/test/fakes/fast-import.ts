/** Git histories as values, turned into the input of `git fast-import`: a thousand commits in a fraction of a second, the same ids every time. */

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A file's content; `null` deletes the file, `link` makes a symbolic link, `submodule` an entry that points at another repository. */
export type Content =
  | string
  | Uint8Array
  | null
  | { readonly executable: string }
  | { readonly link: string }
  | { readonly submodule: string };

/** Path (bytes for what is no UTF-8) -> content. A Map where a path could be `__proto__` or is bytes, else an object is easier to read. */
export type Changes = Readonly<Record<string, Content>> | ReadonlyMap<string | Uint8Array, Content>;

export interface CommitPlan {
  /** Name by which other commits and tags refer to this one; default its position: "0", "1", … */
  readonly id?: string;
  /** Default: the default branch of the repository. */
  readonly branch?: string;
  readonly author: Person;
  /** Default: the author. */
  readonly committer?: Person;
  /** Committer time, seconds since 1970; may not be negative. */
  readonly time: number;
  /** Default: `time`. */
  readonly authorTime?: number;
  /** Minutes east of Greenwich, default 0. */
  readonly offsetMinutes?: number;
  readonly message: string;
  /** Ids of the parents; default the last commit of the branch. `[]` starts another root. */
  readonly parents?: readonly string[];
  /** Files or whole folders moved without a change of content, before `changes` are made. */
  readonly renames?: readonly (readonly [from: string, to: string])[];
  /** What differs from the first parent. A merge must name what it takes over from its other parents. */
  readonly changes?: Changes;
}

export interface HistoryPlan {
  /** Default "main". */
  readonly defaultBranch?: string;
  readonly commits: Iterable<CommitPlan>;
  /** Tag -> commit id. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Further branches -> commit id. */
  readonly branches?: Readonly<Record<string, string>>;
}

/** The stream for `git fast-import`, in pieces of about 64 KB. Throws on a reference to a commit that was not planned before. */
export function* fastImportStream(plan: HistoryPlan): Generator<Buffer> {
  const defaultBranch = plan.defaultBranch ?? "main";
  const marks = new Map<string, number>();
  const tips = new Map<string, string>();
  let pieces: Buffer[] = [];
  let size = 0;
  for (const commit of plan.commits) {
    const branch = commit.branch ?? defaultBranch;
    const id = commit.id ?? String(marks.size);
    if (marks.has(id)) throw new Error(`two commits have the id ${id}`);
    const tip = tips.get(branch);
    const parents = (commit.parents ?? (tip === undefined ? [] : [tip])).map((parent) => markOf(parent, marks));
    marks.set(id, marks.size + 1);
    tips.set(branch, id);
    const text = commitText(commit, `refs/heads/${branch}`, marks.size, parents, tip !== undefined);
    pieces.push(text);
    size += text.length;
    if (size < 65_536) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  for (const [kind, names] of [["heads", plan.branches ?? {}] as const, ["tags", plan.tags ?? {}] as const]) {
    for (const [name, id] of Object.entries(names)) {
      pieces.push(Buffer.from(`reset refs/${kind}/${name}\nfrom :${markOf(id, marks)}\n\n`));
    }
  }
  pieces.push(Buffer.from("done\n"));
  yield Buffer.concat(pieces);
}

function markOf(id: string, marks: ReadonlyMap<string, number>): number {
  const mark = marks.get(id);
  if (mark === undefined) throw new Error(`no commit before this one has the id ${id}`);
  return mark;
}

function commitText(commit: CommitPlan, ref: string, mark: number, parents: readonly number[], branchExists: boolean): Buffer {
  const committer = commit.committer ?? commit.author;
  const zone = zoneText(commit.offsetMinutes ?? 0);
  const lines: (string | Uint8Array)[] = [];
  // Without this, fast-import would continue the branch: a commit on an existing branch has its tip as parent unless told otherwise.
  if (branchExists && parents.length === 0) lines.push(`reset ${ref}\n\n`);
  lines.push(`commit ${ref}\nmark :${mark}\n`);
  lines.push(`author ${personText(commit.author)} ${commit.authorTime ?? commit.time} ${zone}\n`);
  lines.push(`committer ${personText(committer)} ${commit.time} ${zone}\n`);
  lines.push(...dataText(commit.message));
  for (const [index, parent] of parents.entries()) lines.push(`${index === 0 ? "from" : "merge"} :${parent}\n`);
  for (const [from, to] of commit.renames ?? []) lines.push(`R ${quotedPath(from)} ${quotedPath(to)}\n`);
  for (const [path, content] of entriesOf(commit.changes)) lines.push(...changeText(path, content));
  lines.push("\n");
  return Buffer.concat(lines.map((line) => (typeof line === "string" ? Buffer.from(line) : line)));
}

function zoneText(minutes: number): string {
  const size = Math.abs(minutes);
  const digits = Math.floor(size / 60) * 100 + (size % 60);
  return `${minutes < 0 ? "-" : "+"}${String(digits).padStart(4, "0")}`;
}

/** fast-import refuses these characters in names; git itself drops them when it makes a commit. */
function personText({ name, email }: Person): string {
  return name === "" ? `<${withoutMarks(email)}>` : `${withoutMarks(name)} <${withoutMarks(email)}>`;
}

function withoutMarks(text: string): string {
  return text.replace(/[<>\n\0]/g, "");
}

function dataText(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, "\n"];
}

function entriesOf(changes: Changes | undefined): Iterable<readonly [string | Uint8Array, Content]> {
  if (changes === undefined) return [];
  return changes instanceof Map ? changes : Object.entries(changes as Readonly<Record<string, Content>>);
}

function changeText(path: string | Uint8Array, content: Content): (string | Uint8Array)[] {
  const name = quotedPath(path);
  if (content === null) return [`D ${name}\n`];
  if (typeof content === "string" || content instanceof Uint8Array) return [`M 100644 inline ${name}\n`, ...dataText(content)];
  if ("executable" in content) return [`M 100755 inline ${name}\n`, ...dataText(content.executable)];
  if ("link" in content) return [`M 120000 inline ${name}\n`, ...dataText(content.link)];
  return [`M 160000 ${content.submodule} ${name}\n`];
}

/** C-style quotes with octal escapes, which hold any byte that git allows in a path. */
function quotedPath(path: string | Uint8Array): string {
  const bytes = typeof path === "string" ? Buffer.from(path) : path;
  let text = '"';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
  }
  return `${text}"`;
}
