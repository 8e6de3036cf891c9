import { expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import { cuesOf } from "../cues-of.js";

const heads = {
  "a.py": "import requests, redis, kafka, pika, sqlalchemy, flask, boto3, celery\nfrom django.urls import path\n",
  "a.go":
    'import (\n "net/http"\n "github.com/go-redis/redis"\n "gorm.io/gorm"\n "github.com/gin-gonic/gin"\n "google.golang.org/grpc"\n)\n',
  "a.rs": "use reqwest::Client;\nuse lapin::x;\nuse tonic::y;\nuse axum::z;\n",
  "a.sql": "",
};
const units = [
  "(",
  "requests.get(",
  "a.b(",
  "@app.route(",
  "class A(",
  "if x:\n  ",
  '"',
  "'''",
  "SELECT a FROM b, ",
  "WITH x AS (",
  'r.GET("/", ',
  "type A struct {\n",
  "x := ",
  "{",
  "client\n .get(",
  'config["A"] = config["A"]\n',
  "    ",
  "\n",
  "for x in y:\n ",
  "a.b.c.d.e.f.g",
  "def f(a, b):\n f(a)\n",
  "func f(a string) {\n f(a)\n http.Get(a)\n",
  "[",
  "`",
  "/*",
  '#[get("',
  "use a::{",
  "-- \n",
];

test.each(Object.entries(heads).flatMap(([path, head]) => units.map((unit): [string, string, string] => [path, unit, head])))(
  "%s: %j many times takes linear time",
  (path, unit, head) => {
    const text = head + unit.repeat(Math.floor(100_000 / unit.length));
    const spent = processorTime();
    cuesOf(path, text);
    expect(spent()).toBeLessThan(5000);
  },
);

test("names that are given again and again before each use are followed for a bounded time", () => {
  const unit = "\n    def publish(self, topic):\n        producer.send(self.topic, b)\n        self.topic = topic\n";
  const spent = processorTime();
  cuesOf("a.py", `import kafka\n${unit.repeat(8000)}`);
  expect(spent()).toBeLessThan(5000);
});
