/** Configuration of servers that are not programmed here: Prometheus, Grafana, collectors, Logstash. Whatever names a host in it is used. */
import type { Cue } from "#collect/code/index.js";
import { settingText, withoutSecrets } from "#collect/secrets/index.js";
import { readYaml } from "#collect/yaml/index.js";

const maxCues = 500;
const address = /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"']{2,300}|[a-z0-9](?:[\w.-]{0,80}):\d{2,5}(?:\/[^\s"']{0,200})?)$/i;

export function serverConfigurationCues(path: string, text: string): Cue[] {
  if (/\.(?:ya?ml|json)$/.test(path)) return inTree(path, text);
  return inLines(path, text);
}

/** Shippers stand beside a program and send what it logs: Filebeat and its like. */
export function isShipper(path: string): boolean {
  return /(?:^|\/)(?:filebeat|fluent-?bit|fluentd?|promtail|vector|metricbeat)[\w.-]{0,40}\.(?:ya?ml|conf|toml)$/i.test(path);
}

/** Where a shipper sends to: its outputs by the kind of server. */
export function shipperCues(path: string, text: string): Cue[] {
  return serverConfigurationCues(path, text).flatMap((found): Cue[] => {
    if (found.kind !== "address") return [];
    const server =
      /(?:^|[.\s_])(logstash|elasticsearch|loki|graylog|fluentd|splunk|kafka|redis)(?=[.\s_:]|$)/i
        .exec(found.text)?.[1]
        ?.toLowerCase() ?? null;
    const { file, line, text: shown } = found;
    return [
      {
        kind: "role",
        role: "logging-client",
        detail: server === null ? found.value : `${server} ${found.value}`,
        file,
        line,
        text: shown,
      },
    ];
  });
}

function inTree(path: string, text: string): Cue[] {
  const cues: Cue[] = [];
  for (const document of readYaml(path, text).documents) {
    const walk = (value: unknown, at: (string | number)[]): void => {
      if (cues.length >= maxCues || at.length > 24) return;
      if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...at, index]));
      else if (typeof value === "object" && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...at, key]);
      else if (typeof value === "string" && address.test(value.trim()) && !isOwn(at))
        cues.push(cue(path, document.lineOf(at), value.trim(), at.join(".")));
    };
    walk(document.value, []);
  }
  return cues;
}

/** Where it listens itself, and links that people follow from a page of it. */
function isOwn(at: readonly (string | number)[]): boolean {
  return at.some((key) =>
    /^(?:listen\w*|bind\w*|http_listen_address|root_url|domain|exemplarTraceIdDestinations|derivedFields)$/i.test(String(key)),
  );
}

function inLines(path: string, text: string): Cue[] {
  return text
    .slice(0, 500_000)
    .split("\n")
    .flatMap((line, index) => {
      if (/^\s{0,40}(?:#|;|\/\/)/.test(line) || line.length > 2000) return [];
      return line
        .split(/[\s"'=,[\](){}]+/)
        .filter((word) => address.test(word) && !/^\d+:\d+$/.test(word))
        .map((word) => cue(path, index + 1, word, line.trim()));
    })
    .slice(0, maxCues);
}

function cue(file: string, line: number, value: string, text: string): Cue {
  return {
    kind: "address",
    value: withoutSecrets(value),
    technology: null,
    use: "client",
    file,
    line,
    text: settingText(text, value, ": "),
  };
}
