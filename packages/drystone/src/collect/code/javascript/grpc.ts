import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { isAddress } from "./addresses.js";
import { argumentOffsets } from "./argument-offsets.js";
import { assignedName, type CallSite, callsNamed, callsOf } from "./calls-of.js";
import { classesOf, decoratorsIn } from "./classes.js";
import { imports } from "./imports.js";
import { isInLoop } from "./loops.js";
import { declaredTypes } from "./types-of.js";
import { argumentText } from "./values.js";

const credentials = /[cC]redentials\.create(?:Insecure|Ssl|FromGoogleCredential|FromMetadataGenerator)|[cC]redentials\b/;
const notMethods = new Set(["close", "waitForReady", "getChannel", "makeUnaryRequest", "$"]);

/** Stubs and services of grpc-js and what is generated for it, nice-grpc and Connect. */
export const grpc: Detector = {
  name: "javascript/grpc",
  languages: ["javascript"],
  words: ["grpc", "connectrpc", "bufbuild/connect"],
  detect(source, emit) {
    const stubs = new Map<string, string>();
    for (const call of callsOf(source)) {
      const service = clientService(source, call);
      if (service !== null) {
        emit(call.start, { kind: "grpc-client", service });
        const address = argumentText(source, call.open, 0);
        if (call.isNew && address !== null && isAddress(address))
          emit(call.start, { kind: "address", value: address, technology: "grpc", use: "client" });
        const name = assignedName(source, call);
        if (name !== null) stubs.set(name, service);
      }
      const served = serverService(source, call);
      if (served !== null && !/(?:^|\.)(?:Health|ServerReflection)$/.test(served))
        emit(call.start, { kind: "grpc-server", service: served });
    }
    for (const { name, type } of declaredTypes(source))
      if (/^[A-Z]\w{1,80}Client$/.test(type) && imports(source, "@nestjs/microservices"))
        stubs.set(name, type.replace(/Client$/, ""));
    for (const call of callsOf(source)) {
      const service = stubs.get(call.receiver);
      if (service === undefined || call.isNew || notMethods.has(call.name) || call.name.startsWith("$")) continue;
      const method = `${service}/${call.name.slice(0, 1).toUpperCase()}${call.name.slice(1)}`;
      emit(call.start, { kind: "call", protocol: "grpc", method: null, target: method, inLoop: isInLoop(source, call.start) });
    }
  },
};

/** `new shop.CartService(address, credentials)`, `new CartServiceClient(address, …)`, `createClient(CartService, transport)`. */
function clientService(source: Source, call: CallSite): string | null {
  if (call.isNew) {
    const second = argumentOffsets(source, call.open)[1];
    const isStub = second !== undefined && isCredentials(source, second);
    if (!isStub) return null;
    if (!/^[A-Z]/.test(call.name) || /^(?:Server|Channel|Client)$/.test(call.name)) return null;
    const service = call.name.replace(/(?<=\w)Client$/, "");
    return `${packageOf(source, call.path)}${service}`;
  }
  if (
    /^(?:createClient|createPromiseClient|createCallbackClient|createChannelClient)$/.test(call.name) &&
    imports(source, "nice-grpc", "@connectrpc/*", "@bufbuild/*", "nice-grpc-web")
  ) {
    const name = nameAt(source, argumentOffsets(source, call.open)[0]);
    return name === null || !/^[A-Z]/.test(name) ? null : name.replace(/Definition$/, "");
  }
  return null;
}

function isCredentials(source: Source, at: number): boolean {
  const text = source.bare.slice(at, at + 160).split(/[\n;]/, 1)[0] ?? "";
  if (credentials.test(text)) return true;
  const name = /^(?:this\.)?(?:[\w$]{1,60}\.){0,2}([\w$]{1,60})\s{0,9}[,)]/.exec(text)?.[1];
  return (
    name !== undefined &&
    (source.assignments.get(name) ?? []).some((value) =>
      credentials.test(source.bare.slice(value, value + 160).split(";", 1)[0] ?? ""),
    )
  );
}

