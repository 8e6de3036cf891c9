import type { Detector } from "../detector.js";
import { argumentText, pythonCalls } from "./names.js";

/** grpcio and grpclib: stubs, servicers and channels. */
export const grpc: Detector = {
  name: "python/grpc",
  languages: ["python"],
  words: ["grpc"],
  detect(source, emit) {
    for (const { name, full, open, start } of pythonCalls(source)) {
      const stub = /^([A-Z]\w{0,80})Stub$/.exec(name)?.[1];
      const servicer = /^add_([A-Z]\w{0,80})Servicer_to_server$/.exec(name)?.[1];
      if (isCommon(stub ?? servicer ?? "")) continue;
      if (stub !== undefined && (/_grpc\b|\bgrpc\b|pb2|proto/i.test(full) || /channel/i.test(source.bare.slice(open, open + 80))))
        emit(start, { kind: "grpc-client", service: stub });
      else if (servicer !== undefined) emit(start, { kind: "grpc-server", service: servicer });
      else if (/^(?:grpc\.(?:aio\.)?(?:insecure|secure)_channel|grpclib\.client\.Channel)$/.test(full)) {
        const value = argumentText(source, open, 0, "target", "host");
        if (value !== null) emit(start, { kind: "address", value, technology: "grpc", use: "client" });
      }
    }
    for (const match of source.bare.matchAll(
      /^class[ \t]{1,5}\w{1,80}\([ \t]{0,5}(?:[\w.]{1,80}\.)?([A-Z]\w{1,80})Servicer[ \t]{0,5}[),]/gm,
    ))
      if (match[1] !== undefined && !isCommon(match[1])) emit(match.index, { kind: "grpc-server", service: match[1] });
  },
};

/** Health checks and reflection are served by everybody. */
function isCommon(service: string): boolean {
  return service === "Health" || service === "ServerReflection";
}
