/** Small files as people write them, one or more per format: what the mutants are made of. */

export const samples: ReadonlyMap<string, string> = new Map([
  [
    "docker-compose.yml",
    `x-common: &common
  restart: always
  environment: &env {LOG: "\${LOG_LEVEL:-info}"}
include: [other/compose.yaml]
services:
  cart:
    <<: *common
    build: {context: ./cart, dockerfile: Dockerfile, args: [A=1]}
    image: "shop/cart:\${TAG:?needed}"
    environment:
      - DATABASE_URL=postgres://shop:pw@db:5432/cart
      - ORDERS=http://orders:8080
    depends_on: {db: {condition: service_healthy}}
    extends: {file: base.yaml, service: base}
    ports: ["8080:80", {target: 81, published: "8081"}]
    volumes: ["data:/data:ro", "./config:/config"]
    env_file: [.env, {path: other.env, required: false}]
    command: ["node", "server.js", "--db=db:5432"]
    networks: {back: {aliases: [basket]}}
  db: {image: postgres:16}
volumes: {data: {}}
`,
  ],
  [
    "cart/Dockerfile",
    `# syntax=docker/dockerfile:1
ARG BASE=node:20
FROM --platform=$BUILDPLATFORM \${BASE} AS build
WORKDIR /app
COPY --from=build ["package.json", "./"]
RUN npm ci && \\
    npm run build
RUN <<EOF
echo hi
EOF
FROM gcr.io/distroless/nodejs:20
ENV DATABASE_URL="postgres://db/cart" PORT=8080
EXPOSE $PORT/tcp
ENTRYPOINT ["node", "dist/server.js"]
`,
  ],
  [
    "k8s/cart.yaml",
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      initContainers:
        - {name: wait, image: busybox, command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]}
      containers:
        - name: cart
          image: shop/cart:1
          envFrom: [{configMapRef: {name: cart}}, {secretRef: {name: cart}}]
          env:
            - {name: ORDERS, value: "http://orders.shop.svc.cluster.local:8080"}
            - {name: KEY, valueFrom: {secretKeyRef: {name: cart, key: key}}}
          ports: [{containerPort: 8080, name: http}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: http}], type: LoadBalancer}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cart}
data:
  A: b
  application.properties: |
    a.b=c
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: all}
spec: {rules: [{host: shop.example, http: {paths: [{path: /cart, backend: {service: {name: cart, port: {number: 80}}}}]}}]}
`,
  ],
  [
    "k8s/kustomization.yaml",
    `resources: [cart.yaml, ../base, github.com/a/b//c?ref=1]
namePrefix: prod-
images: [{name: shop/cart, newName: registry/cart, newTag: "2"}]
configMapGenerator: [{name: cart, literals: [A=b], envs: [.env], files: [a.properties]}]
patches:
  - target: {kind: Deployment, name: cart}
    patch: |-
      - {op: replace, path: /spec/template/spec/containers/0/image, value: x}
patchesStrategicMerge: [patch.yaml]
replacements: [{source: {kind: ConfigMap, name: a, fieldPath: data.A}, targets: [{select: {kind: Deployment}, fieldPaths: [spec.a]}]}]
`,
  ],
  [
    "chart/templates/deployment.yaml",
    `{{- define "chart.name" -}}{{ default .Chart.Name .Values.name | trunc 63 | trimSuffix "-" }}{{- end -}}
{{- range $name, $service := .Values.services }}
{{- if and $service.enabled (not (eq $name "none")) }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "chart.name" $ }}-{{ $name }}
  labels: {{- toYaml $service.labels | nindent 4 }}
spec:
  template:
    spec:
      containers:
        - name: {{ $name }}
          image: "{{ .image.repository }}:{{ .image.tag | default "latest" }}"
          {{- with $service.env }}
          env:
            {{- range . }}
            - {name: {{ .name | quote }}, value: {{ tpl .value $ | quote }}}
            {{- end }}
          {{- end }}
          args: {{ printf "%s-%d" .name 3 | splitList "-" | toJson }}
---
{{- else if regexMatch "^a+$" $name }}{{ fail "no" }}
{{- end }}{{- end }}
{{ $x := dict "a" (list 1 2 3) }}{{ range $i, $e := until 5 }}{{ $i }}{{ end }}{{ template "chart.name" . }}
`,
  ],
  [
    "infra/main.tf",
    `variable "names" { default = ["cart", "orders"] }
