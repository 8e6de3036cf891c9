import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

/** Uses of others, short: `GET http://orders/x`, `orders /x`, `address …`, `route …`. */
function uses(text: string, path = "A.java"): string[] {
  return cuesOf(path, text).flatMap((cue) => {
    if (cue.kind === "call") return [`${cue.method ?? "*"} ${cue.target}${cue.inLoop ? " in loop" : ""}`];
    if (cue.kind === "named-call") return [`${cue.via}: ${cue.name} ${cue.path ?? "-"}`];
    if (cue.kind === "route") return [`route ${cue.path ?? "*"} to ${cue.target ?? "all"}`];
    if (cue.kind === "address" && cue.use === "client") return [`${cue.technology ?? "?"} at ${cue.value}`];
    return [];
  });
}

const calls: [string, string, string[]][] = [
  [
    "RestTemplate with joins, formats and constants",
    `class A {
       private static final String BASE = "http://orders/";
       private RestTemplate restTemplate;
       void a(String id) {
         restTemplate.getForObject(BASE + "orders/" + id, Order.class);
         restTemplate.exchange(String.format("http://users:80/users/%s", id), HttpMethod.PUT, entity, User.class);
         restTemplate.postForEntity("http://items/items", item, Item.class);
         restTemplate.delete(url(id));
       }
       private String url(String id) { return BASE + "gone/" + id; }
     }`,
    ["GET http://orders/orders/{}", "PUT http://users:80/users/{}", "POST http://items/items", "DELETE http://orders/gone/{}"],
  ],
  [
    "injected settings with defaults",
    `class A { RestTemplate rest; @Value("\${order.url:http://orders:8080}") private String orderUrl;
       A(@Value("\${user.host}") String userHost) {}
       void a() { rest.getForObject(orderUrl + "/orders", X.class); rest.put("http://" + userHost + "/u", x); } }`,
    ["GET ${order.url:-http://orders:8080}/orders", "PUT http://${user.host}/u"],
  ],
  [
    "typed settings of another class",
    `class A { private final OrderDestinations destinations; void a() { client.get().uri(destinations.getOrderServiceUrl() + "/orders/{id}", id).retrieve(); } WebClient client; }`,
    ["GET ${const:OrderDestinations.orderServiceUrl}/orders/{id}"],
  ],
  [
    "URI builders",
    `class A { RestTemplate r; void a() { r.getForObject(UriComponentsBuilder.fromHttpUrl("http://x").path("/y").queryParam("q", 1).toUriString(), X.class); } }`,
    ["GET http://x/y"],
  ],
  [
    "URI builders over typed settings",
    `class A { RestClient c; ServiceUrlConfig urls; void a() { final URI url = UriComponentsBuilder.fromHttpUrl(urls.location()).path("/l/{id}").buildAndExpand(1).toUri(); c.get().uri(url).retrieve(); } }`,
    ["GET ${const:ServiceUrlConfig.location}/l/{id}"],
  ],
  [
    "WebClient with a base address",
    `class A { WebClient c = WebClient.builder().baseUrl("http://vets").build(); void a() { c.post().uri("/vets").retrieve(); c.get().uri(b -> b.path("/vets/all").build()).retrieve(); } }`,
    ["http at http://vets", "POST http://vets/vets", "GET http://vets/vets/all"],
  ],
  [
    "in loops",
    `class A { RestTemplate restTemplate; void a(List<R> rs) {
       for (R r : rs) { restTemplate.getForObject("http://a/1", X.class); }
       rs.stream().map(r -> { return restTemplate.getForObject("http://a/2", X.class); });
       restTemplate.getForObject("http://a/3", X.class); } }`,
    ["GET http://a/1 in loop", "GET http://a/2 in loop", "GET http://a/3"],
  ],
  [
    "a map is no client",
    `import org.springframework.web.client.RestTemplate; class A { Map<String, X> cache; void a() { cache.put("http://a", x); cache.delete("http://b"); } }`,
    [],
  ],
  [
    "java.net.http, OkHttp, Apache, JAX-RS",
    `import org.apache.http.client.methods.HttpPost; import okhttp3.Request; import javax.ws.rs.client.Client;
     class A { void a() {
       HttpRequest.newBuilder().uri(URI.create("http://a/x")).POST(body).build();
       new Request.Builder().url("http://b/y").delete().build();
       new HttpPost("http://c/z");
       client.target("http://d").path("w").request().get();
     } }`,
    ["POST http://a/x", "DELETE http://b/y", "POST http://c/z", "GET http://d/w"],
  ],
  [
    "Feign by name, by address and by a constant",
    `@FeignClient(
       name = Services.ORDERS,
       path = "/api")
     interface Orders { @GetMapping("/orders/{id}") Order one(@PathVariable("id") Long id); }
     @FeignClient(value = "rates", url = "\${rates.url}") interface Rates { @RequestMapping(method = RequestMethod.GET, value = "/latest") Rates latest(); }`,
    ["feign: ${const:Services.ORDERS} /api/orders/{id}", "? at ${rates.url}", "GET ${rates.url}/latest"].map((one) =>
      one.replace("? at", "http at"),
    ),
  ],
  [
    "discovery",
    `class A { DiscoveryClient discoveryClient; LoadBalancerClient loadBalancer; void a() { discoveryClient.getInstances("orders"); loadBalancer.choose("items"); } }`,
    ["discovery: orders -", "discovery: items -"],
  ],
  [
    "routes of a gateway",
    `class A { RouteLocator routes(RouteLocatorBuilder b) { return b.routes()
       .route("orders", r -> r.path("/orders/**", "/o").and().method("GET").filters(f -> f.stripPrefix(1)).uri("lb://orders"))
       .build(); } }`,
    ["route /orders/** to lb://orders", "route /o to lb://orders"],
  ],
  ["Zuul sends to everybody", "@EnableZuulProxy class A {}", ["route * to all"]],
  [
    "Micronaut and MicroProfile clients",
    `import io.micronaut.http.client.annotation.Client;
     @Client(id = "pricing") interface P { @Post("/calculate") X calculate(); }
     @Client("\${report.url}") interface R { @Get("/r") X r(); }
     @Path("/heroes") @RegisterRestClient(configKey = "heroes") interface H { @GET @Path("/random") X random(); }`,
    [
      "micronaut: pricing /calculate",
      "http at ${report.url}",
      "GET ${report.url}/r",
      "http at ${heroes/mp-rest/url}",
      "http at ${quarkus.rest-client.heroes.url}",
      "GET ${quarkus.rest-client.heroes.url}/heroes/random",
    ],
  ],
  [
    "Retrofit",
    `import retrofit2.http.GET; interface Api { @GET("users/{id}") Call<U> user(@Path("id") String id); }
     class M { Retrofit r = new Retrofit.Builder().baseUrl("http://users/").build(); }`,
    ["http at http://users/", "GET /users/{id}"],
  ],
];

test.each(calls)("%s", (_, text, expected) => {
  expect(uses(text).toSorted()).toEqual(expected.toSorted());
});

test("Kotlin: escaped placeholders and Ktor", () => {
  const text = `import io.ktor.client.*
    class A(@Value("\\\${order.url:http://orders}") private val orderUrl: String, private val rest: RestTemplate) {
      fun a() = rest.getForObject("$orderUrl/orders", X::class.java)
      suspend fun b() = httpClient.get("http://items/\${id}")
    }`;
  expect(uses(text, "A.kt").toSorted()).toEqual(["GET ${order.url:-http://orders}/orders", "GET http://items/{}"]);
});
