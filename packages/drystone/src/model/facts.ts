/** Facts: what was found in the world, with evidence, before anybody judges it. Plain values; `facts-json.ts` writes and reads them. */
import type { AcceptedFact } from "./accepted.js";
import type { BaselineSign } from "./baseline.js";
import type { Evidence } from "./evidence.js";
import type { History } from "./history.js";
import type { ImportKind } from "./import-kind.js";
import type { Policy } from "./modules.js";
import type { Ref } from "./refs.js";
import { type LoadFact, noTraces, type TraceFacts, type WorkItemFact, type WorkStates } from "./running.js";

export interface Facts {
  readonly schema: "drystone.facts/2";
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
  /** How each component reaches a datastore, broker or cache. */
  readonly storeUses: readonly StoreUseFact[];
  /** Places where one component calls another over the network. */
  readonly callSites: readonly CallSiteFact[];
  /** What stands in deployment files for each component and resource, variants apart. */
  readonly deployments: readonly DeploymentFact[];
  /** Who imports whom, file by file, one graph per repository. */
  readonly imports: readonly ImportGraph[];
  /** Copies of code in two components. */
  readonly clones: CloneFacts;
  /** Types of data that components declare. */
  readonly models: readonly ModelFact[];
  /** What points at something that no name, port or path leads to. Listed, never dropped. */
  readonly unresolved: readonly UnresolvedFact[];
  readonly deploys: readonly DeployFact[];
  readonly traces: TraceFacts;
  readonly workItems: readonly WorkItemFact[];
  /** Null without a mapping of states: what is work and what is waiting is unknown then. */
  readonly workStates: WorkStates | null;
  readonly loads: readonly LoadFact[];
  /** What files say about operating the components. */
  readonly baseline: readonly BaselineSign[];
  readonly ownershipRules: readonly OwnershipRule[];
  readonly histories: readonly History[];
  readonly config: SystemConfig;
  /** Tables that source names, file by file, whether or not their database is known; not in documents of earlier versions. */
  readonly tables?: readonly TableFact[];
  /** Modules and what they may use. */
  readonly policy?: Policy;
  /** Findings that teams decided to live with, as their lists say. */
  readonly accepted?: readonly AcceptedFact[];
}

export type { ImportKind } from "./import-kind.js";

/** One deploy of one service, or what stands for it. */
export interface DeployFact {
  readonly id: string;
  /** The component that the name of the service leads to; null when none does. */
  readonly component: Ref | null;
  /** As the source names it. */
  readonly service: string;
  readonly version: string | null;
  /** "" when the source does not say. */
  readonly environment: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Null when the source does not say. */
  readonly success: boolean | null;
  /** True for tags and image-tag commits: they stand for a deploy and are not one. */
  readonly proxy: boolean;
  readonly source: string;
}

/** What is read from source and manifests beyond the inventory. */
export type CodeFacts = Pick<
  Facts,
  | "contracts"
  | "operations"
  | "storeUses"
  | "callSites"
  | "deployments"
  | "imports"
  | "clones"
  | "models"
  | "unresolved"
  | "baseline"
>;

export const noCodeFacts: CodeFacts = {
  contracts: [],
  operations: [],
  storeUses: [],
  callSites: [],
  deployments: [],
  imports: [],
  clones: { lines: [], pairs: [] },
  models: [],
  unresolved: [],
  baseline: [],
};

/** What is read from exports of running systems and of trackers. */
export type RunningFacts = Pick<Facts, "deploys" | "traces" | "workItems" | "workStates" | "loads">;

export const noRunningFacts: RunningFacts = { deploys: [], traces: noTraces, workItems: [], workStates: null, loads: [] };

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
    | "load"
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

const observabilityKinds: readonly ComponentKind[] = ["metrics", "monitoring", "tracing", "logging", "telemetry"];

/** True for servers that an organisation configures and does not program. */
export function isObservability(kind: ComponentKind): boolean {
  return observabilityKinds.includes(kind);
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
  /** Null for an operation that only the code shows. */
  readonly contract: Ref | null;
  readonly component: Ref | null;
  readonly method: string;
  readonly path: string;
  /** The beginning of the path that a class or router gives to all of its operations, where the code writes it apart. */
  readonly prefix?: string;
  readonly evidence: readonly Evidence[];
}

export interface LibraryFact {
  readonly name: string;
  /** Where it is published: npm, maven, go, nuget, pypi, packagist, rubygems, cargo; null when unknown. */
  readonly ecosystem: string | null;
  readonly internal: boolean;
  /** The component that is this library, when its source is here. */
  readonly component: Ref | null;
  readonly nature: "domain" | "infrastructure" | "contract" | "unclassified";
  /** Why it has this nature; null when nothing was found to say. */
  readonly natureReason: string | null;
  readonly uses: readonly LibraryUse[];
}

export interface LibraryUse {
  readonly component: Ref;
  /** The resolved version of a lock file, else the range as written, `workspace` for a folder of the same repository; "" when unknown. */
  readonly version: string;
  /** True when the version is exact: from a lock file, a pinned manifest or a workspace. */
  readonly resolved: boolean;
  readonly evidence: readonly Evidence[];
}

/** One way in which a component reaches a datastore, cache or broker. A password is never kept. */
export interface StoreUseFact {
  readonly component: Ref;
  /** The server. */
  readonly resource: Ref;
  readonly technology: string | null;
  /** Logical database, keyspace or index on the server; null when nothing says which. */
  readonly database: string | null;
  readonly schema: string | null;
  readonly user: string | null;
  readonly evidence: readonly Evidence[];
}

