/** The frame of the page: what is fixed around the view, and which view the address asks for. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { clean, type ReportView, reportView } from "../../drystone/src/report/_shared/index.js";
import { nameOf, type PageData } from "./model.js";
import { Name } from "./parts/text.js";
import { hrefOf, parseRoute, type Route, refOf } from "./route.js";
import { SchemeSwitch } from "./scheme-switch.js";
import { Search } from "./search.js";
import { sections, shownSections, viewOf } from "./views/index.js";

export function App({ data }: { readonly data: PageData }): JSX.Element {
  const { result } = data;
  const report = useMemo(() => reportView(result, data.people), [data]);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const View = viewOf(route.view);
  const title = titleOf(route, data);
  const address = [route.view, ...route.parts].join("/");
  useAfterFirst(() => {
    document.title = `${title} – ${clean(result.inputs.system, 60)}`;
    window.scrollTo(0, 0);
    main.current?.querySelector("h1")?.focus();
  }, [address]);
  useEffect(() => {
    document.title = `${title} – ${clean(result.inputs.system, 60)}`;
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => skipTo(event, main.current)}>
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={hrefOf("answer")}>
          <span class="quiet">Drystone</span> <Name text={result.inputs.system} width={40} />
        </a>
        <Search data={data} />
        <SchemeSwitch />
      </header>
      <div class="frame">
        <Navigation current={route.view} data={data} />
        <main id="main" ref={main} tabIndex={-1}>
          <View key={address} data={data} result={result} report={report} parts={route.parts} />
          <footer class="quiet">
            {scopeOf(report)}
            Written by drystone {clean(result.tool.version, 20)}; nothing in this page is loaded from elsewhere or sent anywhere.
          </footer>
        </main>
      </div>
    </>
  );
}

/** `9 services and 1 repository, 2025-01-01 to 2026-01-01, commit 1a2b3c. `; empty where the result says none of it. */
function scopeOf({ scope }: ReportView): string {
  const parts = [scope.contents, scope.window, scope.head === null ? null : `commit ${scope.head}`];
  const said = parts.filter((part) => part !== null && part !== "").join(", ");
  return said === "" ? "" : `${said}. `;
}

function Navigation({ current, data }: { readonly current: string; readonly data: PageData }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <nav aria-label="Views" class={open ? "views open" : "views"}>
      <button type="button" class="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        Views
      </button>
      <div class="groups">
        {shownSections(data).map((section) => (
          <div key={section.title} class="group">
            <p class="group-title" id={`group-${section.title}`}>
              {section.title}
            </p>
            <ul aria-labelledby={`group-${section.title}`}>
              {section.views.map((view) => (
                <li key={view.id}>
                  <a
                    href={hrefOf(view.id)}
                    aria-current={isCurrent(view.id, current) ? "page" : undefined}
                    onClick={() => setOpen(false)}
                  >
                    {view.title}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

/** Pages of one thing belong to the list that leads to them. */
const parents = new Map([
  ["finding", "findings"],
  ["component", "components"],
  ["pair", "dependencies"],
  ["team", "ownership"],
]);

function isCurrent(id: string, current: string): boolean {
  return id === (parents.get(current) ?? current);
}

function titleOf({ view, parts }: Route, { result }: PageData): string {
  const known = sections.flatMap(({ views }) => views).find(({ id }) => id === view);
  if (known !== undefined) return known.title;
  const named = parts.map((part) => clean(nameOf(result, refOf(part)), 60)).join(" and ");
  return view === "finding" || named === "" ? "Finding" : named;
}

function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Runs when `inputs` change, but not when the page is opened: the browser has its own start there. */
function useAfterFirst(effect: () => void, inputs: readonly unknown[]): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else effect();
  }, [...inputs]);
}

// The address belongs to the views, so the link moves the focus itself.
function skipTo(event: Event, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}
