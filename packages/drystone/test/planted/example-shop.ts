/** The history of `examples/shop`: its files as they stand, and a year of commits that ends with them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommitPlan, type Person, type Random, seededRandom, writeRepository } from "../fakes/index.js";

const day = 86_400;
const hour = 3600;
/** 2026-11-20T16:00:00Z, a Friday. */
const end = 1_795_190_400;
const start = end - 362 * day;

/** Writes the example into `directory`, which must be empty or missing. @param source the folder `examples/shop`. */
export function writeExampleShop(directory: string, source: string): string {
  const final = readTexts(source);
  return writeRepository(directory, { commits: layOut(drawWork(seededRandom(20_261_120)), final) });
}

const besideTheShop = new Set(["README.md", "expected-result.json"]);

function readTexts(source: string): ReadonlyMap<string, string> {
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(source.length + 1)
      .replaceAll("\\", "/"),
  );
  const texts = paths
    .filter((path) => !besideTheShop.has(path))
    .map((path) => [path, readFileSync(join(source, path), "utf8")] as const);
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const teams = {
  storefront: ["Mira Okafor", "Jonas Lind", "Tess Varga"],
  checkout: ["Ines Duarte", "Pavel Novak", "Ruth Adeyemi", "Colm Byrne"],
  money: ["Hana Sato", "Luca Ferri", "Greta Holm"],
  delivery: ["Omar Haddad", "Vera Kolar", "Nils Berg"],
  accounts: ["Yara Mendes", "Finn O'Neil", "Asha Patel"],
  catalog: ["Dora Weiss", "Kofi Mensah", "Lena Marsh"],
} as const;
type Team = keyof typeof teams;

/** A kind of change, how often it happens in the year, who makes it and what it touches. */
interface Habit {
  readonly count: number;
  /** These teams take turns, whoever owns what is touched. */
  readonly by: readonly Team[];
  readonly titles: readonly string[];
  readonly files: readonly string[];
}

const threeTeams: readonly Team[] = ["checkout", "money", "delivery"];
const orders = "services/orders/src";
const billing = "services/billing/src";
const shipping = "services/shipping/src";

/** Three hundred change sets. Half of those to orders, billing and shipping need a second one of the three. */
const habits: readonly Habit[] = [
  {
    count: 20,
    by: threeTeams,
    titles: ["Add an order status", "Rename an order status", "Let an order be sent in parts", "Take an order back"],
    files: [`${orders}/status.js`, `${billing}/order-status.js`, `${shipping}/order-status.js`],
  },
  {
    count: 42,
    by: threeTeams,
    titles: [
      "Bill when an order is paid",
      "Refund a returned order",
      "Round the tax of an order line",
      "Refuse to bill an order twice",
    ],
    files: [`${orders}/place-order.js`, `${orders}/status.js`, `${billing}/invoice.js`, `${billing}/order-status.js`],
  },
  {
    count: 20,
    by: threeTeams,
    titles: ["Send an order in two parcels", "Hold a parcel until the order is paid", "Tell the order about its parcel"],
    files: [`${orders}/place-order.js`, `${shipping}/parcel.js`, `${shipping}/order-status.js`],
  },
  {
    count: 13,
    by: threeTeams,
    titles: ["Bill the postage", "Credit a lost parcel"],
    files: [`${billing}/invoice.js`, `${shipping}/parcel.js`],
  },
  {
    count: 15,
    by: threeTeams,
    titles: ["Load an order faster", "Keep the note of an order"],
    files: [`${orders}/store.js`, `${orders}/server.js`],
  },
  {
    count: 15,
    by: threeTeams,
    titles: ["Number invoices by year", "Print the tax number"],
    files: [`${billing}/invoice.js`, `${billing}/server.js`],
  },
  {
    count: 15,
    by: threeTeams,
    titles: ["Pack plates upright", "Choose the smaller box"],
    files: [`${shipping}/parcel.js`, `${shipping}/server.js`],
  },
  {
    count: 30,
    by: ["storefront"],
    titles: ["Show the glaze", "Larger pictures on phones", "Read the price aloud", "Load the page before its pictures"],
    files: ["services/storefront/src/product-page.js", "services/storefront/src/server.js"],
  },
  {
    count: 10,
    by: ["storefront", "checkout"],
    titles: ["Show the status of an order", "Let the basket keep its lines"],
    files: ["services/storefront/src/basket-page.js", `${orders}/store.js`],
  },
  {
    count: 43,
    by: ["accounts", "accounts", "accounts", "accounts", "checkout"],
    titles: ["Sign in once per month", "Compare keys in constant time", "Write addresses as the post wants them"],
    files: ["services/accounts/src/sign-in.js", "services/accounts/src/addresses.js"],
  },
  {
    count: 17,
    by: ["checkout", "money", "storefront"],
    titles: ["Kinder words", "Write in the customer's language"],
    files: ["services/notifications/src/mail.js"],
  },
  {
    count: 8,
    by: threeTeams,
    titles: ["Mail a new status"],
    files: ["services/notifications/src/mail.js", `${orders}/place-order.js`],
  },
  {
    count: 52,
    by: ["catalog"],
    titles: [
      "Find words inside of words",
      "Add the winter bowls",
      "Rank what is in stock first",
      "Take the spring plates out",
      "Search by glaze",
    ],
    files: ["services/catalog/src/search.js", "services/catalog/src/products.js", "services/catalog/src/server.js"],
  },
];

