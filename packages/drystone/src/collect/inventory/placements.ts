/** Which component or resource each deployed unit and each Dockerfile became. */
import type { Deployed, Dockerfile } from "#collect/deployment/index.js";
import { isInside } from "#collect/folders/index.js";
import type { ComponentFact, DeploymentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Described } from "./describe.js";
import type { Gathered } from "./gather.js";

export interface Placement {
  /** Component or resource, by the name that it has in the end. */
  readonly ref: Ref;
  readonly unit: Deployed | null;
  readonly dockerfile: Dockerfile | null;
  /** Repository of the file. */
  readonly repository: string;
}

/** A placement for each claim that holds something; Dockerfiles that no claim holds go to the component around them. @param components with their final refs. */
export function placementsOf(
  described: readonly { readonly ref: Ref; readonly claims: Described["claims"] }[],
  gathered: readonly Gathered[],
  components: readonly ComponentFact[],
): Placement[] {
  const placed = described.flatMap(({ ref, claims }) =>
    claims.flatMap(({ unit, dockerfile, repository }): Placement[] =>
      unit === null && dockerfile === null ? [] : [{ ref, unit, dockerfile, repository }],
    ),
  );
  const known = new Set(placed.map(({ dockerfile }) => dockerfile));
  const rest = gathered.flatMap(({ repository, dockerfiles }) =>
    dockerfiles.flatMap((dockerfile): Placement[] => {
      const around = known.has(dockerfile) ? null : componentAround(components, repository, dockerfile.folder);
      return around === null ? [] : [{ ref: around.ref, unit: null, dockerfile, repository }];
    }),
  );
  return [...placed, ...rest].toSorted((a, b) => compare(keyOf(a), keyOf(b)));
}

/** The deployed units as facts. */
export function deploymentFacts(placed: readonly Placement[]): DeploymentFact[] {
  return placed.flatMap(({ ref, unit, repository }): DeploymentFact[] => {
    if (unit === null) return [];
    const {
      format,
      file,
      line,
      variant,
      name,
      image,
      imageExpression,
      imageLine,
      imageFile,
      ports,
      exposed,
      volumes,
      networkMode,
      ipc,
    } = unit;
    return [
      {
        subject: ref,
        format,
        repository,
        file,
        line,
        variant,
        name,
        image,
        imageExpression,
        ...(imageExpression === null ? {} : { imagePlace: { file: imageFile ?? file, line: imageLine } }),
        ports: [...new Set(ports.map((port) => port.container))],
        exposed,
        volumes: volumes.map((volume) => ({ ...volume })),
        networkMode,
        ipc,
      },
    ];
  });
}

function componentAround(components: readonly ComponentFact[], repository: string, folder: string): ComponentFact | null {
  let best: ComponentFact | null = null;
  let depth = -1;
  for (const component of components) {
    if (component.repository !== repository || component.kind === "module" || component.kind === "library") continue;
    for (const path of component.paths) {
      if (path.length <= depth || !isInside(folder, path)) continue;
      best = component;
      depth = path.length;
    }
  }
  return best;
}

function keyOf({ ref, unit, dockerfile, repository }: Placement): string {
  const line = String(unit?.line ?? 0).padStart(7, "0");
  return [ref, repository, unit?.file ?? dockerfile?.path, line, unit?.variant, unit?.name, dockerfile?.path].join("\0");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
