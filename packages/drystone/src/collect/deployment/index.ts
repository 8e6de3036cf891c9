/** Readers of deployment files: each says what its file says, none decides what it means. */
export { type AspireResource, isAspireHost, readAspire } from "./aspire.js";
export { isCloudFormation, isTemplatePath, readCloudFormation } from "./cloudformation.js";
export { type ComposeService, isComposeFile, mayHoldCompose, readComposeFiles } from "./compose.js";
export type {
  DependsOn,
  Deployed,
  DeployedFile,
  DeployedOperating,
  DeployedPort,
  EnvironmentEntry,
  MountedVolume,
} from "./deployed.js";
export { type Dockerfile, dockerfileVariant, isDockerfile, readDockerfile } from "./dockerfile.js";
export type { BuiltImage } from "./kubernetes-builds.js";
export { type KubernetesEstate, mayHoldKubernetes, readKubernetesFiles } from "./kubernetes-estate.js";
export type { Workload } from "./kubernetes-workloads.js";
export { isProcfile, type ProcfileProcess, readProcfile } from "./procfile.js";
export { isServerlessFile, isServerlessFunction, readServerless, type ServerlessFunction } from "./serverless.js";
export { isTerraformFile, readTerraform, type TerraformEstate } from "./terraform/read-terraform.js";
