import type { Detector } from "../detector.js";
import { argumentText, importsAny, pythonCalls } from "./names.js";

/** Dapr: other applications by their id, topics of a component. */
export const dapr: Detector = {
  name: "python/dapr",
  languages: ["python"],
  words: ["dapr"],
  detect(source, emit) {
    if (!importsAny(source, "dapr")) return;
    for (const { name, open, start } of pythonCalls(source)) {
      if (
        /^(?:publish_event|subscribe|(?:save|get|delete)(?:_bulk)?_state|execute_state_transaction|invoke_binding)$/.test(name)
      ) {
        const block = argumentText(source, open, 0, "pubsub_name", "store_name", "binding_name");
        if (block !== null && /^[\w.-]{1,80}$/.test(block)) emit(start, { kind: "building-block", name: block });
      }
      if (/^invoke_method(?:_async)?$/.test(name)) {
        const app = argumentText(source, open, 0, "app_id");
        if (app !== null)
          emit(start, { kind: "named-call", name: app, via: "dapr", path: argumentText(source, open, 1, "method_name") });
      } else if (name === "publish_event" || name === "subscribe") {
        const channel = argumentText(source, open, 1, "topic_name", "topic");
        if (channel !== null)
          emit(start, { kind: name === "subscribe" ? "consumes" : "publishes", technology: null, channel, message: null });
      }
    }
  },
};
