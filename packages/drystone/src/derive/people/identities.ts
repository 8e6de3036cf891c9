/** What one name and address of a commit says: a person, several, a bot, an agent or nobody in particular. */
import type { Identity } from "#model/history.js";

/** What a bot commits. An updater makes changes of its own; a courier carries changes of people under its own name. */
export type BotNature = "updater" | "courier";

export type Kind =
  | { readonly kind: "person" }
  | { readonly kind: "bot"; readonly nature: BotNature; readonly reason: string }
  | { readonly kind: "agent"; readonly reason: string }
  | { readonly kind: "nobody"; readonly reason: string };

/** A name and address taken apart once; all rules below read these. */
export interface Features {
  readonly name: string;
  /** See `foldName`. */
  readonly folded: string;
  /** Words of the name, lower case, joined by `-`. */
  readonly slug: string;
  /** Before and after the last `@` of the address, lower case. */
  readonly local: string;
  readonly domain: string;
  /** Login in a private address of a code host; null for another address. */
  readonly login: string | null;
  /** See `emailKey`. */
  readonly key: string;
}

export function featuresOf({ name, email }: Identity): Features {
  const folded = foldName(name);
  const plain = plainEmail(email);
  const [local, domain] = [localPart(plain), domainOf(plain)];
  return {
    name: name.slice(0, maxLength).trim(),
    folded,
    slug: slug(folded),
    local,
    domain,
    login: loginOf(plain),
    key: emailKey(plain),
  };
}

/** Agents come before bots, because some of them sign as `name[bot]`. @param isConfiguredBot bots that the user names. */
export function kindOf(features: Features, isConfiguredBot: (features: Features) => boolean): Kind {
  if (isConfiguredBot(features)) return { kind: "bot", nature: natureOf(features), reason: "named in drystone.yaml" };
  const agent = agentReason(features);
  if (agent !== null) return { kind: "agent", reason: agent };
  const bot = botReason(features);
  if (bot !== null) return { kind: "bot", nature: natureOf(features), reason: bot };
  if (isSharedAddress(features.key) && isGenericName(features.name))
    return { kind: "nobody", reason: "shared address and generic name" };
  return { kind: "person" };
}

/** Names of services that commit, as words of a name or of the part before the `@`. The domain never counts: people work there. */
const updaters = words(
  "renovate dependabot greenkeeper snyk weblate crowdin depfu pyup whitesource imgbot allcontributors transifex lokalise scala-steward",
);
const couriers = words(
  "semantic-release pre-commit-ci github-actions mergify copybara codecov restyled homu release-please travis-ci circleci buildkite teamcity " +
    "gitlab-ci azure-pipelines argocd fluxcd k8s-ci-robot web-flow google-cloud-policy",
);
/** Whole names that build servers and scripts go by. */
const courierNames = words(
  "ci cd build builder buildbot bot robot deploy deployer deployment release releaser automation autobuild jenkins jenkins-ci bors ci-bot ci-user build-user builduser svc service-account gitlab github",
);

function botReason(features: Features): string | null {
  const { name, slug: words, local, login } = features;
  if (name.endsWith("[bot]") || local.endsWith("[bot]")) return "`[bot]` suffix";
  const known = knownBot(features);
  if (known !== null) return `known bot: ${known}`;
  const handle = login ?? local;
  const single = !/\s/.test(name);
  if (courierNames.has(words)) return `name of a machine: ${words}`;
  if (!/bot/i.test(name) && !/bot/.test(handle)) return null;
  if (single && /(?:[-_.](?:ro)?bot$|^bot[-_.]|[a-z]Bot(?:App)?$)/.test(name)) return "name ends in bot";
  if (single && /^[a-z0-9]{3,}bot$/.test(name) && !botSurnames.test(name)) return "name ends in bot";
  if (handle.endsWith("bot") && namedBot.test(name)) return "name ends in bot";
  if (/(?:^|[-_.+])bot$|^bot(?:$|[-_.])/.test(handle) && (single || /\bbot\b/i.test(name))) return "address of a bot";
  return null;
}

/** `OpenTelemetry Bot`, after a name in one word with a capital inside; not `Jan Bot`, which is a surname. */
const namedBot = /^[A-Za-z]{0,40}[a-z][A-Z][A-Za-z]{0,40} [Bb]ot$/;

/** Talbot, Cabot and their like, as the end of a handle. */
const botSurnames = /(?:tal|val|ab|ca|lam|bar|gui|her|ram|jo|gar|am|cor|tur|mari|thi|go|ri)bot$/;

function natureOf(features: Features): BotNature {
  const known = knownBot(features);
  return known !== null && updaters.has(known) ? "updater" : "courier";
}

/** A known bot named in a short name; in the address only for names that are no person's, because people work for these companies and play with their names. */
function knownBot({ name, slug: words, local, login }: Features): string | null {
  const inName = words.length < 60 && words.split("-", 6).length <= 5 ? wordRuns(words) : null;
  if (inName !== null) return inName;
  const handle = login ?? local;
  return anyKnown.test(handle) && !isFullName(name) ? wordRuns(slug(handle)) : null;
}

