// Writes a large history for timing: node bench/generate-history.mjs DIR [--commits 100000] [--services 30] [--files 8000] [--people 300] [--seed 1]
// Bare, deterministic, streamed into git: memory does not grow with the number of commits.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadTypeScript } from "../packages/drystone/test/fakes/load.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commits: { type: "string", default: "100000" },
    services: { type: "string", default: "30" },
    files: { type: "string", default: "8000" },
    people: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
  },
});
const [directory] = positionals;
if (directory === undefined || (existsSync(directory) && readdirSync(directory).length > 0)) {
  process.stderr.write("Name a new folder.\nnode bench/generate-history.mjs DIR\n");
  process.exit(2);
}
const { fastImportStream, seededRandom } = await loadTypeScript(
  new URL("../packages/drystone/test/fakes/index.ts", import.meta.url),
);
const [commits, services, files, people, seed] = ["commits", "services", "files", "people", "seed"].map((name) =>
  Number(values[name]),
);
const end = 1_795_176_000;

const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
mkdirSync(directory, { recursive: true });
spawnSync("git", ["-C", directory, "init", "--quiet", "--bare", "--template=", "--initial-branch=main"], {
  env,
  stdio: "inherit",
});
const git = spawn("git", ["-C", directory, "fast-import", "--quiet", "--done", "--date-format=raw"], {
  env,
  stdio: ["pipe", "inherit", "inherit"],
});
const closed = new Promise((resolve) => git.on("close", resolve));
await pipeline(Readable.from(fastImportStream({ commits: history() })), git.stdin);
process.exitCode = await closed;

/** Changes of one to six files, most in one service; a merge now and then, a ninth of the commits by bots, a sweep in a thousand. */
function* history() {
  const random = seededRandom(seed);
  const step = Math.floor((5 * 365 * 86_400) / commits);
  yield { author: person(0), time: end - (commits + 1) * step, message: "Start\n", changes: start() };
  for (let index = 0; index < commits; index++) {
    const bot = random.chance(1 / 9);
    const author = bot
      ? { name: "renovate[bot]", email: "renovate[bot]@users.noreply.github.com" }
      : person(Math.floor(people * random.next() ** 3));
    const home = Math.floor(services * random.next() ** 2);
    const size = random.chance(0.001) ? 60 : 1 + Math.floor(6 * random.next() ** 3);
    const changes = {};
    for (let file = 0; file < size; file++) {
      const service = random.chance(0.85) ? home : random.integer(services);
      changes[pathOf(service, Math.floor((files / services) * random.next() ** 2))] = `${index}\n`;
    }
    yield { author, time: end - (commits - index) * step, message: `Change service ${home} (#${index})\n`, changes };
  }
}

function start() {
  const names = Array.from({ length: services }, (_, index) => `service-${index}`);
  const changes = {
    "docker-compose.yml": `services:\n${names.map((name) => `  ${name}:\n    build: ./services/${name}\n`).join("")}`,
  };
  for (const name of names) {
    changes[`services/${name}/Dockerfile`] = "FROM node:20-slim\nCOPY . .\n";
    changes[`services/${name}/package.json`] =
      `{"name":"${name}","scripts":{"start":"node src/server.js"},"dependencies":{"fastify":"5.6.1"}}\n`;
  }
  return changes;
}

function pathOf(service, file) {
  return `services/service-${service}/src/area-${file % 12}/part-${file}.js`;
}

function person(index) {
  return { name: `Person ${index}`, email: `person.${index}@example.com` };
}
