import type { Detector } from "../detector.js";
import { argumentText, goCalls, goImports } from "./names.js";

/** grpc-go, connect-go and the gRPC gateway: clients, servers, connections. */
export const grpc: Detector = {
  name: "go/grpc",
  languages: ["go"],
  words: ["grpc", "connect", "Register", "pb"],
  detect(source, emit) {
    const imports = [...goImports(source).values()];
    const hasGrpc = imports.some((path) => /grpc|connectrpc|connect-go|pb(?:\/|$)|proto|\/gen\//i.test(path));
    if (!hasGrpc) return;
    for (const { name, full, path, open, start } of goCalls(source)) {
      if (/^google\.golang\.org\/grpc\.(?:Dial|DialContext|NewClient)$/.test(full)) {
        const value = argumentText(source, open, name === "DialContext" ? 1 : 0);
        if (value !== null && value !== "") emit(start, { kind: "address", value, technology: "grpc", use: "client" });
        continue;
      }
      const service = generated(name, path, full, source.bare.slice(open + 1, open + 60));
      if (service === null) continue;
      emit(
        start,
        service.isServer ? { kind: "grpc-server", service: service.name } : { kind: "grpc-client", service: service.name },
      );
      if (full.includes("connect")) {
        const value = argumentText(source, open, 1);
        if (!service.isServer && value !== null && value !== "")
          emit(start, { kind: "address", value, technology: "grpc", use: "client" });
      }
    }
  },
};

/** A function of generated code: its package is imported and named like one. */
function generated(name: string, path: string, full: string, first: string): { name: string; isServer: boolean } | null {
  if (!/^\w{1,80}\.\w{1,120}$/.test(path) || full === path) return null;
  const module = full.slice(0, full.lastIndexOf("."));
  // Own constructors are named like generated ones; those are given a connection.
  const hasConnection =
    /^\s{0,20}(?:\w{1,40}\.){0,4}\w{0,40}(?:conn|Conn|cc|connection|channel)\b/.test(first) ||
    /^\s{0,20}\w{0,10}(?:mustConn|dial|Dial|getConn|newConn)\w{0,30}\(/.test(first);
  const isGenerated =
    /pb\d?$|proto|\bgen\b|generated|connect$|genproto|\/apis?\//i.test(module) ||
    /pb$|proto|connect$/i.test(path.split(".")[0] ?? "") ||
    hasConnection;
  if (
    !isGenerated ||
    /^google\.golang\.org\/grpc(?:\/(?:health|reflection|credentials|metadata|codes|status|resolver|balancer|channelz|xds))?(?:\/|$)/.test(
      module,
    )
  )
    return null;
  const client = /^New([A-Z]\w{0,80})Client$/.exec(name)?.[1];
  if (client !== undefined && !common.test(client)) return { name: client, isServer: false };
  const server =
    /^Register([A-Z]\w{0,80}?)Server$/.exec(name)?.[1] ??
    (module.endsWith("connect") ? /^New([A-Z]\w{0,80})Handler$/.exec(name)?.[1] : undefined);
  if (server !== undefined && !common.test(server)) return { name: server, isServer: true };
  const gateway = /^Register([A-Z]\w{0,80}?)Handler(?:FromEndpoint|Client)?$/.exec(name)?.[1];
  return gateway !== undefined && !common.test(gateway) ? { name: gateway, isServer: false } : null;
}

/** Served by everybody. */
const common = /^(?:Health|ServerReflection|Channelz|GRPC|Grpc|HTTP|Http|Api|API|)$/;