const anyKnown = new RegExp([...updaters, ...couriers].join("|"));

/** The known bot that is one to three whole words of a slug. */
function wordRuns(words: string): string | null {
  if (!anyKnown.test(words)) return null;
  const parts = words.split("-").slice(0, 12);
  for (const length of [3, 2, 1]) {
    for (const at of parts.keys()) {
      const run = parts.slice(at, at + length).join("-");
      if (updaters.has(run) || couriers.has(run)) return run;
    }
  }
  return null;
}

const agentDomains = new Map([
  ["anthropic.com", "Claude"],
  ["cursor.com", "Cursor"],
  ["cursor.so", "Cursor"],
  ["openai.com", "Codex"],
  ["aider.chat", "aider"],
  ["cognition.ai", "Devin"],
  ["all-hands.dev", "OpenHands"],
  ["ampcode.com", "Amp"],
  ["opencode.ai", "opencode"],
  ["windsurf.com", "Windsurf"],
  ["codeium.com", "Windsurf"],
  ["sourcegraph.com", "Amp"],
]);
/** Local parts that agents of those domains use; people work there too. */
const agentLocals = words("noreply no-reply cursoragent agent codex aider openhands amp opencode bot windsurf devin claude");
/** Logins on a code host. */
const agentLogins = words(
  "copilot copilot-swe-agent claude anthropic-claude cursor cursoragent cursor-com devin-ai-integration codex openai-codex chatgpt-codex-connector google-labs-jules " +
    "gemini-code-assist gemini-cli aider openhands openhands-agent sweep-ai codegen-sh factory-droid amp-code ampcode windsurf windsurf-bot kiro-agent coderabbitai qodo-code-review amazon-q-developer",
);
/** Whole names that no person bears. */
const agentNames = words(
  "claude-code github-copilot copilot cursor-agent devin-ai openai-codex chatgpt google-jules gemini-cli gemini-code-assist openhands aider windsurf-cascade copilot-autofix-powered-by-ai",
);

function agentReason({ name, slug: words, local, domain, login, key }: Features): string | null {
  const account = login?.replace(/\[bot\]$/, "") ?? null;
  if (account !== null && agentLogins.has(account)) return `agent: ${account}`;
  const bare = words.replace(/-bot$/, "");
  if (name.endsWith("[bot]") && agentLogins.has(bare)) return `agent: ${bare}`;
  const product = agentDomains.get(domain);
  if (product !== undefined && agentLocals.has(local)) return `agent: ${product}`;
  if (agentNames.has(bare)) return `agent: ${bare}`;
  if (/^aider \(/i.test(name)) return "agent: aider";
  // `Claude` is a first name, too: with a model behind it and no address of a person it is not.
  if (words.startsWith("claude") && /^claude(?:-(?:code|opus|sonnet|haiku|\d).*)?$/.test(words) && isSharedAddress(key))
    return "agent: Claude";
  return null;
}

/** aider signs in the name of its user: `Ada Lovelace (aider)`. */
export function withoutAgentMark(name: string): { name: string; marked: boolean } {
  const marked = / \(aider\)$/i.test(name);
  return { name: marked ? name.slice(0, -8).trim() : name, marked };
}

/** The key under which addresses are the same: lower case, private addresses of code hosts folded to `login@github.com`. */
export function emailKey(email: string): string {
  const plain = plainEmail(email);
  const login = loginOf(plain);
  return login === null ? plain : `${login}@${domainOf(plain).slice(privateDomain.length)}`;
}

const privateDomain = "users.noreply.";
/** Longer names and addresses are cut: nobody has one, and all work here is bounded. */
const maxLength = 300;

function plainEmail(email: string): string {
  const plain = email.slice(0, maxLength).trim().toLowerCase();
  return plain.startsWith("<") && plain.endsWith(">") ? plain.slice(1, -1) : plain;
}

/** Login in a private address of GitHub (`123+login`, `login`) or GitLab (`123-login`); null for another address. @param plain lower case. */
function loginOf(plain: string): string | null {
  return domainOf(plain).startsWith(privateDomain) ? localPart(plain).replace(numberOf(plain), "") : null;
}

/** The account number in front of a login. At GitHub a login may itself be `360-info`. */
function numberOf(plain: string): RegExp {
  return plain.endsWith("@users.noreply.github.com") ? /^(\d+)\+(?=.)/ : /^(\d+)[+-](?=.)/;
}

/** Account number in `123+login@users.noreply…` with its host, which outlives a change of login; null when there is none. */
export function accountOf({ local, domain, login }: Features): string | null {
  const id = login === null ? undefined : numberOf(`${local}@${domain}`).exec(local)?.[1];
  return id === undefined ? null : `${id}@${domain}`;
}

/** True for the key of a private address: `login@github.com`, `login@gitlab.com`. */
export function isHostAddress(key: string): boolean {
  return /^git(?:hub|lab)\./.test(domainOf(key));
}

/** What stands before the last `@`, all of it without one. */
export function localPart(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : address.slice(0, at);
}

function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? "" : address.slice(at + 1);
}

