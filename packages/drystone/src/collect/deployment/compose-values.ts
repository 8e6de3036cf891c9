/** Ports and volumes of a compose service, in their short and long forms. */
import { joinPath } from "#collect/manifests/index.js";
import { record, scalarText, type YamlPath } from "../yaml/index.js";
import type { ComposePlace } from "./compose-place.js";
import type { DeployedPort, MountedVolume } from "./deployed.js";
import { interpolate, type Variables } from "./interpolate.js";

const maxItems = 200;
const maxRange = 100;

/** Ports of `ports` and `expose`. One that is published under a number chosen at start has no host port. */
export function composePorts(
  ports: unknown,
  expose: unknown,
  variables: Variables,
): { readonly ports: DeployedPort[]; readonly published: boolean } {
  const items: readonly unknown[] = Array.isArray(ports) ? ports.slice(0, maxItems) : [];
  const exposed: readonly unknown[] = Array.isArray(expose) ? expose.slice(0, maxItems) : [];
  const published = items.flatMap((item) =>
    typeof item === "object" ? longPort(item, variables) : shortPort(interpolate(scalarText(item), variables)),
  );
  const inside = exposed.flatMap((item) =>
    range(interpolate(scalarText(item), variables).replace(/\/\w{1,10}$/, "")).map((container) => ({ container, host: null })),
  );
  return { ports: [...published, ...inside], published: items.length > 0 };
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `3000-3005:3000-3005`, `80`. */
function shortPort(text: string): DeployedPort[] {
  const parts = text
    .replace(/\/\w{1,10}$/, "")
    .replace(/^\[[^\]]{0,100}\]:/, "")
    .split(":");
  const inside = range(parts.at(-1) ?? "");
  const outside = parts.length > 1 ? range(parts.at(-2) ?? "") : [];
  return inside.map((container, index) => ({ container, host: outside[index] ?? null }));
}

function longPort(item: unknown, variables: Variables): DeployedPort[] {
  const options = record(item);
  const [container] = range(interpolate(scalarText(options["target"]), variables));
  const [host] = range(interpolate(scalarText(options["published"]), variables));
  return container === undefined ? [] : [{ container, host: host ?? null }];
}

function range(text: string): number[] {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim()) ?? [];
  if (first === undefined) return [];
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  if (from < 1 || to > 65_535 || to < from) return [];
  return Array.from({ length: Math.min(to - from + 1, maxRange) }, (_, index) => from + index);
}

/** Volumes that may be shared: named ones and folders of the host. What has no name belongs to the container alone. */
export function composeVolumes(place: ComposePlace, value: unknown, lineOf: (...path: YamlPath) => number): MountedVolume[] {
  const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, maxItems) : [];
  return items.flatMap((item, index): MountedVolume[] => {
    const mount = typeof item === "string" ? shortVolume(interpolate(item, place.variables)) : longVolume(item, place.variables);
    if (mount === null) return [];
    const line = lineOf("volumes", index);
    if (isPath(mount.source))
      return [{ name: hostPath(place.folder, mount.source), kind: "host", target: mount.target, readOnly: mount.readOnly, line }];
    const outside = record(place.volumes[mount.source])["name"];
    const name = typeof outside === "string" ? interpolate(outside, place.variables) : mount.source;
    return [{ name, kind: "named", target: mount.target, readOnly: mount.readOnly, line }];
  });
}

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** `source:target:ro`; a Windows drive is part of the source. */
function shortVolume(text: string): Mount | null {
  const drive = /^[A-Za-z]:[\\/]/.test(text) ? text.slice(0, 2) : "";
  const [source = "", target, mode = ""] = text.slice(drive.length).split(":", 3);
  return target === undefined || source === ""
    ? null
    : { source: drive + source, target, readOnly: mode.split(",").includes("ro") };
}

function longVolume(item: unknown, variables: Variables): Mount | null {
  const options = record(item);
  const type = scalarText(options["type"]);
  const source = interpolate(scalarText(options["source"]), variables);
  if (source === "" || type === "tmpfs" || type === "npipe") return null;
  return {
    source: type === "bind" && !isPath(source) ? `./${source}` : source,
    target: interpolate(scalarText(options["target"]), variables),
    readOnly: options["read_only"] === true,
  };
}

function isPath(source: string): boolean {
  return /^[./~\\]|^[A-Za-z]:[\\/]/.test(source);
}

/** Relative to the repository where it lies inside of it, else as written. */
function hostPath(folder: string, source: string): string {
  return source.startsWith(".") ? (joinPath(folder, source) ?? source) : source;
}
