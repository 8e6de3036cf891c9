import { expect, test } from "vitest";
import type { CueBody } from "#collect/code/index.js";
import { withNearestConstants } from "./nearest-constants.js";

const named = (name: string, value: string): CueBody => ({ kind: "constant", name, value });
const publishes: CueBody = {
  kind: "publishes",
  technology: "kafka",
  channel: "${const:Api.NAME}/${const:Api.ONE}",
  message: null,
};

test.each<[what: string, file: string, channel: string]>([
  ["that of the own library", "stock/src/client.java", "stock/${const:Api.ONE}"],
  ["the other one", "pay/api/src/client.java", "pay/${const:Api.ONE}"],
  ["the first of equally near ones", "web/src/main.java", "pay/${const:Api.ONE}"],
])("of constants with one name and several values: %s", (_, file, channel) => {
  const cues = [
    ["pay/api/Api.java", named("Api.NAME", "pay")],
    ["stock/Api.java", named("Api.NAME", "stock")],
    ["stock/Api.java", named("Api.ONE", "one")],
    [file, publishes],
  ] as const;
  const found = withNearestConstants(
    cues.map(([path, body]) => ({ repository: "shop", own: true, cue: { ...body, file: path, line: 1, text: "" } })),
  );
  expect(found.at(-1)?.cue).toMatchObject({ channel });
});
