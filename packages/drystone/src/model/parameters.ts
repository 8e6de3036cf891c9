/** Every default in one place; a report echoes them as used. Sources: metrics.md sections named beside each. */

export interface Parameters {
  readonly window: { readonly months: number | null; readonly days: number | null; readonly endAtLastActivity: boolean };
  readonly changeSet: {
    readonly unit: "auto" | "commit" | "mainline" | "ticket";
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
    readonly requiredPairs: number;
    /** Deploys of a service, requests of an endpoint, finished work items. */
    readonly deploys: number;
    readonly traces: number;
    readonly items: number;
  };
  readonly ci: {
    readonly level: number;
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
    /** False discoveries among the pairs that changed together more than chance explains, as a share at most. */
    readonly q: number;
    readonly lift: number;
    readonly draws: number;
    readonly halfLifeDays: number;
  };
  readonly A2: {
    readonly windowMinutes: number;
    /** Share of the usual gap between deploys of one day that the window may not exceed. */
    readonly adaptive: number;
    readonly obsLo: number;
    readonly excess: number;
    readonly p: number;
    readonly permutations: number;
    readonly structuralShare: number;
    readonly pairShare: number;
    readonly batchAbsent: number;
    readonly weeks: number;
    /** Deploys of one version within this time are one: canaries and repetitions. */
    readonly sameVersionHours: number;
  };
  readonly A3: {
    /** Calls between services per request. */
    readonly calls: number;
    readonly repeat: number;
    readonly netShare: number;
    readonly trafficHi: number;
    readonly trafficLo: number;
    readonly orphanMax: number;
    readonly days: number;
    /** Share of the requests that endpoints with enough of them must carry before nothing can be said to be there: ours, no source. */
    readonly judgedShare: number;
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
  /** Split signals: metrics.md B. */
  readonly B: {
    readonly growthDiff: number;
    readonly growthMonths: number;
    readonly pmrRatio: number;
    readonly loadCorrelation: number;
    /** What a request takes of a resource, against the rest; and the share of that resource that makes it matter. */
    readonly resourceRatio: number;
    readonly costShare: number;
    readonly conductance: number;
    readonly attachment: number;
    readonly reverseFanIn: number;
    readonly files: number;
    readonly codeShare: number;
    readonly rateRatio: number;
    readonly dispersion: number;
    readonly solo: number;
    readonly trigger: number;
    readonly coverage: number;
    readonly focus: number;
    readonly maxTeam: number;
    readonly workChanges: number;
    readonly tablePhi: number;
    readonly tables: number;
    readonly tablesKnown: number;
  };
  /** Prerequisites of a split: metrics.md C. */
  readonly C: {
    readonly stableLo: number;
    readonly stableHi: number;
    readonly truckFactor: number;
    readonly ownerLo: number;
    readonly ownerHi: number;
    readonly rippleLo: number;
    readonly rippleHi: number;
    readonly contractLo: number;
    readonly contractHi: number;
    readonly knowledgeLo: number;
    readonly knowledgeHi: number;
    readonly tenureMonths: number;
    readonly ownWords: number;
    /** Split signals that a split needs (K). */
    readonly signals: number;
    /** Months for which the answer of a person counts. */
    readonly declExpiryMonths: number;
  };
  readonly D: {
    readonly ownerLo: number;
    readonly ownerHi: number;
    readonly crossTeamLo: number;
    readonly crossTeamHi: number;
    /** Of the pairs of people who need to coordinate, the share that must be seen doing so before nothing is missing. */
    readonly congruence: number;
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
  /** Boundary candidates: metrics.md E2. */
  readonly E: {
    readonly structure: number;
    readonly coChange: number;
    readonly data: number;
    readonly runtime: number;
    readonly words: number;
    readonly people: number;
    readonly leastCoChanges: number;
    readonly leastCosine: number;
    /** Runs of the community search, spread over the resolutions. */
    readonly runs: number;
    readonly consensus: number;
    readonly phi: number;
    readonly sizeLo: number;
    readonly sizeHi: number;
    readonly zMax: number;
    readonly nullDraws: number;
    /** Share of the nodes that import one which is then left out: ours, no source. */
    readonly hub: number;
    /** More program files than this are taken together by folder. */
    readonly nodes: number;
  };
  readonly F: {
    readonly monolithTeam: number;
    readonly monolithCaution: number;
    readonly boundaryChurnPerQuarter: number;
    /** How much more the groups of files that change together differ from quarter to quarter than halves of one quarter do. */
    readonly communityChurn: number;
    /** Round trip of one call within a zone, milliseconds: assumed. */
    readonly rttMs: number;
    /** Hours per month that one more deployable takes: assumed until declared. */
    readonly opsHoursPerService: number;
    /** Hours of work that one coordination between two teams takes: assumed until declared. */
    readonly touchHours: number;
    /** Hours that one change of a contract takes each consumer: assumed until declared. */
    readonly contractHours: number;
    readonly goRatio: number;
    /** Both directions of a pair, for merging. */
    readonly mergeConfidence: number;
    readonly mergeRules: number;
    /** Share of the pain inside a monolith that boundary violations explain. */
    readonly violationShare: number;
  };
  readonly G: {
    readonly sessionGapHours: number;
    readonly leadInHours: number;
    readonly littleMax: number;
  };
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
  readonly J: { readonly flipMax: number; readonly trendP: number; readonly practicalDelta: number };
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
  nMin: {
    system: 30,
    service: 10,
    pair: 5,
    devs: 5,
    devCommits: 10,
    requiredPairs: 20,
    deploys: 20,
    traces: 200,
    items: 20,
  },
  ci: { level: 0.95, draws: 1000, seed: 1 },
  check: { unresolvedShare: 0.01 },
  A1: { tLo: 0.1, tHi: 0.25, hotPairN: 5, hotPairConfLo: 0.3, hotServiceShare: 1 / 3, hub: 0.5 },
  pairs: { months: 24, q: 0.05, lift: 1.5, draws: 400, halfLifeDays: 180 },
  A2: {
    windowMinutes: 60,
    adaptive: 0.25,
    obsLo: 0.5,
    excess: 0.25,
    p: 0.05,
    permutations: 199,
    structuralShare: 0.5,
    pairShare: 1 / 3,
    batchAbsent: 0.2,
    weeks: 8,
    sameVersionHours: 24,
  },
  A3: {
    calls: 15,
    repeat: 5,
    netShare: 0.3,
    trafficHi: 0.2,
    trafficLo: 0.05,
    orphanMax: 0.1,
    days: 3,
    judgedShare: 0.5,
    depth: 5,
    operations: 10,
  },
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
  B: {
    growthDiff: 0.05,
    growthMonths: 6,
    pmrRatio: 2,
    loadCorrelation: 0.5,
    resourceRatio: 5,
    costShare: 0.1,
    conductance: 0.1,
    attachment: 3,
    reverseFanIn: 0.02,
    files: 3,
    codeShare: 0.01,
    rateRatio: 2,
    dispersion: 3,
    solo: 0.5,
    trigger: 2,
    coverage: 0.8,
    focus: 0.5,
    maxTeam: 9,
    workChanges: 30,
    tablePhi: 0.05,
    tables: 2,
    tablesKnown: 0.5,
  },
  C: {
    stableLo: 0.6,
    stableHi: 0.75,
    truckFactor: 2,
    ownerLo: 0.6,
    ownerHi: 0.5,
    rippleLo: 0.15,
    rippleHi: 0.25,
    contractLo: 0.8,
    contractHi: 1,
    knowledgeLo: 0.3,
    knowledgeHi: 0.6,
    tenureMonths: 3,
    ownWords: 0.6,
    signals: 2,
    declExpiryMonths: 6,
  },
  D: {
    ownerLo: 0.5,
    ownerHi: 0.75,
    crossTeamLo: 0.1,
    crossTeamHi: 0.25,
    congruence: 0.5,
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
  E: {
    structure: 0.25,
    coChange: 0.3,
    data: 0.2,
    runtime: 0.1,
    words: 0.05,
    people: 0.1,
    leastCoChanges: 3,
    leastCosine: 0.2,
    runs: 50,
    consensus: 0.8,
    phi: 0.25,
    sizeLo: 0.05,
    sizeHi: 0.4,
    zMax: -3,
    nullDraws: 200,
    hub: 0.05,
    nodes: 1500,
  },
  F: {
    monolithTeam: 8,
    monolithCaution: 12,
    boundaryChurnPerQuarter: 0.1,
    communityChurn: 0.3,
    rttMs: 1.5,
    opsHoursPerService: 10,
    touchHours: 1.5,
    contractHours: 1.5,
    goRatio: 2,
    mergeConfidence: 0.5,
    mergeRules: 2,
    violationShare: 0.5,
  },
  G: { sessionGapHours: 2, leadInHours: 1, littleMax: 0.2 },
  H: { divergenceLo: 0.2, divergenceHi: 0.5, minUsers: 4, majors: 2, knownShare: 0.7, thirdPartyUsers: 3 },
  I: { coverage: 1 },
  J: { flipMax: 1, trendP: 0.05, practicalDelta: 0.05 },
  K: { known: 4, likelyPresent: 3, unlikelyPresent: 1, unlikelyAbsent: 4, services: 3 },
};
