import { isInLoop } from "../common/in-braces-loop.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentText, type GoCall, goCalls, importsAny } from "./names.js";

const resty =
  /^(?:github\.com\/go-resty\/resty|resty\.dev|github\.com\/imroc\/req|github\.com\/dghubble\/sling|github\.com\/parnurzeal\/gorequest|github\.com\/levigross\/grequests|github\.com\/carlmjohnson\/requests)/;
const verbs = /^(?:Get|Post|Put|Patch|Delete|Head|Options)$/;

/** net/http, resty, req, heimdall, fasthttp and what is made like them. */
export const httpCalls: Detector = {
  name: "go/http-calls",
  languages: ["go"],
  words: ["net/http", "resty", "imroc/req", "sling", "gorequest", "grequests", "heimdall", "fasthttp", "requests"],
  detect(source, emit) {
    for (const call of goCalls(source)) {
      const request = requestOf(source, call);
      if (request === null || request.target === "" || /\s/.test(request.target)) continue;
      emit(call.start, {
        kind: "call",
        protocol: "http",
        method: request.method,
        target: request.target,
        inLoop: isInLoop(source, call.start),
      });
    }
  },
};

interface Request {
  readonly method: string | null;
  readonly target: Template;
}

function requestOf(source: Source, { full, name, open, receiver }: GoCall): Request | null {
  const text = (index: number) => argumentText(source, open, index);
  if (/^net\/http\.NewRequest(?:WithContext)?$/.test(full)) {
    const first = name === "NewRequest" ? 0 : 1;
    const target = text(first + 1);
    return target === null ? null : { method: methodAt(source, open, first), target };
  }
  if (
    /^net\/http\.(?:Client\.|DefaultClient\.)?(?:Get|Post|PostForm|Head)$/.test(full) ||
    /^(?:golang\.org\/x\/net\/context\/ctxhttp)\./.test(full)
  ) {
    const target = text(full.includes("ctxhttp") ? 2 : 0);
    return target === null ? null : { method: name === "PostForm" ? "POST" : name.toUpperCase(), target };
  }
  if (/otelhttp\.(?:Get|Post|Head|PostForm)$/.test(full)) {
    const target = text(1);
    return target === null ? null : { method: name === "PostForm" ? "POST" : name.toUpperCase(), target };
  }
  if (resty.test(full) && verbs.test(name)) return asRequest(name, text(0));
  if (
    verbs.test(name) &&
    importsAny(source, "net/http", "github.com/go-resty/resty", "resty.dev") &&
    /^_?(?:\w{0,30}[cC]lient|http\w{0,20}|\w{0,20}HTTP)$/.test(receiver)
  ) {
    // A client whose type this file does not show: what it is given must look like an address.
    const target = text(0) ?? text(1);
    return target !== null && /^https?:\/\/|^(?:\$\{[^}]{1,200}\}|\{\})\/|:\/\//.test(target) ? asRequest(name, target) : null;
  }
  return null;
}

function asRequest(name: string, target: Template | null): Request | null {
  return target === null ? null : { method: name.toUpperCase(), target };
}

/** `"POST"`, `http.MethodPost`. */
function methodAt(source: Source, open: number, index: number): string | null {
  const offset = argumentOffsets(source, open)[index];
  if (offset === undefined) return null;
  const constant = /^http\.Method([A-Z]\w{2,8})/.exec(source.bare.slice(offset, offset + 30))?.[1];
  const text = constant ?? source.stringAt(offset)?.value ?? "";
  return text === ""
    ? source.stringAt(offset) === null
      ? null
      : "GET"
    : /^[A-Za-z]{3,8}$/.test(text)
      ? text.toUpperCase()
      : null;
}
