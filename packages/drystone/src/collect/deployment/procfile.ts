/** Procfiles: the processes that a platform or a developer starts from one folder. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { shellWords } from "./command-words.js";
import type { Deployed } from "./deployed.js";
import { plainDeployed } from "./deployed-defaults.js";

export interface ProcfileProcess extends Deployed {
  /** Where the process runs: the folder of the file, or the one it changes to first. */
  readonly folder: string;
}

/** `Procfile`, `Procfile.dev`. */
export function isProcfile(path: string): boolean {
  return /^Procfile(?:[._-][\w.-]{1,40})?$/.test(lastPart(path));
}

const maxLines = 500;

/** Reads the processes of a Procfile. Never throws. */
export function readProcfile(path: string, text: string): ProcfileProcess[] {
  return text
    .slice(0, 100_000)
    .split("\n")
    .slice(0, maxLines)
    .flatMap((line, index): ProcfileProcess[] => {
      const [, name, command] = /^([A-Za-z0-9_-]{1,100}):\s{0,20}(\S.{0,4000})$/.exec(line.trimEnd()) ?? [];
      if (name === undefined || command === undefined) return [];
      const words = shellWords(command);
      const start = words.findIndex((word) => !/^[A-Za-z_]\w{0,100}=/.test(word));
      const assigned = start < 0 ? words : words.slice(0, start);
      return [
        {
          ...plainDeployed("procfile", path, index + 1, name),
          variant: lastPart(path).replace(/^Procfile[._-]?/, ""),
          command: start < 0 ? [] : words.slice(start),
          environment: assigned.flatMap((word) => {
            const equals = word.indexOf("=");
            const value = word.slice(equals + 1);
            return [
              { key: word.slice(0, equals), value: value.includes("$") ? null : value, file: path, line: index + 1, from: "own" },
            ];
          }),
          exposed: name === "web",
          job: name === "release",
          folder: startFolder(folderOf(path), words),
        },
      ];
    });
}

/** `cd web && npm start`, `npm --prefix web start`, `yarn --cwd web start`, `make -C web`. */
function startFolder(folder: string, words: readonly string[]): string {
  for (const [index, word] of words.slice(0, 12).entries()) {
    const next = /^(?:cd|--prefix|--cwd|-C|--dir|--chdir|--directory)$/.test(word)
      ? words[index + 1]
      : /^--(?:prefix|cwd|dir|chdir|directory)=(.{1,300})$/.exec(word)?.[1];
    if (next !== undefined) return joinPath(folder, next.replace(/;$/, "")) ?? folder;
  }
  return folder;
}
