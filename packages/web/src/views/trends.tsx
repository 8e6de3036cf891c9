/** How numbers moved over time. */
import type { JSX } from "preact";
import type { ViewProps } from "../page.js";
import { Command } from "../parts/command.js";
import { Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { Trends } from "../pictures/index.js";

export function TrendsView({ data, result }: ViewProps): JSX.Element {
  return (
    <>
      <Title lead="How the numbers moved, period by period, beside what happened. A period with few changes says little, and is drawn so.">
        Trends
      </Title>
      <Later>{() => <Trends result={result} />}</Later>
      <p class="quiet">
        {data.diff === null
          ? "To compare with an earlier result, and see only what moved beyond noise:"
          : "What moved beyond noise since the earlier result stands in the answer. To compare with another one:"}{" "}
        <Command text="drystone report NEW.json --against OLD.json --format html" />
      </p>
    </>
  );
}
