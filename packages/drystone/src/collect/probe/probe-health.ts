/** Health pages: the convention first, then what frameworks call them; asked three times. */
import type { Answer } from "./ask.js";
import { type ProbeItem, probeItem } from "./report.js";

export type AskPath = (path: string) => Promise<Answer>;

const livePaths = [
  "/healthz",
  "/livez",
  "/health",
  "/_healthz",
  "/actuator/health/liveness",
  "/health/live",
  "/q/health/live",
  "/alive",
  "/live",
  "/actuator/health",
  "/healthcheck",
  "/hc",
  "/_health",
];
const readyPaths = [
  "/ready",
  "/readyz",
  "/actuator/health/readiness",
  "/health/ready",
  "/q/health/ready",
  "/readiness",
  "/_ready",
];
const limitMilliseconds = 1000;
const rounds = 3;

export interface HealthOptions {
  /** Instead of looking for it; null looks. */
  readonly path: string | null;
  /** The answer to a page that no service has: some answer everything with their start page. */
  readonly nowhere: Answer;
}

export async function probeLiveness(askPath: AskPath, options: HealthOptions): Promise<ProbeItem> {
  return probePage("liveness", askPath, options.path === null ? livePaths : [options.path], options);
}

export async function probeReadiness(askPath: AskPath, options: HealthOptions): Promise<ProbeItem> {
  return probePage("readiness", askPath, options.path === null ? readyPaths : [options.path], options);
}

async function probePage(
  id: "liveness" | "readiness",
  askPath: AskPath,
  paths: readonly string[],
  { path: given, nowhere }: HealthOptions,
): Promise<ProbeItem> {
  const [convention = ""] = paths;
  const refused: string[] = [];
  for (const path of paths) {
    const answer = await askPath(path);
    if (answer.status === null)
      return probeItem(id, "not-met", `${path}: ${answer.problem ?? "no answer"}`, {
        how: "start the service, and check the address",
      });
    if (!isPage(answer, nowhere)) {
      // A page that is there and says no is the answer; only what is not there is looked for elsewhere.
      if (answer.status >= 500) refused.push(`${path} answers ${answer.status}`);
      continue;
    }
    return timed(id, path, given === null && path !== convention ? convention : null, [answer, ...(await again(askPath, path))]);
  }
  if (refused.length > 0)
    return probeItem(id, "not-met", refused.join(", "), { how: "a page of health answers 200 while the service is well" });
  return probeItem(
    id,
    "not-met",
    given === null ? `none of ${paths.length} usual pages answers, ${convention} first` : `${given} does not answer 2xx`,
    {
      how: `offer ${convention}, or name the page: --${id === "liveness" ? "health" : "ready"}-path PATH`,
    },
  );
}

async function again(askPath: AskPath, path: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let round = 1; round < rounds; round++) answers.push(await askPath(path));
  return answers;
}

function timed(id: "liveness" | "readiness", path: string, convention: string | null, answers: readonly Answer[]): ProbeItem {
  const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
  const failed = answers.filter(({ status }) => status === null || status >= 300).length;
  const measured = {
    path,
    status: answers[0]?.status ?? 0,
    slowestMilliseconds: Math.round(slowest),
    failed,
    asked: answers.length,
  };
  const remarks = convention === null ? [] : [`it is ${path}; the convention is ${convention}`];
  if (failed > 0) return probeItem(id, "not-met", `${path} fails ${failed} of ${answers.length} times`, { measured, remarks });
  if (slowest > limitMilliseconds)
    return probeItem(id, "not-met", `${path} takes ${Math.round(slowest)} ms, the limit is ${limitMilliseconds} ms`, {
      measured,
      remarks,
      how: "answer without asking other services",
    });
  return probeItem(id, "met", `${path} answers ${answers[0]?.status} within ${Math.round(slowest)} ms`, { measured, remarks });
}

/** 2xx, and not the page that everything is answered with. */
function isPage({ status, body, headers }: Answer, nowhere: Answer): boolean {
  if (status === null || status < 200 || status > 299) return false;
  if (nowhere.status === null || nowhere.status > 299) return true;
  return body !== nowhere.body && !/html/.test(headers.get("content-type") ?? "");
}
