// Writes the example shop with its history: node scripts/example.mjs [DIR] [--print-dir]
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadTypeScript } from "../packages/drystone/test/fakes/load.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { "print-dir": { type: "boolean" } } });
const directory = resolve(positionals[0] ?? join(root, ".scratch", "example-shop"));
// Only what this script has written is ever removed.
const mark = join(directory, ".git", "written-by-example");

if (existsSync(mark)) rmSync(directory, { recursive: true });
if (existsSync(directory) && readdirSync(directory).length > 0) {
  process.stderr.write(
    `${directory} is not empty and was not written by this script.\nName a new folder: node scripts/example.mjs DIR\n`,
  );
  process.exit(2);
}

const { writeExampleShop } = await loadTypeScript(new URL("../packages/drystone/test/planted/example-shop.ts", import.meta.url));
writeExampleShop(directory, join(root, "examples", "shop"));
writeFileSync(mark, "");
if (values["print-dir"]) process.stdout.write(`${directory}\n`);
else
  process.stdout.write(
    `The example is in ${relative(process.cwd(), directory) || "."}. Now: npx drystone assess ${relative(process.cwd(), directory) || "."}\n`,
  );
