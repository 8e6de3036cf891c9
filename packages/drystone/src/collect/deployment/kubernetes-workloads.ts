/** What a pod runs, with everything that the objects beside it say about it. */
import { record, scalarText, texts } from "../yaml/index.js";
import type { Deployed, DeployedFile, DeployedPort, MountedVolume } from "./deployed.js";
import { containerEnvironment, dataEntry, dataKeys, wholeSources } from "./kubernetes-environment.js";
import { findObject, type Scope, selectingServices } from "./kubernetes-lookup.js";
import { isKnative, type KubeObject, podOf } from "./kubernetes-objects.js";
import { operatingOf } from "./kubernetes-operating.js";
import { type Place, placeOf } from "./kubernetes-places.js";
import { routesOf } from "./kubernetes-routes.js";
import { withoutMark } from "./kubernetes-templated.js";
import { podWaits } from "./kubernetes-waits.js";

export interface Workload extends Deployed {
  readonly kind: string;
  /** Name of the Helm chart that it is part of. */
  readonly chart: string | null;
  /** Of all containers, that of the program itself first. */
  readonly images: readonly { readonly image: string; readonly line: number }[];
}

/** What the source of a scope adds to its workloads. */
export interface Origin {
  readonly format: "kubernetes" | "helm" | "terraform";
  readonly variant: string;
  /** Name of the chart that an object belongs to. */
  readonly chartOf: (object: KubeObject) => string | null;
  /** Line as written at a place, for the image before templates are filled in. */
  readonly writtenAt: (place: Place) => string | null;
  /** Other names of a workload that was renamed. */
  readonly aliasesOf: (object: KubeObject) => readonly string[];
}

/** Workloads of a scope whose pods have at least one image: others are patches of what stands elsewhere. */
export function workloadsOf(scope: Scope, origin: Origin): Workload[] {
  const pods = scope.objects.flatMap((object) => {
    const pod = podOf(object);
    return pod === null || isTest(object) ? [] : [{ object, pod }];
  });
  const shared = sharedSources(pods.map(({ object, pod }) => ({ name: object.name, spec: pod.spec })));
  const exposed = new Set(scope.objects.flatMap((object) => routesOf(object).map((route) => route.service)));
  const isShared = (kind: string, name: string) => shared.has(`${kind} ${name}`);
  return pods.flatMap(({ object, pod }) => {
    const containers = maps(pod.spec["containers"]);
    const main = mainContainer(containers, object);
    const images = imagesOf(main, containers, object);
    const [first] = images;
    if (!main || !first) return [];
    const services = servicesOf(object, pod.labels, scope);
    const ports = portsOf(main, services);
    const sidecars = containers.filter((container) => container !== main);
    return [
      {
        format: origin.format,
        file: object.file,
        line: object.line,
        variant: origin.variant,
        name: object.writtenName,
        aliases: aliasesOf(object, services, origin),
        image: first.image === "" ? null : first.image,
        imageLine: first.line,
        imageExpression: imageExpression(main, origin),
        environment: [
          // What a sidecar is told, the program beside it rarely reads.
          ...sidecars.flatMap((sidecar) =>
            containerEnvironment(sidecar, object, scope, isShared).map((entry) => ({ ...entry, from: "shared" as const })),
          ),
          ...containerEnvironment(main, object, scope, isShared),
        ],
        dependsOn: podWaits(pod.spec, object),
        ports,
        command: [...texts(main["command"]), ...texts(main["args"])].slice(0, 200),
        volumes: volumesOf(object, pod.spec, main),
        networkMode: pod.spec["hostNetwork"] === true ? "host" : null,
        ipc: pod.spec["hostIPC"] === true ? "host" : null,
        exposed:
          services.some((service) => exposed.has(service.name) || isPublic(service)) ||
          (isKnative(object) && !isClusterLocal(object)) ||
          ports.some((port) => port.host !== null),
        job: object.kind === "Job" || object.kind === "CronJob",
        operating: operatingOf(
          object,
          pod.labels,
          main,
          services.map((service) => service.object),
          scope,
        ),
        kind: object.kind,
        chart: origin.chartOf(object),
        images: images.map(({ image, line }) => ({ image, line })),
        ...filesOf(pod.spec, main, object, scope),
      },
    ];
  });
}

/** Pods that a chart starts only when somebody tests it. */
function isTest(object: KubeObject): boolean {
  const annotations = record(record(object.value["metadata"])["annotations"]);
  return /\btest/.test(scalarText(annotations["helm.sh/hook"]));
}

