/** Types of a library with business types, by the services that import the file they stand in. */
import { deployedAs } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import { componentIndex } from "#derive/lineage/index.js";
import type { ImportGraph } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { isTestFile } from "#util/test-files.js";
import type { SharedModel } from "./shared-model.js";

/**
 * One per type and library whose file two services or more import. An import of the library's index does not say which types are meant and
 * does not count here: the library counts as a whole.
 */
export function importedModels(estate: Estate): SharedModel[] {
  const libraries = new Set(
    estate.facts.libraries.flatMap(({ internal, nature, component }) =>
      internal && nature === "domain" && component !== null ? [component] : [],
    ),
  );
  const models = estate.facts.models.filter(
    ({ component, fields }) => libraries.has(component) && fields.length >= estate.parameters.A6.modelFields,
  );
  if (models.length === 0) return [];
  const users = estate.facts.imports.map((graph) => servicesByFile(estate, graph));
  const repositories = estate.facts.imports.map(({ repository }) => repository);
  return models.flatMap((model): SharedModel[] => {
    const known = [...(users[repositories.indexOf(model.repository)]?.get(model.file) ?? [])].sort();
    return known.length < 2 ? [] : [{ name: model.name, library: model.component, users: known, places: [model] }];
  });
}

/** Services that import a file, tests aside, by that file. */
function servicesByFile(estate: Estate, { repository, files, from, to }: ImportGraph): Map<string, Set<Ref>> {
  const whole = deployedAs(estate.facts);
  const services = new Set(estate.services.map((index) => estate.components[index]?.ref ?? ""));
  const componentOf = componentIndex(estate.components, (component) => component.repository === repository);
  const users = files.map((file) => whole(estate.components[componentOf(file)]?.ref ?? ""));
  const imported = new Map<string, Set<Ref>>();
  for (const [edge, target] of to.entries()) {
    const user = users[from[edge] ?? -1] ?? "";
    const file = files[target];
    if (file === undefined || !services.has(user) || isTestFile(files[from[edge] ?? -1] ?? "")) continue;
    const known = imported.get(file) ?? new Set<Ref>();
    imported.set(file, known.add(user));
  }
  return imported;
}
