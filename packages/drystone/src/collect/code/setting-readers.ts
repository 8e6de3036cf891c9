/** How code of each language reads environment variables and configuration. */
import type { Language } from "./language.js";
import type { Source } from "./source.js";

export interface SettingRead {
  readonly key: string;
  /** Offset of an expression that is used when the setting is missing; null when there is none. */
  readonly fallbackAt: number | null;
  readonly start: number;
  /** Offset behind the reading expression. */
  readonly end: number;
}

/** Each has the key in its first group; a match that ends in `,` is followed by a fallback. */
const readers: readonly { readonly languages: readonly Language[]; readonly pattern: RegExp }[] = [
  {
    languages: ["javascript", "html"],
    pattern:
      /(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env)(?:\??\.([A-Za-z_]\w{0,120})|\[\s{0,3}["'`]([\w.-]{1,120})["'`]\s{0,3}\]|\.get\(\s{0,3}["'`]([\w.-]{1,120})["'`]\s{0,3}\))/y,
  },
  {
    languages: ["javascript"],
    pattern:
      /(?:[cC]onfig(?:uration)?(?:Service)?|nconf|settings?|env(?:Service)?)(?:\(\))?\.(?:get|getOrThrow|getString|require)(?:<[\w\s|[\]]{1,60}>)?\(\s{0,20}["'`]([\w.:-]{1,120})["'`]\s{0,20}(,(?!\s{0,9}\{)|\))/y,
  },
  {
    languages: ["java", "kotlin", "scala"],
    pattern:
      /(?:System\.getenv|System\.getProperty|(?:env|environment|config)\.(?:getProperty|getRequiredProperty|getString|get))\(\s{0,20}"([\w.:-]{1,120})"\s{0,20}(,|\))/y,
  },
  {
    languages: ["java", "kotlin", "scala"],
    pattern: /System\.getenv\(\)\.(?:get|getOrDefault)\(\s{0,20}"([\w.:-]{1,120})"\s{0,20}(,|\))/y,
  },
  {
    languages: ["python"],
    pattern: /(?:os\.)?(?:environ\.get|environ\.pop|getenv|environ)[([]\s{0,20}[rf]?["']([\w.-]{1,120})["']\s{0,20}(,|\)|\])/y,
  },
  {
    languages: ["python"],
    pattern:
      /(?:config|env|decouple\.config|settings\.get|app\.config\.get|env\.(?:str|int|url|bool))\(\s{0,20}["']([A-Z][A-Z0-9_]{1,120})["']\s{0,20}(,|\))/y,
  },
  {
    languages: ["python"],
    pattern: /(?:app\.config|current_app\.config|settings|config)\[\s{0,3}["']([\w.-]{1,120})["']\s{0,3}\]/y,
  },
  {
    languages: ["go"],
    pattern: /(?:os\.(?:Getenv|LookupEnv)|viper\.(?:GetString|GetInt|Get))\(\s{0,20}["`]([\w.-]{1,120})["`]\s{0,20}\)/y,
  },
  {
    languages: ["csharp"],
    pattern:
      /(?:Environment\.GetEnvironmentVariable|(?:[cC]onfiguration|_config|config|Configuration)(?:\.GetValue(?:<\w{1,30}\??>)?|\.GetRequiredSection|\.GetSection)?)[([]\s{0,20}"([\w.:-]{1,160})"\s{0,20}(,|\)|\])/y,
  },
  { languages: ["php"], pattern: /(?:getenv\(|\$_(?:ENV|SERVER)\[|env\()\s{0,20}["']([\w.-]{1,120})["']\s{0,20}(,|\)|\])/y },
  { languages: ["ruby"], pattern: /ENV(?:\.fetch\(|\[)\s{0,20}["']([\w.-]{1,120})["']\s{0,20}(,|\)|\])/y },
  { languages: ["elixir"], pattern: /System\.(?:get_env|fetch_env!?)\(\s{0,20}"([\w.-]{1,120})"\s{0,20}(,|\))/y },
  { languages: ["rust"], pattern: /(?:std::)?(?:env::var|env::var_os|env!|option_env!)\(\s{0,20}"([\w.-]{1,120})"\s{0,20}\)/y },
  { languages: ["cpp"], pattern: /(?:std::)?getenv\(\s{0,20}"([\w.-]{1,120})"\s{0,20}\)/y },
  // Everybody writes a small function of their own: `getEnv("KEY", "default")`, `mustMapEnv(&address, "KEY")`.
  {
    languages: ["javascript", "java", "kotlin", "scala", "python", "go", "csharp", "php", "ruby", "rust", "cpp", "elixir"],
    pattern:
      /[A-Za-z_.]{0,60}(?:[eE]nv|ENV)[A-Za-z_]{0,40}\(\s{0,20}(?:&?[\w.]{1,60}\s{0,3},\s{0,3})?["'`]([A-Z][A-Z0-9_]{1,120})["'`]\s{0,20}(,|\))/y,
  },
];

const starts =
  /\b(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.|environ\b|getenv|viper\.|Environment\.|[cC]onfig\w{0,30}[.[(]|_config|nconf|settings?[.[]|env[.([]|env::|env!|option_env!|ENV[.[]|System\.|\$_ENV|\$_SERVER|decouple|app\.config|current_app|std::|environment\.|[A-Za-z_.]{0,60}(?:[eE]nv|ENV)[A-Za-z_]{0,40}\()|\$_(?:ENV|SERVER)\[/g;

/** The reading expression that starts at the offset; null when there is none. */
export function settingReadAt(source: Source, offset: number): SettingRead | null {
  for (const { languages, pattern } of readers) {
    if (!languages.includes(source.language)) continue;
    pattern.lastIndex = offset;
    const found = pattern.exec(source.code);
    if (found === null) continue;
    const key = found.slice(1).find((group) => group !== undefined && group !== "," && group !== ")" && group !== "]");
    if (key === undefined) continue;
    const end = pattern.lastIndex;
    const hasFallback = found[0].endsWith(",");
    return {
      key,
      fallbackAt: hasFallback ? end : null,
      start: offset,
      end: hasFallback ? closingBracket(source.bare, end) : end,
    };
  }
  return null;
}

/** Every place of the file that reads a setting, in order. */
export function settingReads(source: Source): SettingRead[] {
  const found: SettingRead[] = [];
  const { code } = source;
  let last = -1;
  starts.lastIndex = 0;
  for (let match = starts.exec(code); match !== null; match = starts.exec(code)) {
    const read = settingReadAt(source, match.index);
    if (read !== null && read.start !== last) {
      found.push(read);
      last = read.start;
      starts.lastIndex = Math.max(match.index + 1, read.fallbackAt ?? read.end);
    } else starts.lastIndex = match.index + 1;
    if (found.length > 2000) break;
  }
  return found;
}

/** Offset behind the bracket that closes the call whose arguments go on at `from`; at most 500 characters on. */
function closingBracket(bare: string, from: number): number {
  let depth = 1;
  for (let at = from; at < Math.min(bare.length, from + 500); at++) {
    const char = bare[at];
    if (char === "(" || char === "[") depth++;
    else if ((char === ")" || char === "]") && --depth === 0) return at + 1;
  }
  return from;
}
