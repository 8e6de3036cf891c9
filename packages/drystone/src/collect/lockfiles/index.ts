/** Lock files: which version of a library is really used. */
export { type Ecosystem, type LockedVersion, type LockedVersions, lockedVersion } from "./locked-versions.js";
export { type LibraryText, type Nature, natureOfLibraries } from "./nature-of-libraries.js";
export { isLockfile, readLockfile } from "./read-lockfile.js";
export { type ResolvedLibraries, withResolvedVersions } from "./with-resolved-versions.js";
