/** Takes passwords, keys and tokens out of texts that are kept as evidence or resolved further. */

/**
 * The text with `***` where a password stands: in addresses, connection strings, settings, arguments of code and headers.
 * Placeholders without a fallback (`${DB_PASSWORD}`) stay. Cut texts afterwards, never before: half of an address hides where its password ends.
 */
export function withoutSecrets(text: string): string {
  if (!mayHold.test(text)) return text;
  const named = rules.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
  return named
    .replace(values, (_whole, head: string, rest: string) => head + rest.replace(/'[^'\n]{1,400}'/g, "'***'"))
    .replace(logins, (_whole, head: string, rest: string) => head + withoutLaterTexts(rest));
}

/** The value of a setting. All of it goes when the key says that it is a secret. */
export function valueWithoutSecrets(key: string, value: string): string {
  return value !== "" && isSecretName.test(key) && !plainPlaceholder.test(value) ? hidden : withoutSecrets(value);
}

/** `key = value` as evidence, at most 160 characters. */
export function settingText(key: string, value: string, between = " = "): string {
  return withoutSecrets(`${key}${between}${valueWithoutSecrets(key, value)}`).slice(0, 160);
}

const hidden = "***";
const plainPlaceholder = /^\$\{[\w.-]{1,100}\}$/;
/** A cheap look: most lines hold none of these. */
const mayHold =
  /@|pass|pwd|secret|token|key|credential|auth|basic|bearer|connect|pdo|identified|values|login|gh[pousr]_|glpat-|xox|sk_|eyJ|AKIA/i;

const quoted = String.raw`"[^"\n]{1,400}"|'[^'\n]{1,400}'|\x60[^\x60\n]{1,400}\x60`;
const name = String.raw`(?:pass(?:word|wd|phrase|wort)|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|credentials?)(?:[_.-]?(?:key|value|hash|base64|string|text|default))?`;
/** `pass` alone is a word of its own: not that of `passive` or `compass`. */
const shortName = String.raw`(?:(?<![A-Za-z])[Pp]ass|(?<=[a-z])Pass|PASS)(?![A-Za-z])`;
const isSecretName = new RegExp(`${name}$|(?:^|[._-])pass$`, "i");

/** Between name and value: `: `, ` = `, `" => "`, `"] = `, `" value="`, `>` of XML. */
const pairSign = String.raw`(?:\\?["'\x60\])]{0,3}\s{0,3}(?:=>|:=|:-|[:=])\s{0,3}(?:\\?["'](?=[^"'\n]{0,400}\\))?|["']\s{1,3}(?:value|content)\s{0,2}=\s{0,2}|>)`;
/** Addresses where tokens come from are no tokens. */
const notValue = String.raw`(?!["'\x60]?(?:\$\{[\w.-]{1,100}\}|\*\*\*|[a-z][a-z+]{1,12}:\/\/|\{\{))`;
const bare = String.raw`[^\s;,&"'\x60)}<\\]{1,400}`;

const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // user:password@ of an address, with @ in the password, and with a slash in it where it is no port.
  [/(:\/\/[^\s/:@"'`]{0,100}):(?!\$\{[\w.-]{1,100}\}@)[^\s/"'`]{1,300}@/g, "$1:***@"],
  [/(:\/\/[^\s/:@"'`]{1,100}):(?![\d]{1,5}(?:[/?#]|$)|[${%*<])[^\s@"'`]{0,200}\/[^\s@"'`]{0,200}@/g, "$1:***@"],
  // A long user without a password is a token.
  [/(:\/\/)[\w-]{20,200}@/g, "$1***@"],
  // user:password@tcp(host), user:password@host:port.
  [
    /((?:^|[\s"'`=(,;])[\w.-]{1,60}):(?!\$\{[\w.-]{1,100}\}@|\*\*\*)[^\s@"'`/]{1,200}@(?!sha\d)(?=(?:tcp|unix)\(|[\w.-]{1,100}(?::\d|\/|\())/g,
    "$1:***@",
  ],
  [new RegExp(`(${name}${pairSign})${notValue}(?:${quoted}|${bare})`, "gi"), "$1***"],
  [new RegExp(`(${shortName}${pairSign})${notValue}(?:${quoted}|${bare})`, "g"), "$1***"],
  // Statements of SQL: password 'x', identified by 'x'.
  [new RegExp(String.raw`(\b(?:password|identified\s{1,3}by)\s{1,3})'[^'\n]{1,400}'`, "gi"), "$1'***'"],
  // Arguments: .password("x"), WithEnvironment("DB_PASSWORD", "x").
  [new RegExp(String.raw`(${name}["'\x60]?\)?\s{0,3}[,(]\s{0,3})(?:${quoted})`, "gi"), '$1"***"'],
  [new RegExp(String.raw`(${shortName}["'\x60]?\)?\s{0,3}[,(]\s{0,3})(?:${quoted})`, "g"), '$1"***"'],
  [/(["'`:=]\s{0,2}(?:Basic|Bearer)\s{1,2})[\w+/=.~-]{6,2000}/gi, "$1***"],
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_(?:live|test)_|AKIA)[\w-]{10,200}|\beyJ[\w-]{10,2000}\.[\w-]{5,2000}\.[\w-]{5,2000}/g,
    hidden,
  ],
];

/** Rows of SQL: whatever stands in them is data of somebody. */
const values = /(\bvalues\s{0,3}\()([^\n]{1,2000})/gi;

/** Calls whose arguments have no names: all texts but the first may be a password. */
const logins =
  /(\b(?:getConnection|mysqli?(?:_connect)?|pg_connect|PDO|PlainCredentials|NetworkCredential|(?:Http|HTTP|Set|set)?[Bb]asic(?:Auth)?|(?:with|With)?BasicAuth(?:entication)?|HTTPBasicAuth|UsernamePasswordCredentials?|UsernamePasswordAuthenticationToken|AuthTokens\.basic|Sequelize|login)\s{0,3}\(|\bauth\s{0,3}[=:]\s{0,3}[([])([^\n]{1,600})/g;

/** Texts after the first of a call, up to its end. */
function withoutLaterTexts(rest: string): string {
  const end = rest.indexOf(")");
  const inside = end < 0 ? rest : rest.slice(0, end);
  const comma = inside.indexOf(",");
  if (comma < 0) return rest;
  const later = inside.slice(comma).replace(new RegExp(quoted, "g"), '"***"');
  return `${inside.slice(0, comma)}${later}${end < 0 ? "" : rest.slice(end)}`;
}
