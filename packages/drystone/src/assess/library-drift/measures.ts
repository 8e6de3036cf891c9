/** Numbers of library drift: each internal library, third-party libraries together, and changes that only upgrade. */
import type { Estate } from "#derive/estate/index.js";
import { upgradeOnlyChanges } from "#derive/libraries/index.js";
import type { Measure } from "#model/result.js";
import { rounded, windowText } from "../_shared/index.js";
import type { Drift } from "./findings.js";

export function measuresOf(estate: Estate, internal: readonly Drift[], thirdParty: readonly Drift[]): Measure[] {
  return [
    ...internal.flatMap(divergenceMeasure),
    ...internal.map((drift) => reachMeasure(estate, drift)),
    ...thirdPartyMeasure(thirdParty),
    ...upgradeMeasure(estate),
  ];
}

function divergenceMeasure({ library, divergence, state }: Drift): Measure[] {
  if (divergence === null) return [];
  return [
    {
      id: "library.divergence",
      subjects: library.component === null ? [] : [library.component],
      value: rounded(divergence.value),
      unit: "ratio",
      interval: null,
      sample: { n: divergence.known, of: "services with an exact version" },
      window: null,
      detail: {
        library: library.name,
        versions: divergence.versions.length,
        effective: rounded(divergence.effective),
        majors: divergence.majors.length,
        users: divergence.users,
        state,
      },
    },
  ];
}

/** Services that a change of the library has to be built into, tested with and deployed in. */
function reachMeasure(estate: Estate, { library, reach, users, changes }: Drift): Measure {
  return {
    id: "library.reach",
    subjects: library.component === null ? [] : [library.component],
    value: reach.length,
    unit: "services",
    interval: null,
    sample: changes === null ? null : { n: changes.length, of: "change sets" },
    window: changes === null ? null : windowText(estate),
    detail: { library: library.name, direct: users.length },
  };
}

function thirdPartyMeasure(thirdParty: readonly Drift[]): Measure[] {
  const known = thirdParty.flatMap(({ divergence, state }) => (divergence === null || state === "unknown" ? [] : [divergence]));
  if (known.length === 0) return [];
  return [
    {
      id: "library.third-party-divergence",
      subjects: ["system"],
      value: rounded(known.reduce((sum, { value }) => sum + value, 0) / known.length),
      unit: "ratio",
      interval: null,
      sample: { n: known.length, of: "third-party libraries" },
      window: null,
      detail: {
        severalVersions: known.filter(({ versions }) => versions.length > 1).length,
        severalMajors: known.filter(({ majors }) => majors.length > 1).length,
        withoutExactVersions: thirdParty.length - known.length,
      },
    },
  ];
}

function upgradeMeasure(estate: Estate): Measure[] {
  const upgrades = upgradeOnlyChanges(estate);
  if (upgrades === null || upgrades.people.sets === 0) return [];
  return [
    {
      id: "library.upgrade-only",
      subjects: ["system"],
      value: rounded(upgrades.people.upgrades / upgrades.people.sets),
      unit: "share of change sets",
      interval: null,
      sample: { n: upgrades.people.sets, of: "change sets" },
      window: windowText(estate),
      detail: { byPeople: upgrades.people.upgrades, byBots: upgrades.bots.upgrades },
    },
  ];
}
