import type { Detector } from "../detector.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { callsOf } from "./calls-of.js";
import { localsOf } from "./imports.js";

/** Constructors and factories of clients that speak HTTP or web sockets, whose options name where to. */
const libraries: readonly {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly technology: string;
}[] = [
  { modules: ["axios"], names: ["create"], technology: "http" },
  { modules: ["got", "ky"], names: ["extend", "create"], technology: "http" },
  { modules: ["undici"], names: ["Client", "Pool"], technology: "http" },
  { modules: ["graphql-request"], names: ["GraphQLClient"], technology: "http" },
  {
    modules: [
      "@apollo/client",
      "apollo-boost",
      "apollo-client",
      "apollo-link-http",
      "@apollo/client/core",
      "apollo-upload-client",
      "apollo-angular/http",
    ],
    names: ["ApolloClient", "HttpLink", "createHttpLink", "createUploadLink", "BatchHttpLink"],
    technology: "http",
  },
  { modules: ["urql", "@urql/core", "@urql/vue"], names: ["createClient", "Client"], technology: "http" },
  { modules: ["@trpc/client"], names: ["httpBatchLink", "httpLink"], technology: "http" },
  { modules: ["socket.io-client"], names: ["default", "io", "connect"], technology: "websocket" },
  { modules: ["ws", "reconnecting-websocket"], names: ["default", "WebSocket"], technology: "websocket" },
  {
    modules: ["@connectrpc/connect-node", "@connectrpc/connect-web", "@bufbuild/connect-node", "@bufbuild/connect-web"],
    names: ["createConnectTransport", "createGrpcTransport", "createGrpcWebTransport"],
    technology: "grpc",
  },
  { modules: ["openid-client"], names: ["discover", "discovery"], technology: "http" },
  { modules: ["jwks-rsa"], names: ["default", "expressJwtSecret", "passportJwtSecret"], technology: "http" },
  { modules: ["@elastic/apm-rum", "elastic-apm-node"], names: ["init", "start"], technology: "apm" },
  { modules: ["unleash-client"], names: ["initialize", "Unleash"], technology: "http" },
  { modules: ["@openfeature/flagd-provider"], names: ["FlagdProvider"], technology: "grpc" },
  { modules: ["node-vault"], names: ["default"], technology: "http" },
];
const keyed = /^(?:jwks-rsa|openid-client)$/;

export const clientAddresses: Detector = {
  name: "javascript/client-addresses",
  languages: ["javascript"],
  words: libraries.flatMap(({ modules }) => modules),
  detect(source, emit) {
    for (const { modules, names, technology } of libraries) {
      const locals = localsOf(source, modules);
      if (locals.size === 0) continue;
      const direct = localsOf(source, modules, names);
      const whole = names.includes("default") ? localsOf(source, modules, ["default", "*"]) : new Set<string>();
      for (const call of callsOf(source)) {
        const isOne =
          (call.receiver === "" && (direct.has(call.name) || whole.has(call.name))) ||
          (locals.has(call.receiver) && names.includes(call.name));
        if (!isOne) continue;
        const connection = connectionOf(source, call.open);
        if (keyed.test(modules[0] ?? "") && connection.addresses.length === 0) continue;
        emitAddresses(emit, call.start, technology, connection);
      }
    }
  },
};
