/** Asks a running service; what the command line says becomes options, and its mistakes are told before anything is sent. */
import { existsSync, statSync } from "node:fs";
import { type ProbeOptions, type ProbeReport, probeService } from "#collect/probe/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

export interface ProbeRequest {
  readonly url: string;
  readonly header?: readonly string[];
  readonly healthPath?: string;
  readonly readyPath?: string;
  readonly metricsPath?: string;
  readonly request?: string;
  readonly echo?: boolean;
  readonly echoPort?: string;
  readonly echoHost?: string;
  /** A file; standard input comes as `soFar`. */
  readonly logs?: string;
  readonly prometheus?: string;
  readonly service?: string;
  readonly requireDrain?: boolean;
  readonly timeout?: string;
}

/** @param soFar what came on standard input until now, for `--logs -`. @throws UsageError for an address, port, file or header that is none. */
export async function probe(request: ProbeRequest, soFar: () => string = () => ""): Promise<ProbeReport> {
  const options = optionsOf(request, soFar);
  try {
    return await probeService(options);
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      (error.code === "EADDRINUSE" || error.code === "EADDRNOTAVAIL" || error.code === "EACCES")
    ) {
      throw new UsageError(
        "DS-U42",
        `cannot listen on ${options.echo?.host}:${options.echo?.port} (${error.code})`,
        "pass another --echo-port or --echo-host",
      );
    }
    throw error;
  }
}

function optionsOf(request: ProbeRequest, soFar: () => string): ProbeOptions {
  const listens = request.echo === true || request.echoPort !== undefined || request.request?.includes("{callee}") === true;
  return {
    url: addressOf(request.url, "the address of the service"),
    headers: Object.fromEntries((request.header ?? []).map(headerOf)),
    healthPath: request.healthPath ?? null,
    readyPath: request.readyPath ?? null,
    metricsPath: request.metricsPath ?? null,
    requestPath: request.request ?? "/",
    echo: listens
      ? { host: request.echoHost ?? "127.0.0.1", port: numberOf(request.echoPort ?? "0", "--echo-port", 65_535) }
      : null,
    log: logOf(request.logs, soFar),
    prometheus: request.prometheus === undefined ? null : addressOf(request.prometheus, "the address of Prometheus"),
    service: request.service ?? null,
    drain: request.requireDrain === true,
    timeoutMilliseconds: numberOf(request.timeout ?? "5000", "--timeout", 120_000),
  };
}

function addressOf(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new UsageError("DS-U40", `${printable(text)} is no http address`, `pass ${what}: http://localhost:8080`);
  if (url.username !== "" || url.password !== "")
    throw new UsageError(
      "DS-U40",
      "the address holds a password, which would end in logs",
      'pass it as a header: --header "Authorization: Basic …"',
    );
  return url;
}

function headerOf(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  const [name, value] = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  if (colon < 1 || !/^[\w-]{1,100}$/.test(name) || /[\r\n]/.test(value))
    throw new UsageError("DS-U41", "--header is not NAME: VALUE", 'for example --header "Authorization: Bearer TOKEN"');
  return [name.toLowerCase(), value];
}

function logOf(logs: string | undefined, soFar: () => string): ProbeOptions["log"] {
  if (logs === undefined) return null;
  if (logs === "-") return { soFar };
  if (!existsSync(logs) || !statSync(logs).isFile())
    throw new UsageError(
      "DS-U21",
      `${printable(logs)} is no file`,
      "pass the file that the service logs to, or - for standard input",
    );
  return { file: logs };
}

function numberOf(text: string, option: string, most: number): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value > most)
    throw new UsageError("DS-U43", `${option} ${printable(text)} is no number up to ${most}`, `pass ${option} with a number`);
  return value;
}
