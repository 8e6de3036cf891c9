/** Inside one deployable or a library: how often does a change cross module boundaries? Measured, without a verdict: no threshold for modules is published. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { coupledPairs, type Pair, pooledRipple } from "#derive/pairs/index.js";
import type { Finding } from "#model/result.js";
import {
  type Assess,
  assessment,
  interval,
  jointChanges,
  missingOf,
  pairFinding,
  pairMeasure,
  percent,
  publicModules,
  rounded,
  strongerDirection,
  withLongerWindow,
} from "../_shared/index.js";

const id = "module-coupling";
const question = "How often does a change cross module boundaries?";

export const assessModuleCoupling: Assess = (estate) => {
  const { nMin, ci } = estate.parameters;
  if (estate.level === "service") {
    return {
      assessment: assessment(id, question, {
        verdict: "not-applicable",
        reasons: ["There are several services: see change-coupling."],
      }),
      measures: [],
    };
  }
  const blocked = historyObstacles(estate);
  if (blocked.length > 0)
    return {
      assessment: assessment(id, question, {
        verdict: "unknown",
        reasons: blocked.map(({ text }) => text),
        missing: missingOf(blocked),
      }),
      measures: [],
    };
  if (estate.subjects.length < 2) {
    return {
      assessment: assessment(id, question, {
        verdict: "unknown",
        reasons: [
          estate.subjects.length === 0 ? "No modules were found in the folders." : "Only one module was found in the folders.",
        ],
        missing: [{ input: "the modules", how: "drystone init   then name the folders under `components:` in drystone.yaml" }],
      }),
      measures: [],
    };
  }
  const ripple = pooledRipple(estate.recent.sets, estate.subjects, estate.parameters);
  const pairs = coupledPairs(estate.long.sets, estate.subjects, estate.window.to, estate.parameters);
  const measured = ripple.n >= nMin.system;
  const others =
    ripple.hubs.length === 0
      ? "a module"
      : `a module other than ${ripple.hubs.map((hub) => estate.components[hub]?.name).join(", ")}`;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict: measured ? "measured" : "unknown",
        value: ripple.estimate === null ? null : rounded(ripple.estimate.value),
        unit: "share of change sets",
        interval: interval(ripple.estimate),
        sample: { n: ripple.n, of: "change sets", min: nMin.system },
        conditions: [{ text: `at least ${nMin.system} change sets`, met: measured, source: "parameters nMin" }],
        comparison: publicModules,
        grade: "B",
        reasons: [
          ripple.n === 0
            ? `No change set by people touches ${others} in the window.`
            : `${ripple.hits} of ${ripple.n} changes to ${others} also changed another module (${percent(ripple.estimate?.value ?? 0)}).`,
          ...(ripple.hubs.length > 0
            ? [
                `${ripple.hubs.map((hub) => estate.components[hub]?.name).join(", ")}: in more than half of all changes, counted apart.`,
              ]
            : []),
        ],
        missing: measured
          ? []
          : [
              {
                input: `at least ${nMin.system} change sets by people (there are ${ripple.n})`,
                how: withLongerWindow(estate, (sets) => pooledRipple(sets, estate.subjects, estate.parameters).n >= nMin.system),
              },
            ],
        findings: [
          ...jointChanges(estate, ripple, id, "module"),
          ...pairs
            .filter((pair) => pair.hot && pair.beyondChance && !ripple.hubs.includes(pair.a) && !ripple.hubs.includes(pair.b))
            .slice(0, 20)
            .map((pair) => coupled(estate, pair)),
        ],
      },
      ci.level,
    ),
    measures: pairs.map((pair) => pairMeasure(estate, pair)),
  };
};

function coupled(estate: Estate, pair: Pair): Finding {
  const { from, to, share } = strongerDirection(estate, pair);
  return pairFinding(estate, pair, {
    code: `${id}/coupled-modules`,
    severity: "note",
    message: `${percent(share)} of the changes to ${from?.name} also change ${to?.name} (${pair.shared} together in ${estate.parameters.pairs.months} months, ${(pair.lift ?? 1).toFixed(1)} times what wide changes and busy modules explain).`,
    fix: "Read a few of the commits: the boundary may run through one thing, or an interface is missing.",
  });
}
