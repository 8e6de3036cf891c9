/** Spring Cloud Stream: what goes to a binding; the settings say which topic or exchange a binding is (`spring.cloud.stream.bindings.<name>.destination`). */
import type { Detector } from "../detector.js";
import { argumentTexts } from "./arguments.js";
import { matches } from "./matches.js";
import { messageOf } from "./message-types.js";
import { structureOf } from "./structure.js";
import { argument, attribute } from "./values.js";

export const springCloudStream: Detector = {
  name: "java/spring-cloud-stream",
  languages: ["java", "kotlin", "scala"],
  words: ["springframework.cloud.stream"],
  detect(source, emit) {
    const { annotated, annotations, typeOf } = structureOf(source);
    for (const match of matches(source.bare, /\b(\w{0,60}[bB]ridge)\s{0,60}\.\s{0,60}send\s{0,3}(?=\()/g)) {
      if (typeOf.get(match[1] ?? "") !== "StreamBridge" && match[1] !== "streamBridge") continue;
      const open = match.index + match[0].length;
      const binding = argument(source, open, 0);
      if (binding !== null)
        emit(match.index, {
          kind: "publishes",
          technology: null,
          channel: destination(binding),
          message: messageOf(source, argumentTexts(source, open)),
        });
    }
    for (const { annotations: own, type } of annotated)
      for (const annotation of own) {
        const direction = { Input: "consumes", StreamListener: "consumes", Output: "publishes", SendTo: null }[annotation.name];
        if (direction !== "consumes" && direction !== "publishes") continue;
        const binding = attribute(source, annotation, "value", "target") ?? null;
        if (annotation.name !== "StreamListener" && !/Channel|KStream|KTable/.test(type)) continue;
        if (binding !== null && binding !== "")
          emit(annotation.start, { kind: direction, technology: null, channel: destination(standard(binding)), message: null });
      }
    for (const annotation of annotations) {
      if (annotation.name !== "EnableBinding") continue;
      const bound = source.bare.slice(annotation.start, annotation.end);
      if (/\b(?:Sink|Processor)\b/.test(bound))
        emit(annotation.start, { kind: "consumes", technology: null, channel: destination("input"), message: null });
      if (/\b(?:Source|Processor)\b/.test(bound))
        emit(annotation.start, { kind: "publishes", technology: null, channel: destination("output"), message: null });
    }
  },
};

/** Constants of the library's own interfaces. */
function standard(binding: string): string {
  return binding
    .replace(/^\$\{const:(?:Sink|Processor)\.INPUT\}$/, "input")
    .replace(/^\$\{const:(?:Source|Processor)\.OUTPUT\}$/, "output");
}

/** The topic of a binding: what the settings say, else the name of the binding itself. */
function destination(binding: string): string {
  return /^[\w.-]{1,120}$/.test(binding) ? `\${spring.cloud.stream.bindings.${binding}.destination:-${binding}}` : binding;
}
