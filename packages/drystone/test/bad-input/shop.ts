/** A small, healthy system: what each bad input is built from, so that the rest of the result must still be right. */
import type { CommitPlan, Content, Person } from "../fakes/index.js";

export const ada: Person = { name: "Ada Adams", email: "ada@example.com" };
const grace: Person = { name: "Grace Clark", email: "grace@example.com" };
export const firstTime = 1_790_000_000;
const hour = 3600;

export const shopNames: readonly string[] = ["orders", "billing", "shipping"];

/** Three services, forty commits. */
export function shopCommits(extra: Readonly<Record<string, Content>> = {}): CommitPlan[] {
  const files: Record<string, Content> = {
    "docker-compose.yml": `services:\n${shopNames.map((name) => `  ${name}:\n    build: ./services/${name}\n`).join("")}`,
  };
  for (const name of shopNames) {
    files[`services/${name}/Dockerfile`] = 'FROM node:20-slim\nCOPY . .\nCMD ["npm", "start"]\n';
    files[`services/${name}/package.json`] =
      `{"name":"${name}","scripts":{"start":"node src/server.js"},"dependencies":{"fastify":"5.6.1"}}\n`;
    files[`services/${name}/src/server.js`] = `export const name = "${name}";\n`;
  }
  const commits: CommitPlan[] = [
    { author: ada, time: firstTime, message: "Start\n", changes: new Map(Object.entries({ ...files, ...extra })) },
  ];
  for (let index = 1; index < 40; index++) {
    const touched = index % 4 === 0 ? [0, 1] : [index % 3];
    const changes = touched.map(
      (position) => [`services/${shopNames[position] ?? ""}/src/server.js`, `export const revision = ${index};\n`] as const,
    );
    const author = index % 2 === 0 ? ada : grace;
    commits.push({
      author,
      time: firstTime + index * 40 * hour,
      message: `Change ${index}\n`,
      changes: Object.fromEntries(changes),
    });
  }
  return commits;
}
