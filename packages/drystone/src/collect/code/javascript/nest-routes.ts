import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { callsNamed } from "./calls-of.js";
import { type ClassSite, classesOf, type Decorator, decoratorOf, decoratorsIn, memberAfter } from "./classes.js";
import { endpointPath } from "./paths.js";
import { argumentAt, argumentText, propertiesAt, textsAt } from "./values.js";

const methods = new Map([
  ["Get", "GET"],
  ["Post", "POST"],
  ["Put", "PUT"],
  ["Patch", "PATCH"],
  ["Delete", "DELETE"],
  ["Head", "HEAD"],
  ["Options", "OPTIONS"],
  ["All", null],
  ["Sse", "GET"],
  ["Search", "SEARCH"],
]);

/** Controllers of NestJS, routing-controllers and tsoa: prefix and version of the class joined with the path of the method. */
export const nestRoutes: Detector = {
  name: "javascript/nest-routes",
  languages: ["javascript"],
  words: ["Controller", "@Route(", "setGlobalPrefix"],
  detect(source, emit) {
    for (const site of classesOf(source)) {
      const controller = decoratorOf(site, "Controller", "JsonController", "Route");
      if (controller === null) continue;
      const prefixes = prefixesOf(source, controller);
      for (const decorator of decoratorsIn(source, site.open, site.end)) {
        const method = methods.get(decorator.name);
        if (method === undefined || decorator.open === null) continue;
        const paths = textsAt(source, argumentAt(source, decorator.open, 0));
        const handler = memberAfter(source, decorator);
        for (const prefix of prefixes)
          for (const path of paths.length === 0 ? [""] : paths)
            emit(decorator.start, {
              kind: "endpoint",
              method,
              path: endpointPath(...versioned(source, site, decorator, prefix), path),
              handler,
            });
      }
    }
    for (const call of callsNamed(source, "setGlobalPrefix")) {
      const path = argumentText(source, call.open, 0);
      if (path !== null) emit(call.start, { kind: "mount", path: endpointPath(path), module: null });
    }
  },
};

interface Prefix {
  readonly path: string;
  readonly version: string | null;
}

/** `@Controller("x")`, `@Controller(["x", "y"])`, `@Controller({ path, version })`. */
function prefixesOf(source: Source, { open }: Decorator): Prefix[] {
  const first = open === null ? null : argumentAt(source, open, 0);
  if (first === null) return [{ path: "", version: null }];
  const options = source.bare[first] === "{" ? propertiesAt(source, first) : null;
  const paths = textsAt(source, options === null ? first : options.get("path"));
  const versions = textsAt(source, options?.get("version")).filter((version) => /^[\w.-]{1,20}$/.test(version));
  return (paths.length === 0 ? [""] : paths).flatMap((path) =>
    (versions.length === 0 ? [null] : versions).map((version) => ({ path, version })),
  );
}

/** The version goes first, as URI versioning has it: `v1/users`; that of the method wins. */
function versioned(source: Source, site: ClassSite, route: Decorator, { path, version }: Prefix): string[] {
  const member = memberAfter(source, route);
  const own = decoratorsIn(source, Math.max(site.open, route.start - 600), route.start + 600).find(
    (one) => one.name === "Version" && one.open !== null && memberAfter(source, one) === member,
  );
  const chosen = own?.open ? argumentText(source, own.open, 0) : version;
  return chosen !== null && /^[\w.-]{1,20}$/.test(chosen) ? [`v${chosen.replace(/^v/, "")}`, path] : [path];
}
