/** Programs that Terraform runs with the services of a cloud, or with Docker. */
import type { Deployed, EnvironmentEntry } from "../deployed.js";
import { blockAt, lineOfAttribute, type Nested, nestedBlocks, textOfAttribute, valueOf } from "./blocks.js";
import type { Placed } from "./modules.js";
import { fieldOf, isMap, knownText, listOf, scalarOf, type TerraformValue } from "./value.js";

/** The programs of a resource; none for other resources. */
export function cloudPrograms(placed: Placed): Deployed[] {
  const type = placed.block.type === "resource" ? (placed.block.labels[0] ?? "") : "";
  const reader = readers.get(type);
  return reader ? reader(placed, { body: placed.block.body, scope: placed.scope, line: placed.block.line }) : [];
}

type Reader = (placed: Placed, nested: Nested) => Deployed[];

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["aws_lambda_function", lambda],
  ["aws_apprunner_service", appRunner],
  ["google_cloud_run_service", cloudRun],
  ["google_cloud_run_v2_service", cloudRun],
  ["google_cloud_run_v2_job", cloudRun],
  ["google_cloudfunctions_function", cloudFunction],
  ["google_cloudfunctions2_function", cloudFunction],
  ["azurerm_container_app", containerApp],
  ["azurerm_container_app_job", containerApp],
  ["azurerm_container_group", containerGroup],
  ["azurerm_linux_web_app", webApp],
  ["azurerm_windows_web_app", webApp],
  ["azurerm_app_service", webApp],
  ["azurerm_linux_function_app", webApp],
  ["azurerm_windows_function_app", webApp],
  ["azurerm_function_app", webApp],
  ["docker_container", dockerContainer],
  ["docker_service", dockerService],
  ["helm_release", helmRelease],
]);

function lambda(placed: Placed, nested: Nested): Deployed[] {
  const environment = blockAt(nested, "environment");
  return [
    program(placed, {
      name: nameOf(placed, nested, "function_name"),
      ...imageOf(nested, "image_uri"),
      environment: environment ? mapEntries(environment, "variables") : [],
      command: texts(textOfAttribute(nested, "handler")),
    }),
  ];
}

function appRunner(placed: Placed, nested: Nested): Deployed[] {
  const repository = blockAt(nested, "source_configuration", "image_repository");
  const settings = repository && blockAt(repository, "image_configuration");
  return [
    program(placed, {
      name: nameOf(placed, nested, "service_name"),
      ...imageOf(repository, "image_identifier"),
      environment: settings ? mapEntries(settings, "runtime_environment_variables") : [],
      ports: ports(settings && valueOf(settings, "port")),
      exposed: true,
    }),
  ];
}

/** Version 1 nests a specification, version 2 and jobs nest templates. */
function cloudRun(placed: Placed, nested: Nested): Deployed[] {
  const template = blockAt(nested, "template");
  const holder = template && (blockAt(template, "spec") ?? blockAt(template, "template") ?? template);
  const containers = holder ? nestedBlocks(holder, "containers") : [];
  const [main] = containers;
  if (!main) return [];
  const internal = /internal/i.test(textOfAttribute(nested, "ingress") ?? "");
  const job = (placed.block.labels[0] ?? "").endsWith("_job");
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      ...imageOf(main, "image"),
      environment: nestedBlocks(main, "env").map((entry) => blockEntry(placed, entry)),
      ports: nestedBlocks(main, "ports").flatMap((port) => ports(valueOf(port, "container_port"))),
      exposed: !internal && !job,
      job,
    }),
  ];
}

function cloudFunction(placed: Placed, nested: Nested): Deployed[] {
  const service = blockAt(nested, "service_config") ?? nested;
  return [program(placed, { name: nameOf(placed, nested, "name"), environment: mapEntries(service, "environment_variables") })];
}

function containerApp(placed: Placed, nested: Nested): Deployed[] {
  const containers = nestedBlocks(blockAt(nested, "template") ?? nested, "container");
  const ingress = blockAt(nested, "ingress");
  const dapr = textOfAttribute(blockAt(nested, "dapr"), "app_id");
  const [main] = containers;
  if (!main) return [];
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      aliases: texts(dapr),
      ...imageOf(main, "image"),
      environment: nestedBlocks(main, "env").map((entry) => blockEntry(placed, entry)),
      ports: ports(ingress && valueOf(ingress, "target_port")),
      exposed: textOfAttribute(ingress, "external_enabled") === "true",
      job: (placed.block.labels[0] ?? "").endsWith("_job"),
    }),
  ];
}

function containerGroup(placed: Placed, nested: Nested): Deployed[] {
  const exposed =
    textOfAttribute(nested, "ip_address_type")?.toLowerCase() !== "private" &&
    textOfAttribute(nested, "ip_address_type") !== "None";
  return nestedBlocks(nested, "container").map((container) =>
    program(placed, {
      name: textOfAttribute(container, "name") ?? nameOf(placed, nested, "name"),
      line: container.line,
      aliases: texts(textOfAttribute(nested, "dns_name_label")),
      ...imageOf(container, "image"),
      environment: mapEntries(container, "environment_variables"),
      ports: nestedBlocks(container, "ports").flatMap((port) => ports(valueOf(port, "port"))),
      exposed,
    }),
  );
}

