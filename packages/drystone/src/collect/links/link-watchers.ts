/** Monitors that watch every container of the machine they run on, by way of its container engine. */
import type { Deployed } from "#collect/deployment/index.js";
import type { Evidence } from "#model/evidence.js";
import type { LinkContext } from "./context.js";

/** Images of such monitors. Others that are handed the engine's socket (proxies, log shippers, dashboards) ask it for some of the containers only. */
const watchers = /(?:^|\/)(?:weaveworks\/(?:weave-)?scope|cadvisor)(?=[:@]|$)/;

/** Of a compose project a watcher sees all that the project starts beside it: the file says that it may, and the program does nothing else. */
export function linkWatchers(context: LinkContext): void {
  const all = [...context.parts, ...context.deployedOnly];
  for (const watcher of all)
    for (const { unit, repository } of watcher.units) {
      const evidence = unit === null ? null : watching(unit, repository);
      if (unit === null || evidence === null) continue;
      for (const { ref, units } of all)
        if (ref !== watcher.ref && units.some((other) => other.repository === repository && other.unit?.file === unit.file))
          context.edges.add({
            from: watcher.ref,
            to: ref,
            kind: "calls",
            protocol: "tcp",
            detail: "containers",
            classes: ["convention"],
            evidence: [evidence],
          });
    }
}

/** The line that hands the engine's socket to it; null for other programs. */
function watching({ format, image, file, volumes }: Deployed, repository: string): Evidence | null {
  if (format !== "compose" || image === null || !watchers.test(image)) return null;
  const socket = volumes.find(({ name }) => /\/(?:docker|containerd|podman)\.sock$|^\/var\/(?:run|lib\/docker)\/?$/.test(name));
  return socket === undefined
    ? null
    : { type: "file", repository, file, line: socket.line, text: `${socket.name}:${socket.target}` };
}
