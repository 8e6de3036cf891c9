import type { JSX } from "preact";
import type { NameOf } from "../../../drystone/src/report/_shared/index.js";
import type { FoundIn } from "../model.js";
import { Mark } from "./changes.js";
import { FindingLine } from "./finding-line.js";
import { useShown } from "./later.js";

/** Findings one below the other; a long list starts short. `fresh` holds the fingerprints that an earlier result did not have. */
export function FindingList({
  found,
  names,
  first,
  withFix = false,
  fresh,
}: {
  readonly found: readonly FoundIn[];
  readonly names: NameOf;
  readonly first: number;
  readonly withFix?: boolean;
  readonly fresh?: ReadonlySet<string>;
}): JSX.Element {
  const [limit, showMore] = useShown(first);
  const rest = found.length - limit;
  return (
    <>
      <ul class="findings">
        {found.slice(0, limit).map((each, index) => (
          <li key={`${each.finding.fingerprint} ${index}`}>
            {fresh?.has(each.finding.fingerprint) === true && <Mark direction="new" />}
            <FindingLine found={each} names={names} withFix={withFix} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p class="more">
          <button type="button" onClick={showMore}>
            Show {Math.min(200, rest)} more of {found.length}
          </button>
        </p>
      )}
    </>
  );
}
