/** What deploys look like in the tools that record them. */
import { at, type ComponentNames, firstText, own, textOf, timeOf } from "#collect/records/index.js";
import type { DeployFact } from "#model/facts.js";
import type { GithubDeployments, ReadDeploy } from "./github.js";
import { gitlabDeployment } from "./gitlab.js";

export interface DeployReader {
  take(path: string, record: unknown): void;
  /** `why` tells what the first unread record lacked. */
  done(): {
    readonly found: readonly DeployFact[];
    readonly unread: number;
    /** Records that belong to deploys of GitHub, which are known when all files were read. */
    readonly parts: number;
    readonly why: string | null;
  };
}

const mostDeploys = 1_000_000;

/** @param github takes what it knows, from all files. */
export function deployReader(source: string, names: ComponentNames, github: GithubDeployments): DeployReader {
  const found: DeployFact[] = [];
  let unread = 0;
  let parts = 0;
  let why: string | null = null;
  const add = (read: ReadDeploy): void => {
    if (found.length < mostDeploys) found.push(deployFact(read, source, names));
  };
  return {
    take: (path, record) => {
      if (typeof record !== "object" || record === null) return;
      const gitlab = gitlabDeployment(record);
      if (gitlab !== undefined) {
        if (gitlab !== null) add(gitlab);
        return;
      }
      if (github.take(record, source)) {
        parts++;
        return;
      }
      const event = cdEvent(record);
      const read = event === undefined ? plain(record) : event;
      if (typeof read === "object" && read !== null) add(read);
      else if (read !== null && (path === "" || path === "csv" || path === "data" || path === "items")) {
        unread++;
        why ??= read;
      }
    },
    done: () => ({ found, unread, parts, why }),
  };
}

export function deployFact(read: ReadDeploy, source: string, names: ComponentNames): DeployFact {
  const { service, version, time } = read;
  return {
    ...read,
    id: read.id ?? [service, ...(version === null ? [] : [version]), "at", isoTime(time)].join(" "),
    component: names.find(service),
    proxy: false,
    source,
  };
}

/** `2026-11-20T09:30:00Z`. */
function isoTime(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

/** A deploy, a text that says what a record lacks to be one, or null for an event about something else. */
type Read = ReadDeploy | string | null;

const deployed = /^dev\.cdevents\.service\.(?:deployed|upgraded|rolledback)\b/;

/** CDEvents, alone or inside of a CloudEvent; null for events about something else, undefined for no event. */
function cdEvent(record: object): Read | undefined {
  const isCloud =
    own(record, "specversion") !== undefined && own(record, "data") !== undefined && own(record, "context") === undefined;
  const event = isCloud ? own(record, "data") : record;
  const type = textOf(at(event, "context", "type")) ?? (isCloud ? textOf(own(record, "type")) : null);
  if (type === null || !type.startsWith("dev.cdevents.")) return undefined;
  if (!deployed.test(type)) return null;
  const subject = own(event, "subject");
  const service = serviceOf(textOf(own(subject, "id")));
  const time = timeOf(at(event, "context", "timestamp")) ?? timeOf(own(record, "time"));
  if (service === null || time === null) return `a ${type} without ${service === null ? "subject.id" : "context.timestamp"}`;
  const environment = at(subject, "content", "environment");
  return {
    id: textOf(at(event, "context", "id")),
    service,
    version: versionOf(textOf(at(subject, "content", "artifactId"))),
    environment: textOf(own(environment, "name")) ?? textOf(own(environment, "id")) ?? textOf(environment) ?? "",
    time,
    // The event is sent when the deploy is done.
    success: !type.includes("rolledback"),
  };
}

/** `/services/orders` is orders. */
function serviceOf(id: string | null): string | null {
  return id?.split("/").findLast((part) => part !== "") ?? null;
}

/** Version of a package URL: its tag, else what stands behind `@`. */
function versionOf(purl: string | null): string | null {
  if (purl === null || !purl.startsWith("pkg:")) return purl;
  const tag = /[?&]tag=([^&#]+)/.exec(purl)?.[1];
  const plain = /@([^?#]+)/.exec(purl)?.[1];
  const version = tag ?? plain;
  if (version === undefined) return null;
  try {
    return decodeURIComponent(version);
  } catch {
    return version;
  }
}

const keys = {
  service: ["service", "service_name", "serviceName", "component", "app", "application"],
  version: ["version", "tag", "image_tag", "sha", "commit", "revision"],
  time: ["time", "timestamp", "deployed_at", "deployedAt", "finished_at", "finishedAt", "date", "at"],
  environment: ["environment", "env", "stage"],
  success: ["success", "status", "result", "outcome", "state"],
};

/** The minimal form, with the names that people use for its fields; also rows of comma-separated text. */
function plain(record: object): ReadDeploy | string {
  const service = firstText(record, keys.service) ?? textOf(at(record, "service", "name"));
  const time = keys.time.map((key) => timeOf(own(record, key))).find((each) => each !== null) ?? null;
  if (service === null) return "there is no field `service`";
  if (time === null) return "there is no field `time` with an ISO time or seconds since 1970";
  const environment = own(record, "environment");
  return {
    id: firstText(record, ["id", "deploy_id", "deployment_id"]),
    service,
    version: firstText(record, keys.version),
    environment: firstText(record, keys.environment) ?? textOf(own(environment, "name")) ?? "",
    time,
    success: successOf(
      keys.success.map((key) => own(record, key)).find((value) => value !== undefined && value !== null && value !== ""),
    ),
  };
}

/** Null for words that tell no end. */
function successOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = textOf(value)?.toLowerCase() ?? "";
  if (
    /^(?:true|1|yes|ok|success|succeeded|successful|passed|complete|completed|done|deployed|active|healthy|finished)$/.test(word)
  )
    return true;
  return /^(?:false|0|no|fail|failed|failure|error|errored|aborted|cancell?ed|rolled[ _-]?back|rollback|timed[ _-]?out|timeout|degraded)$/.test(
    word,
  )
    ? false
    : null;
}
