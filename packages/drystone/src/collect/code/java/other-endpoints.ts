/** JAX-RS (Jersey, Quarkus, Helidon) and Micronaut endpoints by annotation. */
import type { Detector } from "../detector.js";
import { isPath, joinedPath } from "./paths.js";
import { answers } from "./spring-endpoints.js";
import { structureOf } from "./structure.js";
import { attribute, attributes } from "./values.js";

const jaxVerbs = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/;

export const jaxRsEndpoints: Detector = {
  name: "java/jax-rs-endpoints",
  languages: ["java", "kotlin", "scala"],
  words: ["@GET", "@POST", "@PUT", "@DELETE", "@PATCH"],
  detect(source, emit) {
    if (/\bretrofit2?\./.test(source.bare)) return;
    const { annotated, annotations, typeAround, types } = structureOf(source);
    const application = annotations.find(({ name }) => name === "ApplicationPath");
    const root = application === undefined ? "" : (attribute(source, application, "value") ?? "");
    for (const method of annotated) {
      if (method.kind !== "method") continue;
      const verb = method.annotations.find(({ name }) => jaxVerbs.test(name));
      const owner = typeAround(method.nameAt);
      if (verb === undefined || owner === null || !answers(owner) || types.length === 0) continue;
      const prefix = owner.annotations.find(({ name }) => name === "Path");
      const own = method.annotations.find(({ name }) => name === "Path");
      // Without a path on the class it is a sub-resource or the proxy of a client.
      if (prefix === undefined) continue;
      const path = joinedPath(
        root,
        attribute(source, prefix, "value") ?? "",
        own === undefined ? "" : (attribute(source, own, "value") ?? "{}"),
      );
      if (isPath(path)) emit(verb.start, { kind: "endpoint", method: verb.name, path, handler: `${owner.name}.${method.name}` });
    }
  },
};

const micronautVerbs = /^(?:Get|Post|Put|Delete|Patch|Head|Options)$/;

export const micronautEndpoints: Detector = {
  name: "java/micronaut-endpoints",
  languages: ["java", "kotlin"],
  words: ["io.micronaut.http"],
  detect(source, emit) {
    const { annotated, typeAround } = structureOf(source);
    for (const method of annotated) {
      if (method.kind !== "method") continue;
      const verb = method.annotations.find(({ name }) => micronautVerbs.test(name));
      const owner = typeAround(method.nameAt);
      const controller = owner?.annotations.find(({ name }) => name === "Controller");
      if (verb === undefined || owner === null || controller === undefined) continue;
      const paths = attributes(source, verb, "value", "uri", "uris");
      for (const path of paths.length === 0 ? [""] : paths) {
        const whole = joinedPath(attribute(source, controller, "value", "uri") ?? "", path);
        if (isPath(whole))
          emit(verb.start, {
            kind: "endpoint",
            method: verb.name.toUpperCase(),
            path: whole,
            handler: `${owner.name}.${method.name}`,
          });
      }
    }
  },
};
