import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { collectTableTouches } from "./index.js";

test.each<[path: string, text: string, touches: string[]]>([
  [
    "init.sql",
    "CREATE TABLE payments (id int);\nALTER TABLE payments ADD COLUMN x int;\nDROP TABLE payments;\n",
    ["1 define", "2 change", "3 change"],
  ],
  ["pay.rb", 'class Pay < ApplicationRecord\n  self.table_name = "payments"\nend\n', ["1 map"]],
  ["payment.rb", "class Payment < ApplicationRecord\nend\n", ["1 map"]],
  ["pay.js", 'const knex = require("knex")({});\nmodule.exports = () => knex("payments").where({ id: 1 });\n', ["2 read"]],
  ["pay.txt", "SELECT * FROM payments", []],
])("%s", (path, text, touches) => {
  expect(collectTableTouches(textTree("shop", { [path]: text }), () => true).map(({ line, does }) => `${line} ${does}`)).toEqual(
    touches,
  );
});
