/** The result document as bytes: keys always in the published order, two spaces, one newline at the end. */
import type { Evidence } from "#model/evidence.js";
import type {
  ContractFact,
  DeclaredOwner,
  LibraryFact,
  OperationFact,
  Problem,
  RelationFact,
  ResourceFact,
  SourceFact,
  UnresolvedFact,
} from "#model/facts.js";
import type {
  Advice,
  Assessment,
  Comparison,
  Condition,
  Finding,
  Headline,
  Inputs,
  Measure,
  Missing,
  Model,
  ModelComponent,
  ModelTeam,
  RepositoryInput,
  Result,
  Sample,
  Verdict,
} from "#model/result.js";

/**
 * The same result gives the same bytes however it was put together. Characters that a terminal or a page would obey (DEL, C1 controls,
 * bidirectional overrides, U+2028) are written as `\u` escapes; the value is the same.
 */
export function toJson(result: Result): string {
  const text = JSON.stringify(arranged(result, resultOrder), null, 2);
  return `${text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

const unprintable = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Keys in their order; what a key holds, or each element of the list that it holds, is arranged in turn. */
interface Order {
  readonly [key: string]: Order | null;
}

/** Every key of `T`, so that a new field of the model does not compile until it has its place. */
type Keys<T> = { readonly [Key in keyof Required<T>]: Order | null };

function arranged(value: unknown, order: Order | null): unknown {
  if (Array.isArray(value)) return value.map((each) => arranged(each, order));
  if (order === null || typeof value !== "object" || value === null) return value;
  const known = Object.keys(order).filter((key) => Object.hasOwn(value, key));
  const added = Object.keys(value).filter((key) => !Object.hasOwn(order, key));
  const fields = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of [...known, ...added]) copy[key] = arranged(fields[key], order[key] ?? null);
  return copy;
}

const sample = { n: null, of: null, min: null } satisfies Keys<Sample>;

type AnyEvidence = { [Kind in Evidence as Kind["type"]]: Kind }[Evidence["type"]];
type EvidenceKey = AnyEvidence extends infer Each ? (Each extends unknown ? keyof Each : never) : never;
const evidence = {
  type: null,
  repository: null,
  commit: null,
  file: null,
  line: null,
  trace: null,
  span: null,
  id: null,
  date: null,
  subject: null,
  text: null,
} satisfies { readonly [Key in EvidenceKey]: null };

const measure = {
  id: null,
  subjects: null,
  value: null,
  unit: null,
  interval: null,
  sample,
  window: null,
  detail: null,
} satisfies Keys<Measure>;

const location = { repository: null, file: null, line: null };

const finding = {
  code: null,
  severity: null,
  state: null,
  subjects: null,
  message: null,
  fix: null,
  value: null,
  unit: null,
  interval: null,
  sample,
  location,
  evidence,
  evidenceTotal: null,
  fingerprint: null,
  decision: { owner: null, reason: null, until: null },
  baseline: null,
} satisfies Keys<Finding>;

const assessment = {
  id: null,
  subject: null,
  question: null,
  verdict: null,
  value: null,
  unit: null,
  interval: null,
  level: null,
  sample,
  conditions: { text: null, met: null, source: null } satisfies Keys<Condition>,
  comparison: null,
  grade: null,
  reasons: null,
  missing: { input: null, how: null } satisfies Keys<Missing>,
  findings: finding,
} satisfies Keys<Assessment>;

const component = {
  ref: null,
  name: null,
  kind: null,
  built: null,
  partOf: null,
  repository: null,
  paths: null,
  aliases: null,
  technology: null,
  ownership: {
    state: null,
    declared: { ref: null, source: null, evidence } satisfies Keys<DeclaredOwner>,
    observed: { ref: null, share: null, interval: null, sample },
  },
  inferredFrom: null,
  correction: null,
  evidence,
} satisfies Keys<ModelComponent>;

const model = {
  components: component,
  resources: {
    ref: null,
    name: null,
    kind: null,
    partOf: null,
    technology: null,
    aliases: null,
    evidence,
  } satisfies Keys<ResourceFact>,
  teams: { ref: null, name: null, parent: null, size: null, functions: null, source: null, evidence } satisfies Keys<ModelTeam>,
  contracts: { ref: null, kind: null, provider: null, version: null, file: null } satisfies Keys<
    Omit<ContractFact, "repository">
  >,
  operations: {
    ref: null,
    contract: null,
    component: null,
    method: null,
    path: null,
    prefix: null,
    evidence,
  } satisfies Keys<OperationFact>,
  libraries: {
    name: null,
    ecosystem: null,
    internal: null,
    component: null,
    nature: null,
    natureReason: null,
    uses: { component: null, version: null, resolved: null, evidence },
  } satisfies Keys<LibraryFact>,
  relations: {
    id: null,
    from: null,
    to: null,
    kind: null,
    protocol: null,
    category: null,
    confidence: null,
    seen: null,
    detail: null,
    operation: null,
    evidence,
  } satisfies Keys<RelationFact>,
  unresolved: { component: null, kind: null, text: null, reason: null, evidence } satisfies Keys<UnresolvedFact>,
} satisfies Keys<Model>;

const inputs = {
  asOf: null,
  system: null,
  repositories: {
    id: null,
    head: null,
    commits: null,
    roots: null,
    shallow: null,
    partial: null,
    changeSetUnit: null,
    changeSetUnitReason: null,
    window: { from: null, to: null, reason: null },
    hygiene: null,
  } satisfies Keys<RepositoryInput>,
  sources: {
    kind: null,
    repository: null,
    path: null,
    read: null,
    facts: null,
    problem: null,
    window: { from: null, to: null },
  } satisfies Keys<SourceFact>,
  problems: { path: null, line: null, message: null, hint: null } satisfies Keys<Problem>,
} satisfies Keys<Inputs>;

const resultOrder: Order = {
  schema: null,
  tool: { name: null, version: null, command: null },
  inputs,
  headline: { question: null, answer: null, notApplicable: null, assessment: null } satisfies Keys<Headline>,
  model,
  measures: measure,
  assessments: assessment,
  verdicts: {
    id: null,
    verdict: null,
    rule: null,
    counts: { present: null, mixed: null, absent: null, unknown: null, notApplicable: null },
    because: null,
    wouldChange: null,
  } satisfies Keys<Verdict>,
  advice: {
    decision: null,
    subject: null,
    outcome: null,
    assessments: assessment,
    costs: measure,
    benefits: measure,
    steps: null,
    wouldChange: null,
  } satisfies Keys<Advice>,
  parameters: null,
  comparison: {
    against: null,
    bases: { repository: null, commit: null },
    new: null,
    fixed: null,
    remaining: null,
    fixedFindings: { code: null, subjects: null, message: null, location, fingerprint: null },
    acceptances: {
      rule: null,
      from: null,
      to: null,
      owner: null,
      reason: null,
      until: null,
      counted: null,
      location,
    },
  } satisfies Keys<Comparison>,
} satisfies Keys<Result>;
