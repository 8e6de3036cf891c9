/** The six symptoms: each number with its interval against its thresholds and the range of public systems; unknown is drawn as unknown. */
import type { Assessment, Result, VerdictWord } from "../../model.js";
import { Picture } from "../shared/picture.js";
import { bounded, counted, percent } from "../shared/text.js";
import { type PublicRange, publicRangeOf, type Thresholds, thresholdsOf } from "./scale.js";

const symptoms = ["change-coupling", "lockstep-deployment", "chattiness", "developer-spread", "shared-datastore", "shared-code"];

interface SymptomBarsProps {
  readonly result: Result;
  /** Where a symptom is explained; the question is plain text without it. */
  readonly href?: (assessment: Assessment) => string;
  /** Other assessments than the six symptoms. */
  readonly ids?: readonly string[];
}

export function SymptomBars({ result, href, ids = symptoms }: SymptomBarsProps) {
  const shown = ids.flatMap((id) => result.assessments.find((assessment) => assessment.id === id) ?? []);
  const having = (...words: VerdictWord[]): number => shown.filter(({ verdict }) => words.includes(verdict)).length;
  return (
    <Picture
      title="The six symptoms"
      summary={`${having("present")} present, ${having("mixed")} mixed, ${having("absent")} absent, ${having("unknown")} unknown${having("not-applicable") > 0 ? `, ${having("not-applicable")} not applicable` : ""}. One present symptom alone is no problem: there are always exceptions.`}
      table={null}
      legend={
        <ul>
          <li>
            <BarSample />
            measured, with its interval
          </li>
          <li>┆ thresholds: absent below the left one, present above the right one</li>
          <li>├─┼─┤ public systems: lowest, median, highest</li>
        </ul>
      }
    >
      <ul class="symptoms">
        {shown.map((assessment) => (
          <Symptom key={assessment.id} assessment={assessment} href={href?.(assessment) ?? null} />
        ))}
      </ul>
    </Picture>
  );
}

const symbols = new Map<VerdictWord, string>([
  ["present", "■"],
  ["misaligned", "■"],
  ["not-met", "■"],
  ["mixed", "◧"],
  ["absent", "□"],
  ["aligned", "□"],
  ["met", "□"],
  ["not-applicable", "–"],
]);

function Symptom({ assessment, href }: { readonly assessment: Assessment; readonly href: string | null }) {
  const { verdict, question } = assessment;
  return (
    <li class={`symptom ${toneOf(verdict)}`}>
      <span class="symptom-question">{href === null ? question : <a href={href}>{question}</a>}</span>
      <span class="symptom-verdict">
        <span aria-hidden="true">{symbols.get(verdict) ?? "?"} </span>
        {verdict.replaceAll("-", " ")}
      </span>
      <span class="symptom-bar">
        <Bar assessment={assessment} />
      </span>
    </li>
  );
}

function toneOf(verdict: VerdictWord): string {
  if (verdict === "present" || verdict === "misaligned" || verdict === "not-met") return "present";
  if (verdict === "mixed") return "mixed";
  return verdict === "absent" || verdict === "aligned" || verdict === "met" ? "absent" : "unknown";
}

const width = 360;
const track = { left: 4, right: 352, y: 15 };

function Bar({ assessment }: { readonly assessment: Assessment }) {
  const { value, interval, unit, verdict, missing, reasons, sample } = assessment;
  const isShare = unit?.startsWith("share") ?? false;
  if (value === null || !isShare) {
    const [way] = missing;
    const why =
      verdict === "not-applicable"
        ? (reasons[0] ?? "Does not apply.")
        : verdict === "unknown" && way !== undefined
          ? `Needs ${way.input}.`
          : (reasons[0] ?? "");
    return (
      <span class="symptom-words">
        {verdict === "unknown" ? <NotMeasured /> : null}
        {bounded(why)}
      </span>
    );
  }
  const thresholds = thresholdsOf(assessment);
  const range = publicRangeOf(assessment);
  const few = sample !== null && sample.min !== undefined && sample.n < sample.min;
  const text = `${percent(value)}${interval === null ? "" : `, ${percent(interval[0])} to ${percent(interval[1])}`} (${unit}; ${sample === null ? "" : `${counted(sample.n, "case")} `}${few ? `of ${sample.min} needed` : ""})`;
  return (
    <>
      <Drawing value={value} interval={interval} thresholds={thresholds} range={range} few={few} label={text} />
      <span class="symptom-number">
        <b>{percent(value)}</b> {unit?.replace("share of", "of")}
        {sample === null
          ? ""
          : few
            ? ` · only ${sample.n} of ${sample.min} ${sample.of} needed`
            : ` · n = ${sample.n.toLocaleString("en")}`}
      </span>
    </>
  );
}

interface DrawingProps {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly thresholds: Thresholds;
  readonly range: PublicRange | null;
  readonly few: boolean;
  readonly label: string;
}

function Drawing({ value, interval, thresholds: { low, high }, range, few, label }: DrawingProps) {
  const x = (share: number): number => track.left + Math.max(0, Math.min(1, share)) * (track.right - track.left);
  return (
    <svg viewBox={`0 0 ${width} 44`} width={width} height={44} role="img" aria-label={label}>
      <rect class="track" x={x(0)} y={track.y - 5} width={x(1) - x(0)} height={10} rx={2} />
      {high === null ? null : <rect class="zone" x={x(high)} y={track.y - 5} width={x(1) - x(high)} height={10} rx={2} />}
      {[low, high].map((threshold, at) =>
        threshold === null ? null : (
          <g key={at} class="threshold">
            <line x1={x(threshold)} x2={x(threshold)} y1={track.y - 10} y2={track.y + 10} />
            <text x={x(threshold)} y={42}>
              {percent(threshold)}
            </text>
          </g>
        ),
      )}
      {range === null ? null : (
        <g class="range">
          <title>{`${range.systems} public systems: ${percent(range.low)} to ${percent(range.high)}, median ${percent(range.median)}`}</title>
          <path
            d={`M${x(range.low)} 26V32M${x(range.low)} 29H${x(range.high)}M${x(range.high)} 26V32M${x(range.median)} 25V33`}
          />
        </g>
      )}
      {interval === null ? null : (
        <path
          class={`interval${few ? " few" : ""}`}
          d={`M${x(interval[0])} ${track.y}H${x(interval[1])}M${x(interval[0])} ${track.y - 4}V${track.y + 4}M${x(interval[1])} ${track.y - 4}V${track.y + 4}`}
        />
      )}
      <circle class={`value${few ? " few" : ""}`} cx={x(value)} cy={track.y} r={5} />
    </svg>
  );
}

/** An empty dashed track: nothing was measured, which is not nothing found. */
function NotMeasured() {
  return (
    <svg viewBox={`0 0 ${width} 22`} width={width} height={22} role="img" aria-label="not measured">
      <rect class="empty" x={track.left} y={5} width={track.right - track.left} height={10} rx={2} />
      <text class="empty-word" x={track.left + 8} y={14}>
        ?
      </text>
    </svg>
  );
}

function BarSample() {
  return (
    <svg class="symptom-sample" viewBox="0 0 40 12" width={40} height={12} aria-hidden="true">
      <path class="interval" d="M4 6H36M4 2V10M36 2V10" />
      <circle class="value" cx={20} cy={6} r={4.5} />
    </svg>
  );
}
