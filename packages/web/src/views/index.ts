/** The views, in the order and the groups of the navigation. */
import type { ComponentType } from "preact";
import type { PageData } from "../model.js";
import type { ViewProps } from "../page.js";
import { AdviceView } from "./advice.js";
import { Answer } from "./answer.js";
import { ComponentPage } from "./component.js";
import { Contracts } from "./contracts.js";
import { DataStores } from "./data-stores.js";
import { Dependencies } from "./dependencies.js";
import { Estate } from "./estate.js";
import { FindingPage } from "./finding.js";
import { Findings } from "./findings.js";
import { Flow } from "./flow.js";
import { Libraries } from "./libraries.js";
import { Method } from "./method.js";
import { Modules } from "./modules.js";
import { NoView } from "./no-view.js";
import { Ownership } from "./ownership.js";
import { PairPage } from "./pair.js";
import { TeamPage } from "./team.js";
import { TrendsView } from "./trends.js";
import { Whole } from "./whole.js";

interface View {
  readonly id: string;
  readonly title: string;
  readonly component: ComponentType<ViewProps>;
  readonly shown?: (data: PageData) => boolean;
}

const withPeople = ({ people }: PageData): boolean => people !== "off";

export const sections: readonly { readonly title: string; readonly views: readonly View[] }[] = [
  {
    title: "Answer",
    views: [
      { id: "answer", title: "The answer", component: Answer },
      { id: "findings", title: "Findings", component: Findings },
      { id: "advice", title: "Advice", component: AdviceView },
    ],
  },
  {
    title: "Structure",
    views: [
      { id: "estate", title: "Estate", component: Estate },
      { id: "dependencies", title: "Dependencies", component: Dependencies },
      { id: "modules", title: "Boundaries", component: Modules },
    ],
  },
  {
    title: "Shared",
    views: [
      { id: "stores", title: "Stores and tables", component: DataStores },
      { id: "libraries", title: "Libraries", component: Libraries },
      { id: "contracts", title: "Contracts", component: Contracts },
    ],
  },
  {
    title: "Organisation",
    views: [
      { id: "ownership", title: "Ownership", component: Ownership, shown: withPeople },
      { id: "flow", title: "Flow", component: Flow, shown: withPeople },
      { id: "trends", title: "Trends", component: TrendsView },
    ],
  },
  {
    title: "Evidence",
    views: [
      { id: "method", title: "Method", component: Method },
      { id: "whole", title: "Whole report", component: Whole },
    ],
  },
];

/** Pages of one thing: not in the navigation, every mention of the thing leads there. */
const pages = new Map<string, ComponentType<ViewProps>>([
  ["finding", FindingPage],
  ["component", ComponentPage],
  ["pair", PairPage],
  ["team", TeamPage],
]);

export function viewOf(id: string): ComponentType<ViewProps> {
  return pages.get(id) ?? sections.flatMap(({ views }) => views).find((view) => view.id === id)?.component ?? NoView;
}
