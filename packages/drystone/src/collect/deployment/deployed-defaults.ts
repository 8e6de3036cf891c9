/** A deployed unit of which nothing but the name is known yet. */
import type { DeploymentFormat } from "#model/facts.js";
import type { Deployed } from "./deployed.js";

export function plainDeployed(format: DeploymentFormat, file: string, line: number, name: string): Deployed {
  return {
    format,
    file,
    line,
    variant: "",
    name,
    aliases: [],
    image: null,
    imageLine: line,
    imageExpression: null,
    environment: [],
    dependsOn: [],
    ports: [],
    command: [],
    volumes: [],
    networkMode: null,
    ipc: null,
    exposed: false,
    job: false,
  };
}