locals {
  image = "shop/\${var.names[0]}:\${lookup({ a = 1 }, "a", 2)}"
  all   = { for n in var.names : upper(n) => n... if n != "" }
  text  = <<-EOT
    %{ for n in var.names }\${n}%{ endfor }
  EOT
}
module "db" { source = "./modules/db" }
resource "aws_ecs_task_definition" "cart" {
  count  = length(var.names) > 1 ? 1 : 0
  family = "cart"
  container_definitions = jsonencode([{ name = "cart", image = local.image, environment = [{ name = "DB", value = aws_db_instance.db.endpoint }] }])
  dynamic "volume" {
    for_each = toset(var.names)
    content { name = volume.value }
  }
}
resource "aws_db_instance" "db" { engine = "postgres" }
`,
  ],
  [
    "AppHost/Program.cs",
    `var builder = DistributedApplication.CreateBuilder(args);
var db = builder.AddPostgres("db").WithDataVolume().AddDatabase("cartdb");
var cart = builder.AddProject<Projects.Cart>("cart").WithReference(db).WaitFor(db).WithEnvironment("A", $"{db}x");
builder.AddContainer("x", "image", "tag").WithHttpEndpoint(targetPort: 80, name: "http");
builder.Build().Run();
`,
  ],
  ["Procfile", "web: bundle exec puma -C config/puma.rb\nworker: A=b python -m worker --broker=redis://cache:6379\n"],
  [
    "serverless.yml",
    `service: shop
provider: {name: aws, runtime: nodejs20.x, environment: {TABLE: "\${self:custom.table, 'orders'}-\${opt:stage}"}}
custom: {table: orders}
functions:
  create: {handler: src/create.handler, events: [{http: {path: /orders, method: post}}, {sqs: {arn: "arn:aws:sqs:x:1:queue"}}]}
resources: {Resources: {Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}}}
`,
  ],
  [
    "nginx/nginx.conf",
    `events {}
