/** One bounded question to a running service. */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Answer {
  /** Null when nothing answered. */
  readonly status: number | null;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly milliseconds: number;
  /** Why there is no answer, or why it was not read to its end; null when it was. */
  readonly problem: string | null;
}

export interface AskOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
}

const maxBytes = 8 * 1024 * 1024;
const maxRedirects = 3;

/** GET. Redirects are followed within the same origin only, so that headers reach nobody else. Never throws. */
export async function ask(url: URL, options: AskOptions): Promise<Answer> {
  let at = url;
  for (let step = 0; ; step++) {
    const answer = await askOnce(at, options);
    const target = answer.headers.get("location");
    if (answer.status === null || answer.status < 300 || answer.status > 399 || target === undefined) return answer;
    const next = URL.canParse(target, at.href) ? new URL(target, at) : null;
    if (next === null || next.origin !== url.origin)
      return { ...answer, problem: "it redirects to another host, which is not followed" };
    if (step >= maxRedirects) return { ...answer, problem: `it redirects more than ${maxRedirects} times` };
    at = next;
  }
}

function askOnce(url: URL, { headers, timeoutMilliseconds }: AskOptions): Promise<Answer> {
  const started = performance.now();
  return new Promise((settle) => {
    const end = (part: Partial<Answer>) => {
      clearTimeout(timer);
      sent.destroy();
      settle({ status: null, headers: new Map(), body: "", problem: null, ...part, milliseconds: performance.now() - started });
    };
    const wanted = { method: "GET", headers: { accept: "*/*", connection: "close", ...headers } };
    const receive = (response: IncomingMessage) =>
      readBody(response, (body, problem) =>
        end({ status: response.statusCode ?? null, headers: headersOf(response), body, problem }),
      );
    const sent = url.protocol === "https:" ? httpsRequest(url, wanted, receive) : httpRequest(url, wanted, receive);
    const timer = setTimeout(() => end({ problem: `no answer within ${timeoutMilliseconds} ms` }), timeoutMilliseconds);
    sent.on("error", (error: NodeJS.ErrnoException) => end({ problem: error.code ?? error.message }));
    sent.end();
  });
}

function readBody(response: IncomingMessage, done: (body: string, problem: string | null) => void): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const text = () => Buffer.concat(pieces).toString("utf8");
  response.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxBytes) return done(text(), `its answer is longer than ${maxBytes / 1024 / 1024} MB`);
    pieces.push(piece);
  });
  response.on("end", () => done(text(), null));
  response.on("error", (error) => done(text(), error.message));
}

function headersOf(response: IncomingMessage): Map<string, string> {
  return new Map(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
    ),
  );
}
