import { isInLoop } from "../common/in-braces-loop.js";
import type { Detector } from "../detector.js";
import { argumentText, rustCalls, rustImports } from "./names.js";

/** reqwest, awc, surf, ureq. */
export const httpCalls: Detector = {
  name: "rust/http-calls",
  languages: ["rust"],
  words: ["reqwest", "awc", "surf", "ureq", "isahc"],
  detect(source, emit) {
    const imports = [...rustImports(source).values()];
    const hasClient = imports.some((path) => /^(?:reqwest|awc|surf|ureq|isahc|reqwest_middleware)\b/.test(path));
    for (const { full, name, receiver, open, start } of rustCalls(source)) {
      if (!/^(?:get|post|put|patch|delete|head|request)$/.test(name)) continue;
      const isLibrary = /^(?:reqwest|awc|surf|ureq|isahc)\b/.test(full) && !/\(\)\.(?:headers|json|text|send)\(\)/.test(full);
      const target = argumentText(source, open, name === "request" ? 1 : 0);
      const looks = target !== null && /:\/\/|^(?:\$\{[^}]{1,200}\}|\{\})\//.test(target);
      if (target === null || /\s/.test(target) || !(isLibrary || (hasClient && looks && /client|http/i.test(receiver)))) continue;
      emit(start, {
        kind: "call",
        protocol: "http",
        method: name === "request" ? null : name.toUpperCase(),
        target,
        inLoop: isInLoop(source, start),
      });
    }
  },
};

/** tonic. */
export const grpc: Detector = {
  name: "rust/grpc",
  languages: ["rust"],
  words: ["tonic", "Client::", "Server::"],
  detect(source, emit) {
    for (const { path, full, name, open, start } of rustCalls(source)) {
      const client = /(?:^|\.)([A-Z]\w{0,80})Client\.(?:connect|new|with_interceptor|with_origin)$/.exec(path)?.[1];
      const server = /(?:^|\.)([A-Z]\w{0,80})Server\.(?:new|from_arc|with_interceptor)$/.exec(path)?.[1];
      const isGenerated = /_(?:client|server)\.[A-Z]\w{1,80}(?:Client|Server)\.\w{1,30}$/.test(full);
      if (client !== undefined && isGenerated && client !== "Health") {
        emit(start, { kind: "grpc-client", service: client });
        const value = name === "connect" ? argumentText(source, open, 0) : null;
        if (value !== null) emit(start, { kind: "address", value, technology: "grpc", use: "client" });
      } else if (server !== undefined && isGenerated && server !== "Health")
        emit(start, { kind: "grpc-server", service: server });
      else if (
        /(?:^|\.)(?:tonic\.transport\.)?(?:Endpoint|Channel)\.(?:from_static|from_shared|new)$/.test(full) &&
        /tonic/.test(full)
      ) {
        const value = argumentText(source, open, 0);
        if (value !== null) emit(start, { kind: "address", value, technology: "grpc", use: "client" });
      }
    }
    for (const match of source.bare.matchAll(
      /\nimpl[ \t]{1,3}(?:\w{1,60}::){0,4}([A-Z]\w{1,80})[ \t]{1,3}for[ \t]{1,3}\w{1,80}/g,
    )) {
      const path = rustImports(source).get(match[1] ?? "");
      if (path !== undefined && /_server\.[A-Z]\w{1,80}$/.test(path) && match[1] !== undefined && match[1] !== "Health")
        emit(match.index + 1, { kind: "grpc-server", service: match[1] });
    }
  },
};
