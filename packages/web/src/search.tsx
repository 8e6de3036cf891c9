import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { clean } from "../../drystone/src/report/_shared/index.js";
import { findingsOf, measuresOf, nameOf, type PageData, type Result } from "./model.js";
import { Name, Sentence } from "./parts/text.js";
import { componentHref, findingHref, hrefOf, pairHref } from "./route.js";

interface Entry {
  readonly kind: "component" | "team" | "store" | "finding" | "commit";
  readonly text: string;
  readonly href: string;
  /** Lower case, what is searched. */
  readonly words: string;
}

const shownEntries = 12;

/** Finds components, teams, stores and findings by any part of their name, commits by the start of their id. `/` leads here, arrows move, Escape closes. */
export function Search({ data }: { readonly data: PageData }): JSX.Element {
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const entries = useMemo(() => entriesOf(data.result), [data]);
  const found = useMemo(() => [...matching(entries, query), ...commitsOf(data.result, query)], [entries, query]);
  useSlash(input);
  const isOpen = open && query.trim() !== "";
  return (
    <div
      class="search"
      role="search"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          setOpen(false);
          input.current?.focus();
        } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
          event.preventDefault();
          moveFocus(box.current, event.key === "ArrowDown" ? 1 : -1);
        }
      }}
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget))) setOpen(false);
      }}
    >
      <label class="unseen" for="search">
        Search components, teams, stores, findings and commits
      </label>
      <input
        id="search"
        ref={input}
        type="search"
        autoComplete="off"
        maxLength={200}
        placeholder="Search  /"
        value={query}
        onFocus={() => setOpen(true)}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setOpen(true);
        }}
      />
      <span class="unseen" role="status">
        {isOpen ? `${found.length} found` : ""}
      </span>
      {isOpen && (
        <ul class="found">
          {found.slice(0, shownEntries).map((entry) => (
            <li key={`${entry.kind} ${entry.href}`}>
              <a
                href={entry.href}
                onClick={() => {
                  setOpen(false);
                  setQuery("");
                }}
              >
                <span class="quiet kind">{entry.kind}</span>
                {entry.kind === "finding" || entry.kind === "commit" ? (
                  <Sentence text={entry.text} limit={90} />
                ) : (
                  <Name text={entry.text} />
                )}
              </a>
            </li>
          ))}
          {found.length === 0 && <li class="none">Nothing has this in its name, and no commit at hand starts with it.</li>}
          {found.length > shownEntries && <li class="none">{found.length - shownEntries} more: type on.</li>}
        </ul>
      )}
    </div>
  );
}

function entriesOf(result: Result): readonly Entry[] {
  const { components, teams, resources } = result.model;
  const named = (kind: Entry["kind"], text: string, href: string): Entry => {
    return { kind, text, href, words: clean(text, 400).toLowerCase() };
  };
  return [
    ...components.map((component) => {
      const entry = named("component", component.name, componentHref(component.ref));
      return {
        ...entry,
        words: [entry.words, ...component.aliases.slice(0, 8).map((alias) => clean(alias, 80).toLowerCase())].join(" "),
      };
    }),
    ...teams.map(({ ref, name }) => named("team", name, hrefOf("team", ref))),
    ...resources.filter(({ kind }) => kind !== "table").map(({ ref, name }) => named("store", name, componentHref(ref))),
    ...findingsOf(result).map(({ finding }) =>
      named(
        "finding",
        finding.message === "" ? finding.subjects.map((ref) => nameOf(result, ref)).join(", ") : finding.message,
        findingHref(finding.fingerprint),
      ),
    ),
  ];
}

function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const hits = entries.filter((entry) => words.every((word) => entry.words.includes(word)));
  const [first = ""] = words;
  return hits.toSorted((one, other) => Number(other.words.startsWith(first)) - Number(one.words.startsWith(first)));
}

const commitId = /^[0-9a-f]{4,40}$/;

/** The findings that rest on a commit, and the pairs that it changed together. Nothing is looked at before four digits of an id stand there. */
function commitsOf(result: Result, query: string): readonly Entry[] {
  const start = query.trim().toLowerCase();
  if (!commitId.test(start)) return [];
  const found = new Map<string, Entry>();
  const add = (commit: string, about: string, href: string): void => {
    if (found.size < 60 && !found.has(href))
      found.set(href, { kind: "commit", text: `${commit.slice(0, 12)} ${about}`, href, words: commit });
  };
  for (const { finding } of findingsOf(result)) {
    const seen = finding.evidence.find((each) => each.type === "commit" && each.commit.startsWith(start));
    if (seen?.type === "commit") add(seen.commit, finding.message, findingHref(finding.fingerprint));
  }
  for (const { subjects, detail } of measuresOf(result, "history.shared")) {
    const [one, other] = subjects;
    // `date repository commit;…`
    const commits = String(detail?.["commits"] ?? "")
      .split(";")
      .flatMap((each) => each.split(" ")[2] ?? []);
    const commit = commits.find((each) => each.startsWith(start) || (each.length > 6 && start.startsWith(each)));
    if (commit !== undefined && one !== undefined && other !== undefined)
      add(commit, `changed ${nameOf(result, one)} and ${nameOf(result, other)}`, pairHref(one, other));
  }
  return [...found.values()];
}

function moveFocus(box: HTMLElement | null, by: number): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>("input, .found a") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + by + stops.length) % stops.length]?.focus();
}

function useSlash(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && target.matches("input, textarea, select");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
