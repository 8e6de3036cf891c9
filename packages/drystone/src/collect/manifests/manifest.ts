/** What a build file says about the folder it stands in. */

export interface BuildManifest {
  readonly path: string;
  /** Folder of the file, "" for the root. */
  readonly folder: string;
  readonly ecosystem: "npm" | "maven" | "gradle" | "go" | "cargo" | "dotnet" | "python" | "php" | "ruby" | "elixir" | "scala";
  /** node, java, kotlin, go, rust, dotnet, python, php, ruby, elixir, scala. */
  readonly technology: string;
  /** As others refer to it in their dependencies; null when the file does not say. */
  readonly name: string | null;
  readonly line: number;
  /** Why its folder runs as a program of its own; null when the file alone does not show it. */
  readonly executable: Marker | null;
  /** True when it only lists members and holds no code of its own. */
  readonly aggregator: boolean;
  /** Folders (may be globs) of its members, relative to the repository. */
  readonly members: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** True when it is published or made to be used by others. */
  readonly published: boolean;
}

export interface Marker {
  readonly reason: string;
  readonly file: string;
  readonly line: number;
}

export interface Dependency {
  readonly name: string;
  /** As written; null when the file leaves it to others. */
  readonly version: string | null;
  readonly line: number;
  /** Folder or file in the repository that it points to; null when it goes by name. */
  readonly path: string | null;
  /** False for what only builds or tests need. */
  readonly runtime: boolean;
}

/** Folder of a path, "" for a file at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Last part of a path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Joins and resolves `.` and `..`; null when the path leaves the repository or is absolute. */
export function joinPath(folder: string, relative: string): string | null {
  if (relative.startsWith("/") || /^[A-Za-z]+:/.test(relative)) return null;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** Line, from 1, of the first place where the text stands; 1 when it does not. */
export function lineOf(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0) return 1;
  let line = 1;
  for (let i = 0; i < at; i++) if (text.charCodeAt(i) === 10) line++;
  return line;
}
