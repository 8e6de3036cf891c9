import { expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import { prisma } from "../prisma/index.js";
import { readSource } from "../source.js";
import { shown } from "./fixtures/index.js";
import { javascript } from "./index.js";

const pieces = [
  "fetch(",
  "axios.get(",
  "'",
  '"',
  "`",
  "${",
  "}",
  "{",
  "(",
  ")",
  "[",
  "]",
  "<",
  ">",
  ",",
  ".",
  ";",
  "\n",
  " ",
  "a",
  "class A extends B {",
  "@Controller(",
  "=> ",
  "= ",
  "const ",
  "new ",
  "import a from 'kafkajs'",
  "require('amqplib')",
  "process.env.X",
  "||",
  "router.use('/a', ",
  "export const ",
  "enum E {",
  ": ",
  "Repository<User>",
  "super(",
  "model A {",
  "<script>",
  "//",
  "/*",
];

test("any text gives cues and no error", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const paths = ["src/a.ts", "pages/api/a.ts", "vite.config.ts", "a.html", "a.prisma"];
  for (let run = 0; run < 500; run++) {
    const text = Array.from({ length: next(80) }, () => pieces[next(pieces.length)] ?? "").join("");
    expect(Array.isArray(shown(text, paths[run % paths.length]))).toBe(true);
  }
});

/** Far above what is measured (200 ms for 200 kB), as others use the machine; what grows with the square of the text takes minutes. */
test.each([
  "fetch(",
  "a<b,",
  "interface A { a: string; ",
  "knex('a').b(",
  "a(b(c(",
  "x.y.defaults.baseURL = ",
  "const a = a + a;\n",
  "{ transport: Transport.RMQ, ",
  "`${",
])("%j for 100 kB is read in time", (piece) => {
  const text = `import a from 'axios'; import k from 'knex'; import m from '@nestjs/microservices';\n${piece.repeat(100_000 / piece.length)}`;
  const source = readSource("src/a.ts", text, "javascript");
  for (const { name, detect } of [...javascript, ...prisma]) {
    const spent = processorTime();
    detect(source, () => {});
    expect({ name, isSlow: spent() > 10_000 }).toEqual({ name, isSlow: false });
  }
});
