import type { Detector } from "../detector.js";
import { argumentOffsets } from "./argument-offsets.js";
import { callsOf } from "./calls-of.js";
import { take } from "./constants.js";
import { imports } from "./imports.js";
import { endpointPath } from "./paths.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const servers = [
  "apollo-server",
  "apollo-server-express",
  "apollo-server-koa",
  "apollo-server-fastify",
  "apollo-server-micro",
  "@apollo/server",
  "@nestjs/graphql",
  "graphql-yoga",
  "mercurius",
  "express-graphql",
  "graphql-http",
  "@graphql-yoga/node",
];

/** Apollo, Yoga, Mercurius and NestJS answer at one path; a gateway names the services behind it. */
export const graphql: Detector = {
  name: "javascript/graphql",
  languages: ["javascript"],
  words: ["graphql", "apollo", "mercurius"],
  detect(source, emit) {
    if (imports(source, ...servers))
      for (const call of callsOf(source)) {
        const isServer =
          (call.isNew && call.name === "ApolloServer") ||
          (call.receiver === "GraphQLModule" && call.name.startsWith("forRoot")) ||
          (call.receiver === "" && /^(?:createYoga|graphqlHTTP)$/.test(call.name));
        if (!isServer) continue;
        const options = propertiesAt(source, argumentAt(source, call.open, 0));
        const path = propertyText(source, options, "path", "graphqlEndpoint");
        emit(call.start, {
          kind: "endpoint",
          method: "POST",
          path: path?.startsWith("/") ? endpointPath(path) : "/graphql",
          handler: null,
        });
      }
    if (!imports(source, "@apollo/gateway", "@nestjs/graphql", "@nestjs/apollo", "mercurius", "@mercuriusjs/gateway")) return;
    for (const match of take(
      source,
      /(?<![\w$])(?:serviceList|subgraphs|services)\s{0,3}:\s{0,9}(?:\w{1,40}\s{0,3}\?\s{0,3})?\[/g,
    )) {
      const open = match.index + match[0].length - 1;
      for (const at of argumentOffsets(source, open).slice(0, 100)) {
        const one = propertiesAt(source, at);
        const [name, url] = [propertyText(source, one, "name"), propertyText(source, one, "url")];
        if (url !== null) emit(at, { kind: "address", value: url, technology: "http", use: "client" });
        if (url !== null) emit(at, { kind: "route", path: null, target: url });
        if (name !== null && url !== null) emit(at, { kind: "named-call", name, via: "graphql-gateway", path: null });
      }
    }
    for (const call of callsOf(source)) {
      if (!call.isNew || call.name !== "RemoteGraphQLDataSource") continue;
      const url =
        propertyText(source, propertiesAt(source, argumentAt(source, call.open, 0)), "url") ?? argumentText(source, call.open, 0);
      if (url !== null) emit(call.start, { kind: "address", value: url, technology: "http", use: "client" });
    }
  },
};