/** `server.addService(shop.CartService.service, …)`, `addService(CartServiceService, …)`, `router.service(CartService, …)`. */
function serverService(source: Source, call: CallSite): string | null {
  if (!/^(?:addService|addProtoService|service|add)$/.test(call.name)) return null;
  const first = argumentOffsets(source, call.open)[0];
  if (call.name === "addService" || call.name === "addProtoService") {
    const path = pathAt(source, first);
    if (path === null) return null;
    const parts = path.split(".");
    if (parts.at(-1) === "service") {
      const name = parts.at(-2) ?? "";
      return /^[A-Z]/.test(name) ? `${packageOf(source, parts.slice(0, -1).join("."))}${name.replace(/Client$/, "")}` : null;
    }
    const name = parts.at(-1) ?? "";
    return /^[A-Z]\w{1,80}Service$/.test(name) ? name.replace(/Service$/, "") : null;
  }
  const isConnect = call.name === "service" && imports(source, "@connectrpc/*", "@bufbuild/*");
  const isNice = call.name === "add" && imports(source, "nice-grpc");
  if (!isConnect && !isNice) return null;
  const name = nameAt(source, first);
  return name !== null && /^[A-Z]/.test(name) && (isConnect || name.endsWith("Definition"))
    ? name.replace(/Definition$/, "")
    : null;
}

/** `hipstershop.` when the first name of the path is given `….hipstershop`, or the path goes through a package itself: `proto.shop.Cart`. */
function packageOf(source: Source, path: string): string {
  const parts = path.split(".");
  const root = parts[0] ?? "";
  const through = parts.slice(1, -1).filter((part) => /^[a-z]\w{0,60}$/.test(part));
  for (const at of parts.length > 1 ? (source.assignments.get(root) ?? []) : []) {
    const value = source.bare.slice(at, at + 400).split(/[;\n]/, 1)[0] ?? "";
    const loaded = /(?:\)|packages?\.\w{1,40})((?:\.[a-z]\w{0,60}){1,6})\s{0,9}$/.exec(value)?.[1];
    if (loaded) return [...loaded.slice(1).split("."), ...through, ""].join(".");
  }
  return through.length > 0 && parts.length > 2 ? `${through.join(".")}.` : "";
}

function pathAt(source: Source, at: number | undefined): string | null {
  return at === undefined
    ? null
    : (/^(?:this\.)?([A-Za-z_$][\w$]{0,80}(?:\.[A-Za-z_$][\w$]{0,80}){0,6})\s{0,9}[,)]/.exec(
        source.bare.slice(at, at + 400),
      )?.[1] ?? null);
}

function nameAt(source: Source, at: number | undefined): string | null {
  return pathAt(source, at)?.split(".").at(-1) ?? null;
}

/** NestJS: `@GrpcMethod("CartService", "Get")`, `client.getService<CartService>("CartService")`. */
export const nestGrpc: Detector = {
  name: "javascript/nest-grpc",
  languages: ["javascript"],
  words: ["@GrpcMethod", "@GrpcStreamMethod", "@GrpcStreamCall", "ControllerMethods", ".getService", "@GrpcService"],
  detect(source, emit) {
    for (const site of classesOf(source)) {
      for (const { name, start } of site.decorators) {
        const generated = /^([A-Z]\w{1,80})ControllerMethods$/.exec(name)?.[1];
        if (generated) emit(start, { kind: "grpc-server", service: generated });
      }
      for (const { name, start, open } of decoratorsIn(source, site.open, site.end)) {
        if (!/^Grpc(?:Method|StreamMethod|StreamCall)$/.test(name) || open === null) continue;
        const service = serviceName(argumentText(source, open, 0)) ?? site.name;
        emit(start, { kind: "grpc-server", service });
      }
    }
    for (const call of callsNamed(source, "getService")) stub(source, call, emit);
  },
};

function stub(source: Source, call: CallSite, emit: Emit): void {
  if (!imports(source, "@nestjs/microservices")) return;
  const service = serviceName(argumentText(source, call.open, 0)) ?? (call.type === "" ? null : call.type.replace(/Client$/, ""));
  if (service !== null && /^[A-Za-z_]\w{0,100}$/.test(service)) emit(call.start, { kind: "grpc-client", service });
}

/** ts-proto writes `CART_SERVICE_NAME` for `CartService`. */
function serviceName(text: string | null): string | null {
  if (text === null || text === "{}") return null;
  const constant = /^\$\{const:(?:\w{1,80}\.)?([A-Z][A-Z0-9_]{1,80}?)_NAME\}$/.exec(text)?.[1];
  if (constant === undefined) return text.includes("${") ? null : text;
  return constant
    .split("_")
    .map((part) => part.slice(0, 1) + part.slice(1).toLowerCase())
    .join("");
}
