/** One program or server as a deployment file runs it: the common part of all formats. */
import type { DeploymentFormat } from "#model/facts.js";

export interface Deployed {
  readonly format: DeploymentFormat;
  readonly file: string;
  readonly line: number;
  /** "" for the base; else the overlay, override file, profile or environment that it is a part of. */
  readonly variant: string;
  /** As the format calls it: compose service, workload, Terraform resource, Aspire resource, process. */
  readonly name: string;
  /** Other names under which it answers on the network: container and host name, network aliases, names of the Kubernetes services that select it. */
  readonly aliases: readonly string[];
  /** Variables resolved where the file or its .env says them; null when it is built only. */
  readonly image: string | null;
  readonly imageLine: number;
  /** Where that line is, when it is another file than `file`: a base below an override. */
  readonly imageFile?: string;
  /** As written, variables and templates left in. */
  readonly imageExpression: string | null;
  /** Environment variables in order; a later entry of one key wins. */
  readonly environment: readonly EnvironmentEntry[];
  readonly dependsOn: readonly DependsOn[];
  readonly ports: readonly DeployedPort[];
  /** Entry point, command and arguments as words. */
  readonly command: readonly string[];
  readonly volumes: readonly MountedVolume[];
  readonly networkMode: string | null;
  readonly ipc: string | null;
  /** Reachable from outside of the system: published port, ingress, load balancer, node port. */
  readonly exposed: boolean;
  /** Runs once or on a schedule. */
  readonly job: boolean;
  /** What the file says about operating it; left out by formats that say nothing of it. */
  readonly operating?: DeployedOperating;
  /** Files that it sees and that stand as text in another object, as ConfigMaps hold them; left out where there are none. */
  readonly files?: readonly DeployedFile[];
}

export interface DeployedFile {
  /** Where the program sees it, without the slash in front: `etc/nginx/nginx.conf`. */
  readonly path: string;
  readonly text: string;
  /** Where the text begins. */
  readonly file: string;
  readonly line: number;
}

export interface DeployedOperating {
  /** Name of the container inside of a pod; null where there are no pods. */
  readonly container: string | null;
  readonly probes: readonly DeployedProbe[];
  /** Annotations of the pod and of the services in front of it, and what selects it to be scraped. */
  readonly annotations: readonly DeployedAnnotation[];
}

export interface DeployedProbe {
  readonly kind: "liveness" | "readiness" | "startup" | "command";
  /** `http :8080/healthz`, `grpc :50051`, `tcp :80`, `exec curl localhost`. */
  readonly target: string;
  readonly file: string;
  readonly line: number;
}

export interface DeployedAnnotation {
  readonly key: string;
  readonly value: string;
  readonly file: string;
  readonly line: number;
}

export interface EnvironmentEntry {
  readonly key: string;
  /** Variables resolved; null when its value is not in the repository: a secret, or passed through from outside. */
  readonly value: string | null;
  readonly file: string;
  readonly line: number;
  /** `shared`: comes with a whole file, map or anchor that others get too, so it says little until the code reads the key. */
  readonly from: "own" | "shared";
}

export interface DependsOn {
  readonly name: string;
  readonly line: number;
  /** Where that line is, when it is another file than the unit's. */
  readonly file?: string;
  /** The name by which a link makes it known, where it differs. */
  readonly alias: string | null;
  readonly kind: "depends_on" | "link" | "wait";
}

export interface DeployedPort {
  /** Port inside. */
  readonly container: number;
  /** Port outside; null when it is not published. */
  readonly host: number | null;
}

export interface MountedVolume {
  /** Name of a shared volume or claim, or the path on the host relative to the repository where it is inside, else as written. */
  readonly name: string;
  readonly kind: "named" | "host" | "claim";
  readonly target: string;
  readonly readOnly: boolean;
  readonly line: number;
}
