/** Ranges measured on public systems, to read a number against (metrics.md Table 1: 11 systems, last four years of activity). */
export const publicRipple = "10 public systems: 10 % to 65 %, median 24 %";
export const publicSpread = "10 public systems: effective services per developer 1.1 to 29.6, median 6.5";
