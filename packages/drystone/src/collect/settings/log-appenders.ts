/** Where Logback, Log4j and NLog send logs over the network: `appender.<name>.destination`. */
import type { RawEntry } from "./raw-entry.js";

const targets =
  /<(destination|host|remoteHost|syslogHost|graylogHost|graylog2ServerHost|url|httpUrl|elasticsearchUrl|port|server)>\s{0,60}([^<\s]{1,300})\s{0,60}<\//gi;
const attributes = /\b(host|url|address|destination|bootstrap\.servers|serverUrl|port)\s{0,5}=\s{0,5}"([^"\s]{1,300})"/gi;
const maxAppenders = 100;

/** `@class` tells the kind of each appender. Empty when all logs stay on the machine. */
export function readLogAppenders(text: string): RawEntry[] {
  const found: RawEntry[] = [];
  const plain = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
  const open = /<(?:appender|target|Socket|Gelf|Loki|Http|Kafka|Syslog)\b[^<>]{0,600}>/g;
  let count = 0;
  for (let match = open.exec(plain); match !== null && count++ < maxAppenders; match = open.exec(plain)) {
    const isAppender = match[0].startsWith("<appender");
    const close = isAppender ? plain.indexOf("</appender>", match.index) : match.index + match[0].length;
    const body = plain.slice(match.index, Math.min(close < 0 ? plain.length : close, match.index + 8000));
    const name = /\bname\s{0,5}=\s{0,5}"([^"]{1,80})"/.exec(match[0])?.[1] ?? "appender";
    const kind =
      /\b(?:class|type|xsi:type)\s{0,5}=\s{0,5}"([^"]{1,160})"/.exec(match[0])?.[1] ?? /^<(\w{1,20})/.exec(match[0])?.[1] ?? "";
    if (
      !/logstash|gelf|graylog|loki|fluen|syslog|socket|splunk|seq|elastic|kafka|network|http|tcp|udp|papertrail|datadog/i.test(
        kind,
      )
    )
      continue;
    const line = lineOf(plain, match.index);
    found.push({ key: `appender.${name}.@class`, value: kind, line, profile: null });
    for (const pattern of [targets, attributes])
      for (const target of body.matchAll(pattern))
        found.push({
          key: `appender.${name}.${target[1] ?? ""}`,
          value: target[2] ?? "",
          line: lineOf(plain, match.index + target.index),
          profile: null,
        });
  }
  return found;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
