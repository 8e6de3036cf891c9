/** What calls and starts functions, as their deployment files say: routes are endpoints, queues and topics are consumed. */
import type { Cue, CueBody } from "#collect/code/index.js";
import { type Deployed, isServerlessFunction } from "#collect/deployment/index.js";

/** Technologies by the kind of the event; what else starts functions is no channel between components. */
const technologies: ReadonlyMap<string, string> = new Map([
  ["sqs", "sqs"],
  ["sns", "sns"],
  ["kinesis", "kinesis"],
  ["kafka", "kafka"],
  ["msk", "kafka"],
  ["rabbitmq", "rabbitmq"],
  ["eventbridge", "eventbridge"],
]);

/** Empty for units that are no functions. Names of channels are the last parts of ARNs. */
export function functionCues(unit: Deployed | null): Cue[] {
  if (unit === null || !isServerlessFunction(unit)) return [];
  const cue = (body: CueBody, line: number, text: string): Cue => ({ ...body, file: unit.file, line, text: text.slice(0, 160) });
  const endpoints = unit.httpEvents.map(({ method, path, line }) =>
    cue(
      { kind: "endpoint", method: method === "ANY" ? null : method, path, handler: unit.name },
      line,
      `${unit.name}: ${method} ${path}`,
    ),
  );
  const consumed = unit.triggers.flatMap(({ kind, name, line }) => {
    const technology = technologies.get(kind.toLowerCase());
    const channel = name.split(/[:/]/).at(-1) ?? "";
    if (technology === undefined || !/^[\w.-]{1,120}$/.test(channel)) return [];
    return [cue({ kind: "consumes", technology, channel, message: null }, line, `${unit.name}: ${kind} ${channel}`)];
  });
  return [...endpoints, ...consumed];
}
