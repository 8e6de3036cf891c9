/** Readers of build and deployment files: each says what its file says, none decides what it means. */
export { type ComposeService, isComposeFile, readCompose, readEnv } from "./compose.js";
export { type Dockerfile, dockerfileVariant, isDockerfile, readDockerfile } from "./dockerfile.js";
export { readGoHead } from "./go.js";
export {
  type BuiltImage,
  type ChartValues,
  mayHoldWorkloads,
  readChartValues,
  readKubernetes,
  type Workload,
} from "./kubernetes.js";
export { type BuildManifest, type Dependency, folderOf, joinPath, lastPart, lineOf } from "./manifest.js";
export { readNestCli, readNxProject, type WorkspaceProject } from "./npm.js";
export { isBuildManifest, readBuildManifest, readMembers } from "./registry.js";
