/** Every default in one place; a report echoes them as used. Sources: metrics.md sections named beside each. */

export interface Parameters {
  readonly window: { readonly months: number | null; readonly days: number | null; readonly endAtLastActivity: boolean };
  readonly changeSet: {
    readonly unit: "auto" | "commit" | "mainline" | "ticket" | "session";
    readonly maxFiles: number;
    readonly sweepServices: number;
    readonly sweepShare: number;
    readonly mergesOnMainline: number;
    readonly ticketShare: number;
    readonly ticketDays: number;
    readonly sessionHours: number;
  };
  readonly nMin: {
    readonly system: number;
    readonly service: number;
    readonly pair: number;
    readonly devs: number;
    readonly devCommits: number;
    readonly quarters: number;
    readonly requiredPairs: number;
  };
  readonly ci: {
    readonly level: number;
    readonly overdispersion: "weekBootstrap";
    readonly draws: number;
    readonly seed: number;
  };
  /** Share of the imports that look internal and lead nowhere that `check` tolerates (boundaries.md 4.1). */
  readonly check: { readonly unresolvedShare: number };
  readonly A1: {
    readonly tLo: number;
    readonly tHi: number;
    readonly hotPairN: number;
    readonly hotPairConfLo: number;
    readonly hotServiceShare: number;
    readonly hub: number;
  };
  readonly pairs: {
    readonly months: number;
    readonly degree: number;
    readonly q: number;
    readonly lift: number;
    readonly draws: number;
    readonly halfLifeDays: number;
  };
  readonly A3: {
    /** Hops of nested calls. */
    readonly depth: number;
    /** Different operations that one service calls of another one: ours, no source. */
    readonly operations: number;
  };
  readonly A4: {
    readonly effServices: number;
    readonly shareHi: number;
    readonly shareLo: number;
    readonly outOfTeamLo: number;
    readonly outOfTeamHi: number;
    readonly medianMax: number;
    readonly services: number;
    readonly smallTeam: number;
  };
  readonly A5: {
    readonly symptomLevel: number;
    readonly multiUserShare: number;
    /** With so many tables the interval decides, with fewer the count. */
    readonly tables: number;
    readonly shareLo: number;
    readonly multiUserTables: number;
    /** Services of which nothing is known, as a share. */
    readonly unreadShare: number;
  };
  readonly A6: {
    readonly domainFanIn: number;
    readonly teams: number;
    readonly changesPerMonth: number;
    readonly cloneShare: number;
    /** Lines of services that make a share of copies tell something: ours, no source. */
    readonly lines: number;
    readonly sharedModels: number;
    readonly sameFields: number;
    /** Fields that a type needs to be compared at all: ours, no source. */
    readonly modelFields: number;
    /** Absent below this share of each threshold: ours, no source. */
    readonly absentShare: number;
  };
  readonly C: { readonly stableLo: number; readonly stableHi: number; readonly truckFactor: number };
  readonly D: {
    readonly ownerLo: number;
    readonly ownerHi: number;
    readonly crossTeamLo: number;
    readonly crossTeamHi: number;
    readonly needLo: number;
    readonly needHi: number;
    readonly teamMin: number;
    readonly teamWarn: number;
    readonly teamMax: number;
    readonly orgMax: number;
    readonly driftDays: number;
    readonly activeDays: number;
    readonly spanMax: number;
    readonly layeredLo: number;
    readonly layeredHi: number;
  };
  readonly E3: {
    readonly fanIn: number;
    readonly callers: number;
    readonly tables: number;
    readonly crudShare: number;
    readonly syncShare: number;
    /** Share of the services that makes the system's boundaries technical: ours, no source. */
    readonly smellShare: number;
    /** Median absolute deviations above the median that make a hub. */
    readonly hubDeviations: number;
    /** Assumed of each service, to show what a chain of calls costs. */
    readonly availability: number;
  };
  readonly F: { readonly monolithTeam: number; readonly monolithCaution: number; readonly boundaryChurnPerQuarter: number };
  readonly H: {
    readonly divergenceLo: number;
    readonly divergenceHi: number;
    readonly minUsers: number;
    readonly majors: number;
    /** Users with an exact version that a verdict needs, as a share. */
    readonly knownShare: number;
    readonly thirdPartyUsers: number;
  };
  readonly I: { readonly coverage: number };
  readonly J: { readonly flipMax: number; readonly trendP: number; readonly fdr: number; readonly practicalDelta: number };
  readonly K: {
    readonly known: number;
    readonly likelyPresent: number;
    readonly unlikelyPresent: number;
    readonly unlikelyAbsent: number;
    readonly services: number;
  };
}

export const defaultParameters: Parameters = {
  window: { months: 12, days: null, endAtLastActivity: true },
  changeSet: {
    unit: "auto",
    maxFiles: 30,
    sweepServices: 4,
    sweepShare: 0.5,
    mergesOnMainline: 0.1,
    ticketShare: 0.3,
    ticketDays: 30,
    sessionHours: 24,
  },
  nMin: { system: 30, service: 10, pair: 5, devs: 5, devCommits: 10, quarters: 8, requiredPairs: 20 },
  ci: { level: 0.95, overdispersion: "weekBootstrap", draws: 1000, seed: 1 },
  check: { unresolvedShare: 0.01 },
  A1: { tLo: 0.1, tHi: 0.25, hotPairN: 5, hotPairConfLo: 0.3, hotServiceShare: 1 / 3, hub: 0.5 },
  pairs: { months: 24, degree: 0.3, q: 0.05, lift: 1.5, draws: 400, halfLifeDays: 180 },
  A3: { depth: 5, operations: 10 },
  A4: {
    effServices: 3,
    shareHi: 0.5,
    shareLo: 0.25,
    outOfTeamLo: 0.1,
    outOfTeamHi: 0.25,
    medianMax: 2,
    services: 5,
    smallTeam: 8,
  },
  A5: { symptomLevel: 3, multiUserShare: 0.2, tables: 20, shareLo: 0.1, multiUserTables: 2, unreadShare: 0.3 },
  A6: {
    domainFanIn: 3,
    teams: 2,
    changesPerMonth: 1,
    cloneShare: 0.05,
    lines: 1000,
    sharedModels: 3,
    sameFields: 0.7,
    modelFields: 3,
    absentShare: 0.5,
  },
  C: { stableLo: 0.6, stableHi: 0.75, truckFactor: 2 },
  D: {
    ownerLo: 0.5,
    ownerHi: 0.75,
    crossTeamLo: 0.1,
    crossTeamHi: 0.25,
    needLo: 0.2,
    needHi: 0.5,
    teamMin: 3,
    teamWarn: 9,
    teamMax: 10,
    orgMax: 100,
    driftDays: 90,
    activeDays: 90,
    spanMax: 9,
    layeredLo: 0.2,
    layeredHi: 0.5,
  },
  E3: {
    fanIn: 0.5,
    callers: 3,
    tables: 2,
    crudShare: 0.8,
    syncShare: 0.9,
    smellShare: 1 / 3,
    hubDeviations: 3,
    availability: 0.999,
  },
  F: { monolithTeam: 8, monolithCaution: 12, boundaryChurnPerQuarter: 0.1 },
  H: { divergenceLo: 0.2, divergenceHi: 0.5, minUsers: 4, majors: 2, knownShare: 0.7, thirdPartyUsers: 3 },
  I: { coverage: 1 },
  J: { flipMax: 1, trendP: 0.05, fdr: 0.05, practicalDelta: 0.05 },
  K: { known: 4, likelyPresent: 3, unlikelyPresent: 1, unlikelyAbsent: 4, services: 3 },
};