/** Kind and name of what two or more workloads take as a whole. */
function sharedSources(pods: readonly { readonly name: string; readonly spec: Fields }[]): ReadonlySet<string> {
  const takers = new Map<string, Set<string>>();
  for (const { name, spec } of pods) {
    for (const container of maps(spec["containers"])) {
      for (const source of wholeSources(container)) {
        const key = `${source.kind} ${source.name}`;
        takers.set(key, (takers.get(key) ?? new Set()).add(name));
      }
    }
  }
  return new Set([...takers].filter(([, names]) => names.size > 1).map(([key]) => key));
}

type Fields = Readonly<Record<string, unknown>>;

/** The one named as the workload, else the first that is no proxy or agent. */
function mainContainer(containers: readonly Fields[], object: KubeObject): Fields | undefined {
  const named = containers.find((container) => container["name"] === object.writtenName);
  return named ?? containers.find((container) => !sidecarNames.test(scalarText(container["name"]))) ?? containers[0];
}

const sidecarNames =
  /^(?:istio-proxy|linkerd-proxy|envoy|cloud-?sql-?proxy|daprd|jaeger-agent|fluent(?:d|-?bit)?|filebeat|promtail|vault-agent|otel-?(?:collector|agent)|aws-xray-daemon|xray(?:-daemon)?|datadog-agent)$/;

interface WrittenImage {
  readonly image: string;
  readonly line: number;
}

function imagesOf(main: Fields | undefined, containers: readonly Fields[], object: KubeObject): WrittenImage[] {
  if (!main) return [];
  return [main, ...containers.filter((container) => container !== main)].flatMap((container) =>
    container["image"] === undefined ? [] : [{ image: imageText(container["image"]), line: lineIn(object, container, "image") }],
  );
}

/** Without the ends that an empty registry or tag leaves. */
function imageText(value: unknown): string {
  return withoutMark(scalarText(value))
    .trim()
    .replace(/[:@]{1,3}$/, "")
    .replace(/^\/{1,3}/, "");
}

