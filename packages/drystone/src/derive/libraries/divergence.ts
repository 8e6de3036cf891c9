/** How far the versions of one library have drifted apart (metrics.md H). */
import { effectiveNumber } from "#util/statistics/index.js";
import type { LibraryUser } from "./shared-libraries.js";

export interface Divergence {
  /** Users whose version is exact; only they are counted. */
  readonly known: number;
  readonly users: number;
  /** Distinct versions with their number of users, most used first. */
  readonly versions: readonly (readonly [version: string, users: number])[];
  /** (distinct - 1) / (users - 1), 0 for one version, 1 where everybody has another one. */
  readonly value: number;
  /** 1 / sum of squared shares. */
  readonly effective: number;
  /** Distinct first numbers; a folder of the same repository has none. */
  readonly majors: readonly string[];
}

/** Null with fewer than two users whose version is exact. */
export function divergence(users: readonly LibraryUser[]): Divergence | null {
  const known = users.filter(({ exact }) => exact);
  if (known.length < 2) return null;
  const counts = new Map<string, number>();
  for (const version of known.flatMap(({ versions }) => versions)) counts.set(version, (counts.get(version) ?? 0) + 1);
  const versions = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  return {
    known: known.length,
    users: users.length,
    versions,
    value: Math.min(1, (versions.length - 1) / (known.length - 1)),
    effective: effectiveNumber(counts.values()),
    majors: [...new Set(versions.flatMap(([version]) => majorOf(version) ?? []))].sort(),
  };
}

/** `v2.1.0` and `2.1` are 2; a year (`2025.8.3`) is no major version. */
function majorOf(version: string): string | null {
  const first = /^v?(\d{1,9})(?:\.|$|[-+])/.exec(version)?.[1] ?? null;
  return first !== null && Number(first) >= 1990 ? null : first;
}
