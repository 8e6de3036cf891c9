/** The views, in the order and the groups of the navigation. */
import type { ComponentType } from "preact";
import { isDeployable, isWhole, measuresOf, type PageData } from "../model.js";
import type { ViewProps } from "../page.js";
import { AdviceView } from "./advice.js";
import { Answer } from "./answer.js";
import { Baseline } from "./baseline.js";
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
import { wholeOf } from "./whole.js";

interface View {
  readonly id: string;
  readonly title: string;
  readonly component: ComponentType<ViewProps>;
  readonly shown?: (data: PageData) => boolean;
}

const withPeople = ({ people }: PageData): boolean => people !== "off";

/** A result of one question (`check`, `ops check`, `contracts`) has no views of what nobody looked at: empty they would look like an answer. */
const asked =
  (...ids: readonly string[]) =>
  ({ result }: PageData): boolean =>
    isWhole(result) || result.assessments.some(({ id }) => ids.includes(id));
const withServices = ({ result }: PageData): boolean =>
  isWhole(result) || result.model.components.some((component) => component.built && isDeployable(component));

export const sections: readonly { readonly title: string; readonly views: readonly View[] }[] = [
  {
    title: "Answer",
    views: [
      { id: "answer", title: "The answer", component: Answer },
      { id: "findings", title: "Findings", component: Findings },
      {
        id: "advice",
        title: "Advice",
        component: AdviceView,
        shown: ({ result }) => isWhole(result) || result.advice.length > 0,
      },
    ],
  },
  {
    title: "Structure",
    views: [
      { id: "estate", title: "Estate", component: Estate, shown: withServices },
      { id: "dependencies", title: "Dependencies", component: Dependencies, shown: asked("change-coupling") },
      { id: "modules", title: "Boundaries", component: Modules, shown: asked("module-boundaries", "ownership-rules") },
      { id: "baseline", title: "Operational baseline", component: Baseline, shown: asked("operational-baseline") },
    ],
  },
  {
    title: "Shared",
    views: [
      { id: "stores", title: "Stores and tables", component: DataStores, shown: asked("shared-datastore") },
      { id: "libraries", title: "Libraries", component: Libraries, shown: asked("shared-code", "library-drift") },
      { id: "contracts", title: "Contracts", component: Contracts, shown: asked("interface-mandate", "contract-compatibility") },
    ],
  },
  {
    title: "Organisation",
    views: [
      {
        id: "ownership",
        title: "Ownership",
        component: Ownership,
        shown: (data) => withPeople(data) && asked("ownership")(data),
      },
      { id: "flow", title: "Flow", component: Flow, shown: (data) => withPeople(data) && asked("flow")(data) },
      { id: "trends", title: "Trends", component: TrendsView, shown: asked("change-coupling") },
    ],
  },
  {
    title: "Evidence",
    views: [
      { id: "method", title: "Method", component: Method },
      { id: "whole", title: "Whole report", component: wholeOf(({ data }) => printedViews(data)) },
    ],
  },
];

/** The sections of this result, without views that it has nothing for. */
export function shownSections(data: PageData): typeof sections {
  return sections
    .map((section) => ({ ...section, views: section.views.filter((view) => view.shown?.(data) ?? true) }))
    .filter(({ views }) => views.length > 0);
}

/** On paper: no sheet that only says what it waits for (the answer lists that), and the long list of findings behind the pictures. */
function printedViews(data: PageData): readonly View[] {
  const { result } = data;
  const empty = new Set([
    "whole",
    ...(result.advice.length === 0 ? ["advice"] : []),
    ...(measuresOf(result, "flow.state").length === 0 ? ["flow"] : []),
    ...(measuresOf(result, "trend.changes").length === 0 ? ["trends"] : []),
  ]);
  const printed = shownSections(data)
    .flatMap(({ views }) => views)
    .filter(({ id }) => !empty.has(id));
  const last = ["findings", "method"];
  return [...printed.filter(({ id }) => !last.includes(id)), ...printed.filter(({ id }) => last.includes(id))];
}

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
