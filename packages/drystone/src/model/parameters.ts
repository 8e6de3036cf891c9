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
  readonly F: { readonly monolithTeam: number; readonly monolithCaution: number; readonly boundaryChurnPerQuarter: number };
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
  A1: { tLo: 0.1, tHi: 0.25, hotPairN: 5, hotPairConfLo: 0.3, hotServiceShare: 1 / 3, hub: 0.5 },
  pairs: { months: 24, degree: 0.3, q: 0.05, lift: 1.5, draws: 400, halfLifeDays: 180 },
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
  F: { monolithTeam: 8, monolithCaution: 12, boundaryChurnPerQuarter: 0.1 },
  J: { flipMax: 1, trendP: 0.05, fdr: 0.05, practicalDelta: 0.05 },
  K: { known: 4, likelyPresent: 3, unlikelyPresent: 1, unlikelyAbsent: 4, services: 3 },
};