const sharedLocals = words(
  "root none nobody noreply no-reply donotreply devnull dev-null null unknown user users username admin administrator git ubuntu vagrant ec2-user localhost test you email build support team dev developer",
);
const sharedDomains = words("localhost localhost.localdomain none none.none (none) invalid local unknown");

/** Addresses that many people commit under. They never join identities. */
export function isSharedAddress(key: string): boolean {
  const domain = domainOf(key);
  return (
    !domain.includes(".") ||
    domain.includes("(none)") ||
    sharedLocals.has(localPart(key)) ||
    sharedDomains.has(domain) ||
    templates.has(key)
  );
}

/** Left in place by people who copied a command. */
const templates = words(
  "you@example.com your@email.com you@email.com your.email@example.com youremail@example.com email@example.com name@example.com user@example.com your_email@example.com",
);

const publicMail = words(
  "gmail.com googlemail.com outlook.com hotmail.com hotmail.fr hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.jp ymail.com icloud.com me.com mac.com aol.com " +
    "gmx.de gmx.net gmx.com gmx.at web.de t-online.de freenet.de posteo.de mailbox.org protonmail.com protonmail.ch proton.me pm.me fastmail.com fastmail.fm hey.com tutanota.com zoho.com " +
    "qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn aliyun.com naver.com hanmail.net daum.net yandex.ru yandex.com ya.ru mail.ru bk.ru inbox.ru list.ru rambler.ru " +
    "orange.fr free.fr wanadoo.fr laposte.net sfr.fr libero.it virgilio.it uol.com.br bol.com.br terra.com.br seznam.cz wp.pl o2.pl interia.pl onet.pl comcast.net verizon.net att.net sbcglobal.net " +
    "cox.net btinternet.com bluewin.ch rediffmail.com github.com gitlab.com bitbucket.org",
);

/** An address that an employer (or a domain of one's own) gave: neither a mail provider, nor a code host, nor a machine. */
export function isCorporate(key: string): boolean {
  const domain = domainOf(key);
  return (
    domain.includes(".") &&
    !publicMail.has(domain) &&
    !isSharedAddress(key) &&
    !/\.(?:local|lan|localdomain|home|internal)$/.test(domain) &&
    !domain.startsWith("users.noreply.")
  );
}

const genericNames = words(
  "your-name your-full-name full-name first-last firstname-lastname root-user system-administrator super-user the-team dev-team development-team build-server build-user build-bot ci-user " +
    "test-user unknown-user unknown-author no-name no-author not-committed-yet local-user default-user john-doe jane-doe github-user git-user root admin administrator user unknown none test you name me dev developer ubuntu vagrant git anonymous",
);

function isGenericName(name: string): boolean {
  if (name.length > 40) return false;
  return !/[\p{L}\p{N}]/u.test(name) || genericNames.has(slug(name));
}

/** Two words at least, and not a name that templates and machines use. */
export function isFullName(name: string): boolean {
  return /\S\s+\S/.test(name.trim()) && !isGenericName(name);
}

/** Upper case, accents stripped, white space and dots single: `José  Valim` and `jose valim` are one name. Windows domains are cut off. */
export function foldName(name: string): string {
  const own = name.slice(0, maxLength).slice(name.lastIndexOf("\\", maxLength) + 1);
  const plain = isAscii(own)
    ? own
    : own
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .replace(/[łŁøØ]/g, (letter) => strokes.get(letter) ?? letter);
  return plain
    .toUpperCase()
    .replace(/[\s.]+/g, " ")
    .trim();
}

/** Letters that have no decomposition. */
const strokes = new Map([
  ["ł", "l"],
  ["Ł", "L"],
  ["ø", "o"],
  ["Ø", "O"],
]);

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Names of a pair (`Ada + Grace`, `Ada Lovelace and Grace Hopper`); null for one name. Both sides of `and` must be full names, unless known. */
export function pairNames(name: string, isKnownName: (name: string) => boolean): readonly string[] | null {
  if (!/[+&/|]| and /i.test(name)) return null;
  const signs = split(name, /\s[+&/|]\s|\+(?=\S)/);
  if (signs.length > 1 && signs.every((part) => !isGenericName(part) && /\p{L}/u.test(part))) return signs;
  const words = split(name, /,?\sand\s/i);
  const isName = (part: string): boolean => part.startsWith("@") || isFullName(part) || isKnownName(part);
  return words.length > 1 && words.every(isName) ? words : null;
}

function split(name: string, separator: RegExp): string[] {
  return name
    .slice(0, maxLength)
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Lower-case words joined by `-`. */
export function slug(text: string): string {
  if (/^[a-z0-9]+$/.test(text)) return text;
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
