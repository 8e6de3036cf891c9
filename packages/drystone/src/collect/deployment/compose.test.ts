import { describe, expect, test } from "vitest";
import { type ComposeService, isComposeFile, mayHoldCompose, readComposeFiles } from "./index.js";

const estate = (files: Record<string, string>, names: readonly string[] = Object.keys(files).filter(isComposeFile)) =>
  readComposeFiles(names, (path) => files[path] ?? null);
const services = (lines: string) => `services:\n${lines}`;
const env = (service: ComposeService | undefined) =>
  Object.fromEntries((service?.environment ?? []).map(({ key, value, from, line }) => [key, `${value} ${from} ${line}`]));
const one = (text: string, more: Record<string, string> = {}) =>
  estate({ "docker-compose.yml": services(text), ...more }).services[0];

describe("readComposeFiles", () => {
  test("a whole service: build, names, variables of the .env, ports, volumes, links", () => {
    const { services: found, problems } = estate({
      "deploy/.env": "export TAG='1.0'\nIMAGE=shop/cart:${TAG}\n",
      "deploy/docker-compose.yml": `x-base: &base
  networks: {net: {aliases: [basket]}}
services:
  cart:
    <<: *base
    image: \${IMAGE}
    build: {context: .., dockerfile: 'cart/\${FILE:-Dockerfile}', target: run, args: {APP: cart}}
    hostname: cart.local
    environment: {A: 1, ORDERS: "http://\${HOST:-orders}:80"}
    depends_on: {db: {condition: service_started}}
    links: [orders:shop]
    ports: ["127.0.0.1:8080:80/tcp", "9000"]
    expose: [81]
    volumes: ["./data:/data:ro", "cache:/cache", "/anonymous"]
    entrypoint: ["/wait-for-it.sh", "queue:5672", "--"]
    command: node main.js
    network_mode: host
    ipc: "service:db"
  db:
    image: postgres:\${PG:-\${MAJOR:-16}}
  nothing: {}
volumes:
  cache: {name: shop-cache}
`,
    });
    expect(problems).toEqual([]);
    const file = "deploy/docker-compose.yml";
    expect(found).toEqual([
      {
        format: "compose",
        file,
        line: 4,
        variant: "",
        name: "cart",
        aliases: ["cart.local", "basket"],
        image: "shop/cart:1.0",
        imageLine: 6,
        imageExpression: "${IMAGE}",
        environment: [
          { key: "A", value: "1", file, line: 9, from: "own" },
          { key: "ORDERS", value: "http://orders:80", file, line: 9, from: "own" },
        ],
        dependsOn: [
          { name: "db", line: 10, alias: null, kind: "depends_on" },
          { name: "orders", line: 11, alias: "shop", kind: "link" },
          { name: "queue", line: 4, alias: null, kind: "wait" },
        ],
        ports: [
          { container: 80, host: 8080 },
          { container: 9000, host: null },
          { container: 81, host: null },
        ],
        command: ["/wait-for-it.sh", "queue:5672", "--", "node", "main.js"],
        volumes: [
          { name: "deploy/data", kind: "host", target: "/data", readOnly: true, line: 14 },
          { name: "shop-cache", kind: "named", target: "/cache", readOnly: false, line: 14 },
        ],
        networkMode: "host",
        ipc: "service:db",
        exposed: true,
        job: false,
        build: { context: "", dockerfile: "cart/Dockerfile", target: "run", file, line: 7, args: ["cart"] },
        builtElsewhere: null,
        workdir: null,
      },
      expect.objectContaining({ name: "db", image: "postgres:16", imageExpression: "postgres:${PG:-${MAJOR:-16}}", build: null }),
    ]);
  });

  test("what an anchor or an env file gives to several is shared; with the line where it stands", () => {
    const { services: found } = estate({
      "docker-compose.yml": `x-env: &env
  LOG: debug
  QUEUE: amqp://queue
services:
  cart:
    image: cart
    env_file: common.env
    environment:
      <<: *env
      DB: postgres
  orders:
    image: orders
    env_file: [{path: common.env, required: false}, own.env]
    environment: {<<: *env, LOG: info}
`,
      "common.env": 'HOST=db # where\nURL="http://${HOST}/x"\nPASS\n',
      "own.env": "ONLY=1\n",
    });
    expect(found.map(env)).toEqual([
      {
        HOST: "db shared 1",
        URL: "http://db/x shared 2",
        PASS: "null shared 3",
        LOG: "debug own 2",
        QUEUE: "amqp://queue shared 3",
        DB: "postgres own 10",
      },
      {
        HOST: "db shared 1",
        URL: "http://db/x shared 2",
        PASS: "null shared 3",
        ONLY: "1 own 1",
        QUEUE: "amqp://queue shared 3",
        LOG: "info own 14",
      },
    ]);
  });

  test.each([
    [
      "list with and without values",
      "  a:\n    image: a\n    environment: [A=1, KNOWN, OTHER]\n",
      { A: "1", KNOWN: "here", OTHER: null },
    ],
    ["map with null", "  a:\n    image: a\n    environment: {KNOWN: , X: }\n", { KNOWN: "here", X: null }],
    [
      "operators",
      "  a:\n    image: a\n    environment:\n      A: ${NO-x}${EMPTY-y}${EMPTY:-z}\n      B: ${KNOWN:+set}${NO:+no}\n      C: ${NO:?why}\n      D: $$KNOWN $KNOWN\n      E: ${NO:-${NO:-deep}}\n      F: mongodb://u:${NO}@mongo\n",
      { A: "xz", B: "set", C: null, D: "$KNOWN here", E: "deep", F: "mongodb://u:@mongo" },
    ],
  ])("environment: %s", (_, text, expected) => {
    const found = one(text, { ".env": "KNOWN=here\nEMPTY=\n" });
    expect(Object.fromEntries(found?.environment.map(({ key, value }) => [key, value]) ?? [])).toEqual(expected);
  });

  test("extends: the same file, another one, a chain; its own wins; paths stay those of the other file", () => {
    const { services: found, problems } = estate({
      "docker-compose.yml": services(
        "  cart:\n    extends: {file: base/common.yml, service: app}\n    environment: {A: own}\n  orders:\n    extends: cart\n    image: orders\n",
      ),
      "base/common.yml": services("  root:\n    environment: {A: base, B: base}\n  app:\n    extends: root\n    build: ./app\n"),
    });
    expect(problems).toEqual([]);
    expect(found.map(({ name, file, image, build }) => [name, file, image, build?.context])).toEqual([
      ["cart", "docker-compose.yml", null, "base/app"],
      ["orders", "docker-compose.yml", "orders", "base/app"],
    ]);
    expect(found.map(env)).toEqual([
      { A: "own shared 4", B: "base shared 3" },
      { A: "own shared 4", B: "base shared 3" },
    ]);
  });

  test("include: texts, lists of files, project folder and env file; an included file is no project of its own", () => {
    const { services: found } = estate({
      "docker-compose.yml":
        "include:\n  - infra/docker-compose.yml\n  - path: [web/compose.yaml, web-more.yml]\n    project_directory: web\n    env_file: web.env\nservices:\n  cart: {image: cart}\n",
      "infra/docker-compose.yml": services("  db: {image: 'postgres:${V:-16}'}\n"),
      "infra/.env": "V=15\n",
      "web/compose.yaml": services("  web: {build: '${DIR}'}\n"),
      "web-more.yml": services("  web: {environment: {A: 1}}\n"),
      "web.env": "DIR=site\n",
    });
    expect(found.map(({ name, file, variant, image, build }) => [name, file, variant, image ?? build?.context])).toEqual([
      ["db", "infra/docker-compose.yml", "", "postgres:15"],
      ["web", "web/compose.yaml", "", "web/site"],
      ["cart", "docker-compose.yml", "", "cart"],
    ]);
    expect(env(found[1])).toEqual({ A: "1 own 2" });
  });

  test("overrides and files that amend go on top; others are variants of their own", () => {
    const { services: found } = estate({
      "docker-compose.yml": services(
        "  cart:\n    image: cart:1\n    environment: {A: 1, B: 1}\n    ports: ['80:80']\n    depends_on: [db]\n  db: {image: postgres}\n",
      ),
      "docker-compose.override.yml": services("  cart:\n    build: ./cart\n    environment: [B=2]\n"),
      "docker-compose.prod.yml": services("  cart: {environment: {B: 3}, deploy: {replicas: 2}}\n  extra: {image: extra}\n"),
      "docker-compose.dev.yml": services("  cart: {image: other}\n"),
      "docker-stack.yml": services("  cart: {image: stack/cart}\n"),
    });
    expect(
      found.map((service) => [
        service.variant,
        service.name,
        service.image,
        service.build?.context,
        service.environment.map(({ value }) => value).join(""),
        service.exposed,
        service.dependsOn.map(({ name, file = service.file, line }) => `${name} ${file}:${line}`).join(),
      ]),
    ).toEqual([
      ["", "cart", "cart:1", undefined, "11", true, "db docker-compose.yml:6"],
      ["", "db", "postgres", undefined, "", false, ""],
      ["override", "cart", "cart:1", "cart", "12", true, "db docker-compose.yml:6"],
      ["prod", "cart", "cart:1", undefined, "13", true, "db docker-compose.yml:6"],
      ["prod", "extra", "extra", undefined, "", false, ""],
      ["dev", "cart", "other", undefined, "", false, ""],
      ["stack", "cart", "stack/cart", undefined, "", false, ""],
    ]);
  });

  test("version 1, contexts outside of the repository, jobs that others wait for", () => {
    expect(one("", { "docker-compose.yml": "web:\n  build: .\n  links: [db]\n" })).toMatchObject({
      name: "web",
      build: { context: "" },
    });
    const { services: found } = estate({
      "docker-compose.yml": services(
        "  a: {build: ../../x, image: a, depends_on: {c: {condition: service_completed_successfully}}}\n  b: {build: 'https://example.com/x.git#main'}\n  d: {build: {context: 'git@host:shop/mono.git#main:apps/d'}}\n  c: {image: c}\n",
      ),
    });
    expect(found.map(({ name, build, builtElsewhere, job }) => [name, build, builtElsewhere, job])).toEqual([
      ["a", null, "x", false],
      ["b", null, "x", false],
      ["d", null, "d", false],
      ["c", null, null, true],
    ]);
  });

  test.each([
    ["missing env file", services("  a: {image: a, env_file: x.env}\n"), 2, "names the env file x.env"],
    ["missing include", "include: [x.yml]\nservices:\n  a: {image: a}\n", 1, "includes x.yml"],
    ["include outside", "include: [../../x.yml]\nservices:\n  a: {image: a}\n", 1, "includes ../../x.yml"],
    ["include of itself", "include: [docker-compose.yml]\nservices:\n  a: {image: a}\n", 1, "includes itself"],
    ["missing extends", services("  a: {image: a, extends: {file: x.yml, service: b}}\n"), 2, "extends b of x.yml"],
    ["circle", services("  a: {image: a, extends: b}\n  b: {extends: a}\n"), 2, "extend itself"],
  ])("%s is a problem and the service is read", (_, text, line, message) => {
    const { services: found, problems } = estate({ "docker-compose.yml": text });
    expect(problems.map((problem) => [problem.line, problem.message.includes(message)])).toContainEqual([line, true]);
    expect(found.map(({ name }) => name)).toContain("a");
  });

  test("files that include each other twice, step by step, are read up to a limit", () => {
    const files = Object.fromEntries(
      Array.from({ length: 19 }, (_, at) => [
        `c${at}.yml`,
        `include: [c${at + 1}.yml, c${at + 1}.yml]\nservices:\n  s${at}: {image: a}\n`,
      ]),
    );
    const { services: found, problems } = estate({
      ...files,
      "docker-compose.yml": "include: [c0.yml]\n",
      "c19.yml": services("  last: {image: a}\n"),
    });
    expect(found).toHaveLength(20);
    expect(problems.every(({ message }) => message.endsWith("is include number 1001"))).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
  });

  test("an example stands for an env file that is kept out of the repository", () => {
    const found = one("  a: {image: 'a:${TAG}', env_file: [.env, api.env]}\n", {
      ".env.example": "TAG=2\n",
      "api.env.sample": "B=1\n",
    });
    expect(found?.image).toBe("a:2");
    expect(found?.environment.map(({ key, file }) => [key, file])).toEqual([
      ["TAG", ".env.example"],
      ["B", "api.env.sample"],
    ]);
  });
});

test.each([
  ["docker-compose.yml", true],
  ["compose.prod.yaml", true],
  ["docker-compose-load.yaml", true],
  ["docker-stack.yml", true],
  ["composer.yaml", false],
  ["decompose.yml", false],
])("%s: %s", (path, expected) => {
  expect(isComposeFile(path)).toBe(expected);
});

test.each([
  ["version: '3'\nservices:\n  a:\n    image: x\n", true],
  ["services:\n  App\\Kernel: ~\n", false],
  ["apiVersion: v1\nservices:\n  a:\n    image: x\n", false],
  ["jobs:\nservices:\n  a:\n    image: x\n", false],
])("compose by content %j: %s", (text, expected) => {
  expect(mayHoldCompose(text)).toBe(expected);
});