http {
  include mime.types;
  upstream cart { server cart:8080 weight=2; server unix:/x; }
  map $http_x $y { default 1; ~^a(.*)$ 2; }
  server {
    listen 80; server_name "shop.example" ~^(www\\.)?x$;
    set $orders http://orders:8080;
    location ~* ^/api/(?<name>[a-z]+)/ { rewrite ^/api/(.*)$ /$1 break; proxy_pass $orders/$1$is_args$args; }
    location = /cart { proxy_pass http://cart/; if ($a = b) { return 301 https://x$request_uri; } }
  }
}
`,
  ],
  [
    "haproxy/haproxy.cfg",
    "frontend all\n  bind *:80\n  acl is_cart path_beg /cart\n  use_backend cart if is_cart\n  default_backend web\nbackend cart\n  server one cart:8080 check\n",
  ],
  [
    "apache/httpd.conf",
    '<VirtualHost *:80>\nDefine HOST cart\nProxyPass "/cart" "http://${HOST}:8080/" retry=0\nProxyPassMatch ^/x/(.*)$ http://x/$1\nRewriteRule ^/y http://y:80/ [P]\n</VirtualHost>\n',
  ],
  [
    "Caddyfile",
    "shop.example, :80 {\n\thandle_path /cart/* {\n\t\treverse_proxy cart:8080 orders:80\n\t}\n\t@x path /x*\n\treverse_proxy @x {env.X}\n}\n",
  ],
  [
    "envoy/envoy.yaml",
    "static_resources:\n  listeners: [{filter_chains: [{filters: [{typed_config: {route_config: {virtual_hosts: [{routes: [{match: {prefix: /a}, route: {cluster: cart}}]}]}}}]}]}]\n  clusters: [{name: cart, load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: cart, port_value: 80}}}}]}]}}]\n",
  ],
  [
    "traefik/traefik.toml",
    '[http.routers.cart]\n  rule = "PathPrefix(`/cart`) && Host(`a`)"\n  service = "cart"\n[[http.services.cart.loadBalancer.servers]]\n  url = "http://cart:80"\n',
  ],
  [
    "ocelot.json",
    '{"Routes":[{"UpstreamPathTemplate":"/cart/{all}","DownstreamPathTemplate":"/{all}","DownstreamHostAndPorts":[{"Host":"cart","Port":80}]}]}',
  ],
  [
    "src/main/resources/application.yml",
    "spring:\n  application: {name: cart}\n  datasource: {url: 'jdbc:postgresql://${DB_HOST:db}:5432/cart', username: a}\n  cloud:\n    gateway:\n      routes:\n        - {id: a, uri: 'lb://orders', predicates: ['Path=/orders/**'], filters: [StripPrefix=1]}\n---\nspring: {config: {activate: {on-profile: docker}}}\neureka: {client: {serviceUrl: {defaultZone: 'http://discovery:8761/eureka'}}}\n",
  ],
  [
    "src/main/resources/application.properties",
    "# a\nspring.application.name=cart\nspring.rabbitmq.host=${MQ:mq}\nlong=a\\\n  b\n\\u0041=\\u00zz\n! x\nkafka.topic : orders\n",
  ],
  [
    "appsettings.json",
    '{\n  // comment\n  "ConnectionStrings": { "A": "Server=db,1433;Database=cart;User Id=sa;Password=x;" },\n  "Urls": { "Orders": "http://orders" },\n  "Kestrel": {},\n}\n',
  ],
  [
    "config/application.conf",
    'include "x"\ndb { default { url = "jdbc:mysql://db/x", url = ${?DB_URL} } }\na.b += 1\nlist = [a, "b", """c"""]\n',
  ],
  [
    "config/settings.toml",
    '[database]\nurl = "postgres://db/x"\nports = [1, 2,\n 3]\ninline = { a = "b", c.d = 1 }\n[[servers]]\nname = \'x\'\ntext = """\na\n"""\n',
  ],
  [".env", 'A=http://orders:8080\nexport B="x ${A} y"\nC=\'z\'\nD="multi\nline"\n#E=1\nF=${A:-${B}}\n'],
  [
    "src/main/resources/logback.xml",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><configuration><appender name="a" class="LogstashTcpSocketAppender"><destination>${LOG:-logs}:5044</destination></appender></configuration>',
  ],
  ["filebeat.yml", "output.logstash: {hosts: ['logstash:5044']}\nfilebeat.inputs: [{type: log}]\n"],
  [
    "package.json",
    '{"name":"cart","version":"1.0.0","workspaces":["packages/*"],"main":"index.js","scripts":{"start":"node server.js --port 80"},"dependencies":{"express":"^5.0.0","a":"file:../a"},"devDependencies":{"b":"workspace:*"}}',
  ],
  ["pnpm-workspace.yaml", "packages: ['packages/*', '!x/**']\ncatalog: {a: ^1}\n"],
  ["nest-cli.json", '{"projects":{"cart":{"type":"application","root":"apps/cart"}}}'],
  ["apps/cart/project.json", '{"name":"cart","projectType":"application","targets":{"serve":{}}}'],
  [
    "pom.xml",
    '<?xml version="1.0"?><project xmlns="http://maven"><parent><groupId>a</groupId><artifactId>p</artifactId><version>1</version></parent><groupId>shop</groupId><artifactId>cart</artifactId><properties><v>1.${x}</v></properties><modules><module>a</module></modules><dependencyManagement><dependencies><dependency><groupId>b</groupId><artifactId>c</artifactId><version>${v}</version><scope>import</scope></dependency></dependencies></dependencyManagement><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build><!-- x --></project>',
  ],
  [
    "build.gradle",
    "plugins { id 'org.springframework.boot' version '3.3.0' }\next { v = '1.0' }\ndependencies {\n  implementation \"a:b:${v}\"\n  implementation project(':lib')\n  testImplementation('c:d:1') { exclude group: 'x' }\n  implementation libs.spring.web\n}\n",
  ],
  ["settings.gradle.kts", 'rootProject.name = "shop"\ninclude(":a", ":b:c")\nproject(":a").projectDir = file("x/a")\n'],
  [
    "gradle/libs.versions.toml",
    '[versions]\na = "1"\n[libraries]\nb = { module = "c:d", version.ref = "a" }\ne = "f:g:1"\n[bundles]\nx = ["b"]\n',
  ],
  [
    "go.mod",
    "module example.com/cart\n\ngo 1.23\n\nrequire (\n\tgithub.com/a/b v1.2.3 // indirect\n)\nreplace github.com/a/b => ../b\n",
  ],
  [
    "Cargo.toml",
    '[package]\nname = "cart"\nversion.workspace = true\n[[bin]]\nname = "x"\n[workspace]\nmembers = ["a/*"]\n[dependencies]\nserde = { version = "1", features = ["derive"] }\nlocal = { path = "../local" }\n',
  ],
  [
    "Cart.csproj",
    '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="A" Version="1.0"/><ProjectReference Include="..\\B\\B.csproj"/></ItemGroup></Project>',
  ],
  [
    "pyproject.toml",
    '[project]\nname = "cart"\ndependencies = ["fastapi>=0.1", "a[b]~=1 ; python_version > \'3\'"]\n[tool.poetry.dependencies]\npython = "^3.12"\nx = { path = "../x" }\n[project.scripts]\nrun = "cart:main"\n',
  ],
  [
    "requirements.txt",
    "-r other.txt\n--hash=sha256:x\nflask==3.0.0 \\\n  --hash=sha256:a\nrequests>=2,<3 # c\ngit+https://github.com/a/b.git@v1#egg=b\n",
  ],
  ["composer.json", '{"name":"shop/cart","type":"project","require":{"php":"^8","laravel/framework":"^11"}}'],
  ["Gemfile", "source 'https://rubygems.org'\ngem 'rails', '~> 7.1'\ngroup :test do\n  gem \"rspec\"\nend\n"],
  [
    "mix.exs",
    'defmodule A.MixProject do\n  def application, do: [mod: {A, []}]\n  defp deps do\n    [{:phoenix, "~> 1.7"}, {:b, in_umbrella: true}]\n  end\nend\n',
  ],
  [
    "build.sbt",
    'lazy val cart = (project in file("cart")).settings(libraryDependencies ++= Seq("a" %% "b" % "1"))\nenablePlugins(JavaAppPackaging)\n',
  ],
  [
    "package-lock.json",
    '{"lockfileVersion":3,"packages":{"":{"name":"a"},"node_modules/b":{"version":"1.0.0"},"node_modules/b/node_modules/c":{"version":"2.0.0","link":true}},"dependencies":{"b":{"version":"1.0.0","dependencies":{"c":{"version":"2"}}}}}',
  ],
  [
    "pnpm-lock.yaml",
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0(b@2.0.0)}\npackages:\n  a@1.0.0: {resolution: {integrity: x}}\nsnapshots: {a@1.0.0: {}}\n",
  ],
  [
    "yarn.lock",
    '# yarn lockfile v1\n\n"@a/b@^1.0.0", "@a/b@^1.1.0":\n  version "1.2.0"\n  resolved "https://x/y.tgz#z"\n  dependencies:\n    c "^1"\n\n__metadata:\n  version: 8\n\n"d@npm:^1":\n  version: 1.0.0\n',
  ],
  ["bun.lock", '{"lockfileVersion":1,"workspaces":{"":{"name":"a"}},"packages":{"b":["b@1.0.0","",{},"sha"],},}'],
  ["gradle.lockfile", "# This is a Gradle generated file\na:b:1.0=compileClasspath,runtimeClasspath\nempty=\n"],
  [
    "packages.lock.json",
    '{"version":1,"dependencies":{"net8.0":{"A":{"type":"Direct","requested":"[1, )","resolved":"1.0.0"}}}}',
  ],
  ["Directory.Packages.props", '<Project><ItemGroup><PackageVersion Include="A" Version="1.0"/></ItemGroup></Project>'],
  ["Cargo.lock", 'version = 3\n\n[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = [\n "b 1.0.0",\n]\n'],
  ["Pipfile.lock", '{"_meta":{},"default":{"a":{"version":"==1.0.0"}},"develop":{}}'],
  [
    "Gemfile.lock",
    "GEM\n  remote: https://rubygems.org/\n  specs:\n    rails (7.1.0)\n      a (= 1)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rails (~> 7.1)\n",
  ],
  ["composer.lock", '{"packages":[{"name":"a/b","version":"v1.0.0"}],"packages-dev":[]}'],
  [
    "api/openapi.yaml",
    "openapi: 3.0.0\ninfo: {title: Cart, version: '1'}\nservers: [{url: 'https://{h}/v1', variables: {h: {default: x}}}]\npaths:\n  /carts/{id}:\n    parameters: [{$ref: '#/components/parameters/Id'}]\n    get: {operationId: getCart, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Cart'}}}}}}\ncomponents:\n  schemas:\n    Cart: {type: object, properties: {id: {type: string}, items: {type: array, items: {$ref: '#/components/schemas/Cart'}}}, allOf: [{$ref: 'other.yaml#/X'}]}\n",
  ],
  [
    "api/asyncapi.yaml",
    "asyncapi: 2.6.0\ninfo: {title: A, version: '1'}\nchannels:\n  orders.created: {publish: {message: {name: OrderCreated, payload: {type: object, properties: {id: {}}}}}, subscribe: {message: {oneOf: [{$ref: '#/components/messages/A'}]}}}\noperations: {a: {action: send, channel: {$ref: '#/channels/x'}}}\n",
  ],
  [
    "api/cart.schema.json",
    '{"$schema":"http://json-schema.org/draft-07/schema#","$id":"cart","type":"object","properties":{"id":{"type":"string"}},"$defs":{"A":{"properties":{"b":{}}}}}',
  ],
  [
    "proto/cart.proto",
    'syntax = "proto3";\npackage shop.cart.v1;\nimport "google/protobuf/empty.proto";\noption (a).b = { c: "d" };\n/* x */ message Cart { string id = 1 [deprecated = true]; repeated Item items = 2; message Item { oneof a { int32 b = 1; } map<string, int32> c = 2; } reserved 3, 4 to max; }\nservice CartService { rpc Get (GetRequest) returns (stream Cart) { option (google.api.http) = { get: "/v1/{id=carts/*}" }; } }\n',
  ],
  [
    "api/schema.graphql",
    'schema { query: Query }\n"""doc"""\ntype Query @key(fields: "id") { cart(id: ID! = "1", f: [In!]! = [{a: 1}]): Cart @deprecated }\nextend type Mutation { add(i: In): Boolean }\ninterface N implements M & O { id: ID }\nunion U = | A | B\nenum E { A B }\ninput In { a: Int = 1 }\n',
  ],
  [
    "catalog-info.yaml",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: cart, annotations: {a: b}}\nspec: {type: service, owner: team-a, dependsOn: ['resource:db'], providesApis: [a]}\n---\nkind: API\nmetadata: {name: a}\nspec: {type: openapi, definition: {$text: ./openapi.yaml}}\n",
  ],
  ["CODEOWNERS", "# x\n*  @org/all\n/src/**/a\\ b @me user@example.com\n[Section][2] @x\n^[Opt]\n!*.md\n"],
  [
    "OWNERS",
    "approvers: [a, b]\nreviewers: &r [c]\noptions: {no_parent_owners: true}\nfilters: {'.*\\\\.go$': {approvers: *r}}\n",
  ],
  [
    "drystone.yaml",
    "system: shop\nteams: {team-a: {members: [a@example.com]}}\ncomponents: {cart: {paths: ['services/{a,b}/**'], owner: team-a}}\n",
  ],
  [
    "src/server.ts",
    `import express, { type Request } from "express";
import * as amqp from 'amqplib';
export * from "./other.js";
const { ORDERS_URL = "http://orders:8080" } = process.env;
const base = \`\${process.env.HOST ?? 'cart'}:\${process.env["PORT"] || 80}\`;
const app = express();
app.use("/api", router);
router.get("/carts/:id(\\\\d+)", async (req: Request, res) => {
  for (const item of items) await axios.get(\`\${ORDERS_URL}/orders/\${item.id}?x=\${a ? \`b\${c}\` : "d"}\`, { params: { a: /[/"]+/g } });
  res.json(await pool.query("SELECT * FROM carts c JOIN items i ON i.cart = c.id WHERE c.id = $1", [req.params.id]));
});
@Controller("cart") class CartController { @Get(":id") get(@Param("id") id: string) { return this.client.send({ cmd: "sum" }, id); } }
@Entity({ name: "carts" }) class Cart { @Column() id!: string; }
channel.publish("orders", "order.created", Buffer.from("x")); channel.consume("cart.queue", (m) => {});
const x = <Foo<Bar>>y; const j = <div a={1}>{x}</div>;
export default { name: "x" };
`,
  ],
  [
    "src/App.vue",
    '<template><a :href="`${x}`">b</a></template>\n<script setup lang="ts">\nimport a from "./a";\nfetch("/api/carts");\n</script>\n<style>a { b: c }</style>\n',
  ],
  [
    "src/main/java/shop/CartController.java",
    `package shop.cart;
import java.util.*;
import static shop.Topics.ORDER_CREATED;
/** {@code x} */
@RestController @RequestMapping(value = {"/carts", "/c"}, produces = "a")
public class CartController<T extends Comparable<T>> {
  @Value("\${orders.url:http://orders}") private String ordersUrl;
  private static final String TOPIC = "a" + "." + 'b';
  @GetMapping("/{id}") public Cart get(@PathVariable String id) {
    return restTemplate.exchange(ordersUrl + "/orders/" + id, HttpMethod.GET, null, new ParameterizedTypeReference<List<Order>>() {}).getBody();
  }
  @KafkaListener(topics = {ORDER_CREATED, "\${topic:x}"}, groupId = "g") void on(OrderCreated e) { kafkaTemplate.send(TOPIC, e); }
  @Query("""
    select c from Cart c where c.id = :id
    """) Cart find();
}
@FeignClient(name = "orders", url = "\${x}") interface Orders { @PostMapping("/o") void add(); }
@Entity @Table(name = "carts", schema = "s") record Cart(@Id String id, int n) {}
`,
  ],
  [
    "src/main/kotlin/Cart.kt",
    'package shop\nimport io.ktor.server.routing.*\nval client = WebClient.create("http://${System.getenv("HOST") ?: "orders"}:80")\nfun Application.module() { routing { route("/a") { get("/{id?}") { call.respond(client.get().uri("/x/{id}", 1)) } } } }\ndata class Cart(val id: String = """raw ${1}""")\n',
  ],
  [
    "cart/app.py",
    `from __future__ import annotations
import os, requests as r
from .models import (Cart, Item as I)
URL = os.environ.get("ORDERS_URL", "http://orders:8080")
app = FastAPI()
router = APIRouter(prefix="/carts")
@router.get("/{id}", response_model=Cart)
async def get(id: int):
    """Doc 'x' """
    for i in [x async for x in y]:
        r.get(f"{URL}/orders/{i!r:>{w}}/{d['k']}", timeout=3)
    return await db.execute("SELECT * FROM carts WHERE id = %s" % id)
class Cart(Base):
    __tablename__ = "carts"
    id = Column(Integer, primary_key=True)
@celery.task(name="a.b")
def work(): producer.send("topic", b"x")
urlpatterns = [path("a/<int:id>", include("b.urls"))]
`,
  ],
  [
    "main.go",
    'package main\n\nimport (\n\t"net/http"\n\tpb "example.com/cart/proto"\n\t_ "github.com/lib/pq"\n)\n\nconst topic = "orders" + ".created"\n\nfunc main() {\n\taddr := os.Getenv("ORDERS_ADDR")\n\tif addr == "" { addr = "orders:50051" }\n\tconn, _ := grpc.Dial(fmt.Sprintf("%s:%d", addr, 80))\n\tclient := pb.NewOrdersClient(conn)\n\tr.HandleFunc("/carts/{id:[0-9]+}", h).Methods("GET")\n\thttp.Get(`http://x/` + url.PathEscape(id))\n\tdb.Query("SELECT a FROM b")\n}\n\ntype Cart struct { ID string `json:"id" gorm:"column:id"` }\nfunc (Cart) TableName() string { return "carts" }\n',
  ],
  [
    "Cart/Program.cs",
    'using System;\nusing static A.B;\nnamespace Shop.Cart;\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddHttpClient<Orders>(c => c.BaseAddress = new Uri(builder.Configuration["Urls:Orders"] ?? "http://orders"));\napp.MapGet("/carts/{id:int}", async (int id) => await http.GetAsync($"{url}/orders/{id:D2}{(a ? "b" : @"c""d")}"));\n[ApiController, Route("api/[controller]")] public class C : ControllerBase { [HttpGet("{id}")] public Task Get() => bus.Publish(new OrderCreated()); }\npublic class X : IConsumer<OrderCreated> { }\npublic class Db : DbContext { public DbSet<Cart> Carts { get; set; } }\nvar raw = """x{"y"}""";\n',
  ],
  [
    "cart.rb",
    'require_relative "a/b"\nmodule Shop\n  class CartsController < ApplicationController\n    def show\n      HTTParty.get("#{ENV.fetch("ORDERS_URL") { "http://orders" }}/orders/#{params[:id]}")\n    end\n  end\nend\nRails.application.routes.draw { namespace(:api) { resources :carts, only: %i[show] } }\nx = <<~SQL\n  SELECT * FROM carts\nSQL\nclass Cart < ApplicationRecord; self.table_name = "carts"; end\n',
  ],
  [
    "cart.php",
    "<?php\nnamespace Shop\\Cart;\nuse A\\{B, C as D};\nrequire_once __DIR__ . '/x.php';\n#[Route('/carts/{id}', methods: ['GET'])]\nclass C { function f() { $r = Http::get(env('ORDERS_URL', 'http://orders') . \"/orders/{$this->id}\"); $q = <<<SQL\nSELECT * FROM carts\nSQL; } }\nRoute::get('/a/{b?}', [C::class, 'f']);\n?>\n<html><?= $x ?></html>\n",
  ],
  [
    "src/main.rs",
    'use std::{env, fmt::{self, Write as W}};\nmod cart;\n#[derive(Debug, sqlx::FromRow)] struct Cart<\'a> { id: &\'a str }\n#[get("/carts/<id>")] async fn get() -> impl Responder { let url = env::var("URL").unwrap_or_else(|_| "http://orders".into()); reqwest::get(format!("{url}/orders/{}", 1)).await?; sqlx::query!(r#"select * from carts"#); }\nfn main() { App::new().route("/a", web::get().to(x)); /* /* nested */ */ }\n',
  ],
  [
    "src/Cart.scala",
    'package shop\nobject A extends App { val r = pathPrefix("carts" / Segment) { id => get { complete(Http().singleRequest(HttpRequest(uri = s"http://${sys.env("H")}/x"))) } } }\n',
  ],
  [
    "lib/cart.ex",
    'defmodule A do\n  scope "/api" do\n    get "/carts/:id", C, :show\n  end\n  def f, do: HTTPoison.get("http://#{System.get_env("H")}/x")\n  schema "carts" do\n    field :id, :string\n  end\nend\n',
  ],
  [
    "src/cart.cc",
    '#include <grpcpp/grpcpp.h>\n#include "a.h"\nint main() { auto c = grpc::CreateChannel("orders:50051", grpc::InsecureChannelCredentials()); const char* h = getenv("HOST"); /* x */ }\n',
  ],
  [
    "web/index.html",
    '<!doctype html><html><head><script src="a.js"></script><base href="/x"></head><body><a href="/cart?id={{ id }}">x</a><form action="http://orders/x" method=post></form><script>fetch("/api/x")</script></body></html>',
  ],
  [
    "db/1_init.sql",
    "CREATE TABLE IF NOT EXISTS \"shop\".carts (id int PRIMARY KEY, x text DEFAULT 'a''b'); -- c\nINSERT INTO items SELECT * FROM (SELECT 1) a, b WHERE x IN (1,2);\nWITH a AS (SELECT 1) UPDATE carts SET x = $$y$$ FROM a; /* z */ DELETE FROM `c`.`d`;\nMERGE INTO [dbo].[e] USING f ON 1=1;\n",
  ],
  [
    "prisma/schema.prisma",
    'datasource db { provider = "postgresql"\n url = env("DATABASE_URL") }\nmodel Cart {\n  id String @id @default(cuid())\n  items Item[] @relation("x")\n  @@map("carts")\n}\n',
  ],
  [
    "tsconfig.json",
    '{ // x\n "extends": "./base.json", "compilerOptions": { "baseUrl": ".", "paths": { "@a/*": ["src/*"] }, }, "references": [{ "path": "../b" }] }',
  ],
  [
    "Makefile",
    "NAME := cart\ndeploy:\n\thelm upgrade --install $(NAME) ./chart -f values.yaml --set image.tag=$(shell git rev-parse HEAD),a.b[0]=c\n",
  ],
]);
