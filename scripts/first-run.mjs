// Everything a fresh clone needs, then the main job: npm start [-- PATH… OPTIONS]. Without a path, the example shop is written and assessed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = fileURLToPath(new URL("../packages/drystone/bin/drystone.js", import.meta.url));
const given = process.argv.slice(2);

if (!existsSync(`${root}/node_modules/commander`)) run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], root);
if (!existsSync(`${root}/packages/drystone/dist/bundle/cli.js`)) run("npm", ["run", "--silent", "build"], root);
const example = ".scratch/example-shop";
if (given.length === 0) run(process.execPath, ["scripts/example.mjs", example], root);
// npm changes into the root of the repository; a relative path means where the caller stood.
const from = given.length === 0 ? root : (process.env.INIT_CWD ?? process.cwd());
process.exitCode =
  spawnSync(process.execPath, [command, ...(given.length === 0 ? [example] : given)], { cwd: from, stdio: "inherit" }).status ??
  3;

function run(program, args, cwd) {
  const { status } = spawnSync(program, args, { cwd, stdio: ["ignore", 2, "inherit"] });
  if (status !== 0) process.exit(status ?? 3);
}
