import { expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import type { CueBody } from "../cue.js";
import { readSource } from "../source.js";
import { php } from "./index.js";

function cues(body: string, path = "a.php"): string[] {
  const text = `<?php\n${body}\n`;
  const source = readSource(path, text, "php");
  const found = new Set<string>();
  for (const { words, detect } of php)
    if (words === null || words.some((word) => text.includes(word))) detect(source, (_, cue) => found.add(brief(cue)));
  return [...found];
}

function brief(cue: CueBody): string {
  const { kind, ...rest } = cue;
  return `${kind} ${Object.values(rest).join(" ")}`.trim();
}

test.each([
  ["Route::get('/orders/{id}', [A::class, 'show']);", ["endpoint GET /orders/{id}"]],
  ["Route::prefix('v1')->group(function () { Route::post('/orders', 'A@b'); });", ["endpoint POST /v1/orders"]],
  [
    "$router->group(['prefix' => 'api'], function () use ($router) { $router->get('x/{id}', 'A@b'); });",
    ["endpoint GET /api/x/{id}"],
  ],
  ["$app->group('/shop', function ($group) { $group->put('/a', A::class); }); $app->get('service');", ["endpoint PUT /shop/a"]],
  ["Route::match(['get', 'post'], '/x', 'A@b');", ["endpoint GET /x", "endpoint POST /x"]],
])("routes: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test("what stands in routes/api.php answers below /api", () => {
  expect(cues("Route::apiResource('orders', A::class);", "svc/routes/api.php")).toEqual([
    "endpoint GET /api/orders",
    "endpoint POST /api/orders",
    "endpoint GET /api/orders/{order}",
    "endpoint PUT /api/orders/{order}",
    "endpoint PATCH /api/orders/{order}",
    "endpoint DELETE /api/orders/{order}",
  ]);
});

test.each([
  [
    "#[Route('/api', name: 'api_')]\nclass A extends B {\n  #[Route('/rate/{sku}', methods: ['PUT'])]\n  public function rate() {}\n}",
  ],
  [
    '/**\n * @Route("/api")\n */\nclass A extends B {\n  /**\n   * @Route(path="/rate/{sku}", methods={"PUT"})\n   */\n  public function rate() {}\n}',
  ],
])("Symfony's routes: %s", (text) => {
  expect(cues(text)).toEqual(["endpoint PUT /api/rate/{sku} A"]);
});

test.each([
  [
    "use GuzzleHttp\\Client; $client = new Client(['base_uri' => getenv('PAY_URL')]); $client->request('POST', '/pay');",
    ["address ${PAY_URL} http client", "call http POST ${PAY_URL}/pay false"],
  ],
  ['foreach ($ids as $id) { Http::withToken($t)->get("http://orders/api/{$id}"); }', ["call http GET http://orders/api/{} true"]],
  [
    "$ch = curl_init(sprintf('%s/product/%s', getenv('SHOP') ?: 'http://shop', $sku));",
    ["call http GET ${SHOP:-http://shop}/product/{} false"],
  ],
  ["$x = file_get_contents('/etc/hosts'); $c = $this->client->get('user:1');", []],
])("requests: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each([
  [
    "new PDO('mysql:host=db;dbname=shop', 'u', 'p');",
    ["address mysql:host=db;dbname=shop mysql client", "store-client mysql pdo shop"],
  ],
  [
    "$c = new AMQPStreamConnection(getenv('MQ'), 5672, 'u', 'p'); $ch->basic_publish($m, 'shop', 'paid'); $ch->basic_publish($m, '', 'jobs');",
    [
      "store-client rabbitmq php-amqplib",
      "address ${MQ}:5672 rabbitmq client",
      "publishes rabbitmq shop/paid",
      "publishes rabbitmq jobs",
    ],
  ],
  ["$ch->queue_bind('q', 'shop', 'order.*'); $ch->basic_consume('q');", ["consumes rabbitmq shop/order.*"]],
  [
    "$redis = new Redis(); $redis->connect('cache', 6379); $redis->publish('orders', $x);",
    ["store-client redis phpredis", "address cache:6379 redis client", "publishes redis orders"],
  ],
])("stores and messages: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each([
  ["use Illuminate\\Database\\Eloquent\\Model;\nclass OrderItem extends Model { }", ["table order_items map OrderItem"]],
  [
    "use Illuminate\\Database\\Eloquent\\Model;\nclass Category extends Model { protected $table = 'shop.cats'; }",
    ["table cats shop map Category"],
  ],
  ["#[ORM\\Entity]\n#[ORM\\Table(name: 'orders', schema: 'sales')]\nclass Order { }", ["table orders sales map Order"]],
  ["Schema::table('orders', fn ($t) => 1); Schema::dropIfExists('carts');", ["table orders define", "table carts define"]],
  ["Schema::create('orders', function ($t) {}); DB::table('orders')->insert([]);", ["table orders define", "table orders write"]],
  [
    "use App\\Models\\Order;\nOrder::create([]); Order::where('a', 1); Other::create([]);",
    ["entity-use Order write", "entity-use Order read"],
  ],
  [
    "class Topics { const PAID = 'order.paid'; private const KEY = 'no'; const TEXT = 'a long text'; }",
    ["constant Topics.PAID order.paid"],
  ],
  ["class Order { public int $id; public string $name; private ?float $total = null; }", ["model Order id,name,total"]],
])("tables and data: %s", (text, expected) => {
  expect(cues(text).map((one) => one.replace(/ {2,}/g, " "))).toEqual(expected);
});

test.each(["(", "#[Route(", "Route::get(", "$client->get(", "class A {", "->group(", "{\n", '@Route("', "['a' => "])(
  "garbage of %j is read fast",
  (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length)) + php.flatMap((one) => one.words ?? []).join(" ");
    const source = readSource("a.php", text, "php");
    for (const { name, detect } of php) {
      const spent = processorTime();
      detect(source, () => {});
      expect(`${name} ${spent() < 5000}`).toBe(`${name} true`);
    }
  },
);
