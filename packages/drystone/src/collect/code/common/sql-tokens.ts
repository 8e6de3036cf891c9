/** SQL as tokens: names, words, marks. Comments and texts are left out. */

export interface SqlToken {
  /** `name`: quoted, never a keyword; `hole`: only a run would know it, or a parameter. */
  readonly kind: "word" | "name" | "hole" | "mark";
  readonly text: string;
  /** The word in upper case; "" for names. */
  readonly upper: string;
  readonly at: number;
}

const maxTokens = 200_000;

const pattern =
  /--[^\n]*|^#[^\n{]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|'(?:[^'\\]|\\[\s\S]|'')*(?:'|$(?![\s\S]))|E'|\$\$|"([^"\n]{1,200})"|`([^`\n]{1,200})`|\[([^\]\n[]{1,200})\]|(\$\{(?:[^{}]|\{[^{}]{0,100}\}){0,300}\}|\{\w{0,60}\}|%\(\w{1,60}\)s|%[sdvq]|\?|[$:@]{1,2}\w{1,60})|([A-Za-z_#\u0080-\uffff][\w$#\u0080-\uffff]*)|\d[\w.]*|(\S)/gm;

/** One pass, linear; at most 200,000 tokens. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const match of sql.matchAll(pattern)) {
    if (tokens.length >= maxTokens) break;
    const [, double, back, bracket, hole, word, mark] = match;
    const at = match.index;
    const quoted = double ?? back ?? bracket;
    if (quoted !== undefined) tokens.push({ kind: quoted.includes("{}") ? "hole" : "name", text: quoted, upper: "", at });
    else if (hole !== undefined) tokens.push({ kind: "hole", text: hole, upper: "", at });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, upper: word.toUpperCase(), at });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: mark, upper: mark, at });
  }
  return tokens;
}
