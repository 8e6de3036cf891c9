/** Ways around interfaces that deployment files show: shared files, a shared network, shared memory (metrics.md I5). */
import { deployedAs } from "#derive/calls/index.js";
import type { Evidence } from "#model/evidence.js";
import { type DeploymentFact, type DeploymentVolume, type Facts, isDeployable } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface BackDoor {
  readonly from: Ref;
  readonly to: Ref;
  /** `volume`: both write to it; `files`: `from` reads what `to` writes. */
  readonly class: "volume" | "files" | "network" | "memory";
  /** What they share, as written. */
  readonly through: string;
  readonly evidence: readonly Evidence[];
}

/** One per pair and class, sorted; `from` before `to` where both sides are alike. */
export function backDoors(facts: Pick<Facts, "components" | "deployments">): readonly BackDoor[] {
  const whole = deployedAs(facts);
  const services = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const units = facts.deployments
    .map((deployment) => ({ ...deployment, subject: whole(deployment.subject) }))
    .filter(({ subject }) => services.has(subject));
  const folders = facts.components.flatMap(({ paths }) => paths);
  const found = new Map<string, BackDoor>();
  for (const door of [...throughVolumes(units, folders), ...throughNamespaces(units)]) {
    const key = `${door.from} ${door.to} ${door.class}`;
    if (door.from !== door.to && !found.has(key)) found.set(key, door);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, door]) => door);
}

interface Mount {
  readonly unit: DeploymentFact;
  readonly volume: DeploymentVolume;
}

function throughVolumes(units: readonly DeploymentFact[], folders: readonly string[]): BackDoor[] {
  const mounts = new Map<string, Mount[]>();
  for (const unit of units) {
    for (const volume of unit.volumes) {
      if (isHarmless(volume, folders)) continue;
      const key = placeOf(unit, volume);
      const known = mounts.get(key);
      if (known) known.push({ unit, volume });
      else mounts.set(key, [{ unit, volume }]);
    }
  }
  return [...mounts.values()].flatMap((own) =>
    own.flatMap((one, at) => own.slice(at + 1).flatMap((other) => between(one, other))),
  );
}

/** A volume of compose belongs to the project in its folder; a claim to the cluster; a path to the host. */
function placeOf({ repository, format, file }: DeploymentFact, { kind, name }: DeploymentVolume): string {
  const project = format === "compose" && kind === "named" ? file.slice(0, file.lastIndexOf("/") + 1) : "";
  return [repository, format, kind, project, name].join("\0");
}

function between(one: Mount, other: Mount): BackDoor[] {
  if (one.volume.readOnly && other.volume.readOnly) return [];
  const both = !one.volume.readOnly && !other.volume.readOnly;
  const turned = both ? one.unit.subject > other.unit.subject : other.volume.readOnly;
  const [first, second] = turned ? [other, one] : [one, other];
  return [
    {
      from: first.unit.subject,
      to: second.unit.subject,
      class: both ? "volume" : "files",
      through: first.volume.name,
      evidence: [first, second].map(({ unit, volume }) => declaration(unit, volume.line, `${volume.name}:${volume.target}`)),
    },
  ];
}

/** Sockets and settings of the host, caches of builds, logs, configuration, keys and certificates, and the source itself on a developer's machine. */
function isHarmless({ kind, name }: DeploymentVolume, folders: readonly string[]): boolean {
  if (
    /(?:^|[-_./])(?:caches?|node_modules|m2|gradle|pip|venv|nuget|go-?mod|logs?|config|conf|keys|https|certs?|certificates?|ssl|tls|secrets?|tmp)(?:$|[-_./])/i.test(
      name,
    )
  )
    return true;
  if (kind !== "host") return false;
  if (/^\/(?:var\/run|run|etc|proc|sys|dev|usr|lib|boot)(?:\/|$)/.test(name)) return true;
  const path = name.replace(/^(?:\.\/|\$\{?PWD\}?\/?)/, "").replace(/\/{1,50}$/, "");
  if (path === "" || path === "." || path.startsWith("..")) return true;
  return folders.some(
    (folder) => folder !== "" && (folder === path || folder.startsWith(`${path}/`) || path.startsWith(`${folder}/`)),
  );
}

function throughNamespaces(units: readonly DeploymentFact[]): BackDoor[] {
  return units.flatMap((unit) => [
    ...joined(units, unit, unit.networkMode, "network"),
    ...joined(units, unit, unit.ipc, "memory"),
  ]);
}

/** `service:cart` and `container:cart` join what belongs to another unit of the same file. */
function joined(
  units: readonly DeploymentFact[],
  unit: DeploymentFact,
  mode: string | null,
  kind: "network" | "memory",
): BackDoor[] {
  const name = /^(?:service|container):(.{1,200})$/.exec(mode ?? "")?.[1];
  const owner = units.find((other) => other.name === name && other.repository === unit.repository && other.file === unit.file);
  if (!owner) return [];
  const evidence = [declaration(unit, unit.line, mode ?? ""), declaration(owner, owner.line, owner.name)];
  return [{ from: unit.subject, to: owner.subject, class: kind, through: mode ?? "", evidence }];
}

function declaration({ repository, file }: DeploymentFact, line: number, text: string): Evidence {
  return { type: "declaration", repository, file, line, text };
}
