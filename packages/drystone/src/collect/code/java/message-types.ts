/** The types of messages. */
import type { Source } from "../source.js";
import { argumentTexts } from "./arguments.js";
import { type Declaration, structureOf } from "./structure.js";

/** The type of a message that is made or named in the arguments: `new OrderCreated(…)`, or a variable of such a type. */
export function messageOf(source: Source, texts: readonly string[]): string | null {
  const { typeOf } = structureOf(source);
  for (const text of texts.slice(-2).reverse()) {
    const made = /^(?:new\s{1,9}([A-Z]\w{1,80})\s{0,3}[(<]|([A-Z][a-z]\w{1,80})\s{0,3}\((?!.*\.))/.exec(text);
    const type =
      made?.[1] ??
      (source.language === "java" ? undefined : made?.[2]) ??
      (/^[a-z]\w{0,80}$/.test(text) ? typeOf.get(text) : undefined);
    if (type !== undefined && !plainTypes.test(type)) return type;
  }
  return null;
}

/** The type of the first parameter that is a message of its own. */
export function parameterType(source: Source, { parameters }: Declaration): string | null {
  if (parameters === null) return null;
  for (const text of argumentTexts(source, parameters)) {
    const plain = text.replace(/@\w{1,40}(?:\([^()]{0,120}\))?\s{0,9}/g, "");
    const type =
      /:\s{0,5}(?:[\w.]{1,60}<)?([A-Z]\w{1,80})/.exec(plain)?.[1] ??
      /^(?:final\s{1,5})?(?:(?:ConsumerRecord|Message|List|Record)<(?:[\w?]{1,40},\s{0,3})?)?([A-Z]\w{1,80})>?\s{1,9}\w{1,80}/.exec(
        plain,
      )?.[1];
    if (
      type !== undefined &&
      !plainTypes.test(type) &&
      !/^(?:Acknowledgment|Channel|ConsumerRecord|Headers|MessageHeaders|Session)$/.test(type)
    )
      return type;
  }
  return null;
}

const plainTypes =
  /^(?:String|Object|Message|Map|List|HashMap|Optional|Long|Integer|Int|UUID|byte|JsonNode|JSONObject|ObjectNode|ProducerRecord|HttpEntity|CorrelationData|Exception|T|E|Any|GenericMessage|MessageBuilder|ObjectMapper|MessagePostProcessor|Gson|Instant|Date|Duration|Class|Void|Void|Runnable|Event|Command)$/;
