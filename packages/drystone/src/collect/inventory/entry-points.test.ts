import { expect, test } from "vitest";
import { readBuildManifest } from "#collect/manifests/index.js";
import { entryPoints } from "./entry-points.js";

test.each([
  [
    "the annotation, not the import above it",
    "cart/src/main/java/shop/CartApplication.java",
    "package shop;\nimport org.springframework.boot.SpringApplication;\n\n@SpringBootApplication\nclass CartApplication {}\n",
    4,
  ],
  ["nothing but an import", "cart/src/main/java/shop/App.java", "package shop;\nimport x.SpringApplication;\n", 2],
  ["the loop that is run", "cart/server.py", "import tornado.ioloop\n\ntornado.ioloop.IOLoop.current().start()\n", 3],
  ["no server", "cart/server.py", "import os\n", null],
])("an entry point stands where the server is used: %s", (_, path, text, line) => {
  const manifests = [
    readBuildManifest("cart/pom.xml", "<project><artifactId>cart</artifactId></project>"),
    readBuildManifest("cart/requirements.txt", "tornado\n"),
  ].flatMap((manifest) => manifest ?? []);
  const found = entryPoints([path], new Map([[path, text]]), manifests);
  expect(found.map((entry) => entry.line)).toEqual(line === null ? [] : [line]);
});
