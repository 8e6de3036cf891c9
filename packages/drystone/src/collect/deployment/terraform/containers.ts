/** Amazon ECS: containers of task definitions, with the services that run them. */
import { readYaml } from "#collect/yaml/index.js";
import type { Deployed } from "../deployed.js";
import { lineOfAttribute, type Nested, nestedBlocks, textOfAttribute, valueOf } from "./blocks.js";
import { imageText, listedEntries, ports, program } from "./deployed-by-cloud.js";
import { itemsOf } from "./evaluate.js";
import { fromPlain } from "./functions.js";
import type { Placed } from "./modules.js";
import { fieldOf, isEncoded, isMap, knownText, listOf, scalarOf, type TerraformValue } from "./value.js";

/** Containers of the task definitions among the blocks, and of modules that are given containers. */
export function taskContainers(blocks: readonly Placed[]): (Deployed & { readonly address: string })[] {
  const services = servicesByTask(blocks);
  return blocks.flatMap((placed) => {
    const nested: Nested = { body: placed.block.body, scope: placed.scope, line: placed.block.line };
    const isTask = placed.block.type === "resource" && placed.block.labels[0] === "aws_ecs_task_definition";
    const isModule = placed.block.type === "module" && nested.body.attributes.has("container_definitions");
    if (!isTask && !isModule) return [];
    const service = services.get(placed.address) ?? (isModule ? moduleService(nested) : none);
    return containersOf(placed, nested, service).map((one) => ({ ...one, address: placed.address }));
  });
}

interface Service {
  readonly names: readonly string[];
  readonly exposed: boolean;
}

const none: Service = { names: [], exposed: false };

/** Names under which services answer, by the address of their task definition. */
function servicesByTask(blocks: readonly Placed[]): ReadonlyMap<string, Service> {
  const registered = new Map<string, string>();
  for (const placed of blocks) {
    if (placed.block.labels[0] !== "aws_service_discovery_service") continue;
    const name = knownText(valueOf(nestedOf(placed), "name"));
    if (name !== null) registered.set(placed.address, name);
  }
  const found = new Map<string, Service>();
  for (const placed of blocks) {
    if (placed.block.labels[0] !== "aws_ecs_service") continue;
    const nested = nestedOf(placed);
    const task = (textOfAttribute(nested, "task_definition") ?? "")
      .replace(/\.(?:arn|family|id|arn_without_revision)\b.{0,200}$/, "")
      .replace(/^\$\{/, "");
    const registries = nestedBlocks(nested, "service_registries").flatMap(
      (registry) => registered.get((textOfAttribute(registry, "registry_arn") ?? "").replace(/\.arn$/, "")) ?? [],
    );
    const names = [knownText(valueOf(nested, "name")) ?? "", ...registries, ...connectNames(nested)].filter(
      (name) => name !== "",
    );
    found.set(task, { names, exposed: nestedBlocks(nested, "load_balancer").length > 0 });
  }
  return found;
}

function connectNames(nested: Nested): string[] {
  return nestedBlocks(nested, "service_connect_configuration").flatMap((connect) =>
    nestedBlocks(connect, "service").flatMap((service) => [
      textOfAttribute(service, "discovery_name") ?? "",
      ...nestedBlocks(service, "client_alias").map((alias) => textOfAttribute(alias, "dns_name") ?? ""),
    ]),
  );
}

function moduleService(nested: Nested): Service {
  const name = knownText(valueOf(nested, "name"));
  const balanced = valueOf(nested, "load_balancer");
  return { names: name === null ? [] : [name], exposed: isMap(balanced) && balanced.entries.size > 0 };
}

function containersOf(placed: Placed, nested: Nested, service: Service): Deployed[] {
  const line = lineOfAttribute(nested, "container_definitions");
  // The text of another file has lines of its own.
  const isHere = nested.body.attributes.get("container_definitions")?.value.kind !== "call";
  const definitions = decoded(valueOf(nested, "container_definitions"), placed.file, line, isHere);
  const family = knownText(valueOf(nested, "family"));
  const containers = itemsOf(definitions).flatMap(({ key, value }) => {
    const name = knownText(fieldOf(value, "name")) ?? (typeof key === "string" ? key : null);
    return isMap(value) && name !== null && !sidecarNames.test(name) ? [{ name, value }] : [];
  });
  return containers.map(({ name, value }, index) => {
    const mapped = [...listOf(fieldOf(value, "portMappings")), ...listOf(fieldOf(value, "port_mappings"))];
    const image = scalarOf(fieldOf(value, "image"));
    const imagePlace = value.lineOf("image");
    const place = value.lineOf("name");
    // Only the first container answers to the name of the service.
    const names = index === 0 ? [...service.names, ...(family === null ? [] : [family])] : [];
    return program(placed, {
      name,
      line: place.file === placed.file ? place.line : placed.block.line,
      aliases: [...new Set(names)].filter((alias) => alias !== name),
      ...imageText(image),
      imageLine: imagePlace.file === placed.file ? imagePlace.line : placed.block.line,
      environment: [
        ...listedEntries(fieldOf(value, "environment"), placed.file, line),
        ...listedEntries(fieldOf(value, "secrets"), placed.file, line).map((entry) => ({ ...entry, value: null })),
      ],
      dependsOn: listOf(fieldOf(value, "dependsOn")).flatMap((other) => {
        const wanted = scalarOf(fieldOf(other, "containerName"));
        return wanted === null ? [] : [{ name: wanted, line, alias: null, kind: "depends_on" as const }];
      }),
      ports: mapped.flatMap((port) => ports(fieldOf(port, "containerPort"))),
      command: listOf(fieldOf(value, "command")).flatMap((word) => scalarOf(word) ?? []),
      exposed: index === 0 && service.exposed,
    });
  });
}

const sidecarNames =
  /(?:^|[-_])(?:xray(?:-daemon)?|aws-otel-collector|adot|otel(?:-collector)?|envoy|datadog(?:-agent)?|fluent-?bit|log[-_]?router|cloudwatch-agent)$/i;

/** Containers as values: encoded by a function, or written as JSON. */
function decoded(value: TerraformValue, file: string, line: number, isHere: boolean): TerraformValue {
  if (isEncoded(value)) return isEncoded(value.value) ? value.value.value : resolvedInside(value.value);
  if (typeof value !== "string") return value;
  // What is not known yet stands without quotes where a number belongs.
  const text = value.replace(/:(\s{0,20})(\$\{[^{}"\n]{1,300}\})/g, ':$1"$2"');
  const document = readYaml("", text).documents[0];
  const isLong = isHere && text.includes("\n");
  return document ? fromPlain(document.value, (path) => ({ file, line: isLong ? line + document.lineOf(path) : line })) : null;
}

/** Parts that are encoded by themselves, such as a list of variables within a container. */
function resolvedInside(value: TerraformValue, depth = 0): TerraformValue {
  if (depth > 20) return value;
  if (isEncoded(value)) return resolvedInside(value.value, depth + 1);
  if (Array.isArray(value)) return value.map((item: TerraformValue) => resolvedInside(item, depth + 1));
  if (!isMap(value)) return value;
  return { ...value, entries: new Map([...value.entries].map(([key, item]) => [key, resolvedInside(item, depth + 1)])) };
}

function nestedOf(placed: Placed): Nested {
  return { body: placed.block.body, scope: placed.scope, line: placed.block.line };
}
