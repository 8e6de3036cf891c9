import { expect, test } from "vitest";
import type { CueBody } from "../cue.js";
import { cuesOf } from "../cues-of.js";

function bodies(text: string, kinds: readonly CueBody["kind"][], path = "A.java"): string[] {
  return cuesOf(path, text)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ file, line, text: shown, ...body }) => {
      expect([file, line > 0, shown.length <= 160]).toEqual([path, true, true]);
      return Object.values(body).join(" | ");
    })
    .toSorted();
}

test("entities and their tables", () => {
  const text = `import javax.persistence.*;
    @Entity public class OrderLine { @Id Long id; @ElementCollection @CollectionTable(name = "line_notes") List<String> notes; }
    @Entity @Table(name = "ORDERS", schema = "shop") class Order {}`;
  expect(bodies(text, ["table"])).toEqual([
    "table | ORDERS | shop | map |  | Order",
    "table | line_notes |  | map |  | OrderLine",
    "table | order_line |  | map |  | OrderLine",
  ]);
});

test("documents, and the client of the store", () => {
  const text = `import org.springframework.data.mongodb.core.mapping.Document;
    @Document(collection = "accounts") public class Account {}
    @Document class DataPoint {}`;
  expect(bodies(text, ["table", "store-client"])).toEqual([
    "store-client | mongodb | spring-data-mongodb | ",
    "table | accounts |  | map | mongodb | Account",
    "table | dataPoint |  | map | mongodb | DataPoint",
  ]);
});

test("an import alone is no client", () => {
  expect(bodies("import redis.clients.jedis.Jedis;\nclass A {}", ["store-client"])).toEqual([]);
});

test("repositories", () => {
  const text = `interface Orders extends JpaRepository<Order, Long> {}
    class A { private final ItemRepository items; private Orders orders; void a() { items.save(x); items.findById(1L); orders.deleteAll(); items.toString(); } }`;
  expect(bodies(text, ["entity-use"])).toEqual([
    "entity-use | Item | read",
    "entity-use | Item | write",
    "entity-use | Order | read",
    "entity-use | Order | write",
  ]);
});

const addresses: [string, string, string[]][] = [
  [
    "defaults of the environment",
    `import javax.sql.DataSource; class A { void a() { String url = String.format("jdbc:mysql://%s/cities", System.getenv("DB_HOST") == null ? "mysql" : System.getenv("DB_HOST")); DataSourceBuilder.create().url(url).build(); } }`,
    ["address | jdbc:mysql://${DB_HOST:-mysql}/cities | mysql | client"],
  ],
  [
    "host and port",
    `import redis.clients.jedis.Jedis; class A { Jedis j = new Jedis("cache", 6379); }`,
    ["address | cache:6379 | redis | client"],
  ],
  [
    "gRPC",
    `class A { ManagedChannel c = ManagedChannelBuilder.forAddress(System.getenv("H"), 50051).build(); ManagedChannel d = ManagedChannelBuilder.forTarget("dns:///ads:9555").build(); }`,
    ["address | ${H}:50051 | grpc | client", "address | dns:///ads:9555 | grpc | client"],
  ],
];

test.each(addresses)("addresses: %s", (_, text, expected) => {
  expect(bodies(text, ["address"]).filter((one) => one.endsWith("client"))).toEqual(expected);
});

test("gRPC services", () => {
  const text = `class A extends AdServiceGrpc.AdServiceImplBase { CartServiceGrpc.CartServiceBlockingStub s = CartServiceGrpc.newBlockingStub(channel);
    @GrpcClient("users") private UserServiceGrpc.UserServiceBlockingStub users; }`;
  expect(bodies(text, ["grpc-client", "grpc-server", "named-call"])).toEqual([
    "grpc-client | CartService",
    "grpc-client | UserService",
    "grpc-server | AdService",
    "named-call | users | grpc | ",
  ]);
});

test("roles and mail", () => {
  const text = `@EnableEurekaServer @EnableAdminServer @EnableDiscoveryClient class A { JavaMailSender mailSender; }
    // @EnableConfigServer`;
  expect(bodies(text, ["role", "mail"])).toEqual([
    "mail | spring-mail",
    "role | admin-server | spring-boot-admin",
    "role | discovery-client | ",
    "role | discovery-server | eureka",
  ]);
});

test("constants and injected settings", () => {
  const text = `public class Channels { public static final String ORDERS = "orders.v1"; private static final String OWN = "own"; public static final String TEXT = "two words"; }
    enum Topic { ITEMS("items"), NONE(3) }
    @ConfigurationProperties(prefix = "order.destinations") class Destinations { private String orderUrl = "http://orders"; static class In { String x; } }
    class A { @Value("#{'\${topics}'}") String t; @ConfigProperty(name = "a.b", defaultValue = "c") String d; }`;
  expect(bodies(text, ["constant", "setting"])).toEqual([
    "constant | Channels.ORDERS | orders.v1",
    "constant | Destinations.orderUrl | ${order.destinations.orderUrl:-http://orders}",
    "constant | Topic.ITEMS | items",
    "setting | a.b | c",
    "setting | order.destinations.orderUrl | http://orders",
    "setting | topics | ",
  ]);
});

test("constants of Kotlin", () => {
  expect(
    bodies(
      'object Topics { const val ORDERS = "orders" }\nclass A { companion object { const val B = "b.c" } }',
      ["constant"],
      "A.kt",
    ),
  ).toEqual(["constant | A.B | b.c", "constant | Topics.ORDERS | orders"]);
});

test("types of data", () => {
  const text = `public class Order { private Long id; private List<Item> items = new ArrayList<>(); private String note; public static final int X = 1; public Long getId() { return id; } }
    public record Item(Long id, String name, BigDecimal price) {}
    @Service class Orders { private A a; private B b; private C c; }
    class Few { int a; }`;
  expect(bodies(text, ["model"])).toEqual(["model | Item | id,name,price", "model | Order | id,items,note"]);
  expect(bodies("data class Order(val id: Long, val note: String?, val items: List<Item>)", ["model"], "A.kt")).toEqual([
    "model | Order | id,note,items",
  ]);
});
