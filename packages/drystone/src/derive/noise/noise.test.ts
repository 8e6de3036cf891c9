import { describe, expect, test } from "vitest";
import { noiseOf } from "./noise.js";

describe("noiseOf", () => {
  test.each([
    ["services/cart/package-lock.json", "lock file"],
    ["go.sum", "lock file"],
    ["services/cart/package.json", "manifest"],
    ["src/Basket/Basket.csproj", "manifest"],
    ["README.md", "documentation"],
    ["LICENSE", "documentation"],
    ["LICENSE.txt", "documentation"],
    ["docs/arch/orders.ts", "documentation"],
    ["src/logo.svg", "image"],
    [".github/workflows/ci.yml", "CI"],
    ["services/cart/Dockerfile", "container and deployment"],
    ["docker-compose.override.yml", "container and deployment"],
    ["kubernetes-manifests/cart.yaml", "container and deployment"],
    ["tsconfig.build.json", "tool configuration"],
    ["src/genproto/demo.pb.go", "generated"],
    ["src/cart/demo_pb2_grpc.py", "generated"],
    ["web/locales/de.json", "translation"],
    ["lang/pt_BR/auth.php", "translation"],
    ["src/lang/parser.ts", null],
    ["src/lang/compiler/parser.ts", null],
    ["src/history.ts", null],
    ["src/readme.ts", null],
    ["services/cart/src/main.ts", null],
    ["services/cart/src/build.ts", null],
    ["services/cart/notes.txt", null],
    ["services/cart/config/application.yml", null],
    ["db/migrations/001.sql", null],
    ["api/orders.proto", null],
    ["weird\nname\u001b[31m.ts", null],
  ])("%j is %j", (path, noise) => {
    expect(noiseOf(path)).toBe(noise);
  });
});
