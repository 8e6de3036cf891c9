import type { Detector } from "../detector.js";
import { argumentText, fieldText, goCalls, importsAny } from "./names.js";

/** Dapr: other applications by their id, topics of a component. */
export const dapr: Detector = {
  name: "go/dapr",
  languages: ["go"],
  words: ["dapr/go-sdk"],
  detect(source, emit) {
    if (!importsAny(source, "github.com/dapr/go-sdk")) return;
    for (const { name, open, start } of goCalls(source)) {
      if (/^(?:PublishEvent\w{0,20}|(?:Save|Get|Delete)(?:Bulk)?State\w{0,20})$/.test(name)) {
        const block = argumentText(source, open, 1);
        if (block !== null && /^[\w.-]{1,80}$/.test(block)) emit(start, { kind: "building-block", name: block });
      }
      if (/^InvokeMethod(?:WithContent|WithCustomContent)?$/.test(name)) {
        const app = argumentText(source, open, 1);
        if (app !== null) emit(start, { kind: "named-call", name: app, via: "dapr", path: argumentText(source, open, 2) });
      } else if (/^PublishEvent(?:fromCustomContent)?$/.test(name)) {
        const channel = argumentText(source, open, 2);
        if (channel !== null) emit(start, { kind: "publishes", technology: null, channel, message: null });
      } else if (name === "AddServiceInvocationHandler") {
        const path = argumentText(source, open, 0);
        if (path !== null && /^\/?[\w/-]{1,80}$/.test(path))
          emit(start, { kind: "endpoint", method: null, path: `/${path.replace(/^\//, "")}`, handler: null });
      }
    }
    for (const match of source.bare.matchAll(/\bcommon\.Subscription\{/g)) {
      const from = match.index + match[0].length;
      const channel = fieldText(source, from, from + 300, "Topic");
      if (channel !== null) emit(match.index, { kind: "consumes", technology: null, channel, message: null });
    }
  },
};
