import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

function endpoints(text: string, path = "A.java"): string[] {
  return cuesOf(path, text).flatMap((cue) => (cue.kind === "endpoint" ? [`${cue.method ?? "*"} ${cue.path}`] : []));
}

const java: [string, string, string[]][] = [
  [
    "class and method mappings are joined",
    `@RestController @RequestMapping("/orders")
     class Orders {
       @GetMapping public List<Order> all() { return null; }
       @GetMapping("/{id:\\\\d+}") public ResponseEntity<Map<String, List<Order>>> one(@PathVariable("id") Long id) { return null; }
       @PostMapping(path = {"", "/new"}, consumes = "application/json") Order create(@RequestBody Order order) { return order; }
     }`,
    ["GET /orders", "GET /orders/{id}", "POST /orders", "POST /orders/new"],
  ],
  [
    "RequestMapping with methods, constants and no path",
    `@Controller class A {
       static final String BASE = "/api";
       @RequestMapping(value = BASE + "/x", method = {RequestMethod.GET, RequestMethod.HEAD}) @ResponseBody String x() { return ""; }
       @RequestMapping(method = RequestMethod.POST, path = "y") String y() { return ""; }
       @RequestMapping("/any") String any() { return ""; }
     }`,
    ["GET /api/x", "HEAD /api/x", "POST /y", "* /any"],
  ],
  [
    "other annotations between, commented ones, line breaks",
    `@RequestMapping(
       value = "/a"
     )
     @RestController
     public class A {
       // @GetMapping("/old")
       @Operation(summary = "x (y)", responses = {@ApiResponse(content = @Content(schema = @Schema(implementation = A.class)))})
       @GetMapping(value = "/b",
           produces = MediaType.APPLICATION_JSON_VALUE)
       public Mono<A> b() { return null; }
     }`,
    ["GET /a/b"],
  ],
  [
    "a Feign client answers nothing",
    `@FeignClient(name = "orders") interface Orders { @GetMapping("/orders") List<Order> all(); @RequestMapping(method = RequestMethod.PUT, value = "/x") void x(); }`,
    [],
  ],
  ["nor do interfaces of HTTP clients", `@HttpExchange("/orders") interface Orders { @GetExchange("/{id}") Order one(); }`, []],
  [
    "an interface that a controller implements",
    `public interface OrdersApi { @GetMapping("/orders") List<Order> all(); }`,
    ["GET /orders"],
  ],
  [
    "JAX-RS",
    `@Path("/heroes") @ApplicationScoped public class HeroResource {
       @GET @Path("/{id}") public Response one(@PathParam("id") Long id) { return null; }
       @POST @Consumes("application/json") public Uni<Response> create(Hero hero) { return null; }
     }`,
    ["GET /heroes/{id}", "POST /heroes"],
  ],
  [
    "clients of MicroProfile and Retrofit answer nothing",
    `@Path("/heroes") @RegisterRestClient(configKey = "heroes") interface Heroes { @GET @Path("/random") Hero random(); }`,
    [],
  ],
  [
    "Micronaut",
    `import io.micronaut.http.annotation.*;
     @Controller("/policies") public class Policies { @Get("/{number}") Policy one(String number) { return null; } @Post Policy create() { return null; } }`,
    ["GET /policies/{number}", "POST /policies"],
  ],
  [
    "router functions",
    `import org.springframework.web.reactive.function.server.RouterFunction;
     class R { @Bean RouterFunction<ServerResponse> routes(H h) { return route(GET("/orders/{id}"), h::one).andRoute(POST("/orders"), h::create); } }`,
    ["GET /orders/{id}", "POST /orders"],
  ],
  [
    "Spring Data REST",
    `@RepositoryRestResource(path = "orders") interface A extends CrudRepository<Order, Long> {}
     @RepositoryRestResource interface B extends CrudRepository<Category, Long> {}
     @RepositoryRestResource(exported = false) interface C extends CrudRepository<Item, Long> {}`,
    ["* /orders", "* /categories"],
  ],
  [
    "Javalin",
    `import io.javalin.Javalin; class A { void a() { app.get("/users/:id", ctx -> {}); cache.get("key"); } }`,
    ["GET /users/{id}"],
  ],
  ["text and comments are none", `class A { String s = "@GetMapping(\\"/x\\")"; /* @GetMapping("/y") void y() {} */ }`, []],
];

test.each(java)("%s", (_, text, expected) => {
  expect(endpoints(text)).toEqual(expected);
});

const kotlin: [string, string, string[]][] = [
  [
    "Spring in Kotlin",
    `@RestController
     @RequestMapping("/orders")
     class Orders(private val repository: OrderRepository) {
       @GetMapping(value = ["/{id}", "/by-id/{id}"])
       fun one(@PathVariable id: Long): Order? = repository.find(id)
       @PostMapping suspend fun create(@RequestBody order: Order): Order { return order }
     }`,
    ["GET /orders/{id}", "GET /orders/by-id/{id}", "POST /orders"],
  ],
  [
    "router DSL with a nested path",
    `import org.springframework.web.servlet.function.RouterFunction
     fun routes(h: H) = router { "/api".nest { GET("/orders", h::all) } }`,
    ["GET /api/orders"],
  ],
  [
    "Ktor",
    `import io.ktor.server.routing.*
     fun Application.module() { routing { route("/api") { get("/orders/{id}") { call.respond(1) } post { } } get("/health") { } } }`,
    ["GET /api/orders/{id}", "POST /api", "GET /health"],
  ],
];

test.each(kotlin)("%s", (_, text, expected) => {
  expect(endpoints(text, "A.kt")).toEqual(expected);
});

test("what a class answers below is said apart", () => {
  const found = cuesOf(
    "A.java",
    `@RestController @RequestMapping("/send") class A { @GetMapping("email") String send() { return ""; } }`,
  );
  expect(found.map(({ kind }) => kind)).toEqual(["endpoint", "endpoint-prefix"]);
});
