import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

const cues = (text: string) =>
  cuesOf("svc/main.go", text).flatMap(({ kind, file: _file, line, text: _text, ...rest }) =>
    "use" in rest && rest.use === "literal"
      ? []
      : [
          `${line} ${kind} ${Object.values(rest)
            .map((value) => (Array.isArray(value) ? value.join("+") : value === null ? "-" : String(value)))
            .join(" ")}`,
        ],
  );

test.each([
  [
    "net/http",
    'import "net/http"\nfunc f() {\n for _, x := range xs {\n  http.Get("http://a/" + x)\n }\n http.NewRequestWithContext(ctx, http.MethodPut, base+"/x", nil)\n}',
    ["4 call http GET http://a/{} true", "6 call http PUT {}/x false"],
  ],
  [
    "a field that holds a setting",
    'import "net/http"\nfunc f() {\n mustMapEnv(&s.addr, "CART_ADDR")\n http.Get(s.addr+"/x")\n}',
    ["3 setting CART_ADDR -", "4 call http GET ${CART_ADDR}/x false"],
  ],
  [
    "resty",
    'import "github.com/go-resty/resty/v2"\nvar c = resty.New()\nfunc f() { c.R().Get("http://a/b") }',
    ["3 call http GET http://a/b false"],
  ],
  [
    "gin groups",
    'import "github.com/gin-gonic/gin"\nfunc f(r *gin.Engine) {\n v := r.Group("/v1")\n v.GET("/x/:id", h.Show)\n}',
    ["4 endpoint GET /v1/x/{id} Show"],
  ],
  [
    "topics of a configuration, and a consumer of several",
    'import "github.com/segmentio/kafka-go"\nfunc f() {\n m := kafka.Message{Topic: s.cfg.Topics.Created.Name}\n switch m.Topic {\n case s.cfg.Topics.Paid.Name:\n  a()\n case "cancelled":\n  b()\n }\n}',
    ["3 publishes kafka ${Topics.Created.Name} -", "5 consumes kafka ${Topics.Paid.Name} -", "7 consumes kafka cancelled -"],
  ],
  [
    "a name that a function of the file gives",
    'package topics\nimport "os"\nvar (\n\tOrders = ordersTopic()\n\tVersion = pkg.New()\n)\n\nfunc ordersTopic() string {\n\tif topic := os.Getenv("TOPIC"); topic != "" {\n\t\treturn topic\n\t}\n\treturn "orders"\n}\n',
    ["9 setting TOPIC -", "8 constant topics.ordersTopic ${TOPIC:-orders}", "4 constant topics.Orders ${TOPIC:-orders}"],
  ],
  [
    "AMQP 1.0, the queue handed on by two functions",
    'import "github.com/Azure/go-amqp"\nfunc main() { run(os.Getenv("QUEUE")) }\nfunc run(name string) { loop(name) }\nfunc loop(queue string) {\n session.NewReceiver(ctx, queue, nil)\n}\nfunc again(a string) { again(a) }',
    ["2 setting QUEUE -", "5 consumes - ${QUEUE} -"],
  ],
  [
    "chi",
    'import "github.com/go-chi/chi/v5"\nfunc f(r chi.Router) {\n r.Route("/o", func(r chi.Router) {\n  r.Get("/{id:[0-9]+}", h)\n })\n}',
    ["4 endpoint GET /o/{id} h"],
  ],
  [
    "mux",
    'import "github.com/gorilla/mux"\nfunc f(r *mux.Router) { r.HandleFunc("/x/{id}", show).Methods("GET", http.MethodPost) }',
    ["2 endpoint GET /x/{id} show", "2 endpoint POST /x/{id} show"],
  ],
  [
    "net/http patterns",
    'import "net/http"\nfunc f() { m.HandleFunc("GET /x/{id...}", show); http.Handle("/static/", http.FileServer(d)) }',
    ["2 endpoint GET /x/{id} show"],
  ],
  ["headers are none", 'import "net/http"\nfunc f(r *http.Request) { r.Header.Get("/x", y) }', []],
  [
    "gRPC",
    'import (\n "google.golang.org/grpc"\n pb "x/genproto"\n)\nfunc f() {\n c, _ := grpc.NewClient(os.Getenv("CART_ADDR"))\n pb.NewCartServiceClient(c)\n pb.RegisterAdServiceServer(s, x)\n}',
    ["6 setting CART_ADDR -", "6 address ${CART_ADDR} grpc client", "7 grpc-client CartService", "8 grpc-server AdService"],
  ],
  ["own constructors are no stubs", 'import "x/internal/infras/grpc"\nfunc f() { grpc.NewGRPCProductClient(config) }', []],
  [
    "database/sql",
    'import "database/sql"\nfunc f() { db, _ := sql.Open("postgres", "host=db dbname=shop"); db.Query("SELECT * FROM orders") }',
    [
      "2 table orders - read - -",
      "2 address host=db dbname=shop postgresql client",
      "2 store-client postgresql database/sql shop",
    ],
  ],
  [
    "gorm",
    'import "gorm.io/gorm"\ntype OrderItem struct {\n gorm.Model\n A string\n}\nfunc f() { db.Create(&OrderItem{A: "x"}) }',
    ["2 table order_items - map - OrderItem", "6 entity-use OrderItem write"],
  ],
  [
    "mongo",
    'import "go.mongodb.org/mongo-driver/mongo"\nfunc f() { c.Database("shop").Collection("orders") }',
    ["2 store-client mongodb mongo-driver shop", "2 table orders - map mongodb -"],
  ],
  [
    "redis",
    'import "github.com/redis/go-redis/v9"\nfunc f() {\n r := redis.NewClient(&redis.Options{Addr: "r:6379"})\n r.Publish(ctx, "orders", x)\n}',
    ["3 address r:6379 redis client", "3 store-client redis github.com/redis/go-redis -", "4 publishes redis orders -"],
  ],
  [
    "amqp",
    'import amqp "github.com/rabbitmq/amqp091-go"\nfunc f(ch *amqp.Channel) {\n ch.PublishWithContext(ctx, "", "jobs", false, false, m)\n ch.Consume("jobs", "", true)\n}',
    ["3 publishes rabbitmq jobs -", "4 consumes rabbitmq jobs -"],
  ],
  [
    "sarama with a constant of elsewhere",
    'import (\n "github.com/IBM/sarama"\n "x/topics"\n)\nvar m = sarama.ProducerMessage{Topic: topics.Orders}',
    ["5 publishes kafka ${const:topics.Orders} -"],
  ],
  [
    "kafka-go",
    'import "github.com/segmentio/kafka-go"\nvar r = kafka.NewReader(kafka.ReaderConfig{Brokers: []string{"k:9092"}, Topic: "orders"})',
    ["2 address k:9092 kafka client", "2 store-client kafka github.com/segmentio/kafka-go -", "2 consumes kafka orders -"],
  ],
  ["own publisher", "func f() { p.publisher.Publish(ctx, &events.OrderPlaced{ID: 1}) }", ["1 publishes - - OrderPlaced"]],
  [
    "options of a wrapper",
    'import pub "x/pkg/rabbitmq/publisher"\nfunc f() { pub.ExchangeName("orders") }',
    ["2 publishes - orders -"],
  ],
  [
    "tags",
    'type PG struct {\n URL string `yaml:"url" env:"PG_URL" env-default:"db:1"`\n}\ntype Config struct {\n PG PG `yaml:"postgres"`\n}',
    ["2 setting PG_URL db:1", "2 setting postgres.url db:1"],
  ],
  [
    "models and constants",
    'const OrdersTopic = "orders"\ntype Order struct {\n ID string `json:"id"`\n A, B int\n c int\n}',
    ["1 constant OrdersTopic orders", "2 model Order ID+A+B"],
  ],
  [
    "telemetry",
    'import "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"\nvar e = otlptracegrpc.New(ctx)',
    ["2 role telemetry-client -"],
  ],
])("%s", (_name, text, expected) => {
  expect(cues(text)).toEqual(expected);
});
