import { describe, expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import type { ComponentFact } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { collectInventory, type Inventory } from "./index.js";

const serverPackage = (name: string, more: object = {}) =>
  JSON.stringify({ name, private: true, scripts: { start: "node ." }, dependencies: { express: "4.0.0" }, ...more });
const workload = (name: string, image: string, kind = "Deployment") =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n`;
const springApplication = "@SpringBootApplication\npublic class ShopApplication {}\n";
const pom = (artifact: string, more = "") =>
  `<project><groupId>shop</groupId><artifactId>${artifact}</artifactId>${more}</project>`;
const springPlugin = "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>";
const entity = (name: string, type: string, more = "") =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: ${type}${more}}\n`;
const goMain = (imports: string) => `package main\n\nimport "${imports}"\n\nfunc main() {}\n`;

const scenes: Record<
  string,
  { repositories: Record<string, Record<string, string>>; components: string[]; resources?: string[]; problems?: string[] }
> = {
  "one Go module, a program around each cmd; sources mounted into an image without any; databases of the parts' own; a broker beside a folder of its name":
    {
      repositories: {
        shop: {
          "go.mod": "module shop\n\ngo 1.22\n",
          "orders/cmd/main.go": goMain("shop/orders/internal"),
          "orders/internal/a.go": "package internal\n",
          "pay/cmd/server/main.go": goMain("shop/pay/internal"),
          "pay/internal/a.go": "package internal\n",
          "docker-compose.yml":
            "services:\n  orders: {build: {context: ., dockerfile: docker/orders.Dockerfile}}\n  pay: {build: {context: ., dockerfile: docker/pay.Dockerfile}}\n  mail:\n    build: docker/dev\n    working_dir: /code/mail\n    volumes: ['./code:/code']\n  web: {image: 'node:20', working_dir: /web, volumes: ['./web:/web']}\n  kafka: {image: 'confluentinc/cp-kafka:7'}\n",
          "docker/orders.Dockerfile": "FROM golang\n",
          "docker/pay.Dockerfile": "FROM golang\n",
          "docker/dev/Dockerfile": "FROM golang\n",
          "code/mail/app.js": "",
          "code/mail/package.json": serverPackage("mail"),
          "web/app.js": "",
          "web/package.json": serverPackage("web"),
          "code/mail/docker-compose.yml": "services:\n  db: {image: 'postgres:16'}\n",
          "web/docker-compose.yml": "services:\n  db: {image: 'postgres:16'}\n",
          "kafka/package.json": serverPackage("kafka"),
          "kafka/admin.js": "",
        },
      },
      components: [
        "service kafka built [kafka] node",
        "service mail built [code/mail] node",
        "service orders built [orders] go",
        "service pay built [pay] go",
        "frontend web built [web] node",
      ],
      resources: ["broker kafka", "datastore mail-db", "datastore web-db"],
    },
  "an app host takes the names of what it starts from constants of other files": {
    repositories: {
      shop: {
        "Host/Host.csproj":
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>',
        "Host/AppHost.cs": `var builder = DistributedApplication.CreateBuilder(args);
var cart = builder.AddProject<Projects.Cart>(Names.Carts);
builder.AddRedis(Shared.Parts.Stores.Cache);
builder.AddKafka(Parts.Unknown);
`,
        "Shared/Names.cs": 'public static class Names { public const string Carts = "carts"; }\n',
        "Shared/Parts.cs":
          'public static class Parts { public static class Stores { public const string Cache = "cart-cache"; } }\n',
        "Cart/Cart.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
        "Cart/Cart.cs": "class Cart {}\n",
      },
    },
    components: ["service carts built [Cart] dotnet"],
    resources: ["cache cart-cache"],
  },
  "one Dockerfile for all crates is told by its argument which one it builds; names that only count; an image that only sounds like a broker":
    {
      repositories: {
        shop: {
          "docker-compose.yml": `services:
  hub-1: {build: {context: rust, args: {PACKAGE: shop-hub}}}
  hub-2: {build: {context: rust, args: {PACKAGE: shop-hub}}}
  agent: {build: {context: rust, args: {PACKAGE: shop-agent}}}
  artemis: {image: 'moonshots/artemis:1'}
  mq: {image: 'apache/activemq-artemis:2'}
`,
          "rust/Dockerfile": "FROM rust\nCOPY . .\n",
          "rust/Cargo.toml": '[workspace]\nmembers = ["*"]\n',
          "rust/hub/server/Cargo.toml": '[package]\nname = "shop-hub"\n',
          "rust/hub/server/src/main.rs": "fn main() {}\n",
          "rust/headless/Cargo.toml": '[package]\nname = "shop-agent"\n',
          "rust/headless/src/main.rs": "fn main() {}\n",
        },
      },
      components: [
        "service agent built [rust/headless] rust",
        "external artemis [] null",
        "service hub built [rust/hub/server] rust",
      ],
      resources: ["broker mq"],
    },
  "the whole repository is mounted for each program of it; what prepares it is none": {
    repositories: {
      shop: {
        "docker/docker-compose.yml": `services:
  web: {build: {context: ., dockerfile: Dockerfile.dev}, working_dir: /app, volumes: ['..:/app'], command: pnpm web, depends_on: {prepare: {condition: service_completed_successfully}}}
  workers: {build: {context: ., dockerfile: Dockerfile.dev}, working_dir: /app, volumes: ['..:/app'], command: pnpm workers}
  prepare: {build: {context: ., dockerfile: Dockerfile.dev}, working_dir: /app, volumes: ['..:/app'], command: pnpm install}
`,
        "docker/Dockerfile.dev": "FROM node\nCOPY . .\n",
        "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["apps/*"] }),
        "apps/web/package.json": serverPackage("@shop/web", { dependencies: { next: "14" } }),
        "apps/web/a.js": "",
        "apps/workers/package.json": serverPackage("@shop/workers"),
        "apps/workers/a.js": "",
      },
    },
    components: ["frontend web built [apps/web] node", "service workers built [apps/workers] node"],
  },
  "images have a tree of their own: they pack the programs of their names, and other programs of the module are tools": {
    repositories: {
      shop: {
        "images/core/Dockerfile": "ARG base\nFROM ${base}\nCOPY core /core\n",
        "images/mailer/Dockerfile": "ARG base\nFROM ${base}\nCOPY mailer /mailer\n",
        "src/go.mod": "module shop\n\ngo 1.22\n",
        "src/core/main.go": goMain("shop/pkg"),
        "src/mailer/main.go": goMain("shop/pkg"),
        "src/cmd/docs/main.go": goMain("shop/pkg"),
        "src/pkg/a.go": "package pkg\n",
      },
    },
    components: ["service core built [src/core] go", "service mailer built [src/mailer] go", "library shop built [src] go"],
  },
  "a Rust workspace: the crate that serves, tools beside it, a library with a small program": {
    repositories: {
      shop: {
        "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
        "crates/server/Cargo.toml": '[package]\nname = "server"\n[dependencies]\naxum = "0.8"\nprices = { path = "../prices" }\n',
        "crates/server/src/main.rs": "fn main() {}\n",
        "crates/prices/Cargo.toml": '[package]\nname = "prices"\n',
        "crates/prices/src/lib.rs": "",
        "crates/prices/src/main.rs": "fn main() {}\n",
        "crates/xtask/Cargo.toml": '[package]\nname = "xtask"\n',
        "crates/xtask/src/main.rs": "fn main() {}\n",
        "crates/xtask/src/build.rs": "",
      },
    },
    components: [
      "library prices built [crates/prices] rust < server",
      "service server built [crates/server] rust",
      "library xtask built [crates/xtask] rust",
    ],
  },
  "a database packed beside the program at the root, and a class that only configures Spring": {
    repositories: {
      accounts: {
        "docker-compose.yml":
          "services:\n  accounts: {build: {context: ., dockerfile: Dockerfile.dev}}\n  postgres: {build: {context: ., dockerfile: Dockerfile.postgres}}\n",
        "Dockerfile.dev": "FROM eclipse-temurin:21\n",
        "Dockerfile.postgres": "FROM postgres:16\n",
        "pom.xml": pom("accounts", springPlugin),
        "src/main/java/shop/AccountsApplication.java": springApplication,
      },
      rules: {
        "pom.xml": pom("rules"),
        "src/main/java/shop/RulesApplication.java":
          "@Configuration\n@EnableAutoConfiguration\npublic class RulesApplication {}\n",
        "src/main/java/shop/Rule.java": "class Rule {}\n",
      },
    },
    components: ["service accounts built [] java", "library rules built [] java"],
    resources: ["datastore postgres"],
  },
  "a Laravel application: what the framework lays out is no module": {
    repositories: {
      shop: {
        "composer.json": '{"name": "acme/shop", "type": "project", "require": {"laravel/framework": "12"}}',
        artisan: "",
        "app/Domains/Cart/a.php": "",
        "app/Domains/Orders/a.php": "",
        "app/Domains/Stock/a.php": "",
        "bootstrap/app.php": "",
        "config/app.php": "",
        "database/a.php": "",
        "routes/web.php": "",
        "scripts/a.php": "",
      },
    },
    components: [
      "module Cart built [app/Domains/Cart] php < shop",
      "module Orders built [app/Domains/Orders] php < shop",
      "service shop built [] php",
      "module Stock built [app/Domains/Stock] php < shop",
    ],
  },
  "compose monorepo: contexts, a Dockerfile below the context, variables, two names for one folder, databases with and without a Dockerfile":
    {
      repositories: {
        shop: {
          ".env": "ORDERS_DOCKERFILE=./src/orders/Dockerfile\n",
          "docker-compose.yml": [
            "services:",
            "  cart:",
            "    build: ./src/cart",
            "  orders:",
            "    build:",
            "      context: .",
            "      dockerfile: ${ORDERS_DOCKERFILE}",
            "  orders-worker:",
            "    build:",
            "      context: .",
            "      dockerfile: ./src/orders/Dockerfile",
            "    command: work",
            "  web:",
            "    build: ./src/web",
            "  mysql:",
            "    build: ./mysql",
            "  redis:",
            "    image: redis:7-alpine",
            "  prometheus:",
            "    image: prom/prometheus:v3",
            "  test_unit:",
            "    build: ./src/cart",
          ].join("\n"),
          "src/cart/Dockerfile": "FROM node:20\nCOPY . .\n",
          "src/cart/package.json": serverPackage("cart"),
          "src/cart/index.js": "",
          "src/orders/Dockerfile": "FROM python:3\n",
          "src/orders/requirements.txt": "flask==3.0\n",
          "src/orders/app.py": "from flask import Flask\napp = Flask(__name__)\n",
          "src/web/Dockerfile": "FROM nginx\n",
          "src/web/index.html": "<html></html>",
          "mysql/Dockerfile": "FROM mysql:8\n",
          "mysql/seed.js": "",
          "src/load-generator/Dockerfile": "FROM locustio/locust\n",
          "src/load-generator/locustfile.py": "",
          "examples/demo/Dockerfile": "FROM node:20\n",
          "examples/demo/package.json": serverPackage("demo"),
        },
      },
      components: [
        "service cart built [src/cart] node",
        "loadgen load-generator built [src/load-generator] python",
        "service orders built [src/orders] python",
        "metrics prometheus [] prometheus",
        "frontend web built [src/web] nginx",
      ],
      resources: ["datastore mysql", "cache redis"],
    },
  "kubernetes monorepo: images joined to folders, suffixes, jobs, a chart with values, a broken template": {
    repositories: {
      bank: {
        "k8s/cart.yaml": `${workload("cartservice", "cartservice")}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: cartservice\n`,
        "k8s/ledger.yaml": workload("ledger", "registry.example.com:5000/bank/ledger-api:1.2"),
        "k8s/nightly.yaml": workload("nightly", "bank/nightly", "Job"),
        "k8s/db.yaml": workload("ledger-db", "postgres:16", "StatefulSet"),
        "chart/values.yaml": "rates:\n  name: rates\n  image: bank/rates\n",
        "chart/templates/rates.yaml":
          "{{- if .Values.rates }}\n" +
          workload("{{ .Values.rates.name }}", '"{{ .Values.rates.image }}:{{ .Chart.AppVersion }}"') +
          "{{- end }}\n",
        "chart/templates/broken.yaml": "apiVersion: v1\nkind: Deployment\nmetadata: {{ toYaml . }}: [\n",
        "src/cartservice/src/Dockerfile": "FROM mcr.microsoft.com/dotnet/aspnet:8.0\n",
        "src/cartservice/src/cart.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
        "src/cartservice/src/Program.cs": "",
        "src/ledger/Dockerfile": "FROM golang\n",
        "src/ledger/go.mod": "module example.com/bank/ledger\n",
        "src/ledger/main.go": "package main\n",
        "src/nightly/Dockerfile": "FROM python\n",
        "src/nightly/run.py": "",
        "src/rates/Dockerfile": "FROM rust\n",
        "src/rates/Cargo.toml": '[package]\nname = "rates"\n',
        "src/rates/src/main.rs": "",
      },
    },
    components: [
      "service cartservice built [src/cartservice] dotnet",
      "service ledger built [src/ledger] go",
      "job nightly built [src/nightly] python",
      "service rates built [src/rates] rust",
    ],
    resources: ["datastore ledger-db"],
    problems: ["chart/templates/broken.yaml"],
  },
  "npm library monorepo: no deployables; examples and tools do not count": {
    repositories: {
      kit: {
        "package.json": JSON.stringify({ name: "kit", private: true, workspaces: ["packages/*"] }),
        "packages/core/package.json": JSON.stringify({ name: "@kit/core", main: "index.js" }),
        "packages/core/index.js": "",
        "packages/http/package.json": JSON.stringify({
          name: "@kit/http",
          main: "index.js",
          dependencies: { "@kit/core": "workspace:*", express: "5" },
        }),
        "packages/http/index.js": "",
        "packages/cli/package.json": JSON.stringify({ name: "@kit/cli", bin: "cli.js", dependencies: { "@kit/http": "^1.0.0" } }),
        "packages/cli/cli.js": "",
        "examples/app/package.json": serverPackage("app"),
        "docker-compose.yml": "services:\n  db:\n    image: postgres\n",
      },
    },
    components: [
      "library cli built [packages/cli] node",
      "library core built [packages/core] node",
      "library http built [packages/http] node",
    ],
    resources: ["datastore db"],
  },
  "documents only": {
    repositories: {
      handbook: { "README.md": "# Handbook", "docs/a.md": "", "mkdocs.yml": "site_name: x\n", "docs/conf.py": "" },
    },
    components: [],
  },
  "empty repository": { repositories: { empty: {} }, components: [] },
  "single Spring application with a root Dockerfile and a database for development": {
    repositories: {
      petclinic: {
        "pom.xml": pom("petclinic", springPlugin),
        Dockerfile: "FROM eclipse-temurin:21\nCOPY target/app.jar .\n",
        "docker-compose.yml": "services:\n  app:\n    build: .\n  postgres:\n    image: postgres:16\n",
        "src/main/java/org/clinic/ClinicApplication.java": springApplication,
        "src/main/java/org/clinic/owner/Owner.java": "",
        "src/main/java/org/clinic/vet/Vet.java": "",
        "src/main/java/org/clinic/visit/Visit.java": "",
        "src/test/java/org/clinic/owner/OwnerTests.java": "",
      },
    },
    components: [
      "module owner built [src/main/java/org/clinic/owner] java < petclinic",
      "service petclinic built [] java",
      "module vet built [src/main/java/org/clinic/vet] java < petclinic",
      "module visit built [src/main/java/org/clinic/visit] java < petclinic",
    ],
    resources: ["datastore postgres"],
  },
  "one Go module with several commands: each takes what only it imports; a command without Dockerfile is a tool": {
    repositories: {
      edge: {
        "go.mod": "module example.com/edge\n",
        "cmd/core-data/Dockerfile": "FROM golang\n",
        "cmd/core-data/main.go": goMain("example.com/edge/internal/core/data"),
        "cmd/support-notifications/Dockerfile": "FROM golang\n",
        "cmd/support-notifications/main.go": goMain("example.com/edge/internal/notify"),
        "cmd/secrets-config/main.go": goMain("example.com/edge/internal/secrets"),
        "internal/core/data/data.go": "package data\n",
        "internal/notify/notify.go": "package notify\n",
        "internal/support/notifications/x.go": "package notifications\n",
        "internal/pkg/log.go": "package pkg\n",
        "vendor/example.com/other/go.mod": "module example.com/other\n",
        "vendor/example.com/other/main.go": "package main\n",
      },
    },
    components: [
      "service core-data built [cmd/core-data,internal/core/data] go",
      "service support-notifications built [cmd/support-notifications,internal/notify,internal/support/notifications] go",
    ],
  },
  "one service per repository, with a deployment repository": {
    repositories: {
      carts: {
        Dockerfile: "FROM eclipse-temurin\n",
        "pom.xml": pom("shop-carts", springPlugin),
        "src/main/java/x/CartsApplication.java": springApplication,
      },
      catalogue: {
        "docker/catalogue/Dockerfile": "FROM golang\n",
        "docker/catalogue-db/Dockerfile": "FROM mysql\n",
        "go.mod": "module x/catalogue\n",
        "cmd/cataloguesvc/main.go": "package main\n",
      },
      deploy: {
        "docker-compose.yml":
          "services:\n  carts-api:\n    image: shop/carts:1.0\n  catalogue:\n    image: shop/catalogue:1.0\n  queue:\n    image: rabbitmq:3\n",
      },
    },
    components: ["service carts built [] java", "service catalogue built [] go"],
    resources: ["datastore catalogue-db", "broker queue"],
  },
  "Spring estate told by its dependencies": {
    repositories: {
      estate: {
        "pom.xml": pom(
          "estate",
          "<packaging>pom</packaging><modules><module>registry</module><module>edge</module><module>model</module><module>billing</module></modules>",
        ),
        "registry/pom.xml": pom(
          "registry",
          `<dependencies><dependency><artifactId>spring-cloud-starter-netflix-eureka-server</artifactId></dependency></dependencies>${springPlugin}`,
        ),
        "registry/src/main/java/A.java": "",
        "edge/pom.xml": pom(
          "edge",
          `<dependencies><dependency><artifactId>spring-cloud-starter-gateway</artifactId></dependency></dependencies>${springPlugin}`,
        ),
        "edge/src/main/java/A.java": "",
        "model/pom.xml": pom("model"),
        "model/src/main/java/A.java": "",
        "billing/pom.xml": pom(
          "billing",
          "<dependencies><dependency><groupId>shop</groupId><artifactId>model</artifactId></dependency></dependencies>",
        ),
        "billing/src/main/java/shop/BillingApplication.java": springApplication,
      },
    },
    components: [
      "service billing built [billing] java",
      "gateway edge built [edge] java",
      "library model built [model] java < billing",
      "discovery registry built [registry] java",
    ],
  },
  "Dockerfiles in a folder of their own name the commands they pack; what all may use belongs to nobody": {
    repositories: {
      coffee: {
        "go.mod": "module example.com/coffee\n",
        "docker-compose.yaml":
          "services:\n  product:\n    build: {context: ., dockerfile: docker/Dockerfile-product}\n  barista:\n    build: {context: ., dockerfile: docker/Dockerfile-barista}\n",
        "docker/Dockerfile-product": "FROM golang\n",
        "docker/Dockerfile-barista": "FROM golang\n",
        "cmd/product/main.go": `package main\n\nimport (\n\t"example.com/coffee/internal/product/app"\n\t"example.com/coffee/pkg/logger"\n)\n`,
        "cmd/barista/main.go": goMain("example.com/coffee/internal/barista/app"),
        "internal/product/app/a.go": "",
        "internal/product/domain/d.go": "",
        "internal/barista/app/a.go": "",
        "pkg/logger/l.go": "",
      },
    },
    components: [
      "service barista built [cmd/barista,internal/barista] go",
      "service product built [cmd/product,internal/product] go",
    ],
  },
  "what a build makes is the project around it; an image to start from is no part; the folder that goes into an image is meant": {
    repositories: {
      shop: {
        "orders.api/pom.xml": pom("orders", springPlugin),
        "orders.api/web/ui.java": "",
        "bill/app.py": "",
        "bill/requirements.txt": "flask\n",
        "docker/base.Dockerfile": "FROM golang\n",
        "docker/services/invoices.Dockerfile": "FROM python:3\nCOPY bill/requirements.txt .\nCOPY bill /app\n",
        "docker-compose.yml":
          "services:\n  base: {build: {context: ., dockerfile: docker/base.Dockerfile}}\n  orders.api: {build: orders.api/target}\n  invoices: {build: {context: ., dockerfile: docker/services/invoices.Dockerfile}}\n",
      },
    },
    components: ["service invoices built [bill] python", "service orders.api built [orders.api] java"],
  },
  "one image under two commands is one component": {
    repositories: {
      press: {
        Dockerfile: "FROM python:3\n",
        "requirements.txt": "flask\n",
        "app.py": "app = Flask(__name__)\n",
        "docker-compose.yml": "services:\n  web:\n    build: .\n  worker:\n    build: .\n    command: work\n",
      },
    },
    components: ["service press built [] python"],
  },
  "one image under commands that name folders beside each other is as many programs": {
    repositories: {
      hotel: {
        Dockerfile: "FROM golang\nCOPY . .\n",
        "go.mod": "module example.com/hotel\n",
        "cmd/hotel/main.go": "package main\nfunc main() {}\n",
        "internal/geo/geo.go": "package geo\n",
        "internal/rate/rate.go": "package rate\n",
        "docker-compose.yml":
          "services:\n  geo:\n    build: .\n    entrypoint: hotel geo\n  rate:\n    build: .\n    entrypoint: hotel rate\n",
      },
    },
    components: ["service geo built [internal/geo] go", "service rate built [internal/rate] go"],
  },
  "one image under commands that give the paths of folders is as many programs; one folder under two names is called by the one that listens":
    {
      repositories: {
        press: {
          Dockerfile: "FROM php\nCOPY . .\n",
          "composer.json": "{}",
          "apps/shop/back/public/index.php": "<?php\n",
          "apps/shop/front/public/index.php": "<?php\n",
          "apps/blog/back/index.php": "<?php\n",
          "src/shared.php": "<?php\n",
          "app/package.json": serverPackage("app"),
          "app/api.js": "",
          "app/worker.js": "",
          "docker-compose.yml":
            "services:\n  shop_back: {build: ., command: serve --dir=apps/shop/back/public}\n  shop_front: {build: ., command: serve --dir=apps/shop/front/public}\n  blog: {build: ., command: serve ./apps/blog/back/}\n  worker: {build: app, command: node worker.js}\n  api: {build: app, command: node api.js, ports: ['80']}\n",
        },
      },
      components: [
        "service api built [app] node",
        "service blog built [apps/blog] php",
        "service shop_back built [apps/shop/back] php",
        "service shop_front built [apps/shop/front] php",
      ],
    },
  "Dockerfiles that check, export or pack something and start nothing are no services": {
    repositories: {
      chain: {
        "go.mod": "module chain\n",
        "node/Dockerfile": "FROM golang\nCOPY . .\n",
        "node/cmd/main.go": "package main\nfunc main() {}\n",
        "batcher/Dockerfile.run": 'FROM alpine\nCOPY . .\nENTRYPOINT ["./batcher"]\n',
        "batcher/batcher.go": "package main\nfunc main() {}\n",
        "proof/Dockerfile.repro": "FROM golang AS build\nCOPY . .\nFROM scratch\nCOPY --from=build /proof .\n",
        "proof/proof.go": "package proof\n",
        "vm/Dockerfile.diff": "FROM golang AS build\nCOPY . .\nFROM build\nRUN make diff\n",
        "vm/vm.go": "package vm\n",
        "docker/Dockerfile.contracts": "FROM debian\nCOPY contracts .\nCMD echo 'give a command'\n",
        "contracts/a.js": "",
      },
    },
    components: ["service batcher built [batcher] go", "service node built [node] go"],
  },
  "programs that people start themselves are no services: a Go module with commands, its folders are modules": {
    repositories: {
      shop: {
        "go.mod": "module example.com/shop\n\ngo 1.22\n\nrequire github.com/spf13/cobra v1.8.0\n",
        "main.go": goMain("example.com/shop/pkg/orders"),
        "cmd/gen/main.go": goMain("example.com/shop/pkg/prices"),
        "deps/zlib/a.c": "",
        "features/step_definitions/a.rb": "",
        "features/support/a.rb": "",
        "pkg/orders/a.go": "package orders\n",
        "pkg/prices/a.go": "package prices\n",
        "pkg/stock/a.go": "package stock\n",
      },
    },
    components: [
      "module orders built [pkg/orders] go < shop",
      "module prices built [pkg/prices] go < shop",
      "library shop built [] go",
      "module stock built [pkg/stock] go < shop",
    ],
  },
  "commands beside the one that is packed are tools; the image of a module packs the command of its name": {
    repositories: {
      proto: {
        "go.mod": "module example.com/proto\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n",
        "Dockerfile.lint": 'FROM golang\nCOPY . .\nRUN go build ./cmd/lint\nENTRYPOINT ["lint"]\n',
        "cmd/lint/main.go": goMain("example.com/proto/private/server"),
        "cmd/gen/main.go": goMain("example.com/proto/private/names"),
        "private/names/cmd/names/main.go": goMain("example.com/proto/private/names"),
      },
      info: {
        "go.mod": "module example.com/info/v2\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n",
        Dockerfile: "FROM golang\nCOPY . .\nCMD ./info\n",
        "cmd/info/main.go": goMain("example.com/info/v2/pkg/api"),
        "cmd/cli/main.go": goMain("example.com/info/v2/pkg/api"),
        "pkg/api/a.go": "package api\n",
        "k8s/info.yaml": workload("info", "example/info:1"),
      },
    },
    components: ["service info built [] go", "service lint built [cmd/lint,private/server] go"],
  },
  "what hosts the modules of a web program is no job, whatever its name": {
    repositories: {
      flow: {
        "src/Flow.Bootstrapper/Flow.Bootstrapper.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
        "src/Flow.Bootstrapper/Program.cs": "",
        "src/Flow.Bootstrapper/Startup.cs": "",
      },
    },
    components: ["service Flow.Bootstrapper built [src/Flow.Bootstrapper] dotnet"],
  },
  "programs that say nothing about who starts them are services": {
    repositories: {
      shop: {
        "go.mod": "module example.com/shop\n\ngo 1.22\n",
        "orders/main.go": goMain("fmt"),
        "billing/main.go": goMain("fmt"),
        "catalog/Cargo.toml": '[package]\nname = "catalog"\n',
        "catalog/src/main.rs": "fn main() {}\n",
        "stock/Stock.csproj":
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>',
        "stock/Program.cs": "",
      },
    },
    components: [
      "service billing built [billing] go",
      "service catalog built [catalog] rust",
      "service orders built [orders] go",
      "service stock built [stock] dotnet",
    ],
  },
  "an image without a build file is the one bare folder with code of its name": {
    repositories: {
      shop: {
        "services/orders/app.py": "",
        "mail/app.py": "",
        "till/composer.json": "{}",
        "till/mail/a.php": "",
        "k8s/orders.yaml": workload("orders", "shop/orders:1"),
        "k8s/post.yaml": workload("post", "shop/post:1"),
        "docker-compose.yml": "services:\n  mail: {image: 'shop/mail:1'}\n",
      },
    },
    components: ["service mail built [mail] python", "service orders built [services/orders] python", "service post [] null"],
  },
  "one hint of a server makes them services": {
    repositories: {
      shop: {
        "go.mod": "module example.com/shop\n\ngo 1.22\n",
        "cmd/shop/main.go": goMain("example.com/shop/internal/server"),
        "cmd/gen/main.go": goMain("example.com/shop/internal/prices"),
        "internal/server/a.go": "package server\n",
        "internal/prices/a.go": "package prices\n",
      },
    },
    components: ["service gen built [cmd/gen,internal/prices] go", "service shop built [cmd/shop,internal/server] go"],
  },
  "tools of Cargo and .NET are packages, also at the root of a workspace; a published root of npm too": {
    repositories: {
      find: {
        "Cargo.toml":
          '[package]\nname = "find"\n[[bin]]\nname = "f"\npath = "crates/core/main.rs"\n[dependencies]\nlexopt = "0.3"\n[workspace]\nmembers = ["crates/glob"]\n',
        "crates/core/main.rs": "fn main() {}\n",
        "crates/glob/Cargo.toml": '[package]\nname = "glob"\n',
        "crates/glob/src/lib.rs": "",
      },
      paint: {
        "src/Paint/Paint.csproj":
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>WinExe</OutputType></PropertyGroup></Project>',
        "src/Paint/Program.cs": "",
      },
      pack: {
        "package.json": JSON.stringify({ name: "pack", private: true, bin: "bin/pack", workspaces: ["packages/*"] }),
        "lib/a.js": "",
        "packages/log/package.json": JSON.stringify({ name: "pack-log" }),
        "packages/log/index.js": "",
      },
    },
    components: [
      "library find built [] rust",
      "library glob built [crates/glob] rust",
      "library pack built [] node",
      "library pack-log built [packages/log] node",
      "library Paint built [src/Paint] dotnet",
    ],
  },
  "a container to work in, an image with nothing in it and the program of others with fonts are not built here": {
    repositories: {
      book: {
        Dockerfile: "FROM gitpod/workspace-full\nRUN sdk install java\n",
        "docker/Dockerfile": "FROM continuumio/miniconda3\nCOPY environment.yml /tmp/\n",
        "docker/docker-compose.yml":
          "services:\n  book: {build: {context: .., dockerfile: docker/Dockerfile}, command: /opt/bin/jupyter lab --port=8888}\n  pdf: {build: {context: ../fonts}, ports: ['3000:3000']}\n",
        "fonts/Dockerfile": "FROM gotenberg/gotenberg:8\nRUN apt-get install fonts\n",
        "book.py": "",
      },
    },
    components: [],
  },
  "the image of a whole workspace is the member that it starts in; parts of equal names take the folder around them": {
    repositories: {
      sign: {
        "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["apps/*", "packages/*/*"] }),
        "docker/Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/apps/desk\nCMD node .\n",
        "apps/desk/package.json": serverPackage("desk"),
        "apps/desk/a.js": "",
        "apps/mobile-api/package.json": serverPackage("mobile-api"),
        "apps/mobile-api/a.js": "",
        "packages/orders/api/package.json": JSON.stringify({ name: "@orders/api" }),
        "packages/orders/api/a.js": "",
        "packages/mail/api/package.json": JSON.stringify({ name: "@mail/api" }),
        "packages/mail/api/a.js": "",
      },
    },
    components: [
      "service desk built [apps/desk] node",
      "library mail-api built [packages/mail/api] node",
      "service mobile-api built [apps/mobile-api] node",
      "library orders-api built [packages/orders/api] node",
    ],
  },
  "an image for development that holds nothing runs what is mounted": {
    repositories: {
      wiki: {
        "composer.json": JSON.stringify({ name: "shop/wiki", type: "project" }),
        artisan: "#!/usr/bin/env php\n",
        "app/Page.php": "<?php class Page {}\n",
        "dev/build/pages.js": "",
        "dev/docker/Dockerfile": "FROM php:8-apache\nWORKDIR /app\nRUN apt-get update\n",
        "docker-compose.yml":
          "services:\n  app:\n    build: {context: ., dockerfile: dev/docker/Dockerfile}\n    volumes: ['./:/app']\n",
      },
    },
    components: ["service wiki built [] php"],
  },
  "a server with its pages in a folder is one deployable": {
    repositories: {
      forum: {
        "package.json": serverPackage("forum"),
        "src/users/a.js": "",
        "src/topics/a.js": "",
        "src/votes/a.js": "",
        "client/package.json": JSON.stringify({ name: "client", scripts: { start: "react-scripts start" } }),
        "client/src/a.js": "",
      },
    },
    components: [
      "service forum built [] node",
      "module topics built [src/topics] node < forum",
      "module users built [src/users] node < forum",
      "module votes built [src/votes] node < forum",
    ],
  },
  "one database image under several names is as many databases; what prepares one is none": {
    repositories: {
      bank: {
        "docker-compose.yml":
          "services:\n  cart: {image: bank/cart}\n  cart-db: {image: bank/mongo}\n  orders-db: {image: bank/mongo}\n  orders-db-init: {image: 'mongo:6', command: 'mongosh /init.js'}\n",
        "docker-compose.dev.yml":
          "services:\n  cart: {build: cart}\n  cart-db: {build: mongo}\n  orders-db: {build: mongo}\n  cart-db-2: {}\n",
        "cart/Dockerfile": "FROM node\n",
        "cart/index.js": "",
        "mongo/Dockerfile": "FROM mongo:6\n",
        "mongo/init.js": "",
      },
    },
    components: ["service cart built [cart] node"],
    resources: ["datastore cart-db", "datastore orders-db"],
  },
  "an app host names projects, servers and scripts, and is none of them": {
    repositories: {
      estore: {
        "src/Host/Host.csproj":
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>',
        "src/Host/Program.cs":
          'var builder = DistributedApplication.CreateBuilder(args);\nvar pg = builder.AddPostgres("pg");\nbuilder.AddProject<Projects.Cart_API>("cart-api").WithReference(pg.AddDatabase("cartdb"));\nbuilder.AddNpmApp("web", "../web");\nbuilder.AddYarp("bff");\n',
        "src/Cart.API/Cart.API.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
        "src/Cart.API/Program.cs": "",
        "src/web/package.json": JSON.stringify({ name: "web", dependencies: { "react-dom": "19" } }),
        "src/web/index.js": "",
      },
    },
    components: ["gateway bff [] yarp", "service cart-api built [src/Cart.API] dotnet", "frontend web built [src/web] node"],
    resources: ["datastore pg"],
  },
  "Procfile and serverless.yml run the folders that they name; code that others use does not run": {
    repositories: {
      shop: {
        Procfile: "web: cd site && ruby app.rb\n",
        "site/Gemfile": "gem 'sinatra'\n",
        "site/app.rb": "",
        "orders/serverless.yml": "service: shop-orders\nfunctions:\n  create: {handler: a.b}\n  list: {handler: a.c}\n",
        "orders/package.json": JSON.stringify({ name: "orders" }),
        "orders/a.js": "",
        "command-bus/pom.xml": pom("command-bus", springPlugin),
        "command-bus/src/main/java/x/Bus.java": "",
        "billing/pom.xml": pom(
          "billing",
          "<dependencies><dependency><groupId>shop</groupId><artifactId>command-bus</artifactId></dependency></dependencies>",
        ),
        "billing/src/main/java/x/Billing.java": springApplication,
        "billing/src/main/docker/Dockerfile": "FROM eclipse-temurin\n",
      },
    },
    components: [
      "service billing built [billing] java",
      "library command-bus built [command-bus] java < billing",
      "service orders built [orders] node",
      "service site built [site] ruby",
    ],
  },
  "what one file shows about an image holds for the others": {
    repositories: {
      clinic: {
        "docker-compose.yml": "services:\n  userwebservice: {image: x/basic-users-img}\n",
        "k8s/users.yaml": workload("people", "registry.example.com/x/basic-users-img:2"),
        "user-webservice/Dockerfile": "FROM node\n",
        "user-webservice/index.js": "",
      },
    },
    components: ["service userwebservice built [user-webservice] node"],
  },
  "releases beside each other and names with the prefix of the system are one": {
    repositories: {
      books: {
        "reviews/Dockerfile": "FROM node\n",
        "reviews/index.js": "",
        "books-cart/Dockerfile": "FROM node\n",
        "books-cart/index.js": "",
        "books-web/Dockerfile": "FROM node\n",
        "books-web/index.js": "",
        "books-list/Dockerfile": "FROM node\n",
        "books-list/index.js": "",
        "docker-compose.yml": "services:\n  kafka: {image: bitnami/kafka}\n  books-list: {build: books-list}\n",
        "k8s/all.yaml": [
          workload("reviews-v1", "books/reviews-v1:1"),
          workload("reviews-v2", "books/reviews-v2:1"),
          workload("books-kafka", "confluentinc/cp-kafka"),
        ].join("---\n"),
      },
    },
    components: [
      "service books-cart built [books-cart] node",
      "service books-list built [books-list] node",
      "frontend books-web built [books-web] node",
      "service reviews built [reviews] node",
    ],
    resources: ["broker kafka"],
  },
  "names and shapes meant to break": {
    repositories: {
      hostile: {
        "package.json":
          '{"name":{"a":1},"workspaces":["**/**/**/**/x"],"scripts":[],"dependencies":{"__proto__":"1","constructor":"2"}}',
        "constructor/package.json": serverPackage("__proto__"),
        "constructor/x.js": "",
        "docker-compose.yml": "services:\n  constructor:\n    image: {a: b}\n  b: {build: {context: [1], args: [{a: {}}]}}\n",
        "catalog-info.yaml":
          "apiVersion: {backstage: 1}\nkind: Component\nmetadata: {name: {a: 1}}\n---\napiVersion: backstage.io/v1\nkind: Resource\nmetadata: {name: x, annotations: {a: {b: c}}}\nspec: {type: constructor, owner: [1], dependsOn: {a: 1}}\n",
        "k.yaml": "apiVersion: v1\nkind: Deployment\nmetadata: []\nspec: {template: 3}\n",
      },
    },
    components: ["service hostile built [] node"],
    resources: ["datastore x"],
  },
};

describe("collectInventory", () => {
  test.each(Object.entries(scenes))("%s", (_, { repositories, components, resources = [], problems = [] }) => {
    const inventory = inventoryOf(repositories);
    expect(inventory.components.map(line)).toEqual(components);
    expect(inventory.resources.map((resource) => `${resource.kind} ${resource.name}`)).toEqual(resources);
    expect(inventory.problems.map(({ path }) => path)).toEqual(problems);
    for (const component of inventory.components) {
      expect(component.inferredFrom).not.toEqual([]);
      expect(component.evidence.every((evidence) => evidence.type === "file" && evidence.line > 0)).toBe(true);
    }
  });

  test("a compose file that builds the repositories beside it gives them its names; what is not here is external", () => {
    const { components } = inventoryOf({
      deploy: {
        "compose.yaml":
          "services:\n  api: {build: ../orders}\n  money:\n    build: {context: 'https://example.com/shop/billing.git#main'}\n  mail: {build: ../mailer}\n",
      },
      orders: { "package.json": serverPackage("orders"), "a.js": "" },
      billing: { "package.json": serverPackage("billing"), "a.js": "" },
    });
    expect(components.map((one) => `${line(one)} ${one.aliases.join()}`)).toEqual([
      "service billing built [] node money",
      "external mail [] null mailer",
      "service orders built [] node api",
    ]);
  });

  test("declaring one of two of the same name leaves the other", () => {
    const files = Object.fromEntries(
      ["eu/web", "us/web"].flatMap((folder) => [
        [`${folder}/package.json`, serverPackage("web")],
        [`${folder}/a.js`, ""],
      ]),
    );
    const names = (declared: ComponentFact[]) =>
      inventoryOf({ shop: files }, declared).components.map(({ name, paths }) => `${name} ${paths.join()}`);
    expect(names([])).toEqual(["us-web us/web", "web eu/web"]);
    expect(names([declaredComponent("web", ["eu/web"])])).toEqual(["us-web us/web", "web eu/web"]);
  });

  test("no two components have one ref: a catalog of several repositories, one of its own among them", () => {
    const { components, relations, problems } = inventoryOf({
      catalog: { "catalog-info.yaml": `${entity("cart", "service")}---\n${entity("web", "website")}`, "a.js": "" },
      old: {
        "web/package.json": serverPackage("web"),
        "web/a.js": "",
        "cart/package.json": serverPackage("cart"),
        "cart/a.js": "",
      },
      site: { "catalog-info.yaml": entity("web", "website", ", dependsOn: [component:cart]"), "a.js": "" },
      shop: { "catalog-info.yaml": entity("Web", "website"), "a.js": "" },
    });
    expect(components.map(line)).toEqual([
      "service cart built [cart] node",
      "frontend old-web built [web] node",
      "frontend shop-Web built [] null",
      "frontend web built [] null",
    ]);
    expect(relations.map(({ from, to }) => `${from} > ${to}`)).toEqual(["component:default/web > component:default/cart"]);
    expect(problems.map(({ message }) => message)).toEqual([
      "catalog-info.yaml:3 of shop: component:default/web is described in catalog-info.yaml of site already",
    ]);
  });

  test("a whole component with names, reasons and lines", () => {
    const { components } = inventoryOf({
      shop: {
        "compose.yaml":
          "services:\n  cart:\n    image: shop/rs-cart\n    build: cart\n    container_name: shop-cart\n  web:\n    build: web\n",
        "cart/Dockerfile": "# cart\nFROM node:20\n",
        "cart/package.json": serverPackage("cart-service"),
        "web/Dockerfile": "FROM node:20\n",
        "web/index.js": "",
      },
    });
    expect(components[0]).toEqual({
      ref: "component:default/cart",
      name: "cart",
      kind: "service",
      built: true,
      partOf: null,
      repository: "shop",
      paths: ["cart"],
      aliases: ["shop-cart", "rs-cart", "cart-service"],
      technology: "node",
      declaredOwners: [],
      declared: false,
      inferredFrom: [
        "compose.yaml builds cart from cart",
        "cart/Dockerfile",
        "cart/package.json has a `start` script and uses express",
      ],
      evidence: [
        { type: "file", repository: "shop", file: "compose.yaml", line: 2, text: "compose.yaml builds cart from cart" },
        { type: "file", repository: "shop", file: "cart/Dockerfile", line: 2, text: "cart/Dockerfile" },
        {
          type: "file",
          repository: "shop",
          file: "cart/package.json",
          line: 1,
          text: "cart/package.json has a `start` script and uses express",
        },
      ],
    });
  });

  test("libraries: who uses which, inner ones belong to their only user, external ones are shared", () => {
    const { components, libraries, relations } = inventoryOf({
      shop: {
        "package.json": JSON.stringify({ workspaces: ["apps/*", "libs/*"] }),
        "apps/cart/package.json": serverPackage("cart", { dependencies: { express: "4.1.0", "@shop/model": "workspace:*" } }),
        "apps/orders/package.json": serverPackage("orders", {
          dependencies: { express: "5.0.0", "@shop/model": "^1", "@shop/pricing": "^1" },
        }),
        "libs/model/package.json": JSON.stringify({ name: "@shop/model", main: "m.js" }),
        "libs/model/m.js": "",
        "libs/pricing/package.json": JSON.stringify({ name: "@shop/pricing", main: "m.js" }),
        "libs/pricing/m.js": "",
      },
    });
    expect(components.map(line)).toEqual([
      "service cart built [apps/cart] node",
      "library model built [libs/model] node",
      "service orders built [apps/orders] node",
      "library pricing built [libs/pricing] node < orders",
    ]);
    const library = (name: string, nature: string, component: string | null, ...uses: ReturnType<typeof use>[]) => ({
      name,
      ecosystem: "npm",
      internal: component !== null,
      component: component === null ? null : componentRef(component),
      nature,
      natureReason: null,
      uses,
    });
    expect(libraries).toEqual([
      library("@shop/model", "domain", "model", use("cart", "@shop/model", "workspace:*"), use("orders", "@shop/model", "^1")),
      library("@shop/pricing", "unclassified", "pricing", use("orders", "@shop/pricing", "^1")),
      library("express", "infrastructure", null, use("cart", "express", "4.1.0"), use("orders", "express", "5.0.0")),
    ]);
    expect(relations.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
      "component:default/cart dependsOn component:default/model",
      "component:default/orders dependsOn component:default/model",
      "component:default/orders dependsOn component:default/pricing",
    ]);
  });

  test("each deployed unit and Dockerfile is placed under the final name; facts say the same", () => {
    const inventory = inventoryOf(
      {
        shop: {
          "compose.yaml":
            "services:\n  cart:\n    build: cart\n    image: shop/cart:${TAG}\n    ports: ['8080:80']\n    environment: {DB: db}\n  db:\n    image: postgres\n    volumes: ['data:/d']\n  test: {build: cart}\n",
          "compose.prod.yaml": "services:\n  cart: {environment: {DB: other}}\n",
          "cart/Dockerfile": "FROM node\n",
          "cart/index.js": "",
          "cart/tools/builder/Dockerfile": "FROM node\nENV A=1\n",
        },
      },
      [declaredComponent("basket", ["cart"])],
    );
    expect(inventory.placed.map(({ ref, unit, dockerfile }) => [ref, unit?.variant, unit?.name, dockerfile?.path])).toEqual([
      ["component:default/basket", undefined, undefined, "cart/Dockerfile"],
      ["component:default/basket", "prod", "cart", "cart/Dockerfile"],
      ["component:default/basket", "", "cart", "cart/Dockerfile"],
      ["resource:default/db", "", "db", undefined],
    ]);
    const common = { format: "compose", repository: "shop", networkMode: null, ipc: null };
    const cart = {
      ...common,
      subject: "component:default/basket",
      name: "cart",
      image: "shop/cart:",
      imageExpression: "shop/cart:${TAG}",
      ports: [80],
      exposed: true,
      volumes: [],
    };
    expect(inventory.deployments).toEqual([
      // The override says nothing of the image: it is written in the base.
      { ...cart, file: "compose.prod.yaml", line: 2, imagePlace: { file: "compose.yaml", line: 4 }, variant: "prod" },
      { ...cart, file: "compose.yaml", line: 2, imagePlace: { file: "compose.yaml", line: 4 }, variant: "" },
      {
        ...common,
        subject: "resource:default/db",
        file: "compose.yaml",
        line: 7,
        variant: "",
        name: "db",
        image: "postgres",
        imageExpression: "postgres",
        imagePlace: { file: "compose.yaml", line: 8 },
        ports: [],
        exposed: false,
        volumes: [{ name: "data", kind: "named", target: "/d", readOnly: false, line: 9 }],
      },
    ]);
  });

  test("drystone.yaml wins: an inferred component of the same place or name becomes part of the declared one", () => {
    const declared = [declaredComponent("basket", ["services/cart"]), declaredComponent("orders", [])];
    const inventory = inventoryOf(twoServices, declared);
    expect(inventory.components.map((component) => [line(component), component.declared, component.aliases])).toEqual([
      ["service basket built [services/cart] node", true, ["cart"]],
      ["service orders built [services/orders] node", true, []],
    ]);
  });

  test("globs of drystone.yaml cover folders below", () => {
    const inventory = inventoryOf(twoServices, [declaredComponent("everything", ["services/**"])]);
    expect(inventory.components.map((component) => component.name)).toEqual(["everything"]);
  });

  test("Backstage names, owns and relates; groups become teams", () => {
    const catalog = [
      "apiVersion: backstage.io/v1alpha1",
      "kind: Component",
      "metadata:",
      "  name: basket",
      "spec:",
      "  type: service",
      "  owner: team-a",
      "  dependsOn: [component:Orders]",
    ].join("\n");
    const inventory = inventoryOf({
      shop: {
        ...twoServices["shop"],
        "services/cart/catalog-info.yaml": catalog,
        "catalog-info.yaml": [
          "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: orders}\nspec: {type: service, owner: group:team-b}",
          "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {members: [cy], parent: shop}",
          "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada}\nspec: {profile: {email: ada@shop.example}, memberOf: [Team-A]}",
        ].join("\n---\n"),
      },
    });
    expect(
      inventory.components.map((component) => [
        line(component),
        component.aliases,
        component.declaredOwners.map((owner) => owner.ref),
      ]),
    ).toEqual([
      ["service basket built [services/cart] node", ["cart"], ["group:default/team-a"]],
      ["service orders built [services/orders] node", [], ["group:default/team-b"]],
    ]);
    expect(inventory.relations.map(({ from, to, seen }) => [from, to, seen])).toEqual([
      ["component:default/basket", "component:default/orders", ["declared"]],
    ]);
    expect(inventory.teams.map(({ ref, parent, members }) => [ref, parent, members.map((member) => member.id)])).toEqual([
      ["group:default/team-a", "group:default/shop", ["ada@shop.example", "cy"]],
    ]);
  });

  test("broken files are problems with file and line, and cost nothing else", () => {
    const inventory = inventoryOf({
      shop: {
        ...twoServices["shop"],
        "docker-compose.yml": "services:\n  a: &a\n    build: *a\n",
        "catalog-info.yaml": "kind: [\n",
      },
    });
    expect(inventory.components.map((component) => component.name)).toEqual(["cart", "orders"]);
    expect(inventory.problems.map(({ path, line }) => [path, line])).toEqual([
      ["docker-compose.yml", 3],
      ["catalog-info.yaml", 2],
    ]);
  });

  test("equal names in two repositories stay apart", () => {
    const inventory = inventoryOf({ a: { ...service("api/web") }, b: { ...service("api/web") } });
    expect(inventory.components.map((component) => component.name)).toEqual(["api-web", "web"]);
  });
});

