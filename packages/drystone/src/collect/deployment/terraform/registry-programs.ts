/** Programs that modules of the public registry run: AWS Lambda and App Runner. */
import type { Deployed, EnvironmentEntry } from "../deployed.js";
import { lineOfAttribute, type Nested, textOfAttribute, valueOf } from "./blocks.js";
import { imageText, ports, program } from "./deployed-by-cloud.js";
import type { Placed } from "./modules.js";
import { fieldOf, isMap, knownText, scalarOf, type TerraformValue } from "./value.js";

/** The program that a module runs; none for other blocks. */
export function registryPrograms(placed: Placed): Deployed[] {
  if (placed.block.type !== "module") return [];
  const nested: Nested = { body: placed.block.body, scope: placed.scope, line: placed.block.line };
  const source = textOfAttribute(nested, "source") ?? "";
  if (/\/lambda\/aws\b/.test(source)) return lambda(placed, nested);
  return /\/app-runner\/aws\b/.test(source) ? appRunner(placed, nested) : [];
}

function lambda(placed: Placed, nested: Nested): Deployed[] {
  const handler = textOfAttribute(nested, "handler");
  return [
    program(placed, {
      name: nameOf(placed, nested, "function_name"),
      ...imageText(textOfAttribute(nested, "image_uri")),
      imageLine: lineOfAttribute(nested, "image_uri"),
      environment: entriesOf(valueOf(nested, "environment_variables")),
      command: handler === null ? [] : [handler],
    }),
  ];
}

function appRunner(placed: Placed, nested: Nested): Deployed[] {
  const repository = fieldOf(valueOf(nested, "source_configuration"), "image_repository");
  const settings = fieldOf(repository, "image_configuration");
  const ingress = fieldOf(fieldOf(valueOf(nested, "network_configuration"), "ingress_configuration"), "is_publicly_accessible");
  return [
    program(placed, {
      name: nameOf(placed, nested, "service_name"),
      ...imageText(scalarOf(fieldOf(repository, "image_identifier"))),
      imageLine: isMap(repository) ? repository.lineOf("image_identifier").line : placed.block.line,
      environment: entriesOf(fieldOf(settings, "runtime_environment_variables")),
      ports: ports(fieldOf(settings, "port")),
      exposed: ingress !== false,
    }),
  ];
}

function nameOf(placed: Placed, nested: Nested, attribute: string): string {
  return knownText(valueOf(nested, attribute)) ?? placed.block.labels[0] ?? "";
}

function entriesOf(value: TerraformValue): EnvironmentEntry[] {
  return isMap(value)
    ? [...value.entries].map(([key, item]) => ({ key, value: scalarOf(item), ...value.lineOf(key), from: "own" as const }))
    : [];
}
