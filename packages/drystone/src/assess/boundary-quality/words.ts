/** Words in the names of services and of what they serve. */

/** `ts-orderOtherService` is ts, order, other, service. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Words that say only that it is a service. */
const general = new Set(
  "service services svc server api app application ms micro microservice microservices backend worker grpc rest http".split(" "),
);

/** What a name says beyond being a service of this system. @param common words that most names of the system have. */
export function tellingWords(name: string, common: ReadonlySet<string>): string[] {
  return wordsOf(name)
    .map(withoutService)
    .filter((word) => !general.has(word) && !common.has(word));
}

/** `emailservice`, written as one word, is `email`. */
function withoutService(word: string): string {
  const short = word.replace(/(?:service|svc)$/, "");
  return general.has(word) || short.length < 3 ? word : short;
}

/** Words in four of five names or more, such as the name of the system. */
export function commonWords(names: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const name of names) for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].flatMap(([word, count]) => (count >= 3 && count >= 0.8 * names.length ? [word] : [])));
}

/** The list of metrics.md E3, with the forms in which its words are used. */
const technical = new Set(
  (
    "auth authn authz authentication authorization authorisation oauth oauth2 token tokens session sessions notification notifications notifier notify " +
    "email emails mail mailer mailing sms log logs logger logging config configuration cache file files storage pdf report reports reporting " +
    "gateway proxy util utils utility utilities common shared db database data integration scheduler"
  ).split(" "),
);

/** Half of the words or more are technical; null where no word tells anything. */
export function isTechnical(words: readonly string[]): boolean | null {
  const hits = words.filter((word) => technical.has(word)).length;
  return words.length === 0 ? null : hits > 0 && hits * 2 >= words.length;
}

const entities = new Set("user users customer customers product products".split(" "));

/** Nothing but the name of an entity that every system has. */
export function isBareEntity(words: readonly string[]): boolean {
  return words.length === 1 && entities.has(words[0] ?? "");
}
