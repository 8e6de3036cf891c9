/** How numbers moved over time. */
import type { JSX } from "preact";
import type { ViewProps } from "../page.js";
import { Command } from "../parts/command.js";
import { Title } from "../parts/heading.js";
import { Code, Waiting } from "../parts/text.js";

export function Trends({ data }: ViewProps): JSX.Element {
  return (
    <>
      <Title lead="A trend within one result compares windows of the same length; between two results, only what moved beyond noise is shown.">
        Trends
      </Title>
      <Waiting>
        This result holds no series. Two results of different days can be compared:{" "}
        {data.diff === null ? "" : "see the answer of this report, or "}
        <Command text="drystone report NEW.json --against OLD.json --format html" />, where{" "}
        <Code text="drystone assess --format json" /> wrote both.
      </Waiting>
    </>
  );
}
