import { expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { exchangedNames } from "./exchanged-names.js";

test.each([
  [
    "Go: names through packages, declarations, lines of exported functions",
    "a.go",
    'package clients\n\nimport (\n\t"os"\n\tpb "shop/gen/orders"\n\t. "shop/dsl"\n)\n\nconst (\n\tName = "x"\n)\n\nfunc NewOrders() pb.OrdersClient {\n\treturn pb.New(os.Getenv("A"))\n}\n\nfunc (c *Client) Get() {\n}\n\nfunc dial() {}\n',
    {
      taken: [
        [4, ["Getenv"]],
        [5, ["OrdersClient", "New"]],
        [6, null],
      ],
      given: ["Name", "NewOrders", "Get", "dial"],
      functions: [{ name: "NewOrders", from: 13, to: 15 }],
    },
  ],
  [
    "TypeScript",
    "a.ts",
    'import { a, b as c } from "./x";\nexport * from "./y";\nexport const d = 1;\n',
    {
      taken: [
        [1, ["a", "b"]],
        [2, null],
      ],
      given: ["d"],
      functions: [],
    },
  ],
])("%s", (_, path, text, expected) => {
  const found = exchangedNames(path, text);
  expect(found && { ...found, taken: [...found.taken] }).toEqual(expected);
});

test("hostile text of Go is read fast", () => {
  const spent = processorTime();
  for (const piece of ['import "a/b"\n', "func A(\n", "const (\n\tA", 'x "a"\n', "func (a b) C("])
    exchangedNames("a.go", piece.repeat(20_000));
  expect(spent()).toBeLessThan(3000);
});
