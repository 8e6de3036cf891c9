/** Listens as a service that the probed one calls, to see what it is given. */
import { createServer } from "node:http";

export interface Callee {
  readonly url: string;
  /** Headers of the calls so far. */
  readonly calls: readonly ReadonlyMap<string, string>[];
  close(): Promise<void>;
}

const maxCalls = 1000;

/** @param host an address of this machine; loopback unless the caller says otherwise. @param port 0 takes a free one. @throws when the port is taken. */
export async function listenAsCallee(host: string, port: number): Promise<Callee> {
  const calls: ReadonlyMap<string, string>[] = [];
  const server = createServer((request, response) => {
    request.resume();
    if (calls.length < maxCalls) {
      calls.push(
        new Map(
          Object.entries(request.headers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, String(value)] as const],
          ),
        ),
      );
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, done);
  });
  const address = server.address();
  const own = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${own}/`,
    calls,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
