/** Ranges measured on public systems, to read a number against (metrics.md Table 1: 11 systems, last four years of activity). */
export const publicRipple = "10 public systems: 0.10 to 0.65, median 0.24";
export const publicSpread = "developers of 10 public systems: 1.1 to 29.6 effective services each, median 6.5";
/** Modules, packages or crates of one program or library in its last twelve months: docs/readings/modules.md. */
export const publicModules = "20 public systems: 0.14 to 0.66, median 0.33";
