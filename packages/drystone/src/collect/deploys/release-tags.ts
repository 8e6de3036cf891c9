/** Tags that name a service and a version: they show when something was released. */
import { type Clone, git } from "#collect/git/index.js";
import type { ComponentNames } from "#collect/records/index.js";
import type { DeployFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { releaseTag } from "./tag-names.js";

const mostTags = 20_000;

/** @param only the one deployable of the repository, whose releases tags like `v1.2.3` are; null where there are several or none */
export function releaseTags(clone: Clone, find: ComponentNames["find"], only: Ref | null, source: string): DeployFact[] {
  const shown = git(clone.gitDirectory, [
    "for-each-ref",
    `--count=${mostTags}`,
    "--sort=-creatordate",
    "--format=%(creatordate:unix) %(refname:strip=2)",
    "refs/tags",
  ]);
  return shown.stdout
    .toString("utf8")
    .split("\n")
    .flatMap((line): DeployFact[] => {
      const space = line.indexOf(" ");
      const [time, tag] = [Number.parseInt(line.slice(0, space), 10), line.slice(space + 1)];
      const release = releaseTag(tag);
      if (release === null || release.isPrerelease || !(time > 0)) return [];
      const component = release.service === "" ? only : find(release.service);
      if (component === null) return [];
      return [
        {
          id: `tag ${tag}`,
          component,
          service: release.service || clone.id,
          version: release.version,
          environment: "",
          time,
          success: null,
          proxy: true,
          source,
        },
      ];
    });
}
