import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { callsOf } from "./calls.js";
import { inLoop } from "./in-loop.js";
import { structureOf } from "./structure.js";

/** Generated code nests both sides in one class: `Basket.BasketClient`, `Basket.BasketBase`. */
const stub = /(?:^|\.)(\w{1,80})\.(\1)Client\b/;

export const grpc: Detector = {
  name: "csharp/grpc",
  languages: ["csharp"],
  words: ["Grpc", "Client", "Base", "ServerServiceDefinition"],
  detect(source, emit) {
    const { bare } = source;
    for (const { generic, start } of callsOf(source, "AddGrpcClient|AddCodeFirstGrpcClient|CreateGrpcService")) {
      const service = stub.exec(generic)?.[1] ?? /(?:^|\.)I?(\w{1,80}?)(?:Client)?$/.exec(generic)?.[1];
      if (service !== undefined) emit(start, { kind: "grpc-client", service });
    }
    for (const match of matches(bare, /\bnew\s{1,9}(?:[\w.]{1,120}\.)?(\w{1,80})\.\1Client\s{0,3}\(/g))
      emit(match.index, { kind: "grpc-client", service: match[1] ?? "" });
    for (const type of structureOf(source).types) {
      const service = /(?:^|[\s,.])(\w{1,80})\.\1Base\b/.exec(type.bases)?.[1];
      if (service !== undefined) emit(type.nameAt, { kind: "grpc-server", service });
    }
    for (const call of callsOf(source, "\\w{2,80}"))
      if (call.receiver !== "") {
        const service = stub.exec(structureOf(source).typeOf(call.receiver, call.start) ?? "")?.[1];
        if (service !== undefined)
          emit(call.start, {
            kind: "call",
            protocol: "grpc",
            method: null,
            target: `${service}/${call.name.replace(/Async$/, "")}`,
            inLoop: inLoop(source, call.start),
          });
      }
  },
};