const service = (folder: string) => ({
  [`${folder}/package.json`]: serverPackage(folder.split("/").at(-1) ?? ""),
  [`${folder}/Dockerfile`]: "FROM node\n",
});
const twoServices: Record<string, Record<string, string>> = {
  shop: { ...service("services/cart"), ...service("services/orders") },
};

function inventoryOf(repositories: Record<string, Record<string, string>>, declared: ComponentFact[] = []): Inventory {
  const trees = Object.entries(repositories).map(([name, files]) => textTree(name, files));
  return collectInventory(trees, declared, { systemName: "shop" });
}

function line(component: ComponentFact): string {
  const part = component.partOf === null ? "" : ` < ${component.partOf.split("/")[1]}`;
  return `${component.kind} ${component.name}${component.built ? " built" : ""} [${component.paths.join(",")}] ${component.technology}${part}`;
}

const use = (user: string, library: string, version: string) => ({
  component: componentRef(user),
  version,
  resolved: false,
  evidence: [{ type: "file", repository: "shop", file: `apps/${user}/package.json`, line: 1, text: `${library} ${version}` }],
});

function declaredComponent(name: string, paths: string[]): ComponentFact {
  return {
    ref: componentRef(name),
    name,
    kind: "service",
    built: true,
    partOf: null,
    repository: "shop",
    paths,
    aliases: [],
    technology: null,
    declaredOwners: [],
    declared: true,
    inferredFrom: [],
    evidence: [],
  };
}
