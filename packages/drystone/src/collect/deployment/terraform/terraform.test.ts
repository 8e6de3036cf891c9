import { describe, expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import { isTerraformFile, readTerraform } from "./read-terraform.js";

function shown(files: Readonly<Record<string, string>>): string[] {
  const { deployed, stores } = readTerraform(new Map(Object.entries(files)));
  return [
    ...deployed.flatMap(({ name, variant, aliases, image, ports, exposed, file, line, environment }) => [
      `${name}${variant === "" ? "" : `/${variant}`} ${image} [${aliases.join(" ")}] ${ports.map(({ container, host }) => (host === null ? container : `${container}->${host}`)).join()}${exposed ? " exposed" : ""} ${file}:${line}`,
      ...environment.map((entry) => `  ${entry.key}=${entry.value ?? "?"} ${entry.file}:${entry.line}`),
    ]),
    ...stores.map(
      ({ kind, technology, name, address, database, file, line }) =>
        `${kind} ${technology} ${name} ${address} ${database ?? "-"} ${file}:${line}`,
    ),
  ];
}

describe("readTerraform", () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      "ECS: encoded containers, services, references, secrets",
      {
        "ecs.tf": `locals {
  env = [{ name = "QUEUE", value = aws_sqs_queue.orders.url }]
}
variable "tag" { default = "2" }
resource "aws_ecr_repository" "cart" { name = "shop/cart" }
resource "aws_ecs_task_definition" "cart" {
  family = "cart"
  container_definitions = jsonencode([
    {
      name  = "cart-app"
      image = "\${aws_ecr_repository.cart.repository_url}:\${var.tag}"
      portMappings = [{ containerPort = 8080 }]
      environment = concat(local.env, [
        { name = "ORDERS", value = "http://\${aws_ecs_service.orders.name}:80" },
        { name = "DB", value = "jdbc:postgresql://\${aws_db_instance.db.address}/cart" }
      ])
      secrets = [{ name = "KEY", valueFrom = aws_secretsmanager_secret.key.arn }]
    },
    { name = "xray-daemon", image = "amazon/aws-xray-daemon" }
  ])
}
resource "aws_ecs_service" "cart" {
  name            = "carts"
  task_definition = aws_ecs_task_definition.cart.arn
  load_balancer { target_group_arn = "x" }
  service_connect_configuration {
    service { client_alias { dns_name = "cart.internal" } }
  }
}
resource "aws_ecs_service" "orders" { name = "orders" }
`,
      },
      [
        "cart-app shop/cart:2 [carts cart.internal cart] 8080 exposed ecs.tf:10",
        "  QUEUE=aws_sqs_queue.orders.url ecs.tf:2",
        "  ORDERS=http://orders:80 ecs.tf:14",
        "  DB=jdbc:postgresql://${aws_db_instance.db.address}/cart ecs.tf:15",
        "  KEY=? ecs.tf:17",
      ],
    ],
    [
      "JSON: resources, references, nested blocks, a list of blocks, comments",
      {
        "main.tf.json": `{
  "//": "written by hand",
  "locals": { "name": "cart" },
  "variable": { "tag": { "default": "2" } },
  "resource": [{
    "google_cloud_run_v2_service": {
      "cart": {
        "name": "\${local.name}",
        "template": [{ "containers": [{
          "image": "shop/cart:\${var.tag}",
          "env": [{ "name": "QUEUE", "value": "\${aws_sqs_queue.orders.url}" }]
        }] }]
      }
    },
    "aws_sqs_queue": { "orders": { "name": "orders" } }
  }]
}
`,
        "db.tf": 'resource "aws_db_instance" "db" {\n  engine = "postgres"\n  db_name = local.name\n}\n',
      },
      [
        "cart shop/cart:2 []  exposed main.tf.json:7",
        "  QUEUE=aws_sqs_queue.orders.url main.tf.json:11",
        "datastore postgres db aws_db_instance.db cart db.tf:1",
        "topic sqs orders aws_sqs_queue.orders - main.tf.json:15",
      ],
    ],
    [
      "ECS: containers in a heredoc and in a file",
      {
        "infra/main.tf":
          'resource "aws_ecs_task_definition" "a" {\n  container_definitions = <<EOF\n[\n  {\n    "name": "a", "image": "shop/a", "cpu": ${var.cpu},\n    "environment": [\n      {"name": "B", "value": "http://b"}]\n  }\n]\nEOF\n}\nresource "aws_ecs_task_definition" "b" {\n  container_definitions = templatefile("${path.module}/b.json", { host = "a" })\n}\n',
        "infra/b.json": '[{"name": "b", "image": "shop/b", "environment": [{"name": "A", "value": "http://${host}"}]}]',
      },
      [
        "a shop/a []  infra/main.tf:5",
        "  B=http://b infra/main.tf:7",
        "b shop/b []  infra/main.tf:13",
        "  A=http://a infra/main.tf:13",
      ],
    ],
    [
      "modules: variables, each, outputs, several roots",
      {
        "prod/main.tf": 'module "shop" {\n  source = "../shop"\n  tag = "9"\n}\n',
        "dev/main.tf": 'module "shop" {\n  source = "../shop"\n}\nmodule "copy" {\n  source = "../shop"\n  count = 0\n}\n',
        "shop/main.tf": `variable "tag" { default = "latest" }
locals {
  services = {
    cart = { URL = "http://orders" }
    orders = { QUEUE = module.queue.url }
  }
}
module "queue" { source = "./queue" }
resource "aws_lambda_function" "all" {
  for_each      = local.services
  function_name = each.key
  image_uri     = "shop/\${each.key}:\${var.tag}"
  environment { variables = merge(each.value, { MODE = "fast" }) }
}
`,
        "shop/queue/main.tf": 'resource "aws_sqs_queue" "q" { name = "orders" }\noutput "url" { value = aws_sqs_queue.q.url }\n',
      },
      [
        "cart shop/cart:latest []  shop/main.tf:9",
        "  URL=http://orders shop/main.tf:4",
        "  MODE=fast shop/main.tf:13",
        "orders shop/orders:latest []  shop/main.tf:9",
        "  QUEUE=module.shop.module.queue.aws_sqs_queue.q.url shop/main.tf:5",
        "  MODE=fast shop/main.tf:13",
        "cart/prod shop/cart:9 []  shop/main.tf:9",
        "  URL=http://orders shop/main.tf:4",
        "  MODE=fast shop/main.tf:13",
        "orders/prod shop/orders:9 []  shop/main.tf:9",
        "  QUEUE=module.shop.module.queue.aws_sqs_queue.q.url shop/main.tf:5",
        "  MODE=fast shop/main.tf:13",
        "topic sqs orders module.shop.module.queue.aws_sqs_queue.q - shop/queue/main.tf:1",
      ],
    ],
    [
      "clouds: Cloud Run, Container Apps, web apps, with dynamic blocks",
      {
        "main.tf": `resource "google_cloud_run_v2_service" "cart" {
  name = "cart"
  template {
    containers {
      image = "shop/cart"
      ports { container_port = 8080 }
      dynamic "env" {
        for_each = { ORDERS = "http://orders" }
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}
resource "azurerm_container_app" "orders" {
  name = "orders"
  ingress { external_enabled = false }
  template {
    container {
      image = var.image
      env {
        name  = "CART"
        value = google_cloud_run_v2_service.cart.uri
      }
    }
  }
}
resource "azurerm_linux_web_app" "web" {
  name         = "web"
  app_settings = { "API" = "http://cart" }
}
`,
      },
      [
        "cart shop/cart [] 8080 exposed main.tf:1",
        "  ORDERS=http://orders main.tf:8",
        "orders null []  main.tf:17",
        "  CART=google_cloud_run_v2_service.cart.uri main.tf:23",
        "web null []  exposed main.tf:30",
        "  API=http://cart main.tf:32",
      ],
    ],
    [
      "Kubernetes, Docker and charts from elsewhere",
      {
        "main.tf": `resource "kubernetes_deployment_v1" "cart" {
  metadata { name = "cart" }
  spec {
    template {
      metadata { labels = { app = "cart" } }
      spec {
        container {
          name  = "cart"
          image = "shop/cart"
          port { container_port = 8080 }
          env {
            name  = "ORDERS"
            value = "http://orders"
          }
          env_from { config_map_ref { name = "settings" } }
        }
      }
    }
  }
}
resource "kubernetes_service" "cart" {
  metadata { name = "cart-api" }
  spec {
    type     = "LoadBalancer"
    selector = { app = "cart" }
    port {
      port        = 80
      target_port = 8080
    }
  }
}
resource "kubernetes_config_map" "settings" {
  metadata { name = "settings" }
  data = { LEVEL = "info" }
}
resource "docker_image" "redis" { name = "redis:7" }
resource "docker_container" "redis" {
  name  = "cache"
  image = docker_image.redis.image_id
  env   = ["A=b=c"]
  ports {
    internal = 6379
    external = 6380
  }
}
resource "helm_release" "db" {
  name       = "db"
  chart      = "postgresql"
  repository = "https://charts.bitnami.com/bitnami"
}
resource "helm_release" "own" {
  name  = "own"
  chart = "./charts/own"
}
`,
      },
      [
        "cache redis:7 [] 6379->6380 exposed main.tf:37",
        "  A=b=c main.tf:40",
        "db bitnami/postgresql []  main.tf:46",
        "cart shop/cart [cart-api] 8080->80 exposed main.tf:1",
        "  LEVEL=info main.tf:34",
        "  ORDERS=http://orders main.tf:12",
      ],
    ],
    [
      "stores, by resources and by modules of the registry",
      {
        "main.tf": `resource "aws_db_instance" "db" {
  identifier = "orders-db"
  engine     = "postgres"
  db_name    = "orders"
}
resource "aws_dynamodb_table" "cart" { name = "\${var.env}-cart" }
resource "google_sql_database_instance" "main" { database_version = "MYSQL_8_0" }
resource "azurerm_servicebus_topic" "orders" { name = "orders" }
resource "aws_s3_bucket" "none" { count = 0 }
module "cache" {
  source = "terraform-aws-modules/elasticache/aws"
  engine = "valkey"
}
`,
        "terraform.tfvars": 'env = "prod"\n',
      },
      [
        "datastore postgres orders-db aws_db_instance.db orders main.tf:1",
        "table dynamodb prod-cart aws_dynamodb_table.cart - main.tf:6",
        "datastore mysql main google_sql_database_instance.main - main.tf:7",
        "topic servicebus orders azurerm_servicebus_topic.orders - main.tf:8",
        "cache valkey cache module.cache - main.tf:10",
      ],
    ],
    [
      "expressions",
      {
        "main.tf": `locals {
  list  = [for name in ["a", "b", "c"] : upper(name) if name != "b"]
  map   = { for index, name in local.list : name => index }
  text  = "\${join("-", local.list)}-\${local.map["C"]}-\${local.map.A + 2 * 3}"
  odd   = true && !false ? format("%s/%d", local.text, 7) : "no"
  loop  = local.loop
  plain = "$\${kept} \\"q\\""
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      ODD   = local.odd /* a comment */
      LOOP  = local.loop // another
      PLAIN = local.plain
      ZONE  = data.aws_region.current.name
    }
  }
}
`,
      },
      [
        "f null []  main.tf:9",
        "  ODD=A-C-1-6/7 main.tf:13",
        "  LOOP=local.loop main.tf:14",
        '  PLAIN=${kept} "q" main.tf:15',
        "  ZONE=data.aws_region.current.name main.tf:16",
      ],
    ],
  ])("%s", (_, files, expected) => {
    expect(shown(files)).toEqual(expected);
  });

  test.each<[string, Record<string, string>]>([
    ["deep brackets", { "a.tf": `locals { a = ${"[".repeat(100_000)} }` }],
    ["deep blocks", { "a.tf": "a {\n".repeat(100_000) }],
    ["deep texts", { "a.tf": `locals { a = ${'"${'.repeat(50_000)} }` }],
    [
      "signs in a row",
      { "a.tf": `locals { a = ${"!".repeat(200_000)}1\n b = ${"-".repeat(200_000)}1\n c = 1${"+1".repeat(100_000)} }` },
    ],
    ["maps as keys of maps", { "a.tf": `locals { a = ${"{: ".repeat(50_000)} }` }],
    [
      "a long sum",
      {
        "a.tf": `locals { a = 1 ${"+ 1 ".repeat(100_000)} }\nresource "aws_lambda_function" "f" {\n  function_name = local.a\n}`,
      },
    ],
    [
      "open texts and comments",
      {
        "a.tf": `locals { a = "${"${".repeat(100_000)}`,
        "b.tf": `/* ${"/*".repeat(100_000)}`,
        "c.tf": `locals { a = <<EOF\n${"x\n".repeat(100_000)}`,
      },
    ],
    ["one long line", { "a.tf": `resource "aws_sqs_queue" "${"q".repeat(900_000)}" {}` }],
    [
      "modules in a circle",
      {
        "a/m.tf": 'module "b" { source = "../b" }',
        "b/m.tf": 'module "a" { source = "../a" }',
        "main.tf": 'module "a" { source = "./a" }',
      },
    ],
    [
      "modules that double",
      Object.fromEntries(
        Array.from({ length: 30 }, (_, at) => [
          `${at}/m.tf`,
          `module "a" {\nsource = "../${at + 1}"\n}\nmodule "b" {\nsource = "../${at + 1}"\n}\n`,
        ]),
      ),
    ],
    [
      "texts that double",
      {
        "a.tf": `locals {\n  v0 = "xxxxxxxxxx"\n${Array.from({ length: 60 }, (_, at) => `  v${at + 1} = "\${local.v${at}}\${local.v${at}}"`).join("\n")}\n}\nresource "aws_lambda_function" "f" {\n  function_name = local.v60\n}`,
      },
    ],
    [
      "loops in loops",
      {
        "a.tf": `locals { a = ${"[for x in range(1000) : ".repeat(30)}1${"]".repeat(30)} }\nresource "aws_lambda_function" "f" {\n  function_name = local.a\n}`,
      },
    ],
    [
      "JSON with many keys, nested",
      {
        "a.tf.json": JSON.stringify({
          resource: { a: Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`k${at}`, [{ a: [{ b: at }] }]])) },
        }),
        "b.tf.json": "{".repeat(50_000),
        "c.tf.json": `{"locals":${"[".repeat(60)}${"]".repeat(60)}}`,
      },
    ],
    [
      "names of the prototype",
      {
        "a.tf":
          'locals { __proto__ = { a = 1 } }\nresource "aws_lambda_function" "__proto__" {\n  environment { variables = { __proto__ = local.__proto__.a, constructor = "x" } }\n}',
      },
    ],
  ])("hostile: %s", (_, files) => {
    const spent = processorTime();
    expect(() => readTerraform(new Map(Object.entries(files)))).not.toThrow();
    expect(spent()).toBeLessThan(15_000);
  });
});

test.each([
  ["infra/main.tf", true],
  ["terraform.tfvars", true],
  ["terraform/task.json", true],
  ["src/main.ts", false],
  ["package.json", false],
])("isTerraformFile(%s)", (path, expected) => {
  expect(isTerraformFile(path)).toBe(expected);
});
