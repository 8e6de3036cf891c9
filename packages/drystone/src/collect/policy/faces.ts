/** Which files of a module others may import. */
import type { RawModule } from "#collect/config/index.js";
import { exportedFiles } from "#collect/imports/index.js";
import type { FaceFact, ModuleFact, PolicyPlace, Selector } from "#model/modules.js";

export interface Faces {
  readonly faces: readonly FaceFact[];
  readonly faceSource: ModuleFact["faceSource"];
}

/** As written under `public`. @param selector reads whom an interface is for. @param placeOf where a key below `public` stands. */
export function declaredFaces(
  written: NonNullable<RawModule["public"]>,
  paths: readonly string[],
  selector: (text: string, face: string) => Selector,
  placeOf: (path: readonly PropertyKey[]) => PolicyPlace,
): Faces {
  const faceOf = (name: string, globs: string | readonly string[], at: readonly PropertyKey[], to: FaceFact["to"]): FaceFact => {
    const files =
      typeof globs === "string"
        ? globsIn(paths, [globs], () => placeOf(at))
        : globsIn(paths, globs, (index) => placeOf([...at, index]));
    return { name, files: files.map(({ file }) => file), places: files.map(({ place }) => place), to };
  };
  if (typeof written === "string" || Array.isArray(written))
    return { faces: [faceOf("default", written, [], null)], faceSource: "declared" };
  const faces = Object.entries(written).map(([name, face]) => {
    if (typeof face === "string" || Array.isArray(face)) return faceOf(name, face, [name], null);
    const to = face.to === undefined ? null : list(face.to).map((text) => selector(text, name));
    return faceOf(name, face.files, [name, "files"], to);
  });
  return { faces, faceSource: "declared" };
}

/** `exports` of the package.json in the folder of the module, else its index file, else nothing, which leaves all files open. */
export function inferredFaces(
  folders: readonly string[],
  paths: ReadonlySet<string>,
  textOf: (path: string) => string | undefined,
  byIndex: boolean,
): Faces {
  for (const folder of folders) {
    const path = folder === "" ? "package.json" : `${folder}/package.json`;
    const text = paths.has(path) ? textOf(path) : undefined;
    const files = text === undefined ? null : exportedFiles(path, text, paths);
    if (files !== null) return { faces: [{ name: "default", files, to: null }], faceSource: "package exports" };
  }
  const indexes = !byIndex
    ? []
    : folders.flatMap((folder) =>
        indexNames.map((name) => (folder === "" ? name : `${folder}/${name}`)).filter((path) => paths.has(path)),
      );
  return indexes.length === 0
    ? { faces: [], faceSource: "open" }
    : { faces: [{ name: "default", files: indexes, to: null }], faceSource: "index" };
}

const indexNames = ["", "src/"].flatMap((folder) =>
  ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "d.ts", "vue"].map((ending) => `${folder}index.${ending}`),
);

/**
 * Relative to the module; a name without ending stands for the file of that name too: `events` is `events/…` and `events.py`. Go imports
 * folders and C# namespaces: which file of one is used nobody can see, so a file of these stands for those beside it.
 * A path of the module that is a file is public where it is written, whole or by its name.
 */
function globsIn(paths: readonly string[], globs: readonly string[], placeOf: (index: number) => PolicyPlace): PlacedGlob[] {
  return paths.flatMap((path) => {
    // A module that is one file has nothing to tell apart.
    if (isSourceFile(path)) {
      const at = paths.length === 1 ? 0 : globs.findIndex((glob) => namesFile(glob, path));
      return at < 0 ? [] : { file: path, place: placeOf(at) };
    }
    return globs.flatMap((written, index) => {
      const isOut = written.startsWith("!");
      const plain = (isOut ? written.slice(1) : written).replace(/^(?:\.?\/)+/, "").replace(/\/{1,50}$/, "");
      const glob = isOut ? plain : plain.replace(/[^/]{1,300}(\.(?:go|cs))$/, "*$1");
      const whole = glob === "" || glob === "." || glob === "**" ? path : path === "" ? glob : `${path}/${glob}`;
      const last = glob.slice(glob.lastIndexOf("/") + 1);
      const named = last === "" || /[.*?]/.test(last) ? [whole] : [whole, `${whole}.*`];
      return named.map((one) => ({ file: isOut ? `!${one}` : one, place: placeOf(index) }));
    });
  });
}

interface PlacedGlob {
  readonly file: string;
  readonly place: PolicyPlace;
}

function isSourceFile(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|pyi?|java|kts?|go|cs|php|rb|rs|vue)$/.test(path);
}

/** `.` and `**` stand for all of the module. @param glob may begin with the repository, where there are several. */
function namesFile(glob: string, path: string): boolean {
  const plain = glob.replace(/^(?:\.?\/)+/, "");
  return /^(?:|\.|\*\*)$/.test(plain) || plain === path || path.endsWith(`/${plain}`) || plain.endsWith(`/${path}`);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
