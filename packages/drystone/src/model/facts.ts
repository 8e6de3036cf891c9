/** Facts: what was found in the world, with evidence, before anybody judges it. Plain values; `facts-json.ts` writes and reads them. */
import type { Evidence } from "./evidence.js";
import type { History } from "./history.js";
import type { Ref } from "./refs.js";

export interface Facts {
  readonly schema: "drystone.facts/1";
  readonly system: SystemFact;
  readonly repositories: readonly RepositoryFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
  readonly components: readonly ComponentFact[];
  readonly resources: readonly ResourceFact[];
  readonly teams: readonly TeamFact[];
  readonly contracts: readonly ContractFact[];
  readonly operations: readonly OperationFact[];
  readonly libraries: readonly LibraryFact[];
  readonly relations: readonly RelationFact[];
  readonly ownershipRules: readonly OwnershipRule[];
  readonly histories: readonly History[];
  readonly config: SystemConfig;
}

export interface SystemFact {
  readonly name: string;
  /** From where the name comes: `drystone.yaml`, a folder or a repository. */
  readonly namedBy: string;
}

export interface RepositoryFact {
  readonly id: string;
  /** Commit id of HEAD; null for a repository without commits. */
  readonly head: string | null;
  readonly objectFormat: "sha1" | "sha256";
  readonly bare: boolean;
  readonly shallow: boolean;
  /** Commit ids at which a shallow clone was cut. */
  readonly shallowBoundary: readonly string[];
  readonly partial: boolean;
  readonly detached: boolean;
  readonly replaceRefs: number;
  readonly dialect: "github" | "gitlab" | "bitbucket" | "unknown";
  /** Paths of the files of HEAD (tracked files of the work tree), sorted; symbolic links and submodules are not among them. */
  readonly files: readonly string[];
}

export interface SourceFact {
  readonly kind:
    | "git"
    | "code"
    | "manifest"
    | "catalog"
    | "codeowners"
    | "contract"
    | "trace"
    | "deploy"
    | "workitem"
    | "database"
    | "config";
  readonly repository: string;
  readonly path: string;
  readonly read: boolean;
  readonly facts: number;
  readonly problem: string | null;
  readonly window: { readonly from: string; readonly to: string } | null;
}

/** Something that could not be read or trusted; the run went on without it. */
export interface Problem {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly hint: string;
}

const deployableKinds = ["service", "gateway", "frontend", "job", "auth"] as const;
export const componentKinds = [
  ...deployableKinds,
  "loadgen",
  "module",
  "library",
  "website",
  "config",
  "discovery",
  "tracing",
  "metrics",
  "monitoring",
  "logging",
  "admin",
  "coordination",
  "telemetry",
  "flags",
  "external",
] as const;
export type ComponentKind = (typeof componentKinds)[number];

/** True for what an organisation builds and deploys alone to do its business: the components that the six symptoms speak about. */
export function isDeployable(component: { readonly kind: ComponentKind; readonly built: boolean }): boolean {
  return component.built && (deployableKinds as readonly string[]).includes(component.kind);
}

export interface ComponentFact {
  readonly ref: Ref;
  readonly name: string;
  readonly kind: ComponentKind;
  /** True when its source is in the repositories at hand. */
  readonly built: boolean;
  /** The deployable that a module belongs to. */
  readonly partOf: Ref | null;
  readonly repository: string;
  /** Folders, relative to the repository, "" for its root; longest match wins over other components. May be globs when declared. */
  readonly paths: readonly string[];
  readonly aliases: readonly string[];
  readonly technology: string | null;
  /** Owner refs written beside the component (drystone.yaml, Backstage), in this order of precedence. CODEOWNERS comes as rules. */
  readonly declaredOwners: readonly DeclaredOwner[];
  readonly declared: boolean;
  /** From what it was inferred, for a reader: `docker-compose.yml names build context src/cart`. */
  readonly inferredFrom: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface DeclaredOwner {
  readonly ref: Ref;
  readonly source: "drystone.yaml" | "backstage" | "codeowners" | "owners";
  readonly evidence: readonly Evidence[];
}

export interface ResourceFact {
  readonly ref: Ref;
  readonly name: string;
  readonly kind: "datastore" | "broker" | "cache" | "bucket" | "table" | "topic" | "volume";
  readonly partOf: Ref | null;
  readonly technology: string | null;
  readonly aliases: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface TeamFact {
  readonly ref: Ref;
  readonly name: string;
  readonly parent: Ref | null;
  /** People by any of: e-mail address, handle with or without `@`, full name. Empty when only the name of the team is known. */
  readonly members: readonly TeamMember[];
  readonly functions: readonly string[];
  readonly mission: string | null;
  readonly source: "declared" | "inferred";
  readonly evidence: readonly Evidence[];
}

export interface TeamMember {
  readonly id: string;
  /** ISO dates; null when open or unknown. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface ContractFact {
  readonly ref: Ref;
  readonly kind: "openapi" | "asyncapi" | "grpc" | "graphql" | "jsonschema" | "typescript";
  readonly provider: Ref | null;
  readonly version: string | null;
  readonly repository: string;
  readonly file: string;
}

export interface OperationFact {
  readonly ref: Ref;
  readonly contract: Ref;
  readonly component: Ref | null;
  readonly method: string;
  readonly path: string;
  readonly evidence: readonly Evidence[];
}

export interface LibraryFact {
  readonly name: string;
  readonly internal: boolean;
  readonly nature: "domain" | "infrastructure" | "contract" | "unclassified";
  readonly uses: readonly { readonly component: Ref; readonly version: string }[];
}

export interface RelationFact {
  readonly id: string;
  /** User. */
  readonly from: Ref;
  /** Used. */
  readonly to: Ref;
  readonly kind:
    | "calls"
    | "reads"
    | "writes"
    | "publishes"
    | "consumes"
    | "imports"
    | "dependsOn"
    | "discovers"
    | "exportsTelemetry";
  readonly protocol: "http" | "grpc" | "tcp" | "queue" | "db" | "smtp" | "otlp" | "code";
  readonly category: "business" | "infrastructure";
  readonly confidence: "confirmed" | "likely" | "hint";
  readonly seen: readonly ("declared" | "static" | "runtime")[];
  readonly detail: string | null;
  readonly operation: Ref | null;
  readonly evidence: readonly Evidence[];
}

/** One line of an ownership file, in the order of the file. Which rule wins for a path is derived (`derive/ownership`). */
export interface OwnershipRule {
  readonly repository: string;
  readonly dialect: "github" | "gitlab" | "bitbucket" | "owners";
  readonly file: string;
  readonly line: number;
  /** For `owners` the folder the file stands in, with `noParent` as the file says. */
  readonly pattern: string;
  /** As written, without interpretation: `@org/team`, `@user`, an e-mail address. Empty clears ownership. */
  readonly owners: readonly string[];
  /** GitLab section, lower case; null outside of one. */
  readonly section: string | null;
  readonly optional: boolean;
  /** GitLab `!pattern`: takes the path out of the section. */
  readonly exclusion: boolean;
  readonly noParent: boolean;
}

/** What `drystone.yaml` says beyond components and teams; empty when there is none. */
export interface SystemConfig {
  readonly file: string | null;
  readonly people: "teams" | "handles" | "off" | null;
  /** Alternative spellings of one person, first is the one to show. */
  readonly personAliases: readonly (readonly string[])[];
  readonly bots: readonly string[];
  readonly ticketPattern: string | null;
  readonly thresholds: Readonly<Record<string, { readonly value: number; readonly reason: string }>>;
}
