/** Readers of build files: each says what its file says, none decides what it means. */
export { readGoHead } from "./go.js";
export { type BuildManifest, type Dependency, folderOf, joinPath, lastPart, lineOf } from "./manifest.js";
export { readNestCli, readNxProject, type WorkspaceProject } from "./npm.js";
export { isBuildManifest, readBuildManifest, readMembers } from "./registry.js";
export { readToml } from "./toml.js";
export { child, childText, readXml, type XmlElement } from "./xml.js";
