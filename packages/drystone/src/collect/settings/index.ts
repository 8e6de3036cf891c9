/** Settings of programs: what they say about other components and about the program itself. */
export { cuesOfSettings } from "./cues-of-settings.js";
export { type DependencyRole, rolesOfDependencies } from "./dependency-roles.js";
export { type DependencyStore, storesOfDependencies } from "./dependency-stores.js";
export { isSettingsFile, type Served, servedAs } from "./is-settings-file.js";
export { normalKey } from "./normal-key.js";
export {
  applicationName,
  type ConfigServerLocation,
  configServerLocations,
  contextPath,
  ownPorts,
  zuulIgnoresOthers,
} from "./own-facts.js";
export { readSettingsFile } from "./read-settings-file.js";
export type { SettingEntry, SettingsFile } from "./settings-file.js";
