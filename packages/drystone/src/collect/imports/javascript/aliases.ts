/** Aliases outside of tsconfig.json: of Vite and webpack where they are written as plain text, and those that a framework brings. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import type { PathPattern } from "./tsconfig.js";

export function isBundlerConfig(path: string): boolean {
  return /(?:^|\/)(?:vite|vitest|webpack|vue|nuxt|svelte|electron\.vite)\.config\.[cm]?[jt]s$/.test(path);
}

/** Aliases with the folder for which they hold. */
export function bundlerAliases(path: string, text: string): PathPattern[] {
  const folder = folderOf(path);
  const found: PathPattern[] = [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  const start = text.search(/\balias\b["']?\s{0,20}:\s{0,20}[{[]/);
  if (start >= 0) {
    for (const match of text.slice(start, start + 5000).matchAll(entry)) {
      const key = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
      const target = joinPath(folder, (match[5] ?? match[6] ?? match[7] ?? "").replace(/^\//, "./"));
      if (key !== "" && target !== null) found.push(...both(key, target));
    }
  }
  if (name.startsWith("svelte.")) found.push(...both("$lib", joinPath(folder, "src/lib") ?? ""));
  if (name.startsWith("vue.")) found.push(...both("@", joinPath(folder, "src") ?? ""));
  if (name.startsWith("nuxt.")) {
    const home = /\bsrcDir\s{0,9}:\s{0,9}["']([^"']{1,200})["']/.exec(text)?.[1] ?? ".";
    const source = joinPath(folder, home) ?? folder;
    found.push(...["~", "@"].flatMap((key) => both(key, source)), ...["~~", "@@"].flatMap((key) => both(key, folder)));
  }
  return found;
}

/** `"@": path.resolve(__dirname, "src")`, `find: "@", replacement: …`, `"@": fileURLToPath(new URL("./src", import.meta.url))`, `"@": "/src"`. */
const entry =
  /(?:find\s{0,5}:\s{0,5}(?:"([^"\n]{1,60})"|'([^'\n]{1,60})')\s{0,5},\s{0,20}replacement|["']([^"'\n]{1,60})["']|\b([A-Za-z_$][\w$]{0,40}))\s{0,5}:\s{0,5}(?:(?:path\.|p\.)?(?:resolve|join)\(\s{0,20}(?:__dirname|process\.cwd\(\)|import\.meta\.dirname)\s{0,5},\s{0,20}["']([^"'\n]{1,200})["']\s{0,20}\)|fileURLToPath\(\s{0,20}new URL\(\s{0,20}["']([^"'\n]{1,200})["']\s{0,5},\s{0,5}import\.meta\.url\s{0,5}\)\s{0,20}\)|["'](\.{0,2}\/[^"'\n]{0,200})["'])/g;

function both(key: string, target: string): PathPattern[] {
  const prefix = key.replace(/\/$/, "");
  const behind = target === "" ? "*" : `${target}/*`;
  return [
    { prefix, suffix: null, targets: [target] },
    { prefix: `${prefix}/`, suffix: "", targets: [behind] },
  ];
}
