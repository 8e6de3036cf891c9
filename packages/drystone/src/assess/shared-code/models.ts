/** Types of data that services of different teams define alike, or take from a common library. */
import { deployedAs } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import { responsibleFor } from "#derive/team-changes/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { ModelFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import type { Finding, Measure } from "#model/result.js";
import { counted, finding, listed } from "../_shared/index.js";
import { importedModels } from "./imported-models.js";
import { distinguished, maxFindings, type Part, source } from "./part.js";
import type { SharedModel } from "./shared-model.js";

/** More types of one name are not compared. */
const maxSameName = 200;

export function modelsPart(estate: Estate): Part {
  const { A6 } = estate.parameters;
  const text = `present: ${A6.sharedModels} types of data or more are shared by services of different teams (same name and ${A6.sameFields * 100} % of the fields, or one library)`;
  const { models } = estate.facts;
  if (models.length === 0) {
    const reasons = ["No types of data were read."];
    return { met: null, quiet: null, condition: { text, met: null, source }, reasons, findings: [], measures: [] };
  }
  const shared = [...definedAlike(estate), ...importedModels(estate)].sort(mostFirst);
  const judged = shared.map((model) => ({ model, crosses: crossesTeams(estate, model) }));
  const across = judged.filter(({ crosses }) => crosses === true).length;
  const perhaps = judged.filter(({ crosses }) => crosses !== false).length;
  const met = across >= A6.sharedModels ? true : perhaps >= A6.sharedModels ? null : false;
  return {
    met,
    quiet: perhaps < A6.absentShare * A6.sharedModels,
    condition: { text, met, source },
    reasons: [reason(shared.length, across, perhaps)],
    findings: distinguished(judged.slice(0, maxFindings).map(({ model, crosses }) => [modelFinding(model, crosses), model.name])),
    measures: [modelsMeasure(shared.length, across, models.length)],
  };
}

function reason(shared: number, across: number, perhaps: number): string {
  if (shared === 0) return "No type of data is defined alike in two services.";
  const teams =
    across > 0
      ? `${across} of them by services of different teams`
      : perhaps > 0
        ? "whether by different teams is not known"
        : "none of them by different teams";
  return `${counted(shared, "type")} of data ${shared === 1 ? "is" : "are"} shared by two services or more, ${teams}.`;
}

/** Types of one name whose fields agree, service by service; what a service defines twice counts once. */
function definedAlike(estate: Estate): SharedModel[] {
  const { A6 } = estate.parameters;
  const whole = deployedAs(estate.facts);
  const services = new Set(estate.services.map((index) => estate.components[index]?.ref ?? ""));
  const byName = new Map<string, ModelFact[]>();
  for (const model of estate.facts.models) {
    if (model.fields.length < A6.modelFields || !services.has(whole(model.component))) continue;
    const key = model.name.toLowerCase();
    const own = byName.get(key) ?? [];
    if (own.length < maxSameName) own.push(model);
    byName.set(key, own);
  }
  return [...byName.values()].flatMap((same) =>
    alike(same, A6.sameFields).flatMap((places): SharedModel[] => {
      const users = [...new Set(places.map(({ component }) => whole(component)))].sort();
      const [first] = places;
      return users.length < 2 || first === undefined ? [] : [{ name: first.name, library: null, users, places }];
    }),
  );
}

/** Groups in which each type agrees with one before it. */
function alike(models: readonly ModelFact[], least: number): ModelFact[][] {
  const groups: { readonly fields: ReadonlySet<string>; readonly model: ModelFact }[][] = [];
  for (const model of models) {
    const fields = new Set(model.fields.map(plainName));
    const group = groups.find((members) => members.some((member) => agreement(member.fields, fields) >= least));
    if (group) group.push({ fields, model });
    else groups.push([{ fields, model }]);
  }
  return groups.map((group) => group.map(({ model }) => model));
}

/** Fields of both over the fields of the larger, 0..1. */
function agreement(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const field of one) if (other.has(field)) both++;
  return both / Math.max(1, one.size, other.size);
}

/** `order_id`, `orderId` and `OrderId` are one field. */
function plainName(field: string): string {
  return field.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Null where owners of the users are not known. */
function crossesTeams(estate: Estate, { users }: SharedModel): boolean | null {
  const places = new Map(estate.components.map(({ ref }, index) => [ref, index]));
  const owners = users.map((user) => responsibleFor(estate, places.get(user) ?? -1));
  const teams = new Set(owners.flatMap((owner) => (owner.kind === "team" ? [owner.ref] : [])));
  if (teams.size >= 2) return true;
  return owners.every(({ kind }) => kind === "team") ? false : null;
}

function modelFinding({ name, library, users, places }: SharedModel, crosses: boolean | null): Finding {
  const fields = Math.max(...places.map((place) => place.fields.length));
  const [first] = places;
  return finding({
    code: "shared-code/shared-model",
    severity: crosses === true ? "warning" : "note",
    subjects: library === null ? users : [library, ...users],
    message:
      library === null
        ? `${name} (${counted(fields, "field")}) is defined alike in ${listed(users.map(shortName), 4)}.`
        : `${name} (${counted(fields, "field")}) of ${shortName(library)} is imported by ${listed(users.map(shortName), 4)}.`,
    fix: "Where services share a type of data, let each keep only the fields that it uses, under the names of its own domain, and agree on a contract where they exchange the data.",
    value: users.length,
    unit: "services",
    sample: { n: fields, of: "fields" },
    location: first === undefined ? null : { repository: first.repository, file: first.file, line: first.line },
    evidence: places.slice(0, maxEvidence).map(({ repository, file, line, fields: own }) => ({
      type: "file",
      repository,
      file,
      line,
      text: own.slice(0, 12).join(", "),
    })),
    evidenceTotal: places.length,
  });
}

function modelsMeasure(shared: number, across: number, models: number): Measure {
  return {
    id: "models.shared",
    subjects: ["system"],
    value: shared,
    unit: "types of data",
    interval: null,
    sample: { n: models, of: "types of data" },
    window: null,
    detail: { acrossTeams: across },
  };
}

function mostFirst(one: SharedModel, other: SharedModel): number {
  return other.users.length - one.users.length || other.places.length - one.places.length || (one.name < other.name ? -1 : 1);
}
