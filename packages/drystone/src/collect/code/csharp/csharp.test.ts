import { describe, expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import type { CueBody } from "../cue.js";
import { readSource } from "../source.js";
import { csharp } from "./index.js";

function cues(text: string, ...kinds: readonly CueBody["kind"][]): CueBody[] {
  const source = readSource("A.cs", text, "csharp");
  const found = new Map<string, CueBody>();
  for (const { words, detect } of csharp)
    if (words === null || words.some((word) => text.includes(word)))
      detect(source, (_, cue) => {
        if (kinds.includes(cue.kind)) found.set(JSON.stringify(cue), cue);
      });
  return [...found.values()];
}

const endpoints = (text: string) =>
  cues(text, "endpoint").map((cue) => (cue.kind === "endpoint" ? `${cue.method} ${cue.path}` : ""));
const calls = (text: string) =>
  cues(text, "call").map((cue) => (cue.kind === "call" ? `${cue.method} ${cue.target}${cue.inLoop ? " in loop" : ""}` : ""));
const messages = (text: string) =>
  cues(text, "publishes", "consumes").map((cue) =>
    cue.kind === "publishes" || cue.kind === "consumes" ? `${cue.kind} ${cue.technology}:${cue.channel}:${cue.message}` : "",
  );
const addresses = (text: string) =>
  cues(text, "address").map((cue) => (cue.kind === "address" ? `${cue.technology} ${cue.value}` : ""));
const tables = (text: string) =>
  cues(text, "table").map((cue) => (cue.kind === "table" ? `${cue.access} ${cue.schema ?? ""}.${cue.name} ${cue.entity}` : ""));

describe("endpoints", () => {
  test.each([
    [
      '[Route("api/[controller]")] public class OrdersController : ControllerBase { [HttpGet("{id:int}")] public IActionResult Get(int id) => Ok(); [HttpPost] public IActionResult Add() => Ok(); }',
      ["GET /api/Orders/{id}", "POST /api/Orders"],
    ],
    [
      '[Route("api/[controller]/[action]")]\n[ApiController]\npublic class PayController : Controller\n{\n  [HttpPut]\n  [Authorize]\n  public async Task<IActionResult> ConfirmAsync() { }\n}',
      ["PUT /api/Pay/Confirm"],
    ],
    [
      'public class AController { [HttpGet, Route("/x/{a?}")] public int Get() => 1; [HttpGet] public int B() => 2; }',
      ["GET /x/{a}"],
    ],
    ["public class AController { public int Get() => 1; }", []],
    [
      'var g = app.MapGroup("/api").MapGroup("v1"); g.MapGet("/items/{id:int}", Find); app.MapPost("/y", () => 1);',
      ["GET /api/v1/items/{id}", "POST /y"],
    ],
    ['app.MapGroup("/a").RequireAuthorization().MapDelete("/{id}", Remove);', ["DELETE /a/{id}"]],
    ['public class M : CarterModule { public M() : base("/shop") { Get("/list", Handle); } }', ["GET /shop/list"]],
    [
      'public class E : Endpoint<Req> { public override void Configure() { Post("/api/user"); AllowAnonymous(); } }',
      ["POST /api/user"],
    ],
    [
      '[FunctionName("Find")] public void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}")] HttpRequest r) {}',
      ["GET /api/orders/{id}"],
    ],
    ['app.MapHealthChecks("/health");', ["GET /health"]],
  ])("%s", (text, expected) => {
    expect(endpoints(text)).toEqual(expected);
  });
});

describe("calls", () => {
  test.each([
    ['class C { HttpClient client; void A() { client.GetAsync($"http://orders/api/{id}"); } }', ["GET http://orders/api/{}"]],
    [
      'class C { HttpClient c; void A() { foreach (var x in xs) { c.PostAsJsonAsync("api/pay", x); } } }',
      ["POST ${const:BaseAddressOfC}/api/pay in loop"],
    ],
    [
      'class C { HttpClient c = new HttpClient { BaseAddress = new Uri("http://a") }; void A() { c.DeleteAsync("/x/1"); } }',
      ["DELETE http://a/x/1"],
    ],
    [
      'class C { void A() { var r = new HttpRequestMessage(HttpMethod.Put, Configuration["Urls:Pay"] + "/x"); } }',
      ["PUT ${Urls:Pay}/x"],
    ],
    ['class C { IDistributedCache cache; void A() { cache.GetAsync("orders/1"); } }', []],
    ['class C { IOrderRepository client; void A() { client.DeleteAsync("orders/1"); } }', []],
    ['public interface IShop { [Get("/items/{id}")] Task<Item> Find(int id); }', ["GET ${const:BaseAddressOfIShop}/items/{}"]],
    [
      'using RestSharp; class C { void A() { var c = new RestClient("http://pay"); var r = new RestRequest("orders/{id}", Method.Post); } }',
      ["POST http://pay/orders/{}"],
    ],
    [
      'using Flurl.Http; class C { async void A() { await "http://pay".AppendPathSegment("orders").GetJsonAsync<X>(); } }',
      ["GET http://pay/orders"],
    ],
    ["class C(Cart.CartClient cart) { void A() { cart.AddItemAsync(x); } }", ["null Cart/AddItem"]],
  ])("%s", (text, expected) => {
    expect(calls(text)).toEqual(expected);
  });
});

describe("messages", () => {
  test.each([
    ["class H : IConsumer<OrderPlaced> {}", ["consumes null:null:OrderPlaced"]],
    ["class H { IConsumer<string, string> c; }", []],
    ["class S { IPublishEndpoint endpoint; void A() { publishEndpoint.Publish(new Paid(1)); } }", ["publishes null:null:Paid"]],
    ["class S(ICommandBus commandBus) { void A() { commandBus.SendAsync(new CreateOrder()); } }", []],
    ["class S { void A() { foreach (var e in order.Events) { _bus.PublishAsync(e.Type, e); } } }", ["publishes null:null:null"]],
    ["class S { Task Publish(IMessageEnvelopeBase envelope) { return _bus.PublishAsync(envelope); } }", []],
    ["class S { void A() { var e = order.Adapt<OrderPlaced>(); _bus.Publish(e, token); } }", ["publishes null:null:OrderPlaced"]],
    [
      "class S { void A() { IntegrationEvent e = ok ? new Paid(1) : new Failed(2); eventBus.PublishAsync(e); } }",
      ["publishes null:null:Paid", "publishes null:null:Failed"],
    ],
    [
      "class S { void A(OrderPlaced e) { _messagePublisher.PublishMessageAsync(e.MessageType, e, x); } }",
      ["publishes null:null:OrderPlaced"],
    ],
    ["class S { void A() { var e = Placed.FromCommand(c); _bus.Publish(e.Type, e); } }", ["publishes null:null:Placed"]],
    ["class S { void A() { _mediator.Publish(new OrderPlaced()); } }", []],
    ["using MediatR; class S { IPublisher publisher; void A() { publisher.Publish(new OrderPlaced()); } }", []],
    ["using Mediator; class S { IPublisher publisher; void A() { publisher.Publish(new OrderPlaced()); } }", []],
    [
      "class S { void A() { orderIntegrationEventService.AddAndSaveEventAsync(new OrderPlacedIntegrationEvent()); list.Add(new OrderPlaced()); } }",
      ["publishes null:null:OrderPlacedIntegrationEvent"],
    ],
    ["bus.AddSubscription<OrderPlaced, OrderPlacedHandler>();", ["consumes null:null:OrderPlaced"]],
    [
      'class W : IMessageHandlerCallback { bool Handle(string messageType) { switch (messageType) { case "Paid": break; case nameof(Placed): break; } } }',
      ["consumes null:null:Paid", "consumes null:null:Placed"],
    ],
    ['class W { void A(string eventType) { switch (eventType) { case "Paid": break; } } }', []],
    [
      'channel.BasicPublish(exchange: "shop", routingKey: "order.paid", body: b); channel.QueueBind("q", "shop", "order.*");',
      ["publishes rabbitmq:shop/order.paid:null", "consumes rabbitmq:shop/order.*:null"],
    ],
    [
      'channel.BasicPublish("", "jobs", null, b); channel.BasicConsume(queue: "jobs", autoAck: true);',
      ["publishes rabbitmq:jobs:null", "consumes rabbitmq:jobs:null"],
    ],
    ['class Bus { void A(object e) { channel.BasicPublish("bus", e.GetType().Name, b); } }', []],
    [
      'using Confluent.Kafka; class A { const string Topic = "orders"; void B() { producer.ProduceAsync(Topic, m); consumer.Subscribe(new[] { "a", "b" }); } }',
      ["publishes kafka:orders:null", "consumes kafka:a:null", "consumes kafka:b:null"],
    ],
    [
      'class A { [Topic("pubsub", "paid")] public void B() { } void C(DaprClient dapr) { dapr.PublishEventAsync("pubsub", "placed", e); } }',
      ["publishes null:placed:null", "consumes null:paid:null"],
    ],
    ['class A { IDatabase redis; void B() { redis.ListLeftPopAsync("votes"); } }', ["consumes redis:votes:null"]],
    ['class A { void B([ServiceBusTrigger("%QUEUE%")] string m) { } }', ["consumes azure-service-bus:${QUEUE}:null"]],
  ])("%s", (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });
});

describe("addresses", () => {
  test.each([
    [
      'services.AddDbContext<A>(o => o.UseSqlServer(builder.Configuration.GetConnectionString("Shop")));',
      ["sqlserver ${ConnectionStrings:Shop}"],
    ],
    [
      'var cs = config.GetSection("Db").GetValue<string>("Main"); services.AddDbContext<A>(o => o.UseNpgsql(cs));',
      ["postgresql ${Db:Main}"],
    ],
    ['var section = _configuration.GetSection("Mongo"); var c = new MongoClient(section["Url"]);', ["mongodb ${Mongo:Url}"]],
    ['services.AddHttpClient<ICart, CartClient>(c => c.BaseAddress = new("http://cart-api"));', ["http http://cart-api"]],
    ['services.AddGrpcClient<Cart.CartClient>(o => { o.Address = new Uri("http://cart:81"); });', ["grpc http://cart:81"]],
    ['using RabbitMQ.Client; var f = new ConnectionFactory { HostName = "rabbit", Port = 5673 };', ["rabbitmq rabbit:5673"]],
    ['builder.AddNpgsqlDbContext<A>("shopdb");', ["postgresql ${ConnectionStrings:shopdb}"]],
    ['services.AddStackExchangeRedisCache(o => o.Configuration = Configuration["Redis:Host"]);', ["redis ${Redis:Host}"]],
    ["var a = new SqlConnection(connectionString);", []],
  ])("%s", (text, expected) => {
    expect(addresses(text)).toEqual(expected);
  });
});

describe("tables", () => {
  test.each([
    [
      'class C : DbContext { public DbSet<Order> Orders { get; set; } void M(ModelBuilder b) { b.Entity<Item>().ToTable("items", "sales"); } }',
      ["map .Orders Order", "map sales.items Item"],
    ],
    ['[Table("orders", Schema = "sales")] public class Order { }', ["map sales.orders Order"]],
    ['migrationBuilder.CreateTable(name: "Orders", schema: "sales", columns: t => new { });', ["define sales.Orders null"]],
    ['class R { IMongoDatabase db; void A() { db.GetCollection<Order>("orders"); } }', ["map .orders Order"]],
  ])("%s", (text, expected) => {
    expect(tables(text)).toEqual(expected);
  });
});

test("gRPC, Dapr, settings, constants, models, mail, roles", () => {
  const text = `
    class CartService : Cart.CartBase { }
    class A { public const string Topic = "orders"; private const string Hidden = "no"; }
    public record OrderPlaced(int Id, string Name, decimal Total);
    void Main() {
      services.AddGrpcClient<Shop.Pay.PayClient>(o => {});
      dapr.InvokeMethodAsync(HttpMethod.Get, "orders", "list"); // Dapr
      var url = _config.GetValue("Urls:Pay", "http://pay");
      var smtp = new SmtpClient("mail", 25);
      log.WriteTo.Seq("http://seq:5341");
    }`;
  expect(
    cues(text, "grpc-server", "grpc-client", "named-call", "setting", "constant", "model", "mail", "role", "address"),
  ).toEqual([
    { kind: "setting", key: "Urls:Pay", fallback: "http://pay" },
    { kind: "named-call", name: "orders", via: "dapr", path: "list" },
    { kind: "grpc-client", service: "Pay" },
    { kind: "grpc-server", service: "Cart" },
    { kind: "role", role: "logging-client", detail: "seq" },
    { kind: "address", value: "http://seq:5341", technology: "http", use: "client" },
    { kind: "mail", library: "System.Net.Mail" },
    { kind: "address", value: "mail", technology: "smtp", use: "client" },
    { kind: "constant", name: "A.Topic", value: "orders" },
    { kind: "model", name: "OrderPlaced", fields: ["Id", "Name", "Total"] },
  ]);
});

test.each([
  "(",
  "[A(",
  "Publish<",
  "new X(",
  "a.b.",
  "{\n",
  'Get("',
  "IConsumer<",
  "var x = ",
  "= new ",
  "class A : ",
  "[Get(\n",
  "public string ",
  "new HttpRequestMessage(",
  "new RestRequest(",
  "x.MapGroup(",
  "x.MapGet(",
  "BaseAddress = ",
  "x.UseSqlServer(",
  "DbSet<A> b {",
  "e = new A(",
  "Configuration[",
  "x.GetAsync(",
  "new(",
])("garbage of %j is read fast", (piece) => {
  const words = csharp.flatMap((one) => one.words ?? []).join(" ");
  const text = piece.repeat(Math.ceil(200_000 / piece.length)) + words;
  const source = readSource("A.cs", text, "csharp");
  for (const { name, detect } of csharp) {
    const spent = processorTime();
    detect(source, () => {});
    expect(`${name} ${spent() < 5000}`).toBe(`${name} true`);
  }
});
