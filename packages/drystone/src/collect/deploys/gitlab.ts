/** Deployments of GitLab: answers of `projects/ID/deployments`, and its webhook events. */
import { at, own, textOf, timeOf } from "#collect/records/index.js";
import type { ReadDeploy } from "./github.js";

/** Undefined for what is none, null for one that runs or was called off. */
export function gitlabDeployment(record: object): ReadDeploy | null | undefined {
  const isEvent = textOf(own(record, "object_kind")) === "deployment";
  const isListed = own(record, "iid") !== undefined && own(record, "sha") !== undefined && own(record, "status") !== undefined;
  if (!isEvent && !(isListed && own(record, "environment") !== undefined)) return undefined;
  const status = textOf(own(record, "status")) ?? "";
  if (status !== "success" && status !== "failed") return null;
  const ended = isEvent
    ? timeOf(own(record, "status_changed_at"))
    : (timeOf(at(record, "deployable", "finished_at")) ?? timeOf(own(record, "updated_at")) ?? timeOf(own(record, "created_at")));
  if (ended === null) return null;
  const environment = own(record, "environment");
  const id = textOf(own(record, isEvent ? "deployment_id" : "id"));
  return {
    id: id === null ? null : `gitlab-${id}`,
    service: projectOf(record),
    version: versionOf(record),
    environment: textOf(own(environment, "name")) ?? textOf(environment) ?? "",
    time: ended,
    success: status === "success",
  };
}

/** Addresses of pipelines and jobs begin with that of the project: `https://gitlab.example/shop/orders/-/pipelines/7`. */
function projectOf(record: object): string {
  const named = textOf(at(record, "project", "name")) ?? textOf(at(record, "project", "path_with_namespace"));
  if (named !== null) return lastPart(named);
  const url = textOf(at(record, "deployable", "web_url")) ?? textOf(at(record, "deployable", "pipeline", "web_url")) ?? "";
  return lastPart(url.split(/\/-\/|\/pipelines\/|\/jobs\//)[0] ?? "") || "unknown";
}

/** A tag where one was deployed, else the commit. */
function versionOf(record: object): string | null {
  const ref = textOf(own(record, "ref"));
  const isTag = own(record, "tag") === true || at(record, "deployable", "tag") === true;
  return isTag && ref !== null ? ref : (textOf(own(record, "sha")) ?? textOf(own(record, "short_sha")) ?? ref);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
