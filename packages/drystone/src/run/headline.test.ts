import { expect, test } from "vitest";
import { adviseStay } from "#advise/stay-monolith/index.js";
import { assessAll, judgeDistributedMonolith } from "#assess/index.js";
import { type Change, type Shop, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { headlineOf } from "./headline.js";

const none = "The distributed-monolith question does not apply: no service, container or deployment was found here.";
const one =
  "The distributed-monolith question does not apply: there is one deployable, and a distributed monolith needs at least three services.";
const by = (person: string, count: number, touches = ["docs/readme.md"]): Change[] => weekly(count, { by: [person], touches });
const old = { by: ["ada"], ago: 900, touches: ["docs/readme.md"] };

test.each<[what: string, shop: Shop, question: string, answer: string, notApplicable: string]>([
  [
    "documents",
    { services: {}, changes: [...by("ada", 12), ...by("bob", 2), ...by("eve", 1)] },
    "How does this system change?",
    "Documents, data or settings: no file here is in a programming language, so there are no modules to judge. 1 of 3 people made 10 changes or more in the window.",
    none,
  ],
  [
    "one program of one person",
    { services: { shop: null }, changes: by("ada", 12, ["shop"]) },
    "Should it stay one deployable?",
    "One person made all changes in the window. That is at most one team: splitting would buy no autonomy.",
    one,
  ],
  [
    "a young program",
    { services: { shop: null }, changes: by("ada", 2, ["shop"]) },
    "How does this system change?",
    "The whole history has 2 commits: too few to say how it changes.",
    one,
  ],
  [
    "work ended long ago",
    { services: { shop: null }, changes: [...by("ada", 1, ["shop"]), old, { ...old, ago: 950 }] },
    "How does this system change?",
    "The window holds 1 commit, too few to say how it changes; 2 commits are older. Look further back: drystone assess PATH --window all",
    one,
  ],
])("%s", (_, shop, question, answer, notApplicable) => {
  const estate = smallEstate(shop);
  const { assessments } = assessAll(estate);
  const stay = adviseStay(estate, assessments);
  const headline = headlineOf(estate, assessments, judgeDistributedMonolith(estate, assessments), stay?.facts ?? null);
  expect(headline).toMatchObject({ question, answer, notApplicable });
});
