/** The files of a planted service: enough for any inventory to see that it deploys alone, and eleven source files to change. */
import type { Content } from "../fakes/index.js";

export const serviceNames: readonly string[] = [
  "orders",
  "billing",
  "shipping",
  "catalog",
  "accounts",
  "payments",
  "inventory",
  "pricing",
  "reviews",
  "returns",
  "loyalty",
  "suppliers",
  "reports",
  "invoices",
  "stock",
  "offers",
  "basket",
  "ledger",
  "parcels",
  "refunds",
];

export const sourceFiles: readonly string[] = [
  "src/server.js",
  "src/routes.js",
  "src/store.js",
  "src/rules.js",
  "src/checks.js",
  "src/events.js",
  "src/prices.js",
  "src/dates.js",
  "src/queue.js",
  "src/limits.js",
  "src/errors.js",
];

/** Everything under the folder of one service, by path. */
export function serviceFiles(name: string, folder: string): Record<string, Content> {
  const below = folder === "" ? "" : `${folder}/`;
  const files: Record<string, Content> = {
    [`${below}Dockerfile`]: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\nCMD ["npm", "start"]\n',
    [`${below}package.json`]: packageJson(name),
    [`${below}package-lock.json`]: lockFile(name, 0),
  };
  for (const file of sourceFiles) files[`${below}${file}`] = sourceText(`${name} ${file}`, 0);
  return files;
}

function packageJson(name: string): string {
  const manifest = {
    name,
    version: "1.0.0",
    private: true,
    scripts: { start: "node src/server.js" },
    dependencies: { fastify: "5.6.1" },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

export function lockFile(name: string, revision: number): string {
  return `${JSON.stringify({ name, lockfileVersion: 3, packages: { "": { version: `1.0.${revision}` } } }, null, 2)}\n`;
}

/** A compose file that builds each service from its folder. */
export function composeFile(folders: ReadonlyMap<string, string>): string {
  const services = [...folders].map(
    ([name, folder]) => `  ${name}:\n    build: ./${folder}\n    environment:\n      PORT: "8080"\n`,
  );
  return `services:\n${services.join("")}`;
}

/** Differs from all other files and revisions, so that no rename is seen where none is. */
export function sourceText(what: string, revision: number): string {
  return `// ${what}\nexport const revision = ${revision};\n`;
}
