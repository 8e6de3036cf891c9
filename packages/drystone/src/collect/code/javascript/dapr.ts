import type { Detector } from "../detector.js";
import { callsOf } from "./calls-of.js";
import { imports } from "./imports.js";
import { argumentText } from "./values.js";

/** Dapr: `client.invoker.invoke("orders", "list")`, `client.pubsub.publish("bus", "placed", order)`, `client.state.save("store", …)`. */
export const dapr: Detector = {
  name: "javascript/dapr",
  languages: ["javascript"],
  words: ["@dapr/dapr", "dapr-client"],
  detect(source, emit) {
    if (!imports(source, "@dapr/dapr", "dapr-client")) return;
    for (const { name, receiver, open, start } of callsOf(source)) {
      const first = argumentText(source, open, 0);
      if (first === null || first === "{}") continue;
      if (receiver === "invoker" && name === "invoke") {
        const path = argumentText(source, open, 1);
        emit(start, { kind: "named-call", name: first, via: "dapr", path: path === "{}" ? null : path });
      }
      if (!["pubsub", "state", "binding"].includes(receiver)) continue;
      if (/^[\w.-]{1,80}$/.test(first)) emit(start, { kind: "building-block", name: first });
      const channel = receiver === "pubsub" ? argumentText(source, open, 1) : null;
      if (channel !== null && channel !== "{}")
        emit(start, { kind: name.startsWith("subscribe") ? "consumes" : "publishes", technology: null, channel, message: null });
    }
  },
};
