import type { Detector } from "../detector.js";
import { templateAt } from "../expression.js";
import { programLanguages } from "../language.js";

const languages = [...programLanguages, "html"] as const;

/** Begins like a URL or a connection string of any scheme. */
const withScheme = /^(?:[a-z][a-z0-9+.-]{1,30}:)?(?:\/\/)?[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/]|^jdbc:[a-z]/i;
const hostAndPort = /^[a-z0-9](?:[\w.-]{0,80}):\d{2,5}$/i;
const pdo = /^(?:mysql|pgsql|sqlsrv|dblib|oci):[\w ]{1,30}=/i;
const keyValue = /(?:^|;)\s{0,3}(?:server|data source|host|address|addr)\s{0,3}=\s{0,3}[^;]{1,100};/i;

/** Literals that name a host, whatever they are used for. Joined texts come as one template. */
export const addressLiterals: Detector = {
  name: "common/address-literals",
  languages,
  words: null,
  detect(source, emit) {
    let behind = -1;
    for (const literal of source.strings) {
      if (literal.start < behind) continue;
      const { value } = literal;
      if (value.length < 4 || value.length > 1000) continue;
      const starts =
        pdo.test(value) || withScheme.test(value) || /^[a-z][a-z0-9+.-]{1,30}:\/\/$/i.test(value) || /^jdbc:/i.test(value);
      if (!starts && !hostAndPort.test(value) && !keyValue.test(value)) continue;
      const template = starts ? (templateAt(source, literal.start) ?? value) : value;
      // A format that nothing was put into names no host.
      if (namesNothing(template) || /:\/\/[^/]{0,60}%[sdv]|:\/\/[^/$]{0,60}\{\w*\}/.test(template)) continue;
      emit(literal.start, { kind: "address", value: template, technology: null, use: "literal" });
      behind = literal.end;
    }
  },
};

/** Addresses of documents and namespaces that everybody writes and nobody calls. */
function namesNothing(value: string): boolean {
  return (
    /^https?:\/\/(?:www\.)?(?:w3\.org|schemas?\.|xmlns|json-schema\.org|apache\.org\/licenses|opensource\.org|github\.com|example\.|fonts\.g|cdn|unpkg\.com|cdnjs)/i.test(
      value,
    ) || /^(?:file|data|blob|about|javascript|mailto|tel|classpath|chrome|vscode|git|ssh|urn):/i.test(value)
  );
}
