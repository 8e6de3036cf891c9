/** An input that differs; null on the side that lacks it. */
export interface InputChange {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Leaves of two parameter blocks that differ, by path; nested at most ten deep, at most 200 of them. */
export function changedParameters(before: unknown, after: unknown): InputChange[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .sort()
    .slice(0, 200)
    .map((path) => ({ what: `parameter ${path}`, from: old.get(path) ?? null, to: now.get(path) ?? null }));
}

function leavesOf(value: unknown, path = "", leaves = new Map<string, string>()): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || path.split(".").length > 10) {
    return leaves.set(path, JSON.stringify(value) ?? "null");
  }
  for (const [key, each] of Object.entries(value)) leavesOf(each, path === "" ? key : `${path}.${key}`, leaves);
  return leaves;
}