interface Work {
  readonly time: number;
  readonly author: Person;
  readonly title: string;
  readonly files: readonly string[];
}

/** The year in the order of time: the habits, and beside them a bot, documents and sweeps. */
function drawWork(random: Random): readonly Work[] {
  const turns = new Map<Team, number>();
  const work: Work[] = habits.flatMap((habit) =>
    Array.from({ length: habit.count }, (_, index) => ({
      time: workingTime(random),
      author: nextOf(habit.by[index % habit.by.length] ?? "checkout", turns),
      title: habit.titles[index % habit.titles.length] ?? "",
      files: touched(habit.files, random),
    })),
  );
  for (let index = 0; index < 30; index++) {
    const service = random.pick(services);
    const files = [`services/${service}/package.json`];
    work.push({ time: workingTime(random), author: bot, title: "Bump fastify", files });
  }
  for (let index = 0; index < 12; index++) {
    work.push({
      time: workingTime(random),
      author: nextOf("storefront", turns),
      title: "Explain the overview",
      files: ["docs/overview.md"],
    });
  }
  for (let index = 0; index < 3; index++) {
    const files = services.map((service) => `services/${service}/src/server.js`);
    work.push({
      time: start + (index + 1) * 90 * day,
      author: nextOf("accounts", turns),
      title: "Listen on all addresses",
      files,
    });
  }
  return work.sort((a, b) => a.time - b.time);
}

const services = ["storefront", "orders", "billing", "shipping", "accounts", "notifications", "catalog"];
const bot: Person = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };

/** A weekday between eight and five. */
function workingTime(random: Random): number {
  for (;;) {
    const date = start + random.integer(360) * day;
    const weekday = new Date(date * 1000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return date - 8 * hour + random.integer(9 * hour);
  }
}

/** People of a team take turns, so that each of them has enough changes for a number. */
function nextOf(team: Team, turns: Map<Team, number>): Person {
  const turn = turns.get(team) ?? 0;
  turns.set(team, turn + 1);
  const name = teams[team][turn % teams[team].length] ?? "";
  return { name, email: `${name.toLowerCase().replace("'", "").replace(" ", ".")}@example.com` };
}

/** One file of each service that the habit spans: which services change is what the example is about, which of their files is chance. */
function touched(files: readonly string[], random: Random): string[] {
  const byService = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.split("/").slice(0, 2).join("/");
    byService.set(folder, [...(byService.get(folder) ?? []), file]);
  }
  return [...byService.values()].map((candidates) => random.pick(candidates));
}

/** The last change of each file leaves it as it stands in the example; until then its last line names the change that made it. */
function layOut(work: readonly Work[], final: ReadonlyMap<string, string>): CommitPlan[] {
  const remaining = new Map<string, number>();
  for (const { files } of work) for (const file of files) remaining.set(file, (remaining.get(file) ?? 0) + 1);
  const first = [...final].map(
    ([path, text]) => [path, remaining.has(path) ? marked(path, text, "the first version") : text] as const,
  );
  const begin: CommitPlan = {
    author: nextOf("checkout", new Map()),
    time: start - 60 * day,
    message: "Split the shop into services\n",
    changes: new Map(first),
  };
  const commits = work.map(({ time, author, title, files }, index): CommitPlan => {
    const subject = `${title} (#${index + 1})`;
    const changes = files.map((path) => {
      const left = (remaining.get(path) ?? 1) - 1;
      remaining.set(path, left);
      const text = final.get(path);
      if (text === undefined) throw new Error(`examples/shop has no file ${path}`);
      return [path, left === 0 ? text : marked(path, text, subject)] as const;
    });
    return { author, time, message: `${subject}\n`, changes: new Map(changes) };
  });
  return [begin, ...commits];
}

function marked(path: string, text: string, subject: string): string {
  if (path.endsWith(".json")) return text.replace("\n}", `,\n  "description": ${JSON.stringify(subject)}\n}`);
  return path.endsWith(".md") ? `${text}\n<!-- ${subject} -->\n` : `${text}// ${subject}\n`;
}
