import { accept, prune } from "#run/accept.js";
import { printable } from "#util/escape.js";
import { counted } from "#util/words.js";
import { type CommonOptions, cacheDirectory, progressLine, warn, write } from "../output.js";

/** Writes the lists and says what it did. @throws UsageError for what cannot be accepted. */
export async function runAccept(paths: readonly string[], options: CommonOptions): Promise<void> {
  const progress = progressLine(options);
  const check = {
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    asOf: options.asOf,
    against: options.against,
    ...(Array.isArray(options.only) ? { only: options.only } : {}),
    progress: progress.show,
    warn,
  };
  const lines = options.prune ? pruned(await prune(check)) : await accepted(check, options);
  progress.done();
  await write([`${lines.map(printable).join("\n")}\n`], options.output);
}

async function accepted(check: Parameters<typeof accept>[0], options: CommonOptions): Promise<string[]> {
  const outcome = await accept(check, {
    rules: options.rule ?? [],
    modules: options.module ?? [],
    reason: options.reason?.trim() || null,
    owner: options.owner?.trim() || null,
    until: options.until ?? null,
  });
  const { added, renewed, refused, kept, names, written } = outcome;
  const nameOf = (ref: string) => names.get(ref) ?? ref.slice(ref.lastIndexOf("/") + 1);
  const without = [...added, ...renewed].filter(({ owner }) => owner === null).length;
  return [
    `${counted(added.length, "finding")} accepted${renewed.length > 0 ? `, ${renewed.length} renewed` : ""}${kept > 0 ? `; ${kept} were accepted before` : ""}.`,
    ...byModule(added.map(({ module }) => nameOf(module))),
    ...written.map((file) => `wrote ${file}`),
    ...(refused.length > 0
      ? [
          `${counted(refused.length, "finding")} not accepted: the rule is strict for ${[...new Set(refused.map(({ key }) => nameOf(key.module)))].slice(0, 5).join(", ")}. Fix them, or take strict out of enforce.`,
        ]
      : []),
    ...(added.length > 0 && options.reason === undefined
      ? ["No --reason was given: each entry is a warning until it has one."]
      : []),
    ...(without > 0
      ? [
          `${counted(without, "entry", "entries")} without an owner: pass --owner, or give the module one. Each is a warning until then.`,
        ]
      : []),
  ];
}

function pruned({ removed, moved, written }: Awaited<ReturnType<typeof prune>>): string[] {
  return [
    `${counted(removed.length, "entry", "entries")} removed${moved.length > 0 ? `, ${moved.length} carried along with their files` : ""}.`,
    ...written.map((file) => `wrote ${file}`),
  ];
}

function byModule(modules: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const module of modules) counts.set(module, (counts.get(module) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const more = sorted.length - 10;
  return [
    ...sorted.slice(0, 10).map(([module, count]) => `  ${String(count).padStart(5)}  ${module}`),
    ...(more > 0 ? [`         and ${more} more modules`] : []),
  ];
}
