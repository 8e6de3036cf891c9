/** Deployments of GitHub with their statuses: `gh api --paginate repos/OWNER/NAME/deployments`, and `…/deployments/ID/statuses`; also the events that it sends. */
import { firstText, listOf, own, textOf, timeOf } from "#collect/records/index.js";
import type { DeployFact } from "#model/facts.js";

/** A deploy as a source tells it. */
export interface ReadDeploy extends Pick<DeployFact, "service" | "version" | "environment" | "time" | "success"> {
  readonly id: string | null;
}

interface Deployment {
  /** The file that told of it. */
  readonly source: string;
  readonly service: string;
  readonly version: string | null;
  readonly environment: string;
  readonly created: number;
}

interface Status {
  readonly state: string;
  readonly at: number;
}

export interface GithubDeployments {
  /** @returns whether the record was a deployment, a status or an event about them. */
  take(record: object, source: string): boolean;
  /** With the file of each. */
  done(): readonly (ReadDeploy & { readonly source: string })[];
}

/** Deployments and statuses may come in any order and from several files; statuses may also stand inside of their deployment. */
export function githubDeployments(): GithubDeployments {
  const deployments = new Map<string, Deployment>();
  const statuses = new Map<string, Status[]>();
  const addStatus = (deployment: string, status: unknown): void => {
    const [state, at] = [textOf(own(status, "state")), timeOf(own(status, "created_at"))];
    if (state === null || at === null) return;
    const known = statuses.get(deployment);
    if (known) known.push({ state, at });
    else statuses.set(deployment, [{ state, at }]);
  };
  const take = (record: object, source: string): boolean => {
    const inside = own(record, "deployment");
    if (typeof inside === "object" && inside !== null) {
      const status = own(record, "deployment_status");
      const isTaken = take(inside, source);
      if (isTaken && typeof status === "object" && status !== null) take(status, source);
      return isTaken;
    }
    const of = textOf(own(record, "deployment_url"));
    if (of !== null && own(record, "state") !== undefined) {
      addStatus(lastPart(of), record);
      return true;
    }
    const [id, created] = [textOf(own(record, "id")), timeOf(own(record, "created_at"))];
    if (id === null || created === null || own(record, "sha") === undefined || own(record, "ref") === undefined) return false;
    deployments.set(id, {
      source,
      service: serviceOf(record),
      version: versionOf(record),
      environment: textOf(own(record, "environment")) ?? "",
      created,
    });
    for (const status of listOf(own(record, "statuses"))) addStatus(id, status);
    return true;
  };
  return {
    take,
    done: () =>
      [...deployments].flatMap(([id, deployment]) =>
        ended(id, deployment, statuses.get(id) ?? []).map((read) => ({ ...read, source: deployment.source })),
      ),
  };
}

/** It is done when a status says so; one that never got that far is none. Without any status the time of its creation is the best known. */
function ended(id: string, { service, version, environment, created }: Deployment, statuses: readonly Status[]): ReadDeploy[] {
  const end = statuses.toSorted((a, b) => a.at - b.at).find(({ state }) => /^(?:success|failure|error)$/.test(state));
  if (end === undefined && statuses.length > 0) return [];
  return [
    {
      id: `github-${id}`,
      service,
      version,
      environment,
      time: end?.at ?? created,
      success: end === undefined ? null : end.state === "success",
    },
  ];
}

/** What the payload names, else the repository. */
function serviceOf(record: object): string {
  const payload = payloadOf(own(record, "payload"));
  const named = firstText(payload, ["service", "app", "application", "component", "name"]);
  if (named !== null) return named;
  const url = textOf(own(record, "repository_url")) ?? textOf(own(record, "url"))?.replace(/\/deployments\/\d+$/, "") ?? "";
  return lastPart(url) || "unknown";
}

function payloadOf(payload: unknown): unknown {
  if (typeof payload !== "string") return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

/** A tag where one was deployed, else the commit. */
function versionOf(record: object): string | null {
  const ref = textOf(own(record, "ref"));
  return ref !== null && /\d/.test(ref) && !/^[0-9a-f]{40}$/.test(ref) ? ref : textOf(own(record, "sha"));
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
