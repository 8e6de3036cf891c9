/** Runbooks as files: for one component where its folder or its name says so, else for all of the repository. */
import { lastPart } from "#collect/manifests/index.js";
import type { BaselineSign } from "#model/baseline.js";
import type { ComponentNames } from "./component-names.js";
import { type ComponentPlace, isInside } from "./component-place.js";

export function isRunbook(path: string): boolean {
  return (
    /\.(?:md|mdx|adoc|rst|txt|html)$/i.test(path) &&
    /(?:^|\/)(?:[\w-]{0,40}(?:run-?books?|play-?books?)(?:[\w.-]{0,60}|\/.{1,200})|operations?\.\w{2,4}|on-?call[\w.-]{0,40})$/i.test(
      path,
    ) &&
    !/(?:^|\/)(?:node_modules|vendor)\//.test(path)
  );
}

export function signsOfRunbook(
  path: string,
  repository: string,
  places: readonly ComponentPlace[],
  names: ComponentNames,
): BaselineSign[] {
  const inside = places.filter(
    (place) => place.repository === repository && place.paths.some((folder) => folder !== "" && isInside(path, folder)),
  );
  const stem = lastPart(path)
    .replace(/\.\w+$/, "")
    .replace(/[-_.]?(?:run-?book|play-?book)s?[-_.]?/i, "");
  const named = stem === "" ? [] : names.named(stem);
  const general = /^(?:readme|index|operations?|on-?call|general|common)?$/i.test(stem);
  const refs = inside.length > 0 ? inside.map(({ ref }) => ref) : named.length > 0 ? named : general ? [null] : [];
  return refs.map((component) => ({
    component,
    kind: "runbook",
    subject: path,
    detail: null,
    value: null,
    reach: "component",
    evidence: { type: "file", repository, file: path, line: 1 },
  }));
}
