/** What a file claims to be deployed. */
import type { Deployed, Dockerfile } from "#collect/deployment/index.js";
import type { BuildManifest } from "#collect/manifests/index.js";
import type { Gathered } from "./gather.js";
import { imagePath } from "./names.js";

export interface Claim {
  readonly source:
    | "compose"
    | "kubernetes"
    | "aspire"
    | "terraform"
    | "serverless"
    | "skaffold"
    | "dockerfile"
    | "manifest"
    | "entry";
  /** Repository of the file that says so. */
  readonly repository: string;
  /** What it says in full; null for what deploys nothing. */
  readonly unit: Deployed | null;
  /** Name it runs under; null when the source has none. */
  readonly name: string | null;
  readonly aliases: readonly string[];
  /** Path of the image without registry and tag; null when unknown. */
  readonly image: string | null;
  /** Helm chart around the workload. */
  readonly chart: string | null;
  readonly runsOnce: boolean;
  /** Only a program, nothing that says it serves anybody. */
  readonly weak: boolean;
  /** A program, and neither its code nor what it depends on hints at a server: people start it themselves. */
  readonly tool: boolean;
  readonly says: string;
  readonly file: string;
  readonly line: number;
  readonly dockerfile: Dockerfile | null;
  /** Folders beside its own that its program uses. */
  readonly uses: readonly string[];
}

export interface Candidate {
  readonly repository: string;
  readonly folder: string;
  readonly claims: Claim[];
}

/** A service or workload of which no source is at hand. */
export interface Unbuilt {
  readonly repository: string;
  readonly claim: Claim;
  /** As written, with registry and tag. */
  readonly image: string;
}

/** A claim with all that a deployment file says about one unit. */
export function claimOf(repository: Gathered, source: Claim["source"], unit: Deployed, says: string): Claim {
  const { name, aliases, image, file, line, job } = unit;
  const path = image === null || image === "" ? null : imagePath(image);
  return {
    ...emptyClaim,
    repository: repository.repository,
    source,
    name,
    aliases,
    image: path,
    runsOnce: job,
    says,
    file,
    line,
    unit,
  };
}

/** A claim that says nothing yet. */
export const emptyClaim: Omit<Claim, "source" | "name" | "says" | "file" | "line" | "repository"> = {
  unit: null,
  aliases: [],
  image: null,
  chart: null,
  runsOnce: false,
  weak: false,
  tool: false,
  dockerfile: null,
  uses: [],
};

/** The manifests of a folder itself. */
export function manifestsAt(repository: Gathered, folder: string): BuildManifest[] {
  return repository.manifests.filter((manifest) => manifest.folder === folder);
}
