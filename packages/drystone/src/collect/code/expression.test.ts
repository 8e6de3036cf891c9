import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { cuesOf } from "./cues-of.js";
import { templateAt } from "./expression.js";
import type { Language } from "./language.js";
import { readSource } from "./source.js";

/** The template of what stands behind the last `=>`. */
function evaluated(language: Language, text: string): string | null {
  const source = readSource(`x.${language}`, text, language);
  return templateAt(source, text.lastIndexOf("=>") + 2);
}

describe("templates", () => {
  test.each<[Language, string, string | null]>([
    [
      "javascript",
      "const H = process.env.CATALOGUE_HOST || 'catalogue';\nconst P = '8080';\n=>'http://' + H + ':' + P + '/product/' + sku",
      "http://${CATALOGUE_HOST:-catalogue}:8080/product/{}",
    ],
    [
      "javascript",
      "const base = process.env.API ?? 'http://a:1';\n=>`${base}/users/${req.params.id}`",
      "${API:-http://a:1}/users/{}",
    ],
    ["javascript", "=>`amqp://${process.env.RABBIT}:5672`", "amqp://${RABBIT}:5672"],
    ["java", '=>"http://" + Topics.HOST + "/x/" + id', "http://${const:Topics.HOST}/x/{}"],
    [
      "java",
      'private static final String URL = "http://orders/";\n=>String.format("%sitems/%s", URL, id)',
      "http://orders/items/{}",
    ],
    ["java", '=>URI.create("http://a:80/b")', "http://a:80/b"],
    [
      "python",
      "USER = os.getenv('USER_HOST', 'user')\n=>f'http://{USER}:8080/check/{id}'",
      "http://${USER_HOST:-user}:8080/check/{}",
    ],
    ["python", "=>'http://%s:8080/x/%s' % (HOST, id)", "http://${const:HOST}:8080/x/{}"],
    ["python", "=>'http://{}:8080/{}'.format(os.environ['H'], x)", "http://${H}:8080/{}"],
    ["go", 'addr := getEnv("ADDR", "orders:50051")\n=>addr', "${ADDR:-orders:50051}"],
    ["go", '=>fmt.Sprintf("amqp://%s:%s@%s:5672/", u, p, os.Getenv("AMQP_HOST"))', "amqp://{}:{}@${AMQP_HOST}:5672/"],
    ["csharp", '=>$"http://{_host}/api/orders/{id}"', "http://{}/api/orders/{}"],
    ["csharp", '=>Configuration["Urls:Basket"]', "${Urls:Basket}"],
    [
      "php",
      "$host = getenv('CATALOGUE_URL') ?: 'http://catalogue:8080';\n=>$host . '/product/' . $sku",
      "${CATALOGUE_URL:-http://catalogue:8080}/product/{}",
    ],
    ["ruby", "=>\"#{ENV['SEARCH_URL']}/find\"", "${SEARCH_URL}/find"],
    ["rust", '=>format!("http://{}/quote", env::var("QUOTE").unwrap())', "http://${QUOTE}/quote"],
    ["csharp", '=>env == "true" ? "rabbitmq" : "localhost"', "rabbitmq"],
    ["csharp", '=>$"http://{config["Urls:Basket"]}/api"', "http://${Urls:Basket}/api"],
    ["javascript", "=>process.env.NODE_ENV === 'production' ? 'http://api:80' : 'http://localhost:80'", "http://api:80"],
    ["javascript", "=>process.env.X ? process.env.X : 'redis'", "${X}"],
    ["javascript", "=>unknown", null],
    ["javascript", "const a = a + 'x';\n=>a", "{}x{}x{}x{}x{}x{}x"],
  ])("%s: %s", (language, text, expected) => {
    const found = evaluated(language, text);
    if (expected === "{}x{}x{}x{}x{}x{}x") expect(found?.length).toBeLessThan(200);
    else expect(found).toBe(expected);
  });
});

test("cues of a file name the line, and comments are no cues", () => {
  const cues = cuesOf(
    "cart/server.js",
    "// http://not/this\nconst h = process.env.REDIS_HOST || 'redis';\nget('http://users:8080/a');\n",
  );
  expect(cues).toEqual([
    {
      kind: "setting",
      key: "REDIS_HOST",
      fallback: "redis",
      file: "cart/server.js",
      line: 2,
      text: "const h = process.env.REDIS_HOST || 'redis';",
    },
    {
      kind: "address",
      value: "http://users:8080/a",
      technology: null,
      use: "literal",
      file: "cart/server.js",
      line: 3,
      text: "get('http://users:8080/a');",
    },
  ]);
});

test.each(["`".repeat(5000), "/*".repeat(5000), "'\\".repeat(5000), "a=a+".repeat(5000), "((((".repeat(5000), "${".repeat(5000)])(
  "hostile text %# ends",
  (text) => {
    const spent = processorTime();
    for (const language of ["js", "py", "java", "rb", "php", "cs", "go", "rs", "kt"])
      cuesOf(`x.${language}`, `${text}\n"http://a:80" + ${text}`);
    expect(spent()).toBeLessThan(15_000);
  },
);