/** A place in the source where a request to another component, or to outside, is made. */
export interface CallSiteFact {
  readonly component: Ref;
  /** Null when nothing says who is called. */
  readonly target: Ref | null;
  readonly protocol: "http" | "grpc";
  /** Upper case; null when unknown. */
  readonly method: string | null;
  /** Path template of the request, or service and method of gRPC; null when unknown. */
  readonly path: string | null;
  /** True when it stands inside of a loop or is mapped over a list. */
  readonly inLoop: boolean;
  readonly evidence: readonly Evidence[];
}

/** One component or resource in one deployment file. */
export interface DeploymentFact {
  readonly subject: Ref;
  readonly format: DeploymentFormat;
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  /** "" for the base, else the overlay, override, profile or environment. */
  readonly variant: string;
  readonly name: string;
  readonly image: string | null;
  /** The image as written, with its variables: services with one tag expression are given new versions together. */
  readonly imageExpression: string | null;
  /** Where the image is written; left out by those that write none. */
  readonly imagePlace?: { readonly file: string; readonly line: number };
  /** Ports on which it listens. */
  readonly ports: readonly number[];
  /** True when it is reachable from outside: published port, ingress, load balancer. */
  readonly exposed: boolean;
  readonly volumes: readonly DeploymentVolume[];
  /** `service:cart`, `host`, …; null when it has a network of its own. */
  readonly networkMode: string | null;
  readonly ipc: string | null;
}

export type DeploymentFormat = "compose" | "kubernetes" | "helm" | "terraform" | "aspire" | "procfile" | "serverless";

export interface DeploymentVolume {
  /** Name of a shared volume, or the path on the host. */
  readonly name: string;
  readonly kind: "named" | "host" | "claim";
  readonly target: string;
  readonly readOnly: boolean;
  readonly line: number;
}

/** Columns: edge i goes from `files[from[i]]` to `files[to[i]]`. Edges are sorted by from, line, to. */
export interface ImportGraph {
  readonly repository: string;
  /** Files that import or are imported, sorted. */
  readonly files: readonly string[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly lines: readonly number[];
  readonly kinds: readonly ImportKind[];
  /** Imports of packages from elsewhere, one per file and package. */
  readonly packages: readonly {
    readonly from: number;
    readonly name: string;
    readonly line: number;
    /** The strongest of them. */
    readonly kind?: ImportKind;
    /** Whether a package.json around the importer names it; left out for other languages and what needs no naming. */
    readonly declared?: "runtime" | "development" | "no";
  }[];
  /** Imports that look internal and lead nowhere. */
  readonly unresolved: readonly { readonly from: number; readonly specifier: string; readonly line: number }[];
  /** Comments `drystone-allow RULE REASON`; `target` is the line of program text that one is for. */
  readonly allowances?: readonly {
    readonly from: number;
    readonly line: number;
    readonly target: number;
    readonly rule: string;
    readonly reason: string;
  }[];
  /** Imports counted per language. */
  readonly counts: readonly {
    readonly language: string;
    readonly files: number;
    readonly imports: number;
    readonly resolved: number;
    readonly packages: number;
    readonly unresolved: number;
  }[];
}

export interface CloneFacts {
  /** Lines of program text per component, without tests, generated code and blank lines. */
  readonly lines: readonly { readonly component: Ref; readonly lines: number }[];
  readonly pairs: readonly ClonePair[];
}

/** The same code, names and literals aside, in two components. */
export interface ClonePair {
  readonly tokens: number;
  /** True when names and literals are the same too. */
  readonly exact: boolean;
  readonly places: readonly [ClonePlace, ClonePlace];
}

export interface ClonePlace {
  readonly component: Ref;
  readonly repository: string;
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** A type of data: class with fields, record, struct, interface, schema. */
export interface ModelFact {
  readonly component: Ref;
  readonly name: string;
  /** Sorted, as written. */
  readonly fields: readonly string[];
  readonly repository: string;
  readonly file: string;
  readonly line: number;
}

/** A table, or a collection of documents, as source names it. */
export interface TableFact {
  /** Of the resource where its database is known; else made of the deployable or library whose source maps it, and its name. */
  readonly table: Ref;
  /** With a schema in front where there is one. */
  readonly name: string;
  /** One per file and access, by file; 400 at most. */
  readonly uses: readonly TableUseFact[];
}

export interface TableUseFact {
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  /** define: migration or DDL; map: a class or model stands for it. */
  readonly access: "define" | "map" | "read" | "write";
}

export interface UnresolvedFact {
  readonly component: Ref;
  readonly kind: "call" | "store" | "channel" | "table" | "import" | "setting";
  /** As written, passwords removed. */
  readonly text: string;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
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
  /** `bundled`: customers get all services as one product, in one version. Not in documents of earlier versions. */
  readonly distribution?: "services" | "bundled" | null;
  /** What people answered to the questions before a split. Not in documents of earlier versions. */
  readonly answers?: readonly AnswerFact[];
}

/** Questions before a split, as people may answer them (metrics.md C). */
export const answerable = ["owner", "deploys-alone", "changes-alone", "has-contract", "knows-domain"] as const;

/** What somebody answered, until when. */
export interface AnswerFact {
  /** As written: a component, a folder or a glob. */
  readonly part: string;
  readonly question: (typeof answerable)[number];
  readonly answer: "yes" | "no";
  readonly by: string;
  /** ISO days. */
  readonly on: string;
  /** The last day on which it counts; null: some months after `on` (parameter C.answerMonths). */
  readonly until: string | null;
  readonly why: string;
  readonly evidence: Extract<Evidence, { readonly type: "declaration" }>;
}
