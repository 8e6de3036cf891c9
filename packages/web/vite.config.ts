import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** One file, `dist/report.html`: script and style inside, nothing to load. `drystone` puts the result into it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Drystone's own modules come from their source, so that the page never shows the numbers of an older build.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    // The first browsers that know light-dark(): all of 2024.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    rolldownOptions: { input: fileURLToPath(new URL("report.html", import.meta.url)) },
    reportCompressedSize: false,
  },
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), codeAsText(), contentSecurityPolicy()],
});

/** Moves the script to its place at the end of `report.html`, as plain text that the short script there runs after the first paint. */
function codeAsText(): Plugin {
  return afterwards("code-as-text", (page) => {
    const [element = "", code = ""] = /<script type="module"[^>]*>([\s\S]*?)<\/script>\s*/.exec(page) ?? [];
    const place = '<script type="text/plain" id="drystone-code">';
    return page.includes(place) ? page.replace(element, "").replace(place, () => place + code) : page;
  });
}

/** Allows the two scripts (the short one, and the one that draws the page) and the one style of the file by their hashes, and nothing else: no handler in an attribute runs, nothing is loaded or sent. */
function contentSecurityPolicy(): Plugin {
  return afterwards("content-security-policy", (page) => {
    const policy = [
      "default-src 'none'",
      `script-src ${hashesOf(page, 2, /<script(?![^>]*application\/json)[^>]*>([\s\S]*?)<\/script>/g)}`,
      `style-src ${hashesOf(page, 1, /<style[^>]*>([\s\S]*?)<\/style>/g)}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    const charset = '<meta charset="utf-8" />';
    return page.replace(charset, () => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
  });
}

/** Changes the finished page. */
function afterwards(name: string, change: (page: string) => string): Plugin {
  return {
    name,
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) file.source = change(String(file.source));
        }
      },
    },
  };
}

function hashesOf(page: string, most: number, elements: RegExp): string {
  const hashes = [...page.matchAll(elements)].map(
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  if (hashes.length === 0 || hashes.length > most)
    throw new Error(`the page must hold 1 to ${most} of ${elements.source.slice(0, 7)}, not ${hashes.length}`);
  return hashes.join(" ");
}