function webApp(placed: Placed, nested: Nested): Deployed[] {
  const stack = blockAt(nested, "site_config", "application_stack");
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      ...imageOf(stack, "docker_image_name"),
      environment: mapEntries(nested, "app_settings"),
      exposed: true,
    }),
  ];
}

function dockerContainer(placed: Placed, nested: Nested): Deployed[] {
  const line = lineOfAttribute(nested, "env");
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      aliases: [
        ...texts(textOfAttribute(nested, "hostname")),
        ...nestedBlocks(nested, "networks_advanced").flatMap((network) =>
          listOf(valueOf(network, "aliases")).flatMap((alias) => texts(scalarOf(alias))),
        ),
      ],
      ...imageOf(nested, "image"),
      environment: listOf(valueOf(nested, "env")).flatMap((item): EnvironmentEntry[] => {
        const [, key, value = ""] = /^([^=]{1,200})=(.{0,5000})$/s.exec(scalarOf(item) ?? "") ?? [];
        return key === undefined ? [] : [{ key, value, file: placed.file, line, from: "own" }];
      }),
      ports: nestedBlocks(nested, "ports").flatMap((port) =>
        ports(valueOf(port, "internal")).map(({ container }) => ({
          container,
          host: ports(valueOf(port, "external"))[0]?.container ?? null,
        })),
      ),
      command: listOf(valueOf(nested, "command")).flatMap((word) => texts(scalarOf(word))),
    }),
  ];
}

function dockerService(placed: Placed, nested: Nested): Deployed[] {
  const container = blockAt(nested, "task_spec", "container_spec");
  if (!container) return [];
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      ...imageOf(container, "image"),
      environment: mapEntries(container, "env"),
    }),
  ];
}

/** A chart from elsewhere; which image it runs is not said, so the name of the chart stands for it. One of the repository is read where it stands. */
function helmRelease(placed: Placed, nested: Nested): Deployed[] {
  const chart = knownText(valueOf(nested, "chart"));
  const repository = knownText(valueOf(nested, "repository"));
  if (chart === null || /^[./]/.test(chart) || (repository === null && !/^(?:oci:\/\/|[\w-]{1,60}\/)[\w./-]{1,200}$/.test(chart)))
    return [];
  const from = repository?.replace(/\/$/, "").split("/").at(-1);
  const short = chart.split("/").slice(-2).join("/");
  return [
    program(placed, {
      name: nameOf(placed, nested, "name"),
      image: from === undefined || chart.includes("/") ? short : `${from}/${chart}`,
      imageLine: lineOfAttribute(nested, "chart"),
    }),
  ];
}

/** A program with what is known of it; the rest as if nothing were said. */
export function program(placed: Placed, known: Partial<Deployed> & { readonly name: string }): Deployed {
  const { ports: found = [] } = known;
  return {
    format: "terraform",
    file: placed.file,
    line: placed.block.line,
    variant: "",
    aliases: [],
    image: null,
    imageLine: placed.block.line,
    imageExpression: null,
    environment: [],
    dependsOn: [],
    ports: found,
    command: [],
    volumes: [],
    networkMode: null,
    ipc: null,
    exposed: found.some((port) => port.host !== null),
    job: false,
    ...known,
  };
}

function nameOf(placed: Placed, nested: Nested, attribute: string): string {
  return knownText(valueOf(nested, attribute)) ?? placed.block.labels.at(-1) ?? "";
}

/** Images of which only a plan knows a part keep it as it is written. */
function imageOf(nested: Nested | null, attribute: string): Pick<Deployed, "image" | "imageLine" | "imageExpression"> {
  const written = textOfAttribute(nested, attribute);
  const line = nested ? lineOfAttribute(nested, attribute) : 1;
  return { ...imageText(written), imageLine: line };
}

/** An image that is a reference as a whole is not known. */
export function imageText(written: string | null): Pick<Deployed, "image" | "imageExpression"> {
  const isReference =
    written !== null && /^(?:var|local|module|data|aws_\w{1,80}|google_\w{1,80}|azurerm_\w{1,80})\./.test(written);
  return { image: written === null || written === "" || isReference ? null : written, imageExpression: written };
}

function mapEntries(nested: Nested, attribute: string): EnvironmentEntry[] {
  const value = valueOf(nested, attribute);
  return isMap(value)
    ? [...value.entries].map(([key, item]) => ({ key, value: scalarOf(item), ...value.lineOf(key), from: "own" as const }))
    : [];
}

/** `env { name = "A" value = "b" }`; null for what comes from a secret. */
function blockEntry(placed: Placed, entry: Nested): EnvironmentEntry {
  return {
    key: textOfAttribute(entry, "name") ?? "",
    value: textOfAttribute(entry, "value"),
    file: placed.file,
    line: entry.line,
    from: "own",
  };
}

/** Environment of a list of maps with names and values. */
export function listedEntries(value: TerraformValue, file: string, line: number): EnvironmentEntry[] {
  return listOf(value).flatMap((item): EnvironmentEntry[] => {
    const key = scalarOf(fieldOf(item, "name"));
    if (key === null || !isMap(item)) return [];
    const place = item.lineOf("name");
    return [{ key, value: scalarOf(fieldOf(item, "value")), ...(place.file === "" ? { file, line } : place), from: "own" }];
  });
}

export function ports(value: TerraformValue | null): { container: number; host: null }[] {
  const port = Number(scalarOf(value));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? [{ container: port, host: null }] : [];
}

function texts(text: string | null): string[] {
  return text === null || text === "" ? [] : [text];
}
