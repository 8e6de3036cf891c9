import { describe, expect, test } from "vitest";
import { dockerfileVariant, isDockerfile, readDockerfile } from "./index.js";

const entry = (key: string, value: string | null, line: number) => ({
  key,
  value,
  file: "cart/Dockerfile",
  line,
  from: "own",
});

describe("readDockerfile", () => {
  test("the last stage: base, environment, command; with arguments and stage names", () => {
    const text = [
      "ARG V=20",
      "FROM node:${V} AS build",
      "COPY a \\",
      "  b /x/",
      'ENV A=1 B="2 3" HOST=db',
      "CMD npm start",
      "FROM --platform=linux/amd64 build AS run",
      "ARG PORT=8080",
      "ARG TOKEN",
      "COPY --from=build /x /y",
      "RUN <<EOF",
      "ENV NOT=one",
      "EOF",
      "ENV URL http://${HOST}:${PORT}/x",
      "ENV TOKEN=$TOKEN A=4",
      "EXPOSE 80/tcp 81",
      "WORKDIR /app",
      'ENTRYPOINT ["node", "main.js"]',
      'CMD ["--port", "80"]',
    ].join("\n");
    expect(readDockerfile("cart/Dockerfile", text)).toEqual({
      path: "cart/Dockerfile",
      folder: "cart",
      healthcheck: null,
      base: "node:20",
      baseLine: 7,
      copies: [
        { path: "a", line: 3 },
        { path: "b", line: 3 },
      ],
      ports: [80, 81],
      environment: [
        entry("B", "2 3", 5),
        entry("HOST", "db", 5),
        entry("URL", "http://db:8080/x", 14),
        entry("TOKEN", null, 15),
        entry("A", "4", 15),
      ],
      command: ["node", "main.js", "--port", "80"],
      workdir: "/app",
    });
  });

  test.each([
    ["ENTRYPOINT ./run.sh 'a b'\nCMD [\"x\"]", ["./run.sh", "a b"]],
    ['ENTRYPOINT ["./run"]\nCMD a b', ["./run", "a", "b"]],
    ["CMD [broken", ["[broken"]],
  ])("%j starts %j", (text, command) => {
    expect(readDockerfile("Dockerfile", `FROM node\n${text}\n`).command).toEqual(command);
  });

  test.each([
    ["Dockerfile", ""],
    ["Dockerfile.dev", ""],
    ["Dockerfile.linux-arm64", ""],
    ["Dockerfile-worker", "worker"],
    ["api.Dockerfile", "api"],
  ])("variant of %s is %j", (path, expected) => {
    expect(isDockerfile(path)).toBe(true);
    expect(dockerfileVariant(path)).toBe(expected);
  });

  test.each([["Dockerfile.dockerignore"], ["Dockerfile.md"], ["docker.ts"]])("%s is none", (path) => {
    expect(isDockerfile(path)).toBe(false);
  });
});
