/** gRPC of Java and Kotlin: stubs, implementations, injected clients. */
import type { Detector } from "../detector.js";
import { matches } from "./matches.js";
import { structureOf } from "./structure.js";
import { attribute } from "./values.js";

export const grpc: Detector = {
  name: "java/grpc",
  languages: ["java", "kotlin", "scala"],
  words: ["Grpc", "grpc"],
  detect(source, emit) {
    const { bare } = source;
    for (const match of matches(
      bare,
      /\b(\w{1,80})Grpc(?:Kt)?\s{0,9}\.\s{0,9}(?:new\w{0,30}Stub\s{0,3}\(|\w{1,90}CoroutineStub\s{0,3}\()/g,
    ))
      emit(match.index, { kind: "grpc-client", service: match[1] ?? "" });
    for (const { heritage, annotations, nameAt } of structureOf(source).types) {
      const base = /\b(\w{1,80}?)(?:Grpc(?:Kt)?\s{0,3}\.\s{0,3}\w{0,90})?(?:Coroutine)?ImplBase\b/.exec(heritage)?.[1];
      const isServer = annotations.some(({ name }) => /^(?:GrpcService|GRpcService)$/.test(name));
      const implemented = isServer
        ? /\bimplements\s{1,9}(?:Mutiny)?(\w{1,80}?)(?:Grpc\s{0,3}\.\s{0,3}\w{1,90})?\b/.exec(heritage)?.[1]
        : undefined;
      const service = base ?? implemented;
      if (service !== undefined) emit(nameAt, { kind: "grpc-server", service });
    }
    for (const { annotations, type } of structureOf(source).annotated)
      for (const annotation of annotations) {
        if (annotation.name !== "GrpcClient") continue;
        const name = attribute(source, annotation, "value");
        if (name !== null && name !== "" && !name.startsWith("{}"))
          emit(annotation.start, { kind: "named-call", name, via: "grpc", path: null });
        const service = /^(?:Mutiny)?(\w{1,80}?)(?:Grpc(?:Kt)?\b|CoroutineStub$|BlockingStub$|FutureStub$|Stub$|$)/.exec(
          type,
        )?.[1];
        if (service !== undefined && !/^(?:Channel|ManagedChannel)$/.test(service))
          emit(annotation.start, { kind: "grpc-client", service });
      }
  },
};
