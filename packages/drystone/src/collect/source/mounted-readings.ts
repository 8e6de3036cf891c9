/** Files that deployments hold as text and programs see as files: configuration of proxies and collectors, settings. */
import type { DeployedFile } from "#collect/deployment/index.js";
import type { Placement } from "#collect/inventory/index.js";
import { type ComponentFact, isObservability } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { FileReading } from "./file-reading.js";
import { readFile } from "./read-files.js";

export interface MountedReading {
  readonly ref: Ref;
  readonly repository: string;
  readonly file: Pick<FileReading, "cues" | "settings">;
}

/** One per file and component, however many variants of a deployment mount it. */
export function mountedReadings(components: readonly ComponentFact[], placed: readonly Placement[]): MountedReading[] {
  const kinds = new Map(components.map(({ ref, kind }) => [ref, kind]));
  const seen = new Set<string>();
  return placed.flatMap(({ ref, repository, unit }) =>
    (unit?.files ?? []).flatMap((file): MountedReading[] => {
      const kind = kinds.get(ref);
      const key = [ref, repository, file.file, file.line, file.path].join("\n");
      if (kind === undefined || seen.has(key)) return [];
      seen.add(key);
      return [{ ref, repository, file: readMounted(file, isObservability(kind)) }];
    }),
  );
}

/** Read by the name it is seen under; what it says stands in the file that holds it. */
function readMounted({ path, text, file, line }: DeployedFile, isServer: boolean): MountedReading["file"] {
  const isConfiguration = isServer && /\.(?:ya?ml|json|toml|ini|cfg|conf|config|river|alloy)$/.test(path);
  const { cues, settings } = readFile(path, text, isConfiguration);
  const moved = (inner: number) => inner + line - 1;
  return {
    cues: cues.map((cue) => ({ ...cue, file, line: moved(cue.line) })),
    settings:
      settings === null
        ? null
        : {
            ...settings,
            file,
            application: null,
            entries: settings.entries.map((entry) => ({ ...entry, file, line: moved(entry.line) })),
          },
  };
}