function imageExpression(main: Fields, origin: Origin): string | null {
  const place = placeOf(main, "image");
  const line = place === null ? null : origin.writtenAt(place);
  const written = line === null ? null : /\bimage["']?\s{0,10}:\s{0,20}(\S.{0,1000})$/.exec(line)?.[1];
  const bare = (written ?? scalarText(main["image"])).trim().replace(/\s{1,20}#.{0,500}$/, "");
  return bare.replace(/^(["'])(.*)\1$/, "$2") || null;
}

interface Service {
  readonly name: string;
  readonly object: KubeObject;
  readonly spec: Fields;
}

/** Services whose selector takes the pod. */
function servicesOf(object: KubeObject, labels: Fields, scope: Scope): Service[] {
  if (isKnative(object)) return [{ name: object.name, object, spec: {} }];
  return selectingServices(scope, labels, object)
    .slice(0, 50)
    .map((service) => ({ name: service.name, object: service, spec: record(service.value["spec"]) }));
}

/** Names under which the pod answers, in the namespace and from others; without the name it has anyway. */
function aliasesOf(object: KubeObject, services: readonly Service[], origin: Origin): string[] {
  const names = services.flatMap((service) => {
    const namespace = service.object.namespace ?? object.namespace;
    const short = [...new Set([service.name, service.object.writtenName])];
    return namespace === null
      ? short
      : [...short, `${service.name}.${namespace}`, `${service.name}.${namespace}.svc.cluster.local`];
  });
  const metadata = record(record(record(record(object.value["spec"])["template"])["metadata"])["annotations"]);
  const dapr = scalarText(metadata["dapr.io/app-id"]);
  return [...new Set([object.name, ...names, ...(dapr === "" ? [] : [dapr]), ...origin.aliasesOf(object)])].filter(
    (name) => name !== object.writtenName,
  );
}

function portsOf(main: Fields, services: readonly Service[]): DeployedPort[] {
  const ports = new Map<number, number | null>();
  const named = new Map<string, number>();
  for (const port of maps(main["ports"])) {
    const container = numberOf(port["containerPort"]);
    if (container === null) continue;
    ports.set(container, numberOf(port["hostPort"]));
    named.set(scalarText(port["name"]), container);
  }
  for (const { spec } of services) {
    for (const port of maps(spec["ports"])) {
      const target = port["targetPort"] ?? port["port"];
      const container = numberOf(target) ?? named.get(scalarText(target)) ?? null;
      const outside =
        spec["type"] === "NodePort"
          ? numberOf(port["nodePort"])
          : spec["type"] === "LoadBalancer"
            ? numberOf(port["port"])
            : null;
      if (container !== null) ports.set(container, outside ?? ports.get(container) ?? null);
    }
  }
  return [...ports].map(([container, host]) => ({ container, host }));
}

function isPublic(service: Service): boolean {
  return service.spec["type"] === "LoadBalancer" || service.spec["type"] === "NodePort";
}

function isClusterLocal(object: KubeObject): boolean {
  const labels = record(record(object.value["metadata"])["labels"]);
  return [labels["networking.knative.dev/visibility"], labels["serving.knative.dev/visibility"]].includes("cluster-local");
}

/** Claims and paths of the host; what lives and dies with the pod is nobody else's. */
function volumesOf(object: KubeObject, spec: Fields, main: Fields): MountedVolume[] {
  const volumes = new Map(maps(spec["volumes"]).map((volume) => [scalarText(volume["name"]), volume]));
  const templates = new Set(
    maps(record(object.value["spec"])["volumeClaimTemplates"]).map((claim) => scalarText(record(claim["metadata"])["name"])),
  );
  return maps(main["volumeMounts"]).flatMap((mount): MountedVolume[] => {
    const name = scalarText(mount["name"]);
    const volume = volumes.get(name) ?? {};
    const line = lineIn(object, mount, "name");
    const common = { target: scalarText(mount["mountPath"]), readOnly: mount["readOnly"] === true, line };
    const claim = scalarText(record(volume["persistentVolumeClaim"])["claimName"]);
    if (claim !== "") return [{ name: claim, kind: "claim", ...common }];
    // Each pod of a stateful set gets a claim of its own.
    if (templates.has(name)) return [{ name: `${name}-${object.name}`, kind: "claim", ...common }];
    const host = scalarText(record(volume["hostPath"])["path"]);
    return host === "" ? [] : [{ name: host, kind: "host", ...common }];
  });
}

const maxFiles = 50;

/** Entries of ConfigMaps that the container sees as files. */
function filesOf(spec: Fields, main: Fields, object: KubeObject, scope: Scope): Pick<Deployed, "files"> {
  const byVolume = new Map(maps(spec["volumes"]).map((volume) => [scalarText(volume["name"]), configMapsOf(volume)]));
  const files = maps(main["volumeMounts"]).flatMap((mount) =>
    (byVolume.get(scalarText(mount["name"])) ?? []).flatMap((name) => {
      const found = findObject(scope, "ConfigMap", name, object);
      return found === null ? [] : filesIn(found, scalarText(mount["mountPath"]), scalarText(mount["subPath"]));
    }),
  );
  return files.length === 0 ? {} : { files: files.slice(0, maxFiles) };
}

/** @param only the one entry that is mounted, at the target itself; "" mounts all into the target. */
function filesIn(map: KubeObject, target: string, only: string): DeployedFile[] {
  return dataKeys(map).flatMap((key): DeployedFile[] => {
    const { value, place } = dataEntry(map, key);
    if (value === null || !value.includes("\n") || (only !== "" && only !== key)) return [];
    const path = (only === "" ? `${target}/${key}` : target).replace(/^\/+/, "");
    const at = place ?? { file: map.file, line: map.line };
    // The text of a block begins on the line behind its key.
    return [{ path, text: value, file: at.file, line: at.line + 1 }];
  });
}

function configMapsOf(volume: Fields): string[] {
  const direct = scalarText(record(volume["configMap"])["name"]);
  const projected = maps(record(volume["projected"])["sources"]).map((source) => scalarText(record(source["configMap"])["name"]));
  return [direct, ...projected].filter((name) => name !== "");
}

/** Line in the file of the object; its own line for what a patch or a helper in another file brings. */
function lineIn(object: KubeObject, holder: Fields, key: string): number {
  const place = placeOf(holder, key);
  return place?.file === object.file ? place.line : object.line;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : null;
  return number !== null && Number.isInteger(number) && number > 0 && number < 65_536 ? number : null;
}

function maps(value: unknown): Fields[] {
  return (Array.isArray(value) ? value.slice(0, 500) : []).map(record);
}
