import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { isProxyConfig, readProxyConfig } from "./index.js";

const routesOf = (path: string, text: string) =>
  readProxyConfig(path, text)?.map(
    ({ line, protocol, host, path: prefix, target }) => `${line} ${protocol} ${host ?? "*"} ${prefix ?? "*"} -> ${target}`,
  ) ?? null;

describe("readProxyConfig", () => {
  test.each<[string, string, string, readonly string[] | null]>([
    [
      "nginx: locations, upstreams, variables, patterns",
      "nginx/default.conf",
      `upstream cart { server cart-1:8080 weight=3; server cart-2:8080; } # two
server {
  server_name _ shop.example.com;
  set $orders orders.shop.svc;
  location /cart/ { proxy_pass http://cart/; }
  location = /orders { if ($x = 1) { proxy_pass http://$orders:8080/api$request_uri; } }
  location ~* ^/users/(?<id>\\d+)$ { proxy_pass http://user:pw@users:8080/$1; }
  location ~ \\.php$ { fastcgi_pass php:9000; fastcgi_param X "a;b}"; }
  location /rates { grpc_pass grpc://rates:50051; }
  location /sock { proxy_pass http://unix:/run/x.sock; }
}
stream { server { listen 5432; proxy_pass db:5432; } }`,
      [
        "5 http shop.example.com /cart/ -> http://cart-1:8080/",
        "5 http shop.example.com /cart/ -> http://cart-2:8080/",
        "6 http shop.example.com /orders -> http://orders.shop.svc:8080/api",
        "7 http shop.example.com /users/ -> http://users:8080/",
        "8 fastcgi shop.example.com * -> php:9000",
        "9 grpc shop.example.com /rates -> grpc://rates:50051",
        "12 tcp * * -> db:5432",
      ],
    ],
    [
      "nginx: templates of envsubst, ERB and Jinja",
      "web/default.conf.template",
      'location /api/cart/ { proxy_pass http://${CART_HOST}:8080/; }\nlocation /api/user { proxy_pass http://<%= ENV["USER_HOST"] %>:8080; }\nlocation /r { proxy_pass http://{{ rates }}:80; }',
      [
        "1 http * /api/cart/ -> http://${CART_HOST}:8080/",
        '2 http * /api/user -> http://<%= ENV["USER_HOST"] %>:8080',
        "3 http * /r -> http://{{ rates }}:80",
      ],
    ],
    [
      "Apache: passing, sections, balancers, rewriting",
      "apache/000-default.conf",
      `Define ORDERS order:8080
<VirtualHost *:80>
  ServerName shop.example.com
  ProxyPass /static !
  ProxyPass /order http://\${ORDERS}/ timeout=3
  ProxyPassReverse /order http://order:8080/
  <Location "/pay"> 
    ProxyPass http://payment:8080/
  </Location>
  ProxyPass "/cart" "balancer://carts/api"
  RewriteRule ^/users/(.*)$ http://users:8080/$1 [L,P]
  <FilesMatch \\.php$>
    SetHandler "proxy:fcgi://php:9000"
  </FilesMatch>
</VirtualHost>
<Proxy balancer://carts>
  BalancerMember http://cart-1:8080
  BalancerMember http://cart-2:8080
</Proxy>
ProxyPassReverse /rates http://rates:8080/`,
      [
        "5 http shop.example.com /order -> http://order:8080/",
        "8 http shop.example.com /pay -> http://payment:8080/",
        "10 http shop.example.com /cart -> http://cart-1:8080/api",
        "10 http shop.example.com /cart -> http://cart-2:8080/api",
        "11 http shop.example.com /users/ -> http://users:8080/",
        "13 fastcgi shop.example.com * -> fcgi://php:9000",
        "20 http shop.example.com /rates -> http://rates:8080/",
      ],
    ],
    [
      "HAProxy: acls, conditions in braces, listeners",
      "haproxy/haproxy.cfg",
      `defaults
  mode http
frontend web
  acl is_cart path_beg /cart /basket
  acl shop hdr(host) -i shop.example.com
  use_backend cart if is_cart shop
  use_backend orders if { path_beg /orders } || { path /o }
  default_backend web
backend cart
  server c1 cart:8080 check
backend orders
  server o1 orders:50051 proto h2
backend web
  server w1 web:3000
listen db
  mode tcp
  server d1 db:5432`,
      [
        "10 http shop.example.com /cart -> cart:8080",
        "10 http shop.example.com /basket -> cart:8080",
        "12 grpc * /orders -> orders:50051",
        "12 grpc * /o -> orders:50051",
        "14 http * * -> web:3000",
        "17 tcp * * -> db:5432",
      ],
    ],
    [
      "Caddy: sites, handles, matchers, further servers",
      "Caddyfile",
      `shop.example.com {
  handle_path /cart/* {
    reverse_proxy cart:8080
  }
  @api path /orders/* /payments/*
  reverse_proxy @api orders:8080
  @users {
    path /users/*
  }
  reverse_proxy @users {
    to users-1:8080 users-2:8080
  }
  reverse_proxy /rates/* h2c://rates:50051
  php_fastcgi php:9000
}`,
      [
        "3 http shop.example.com /cart/ -> cart:8080",
        "6 http shop.example.com /orders/ -> orders:8080",
        "6 http shop.example.com /payments/ -> orders:8080",
        "11 http shop.example.com /users/ -> users-1:8080",
        "11 http shop.example.com /users/ -> users-2:8080",
        "13 grpc shop.example.com /rates/ -> h2c://rates:50051",
        "14 fastcgi shop.example.com * -> php:9000",
      ],
    ],
    [
      "Envoy: routes, weights, HTTP/2, streams",
      "envoy/envoy.yaml",
      `static_resources:
  listeners:
    - filter_chains:
        - filters:
            - typed_config:
                route_config:
                  virtual_hosts:
                    - domains: ["shop.example.com"]
                      routes:
                        - match: { prefix: /cart }
                          route: { cluster: cart }
                        - match: { safe_regex: { regex: "^/orders/.*" } }
                          route: { weighted_clusters: { clusters: [{ name: orders }] } }
            - typed_config: { stat_prefix: db, cluster: db }
  clusters:
    - name: cart
      load_assignment:
        endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: "\${CART}", port_value: 8080 } } } }] }]
    - name: orders
      http2_protocol_options: {}
      hosts: [{ socket_address: { address: orders, port_value: 50051 } }]
    - name: db
      hosts: [{ socket_address: { address: db, port_value: 5432 } }]`,
      [
        "11 http shop.example.com /cart -> ${CART}:8080",
        "13 grpc shop.example.com /orders/ -> orders:50051",
        "14 tcp * * -> db:5432",
      ],
    ],
    [
      "Traefik: YAML of version 2",
      "traefik/dynamic.yml",
      'http:\n  routers:\n    cart: { rule: "Host(`shop.example.com`) && PathPrefix(`/cart`, `/basket`)", service: cart }\n  services:\n    cart:\n      loadBalancer:\n        servers:\n          - url: http://cart:8080\n',
      ["8 http shop.example.com /cart -> http://cart:8080", "8 http shop.example.com /basket -> http://cart:8080"],
    ],
    [
      "Traefik: TOML of versions 1 and 2",
      "traefik.toml",
      '[backends.cart.servers.a]\nurl = "http://cart:8080"\n[frontends.cart]\nbackend = "cart"\n[frontends.cart.routes.r]\nrule = "Host:shop.example.com;PathPrefix:/cart"\n[http.routers.o]\nrule = "PathPrefix(`/orders`)"\nservice = "orders"\n[[http.services.orders.loadBalancer.servers]]\nurl = "http://orders:80"\n',
      ["11 http * /orders -> http://orders:80", "2 http shop.example.com /cart -> http://cart:8080"],
    ],
    [
      "Kong: services with routes, upstreams",
      "kong.yml",
      '_format_version: "3.0"\nservices:\n  - name: cart\n    url: http://cart:8080/v1\n    routes:\n      - paths: [/cart, "~/basket/\\\\d+"]\n  - name: orders\n    host: orders.upstream\n    protocol: grpc\nroutes:\n  - { service: { name: orders }, hosts: [shop.example.com] }\nupstreams:\n  - { name: orders.upstream, targets: [{ target: "orders:50051" }] }\n',
      [
        "4 http * /cart -> http://cart:8080/v1",
        "4 http * /basket/ -> http://cart:8080/v1",
        "8 grpc shop.example.com * -> grpc://orders:50051",
      ],
    ],
    [
      "KrakenD",
      "krakend.json",
      '{"version":3,"endpoints":[{"endpoint":"/cart/{id}","backend":[\n{"host":["http://cart:8080/"],"url_pattern":"/api/{id}"}]}]}',
      ["2 http * /cart/ -> http://cart:8080/api/{id}"],
    ],
    [
      "Ocelot, with comments; keys of queries go",
      "ocelot.json",
      '{\n// routes\n"Routes":[{"UpstreamPathTemplate":"/cart/{rest}","DownstreamPathTemplate":"/api/{rest}?key=secret","DownstreamScheme":"http",\n"DownstreamHostAndPorts":[{"Host":"cart","Port":80}]},\n{"UpstreamPathTemplate":"/o","DownstreamPathTemplate":"/","ServiceName":"orders"}]}',
      ["4 http * /cart/ -> http://cart:80/api/{rest}", "5 http * /o -> http://orders/"],
    ],
    [
      "YARP",
      "appsettings.json",
      '{"ReverseProxy":{"Routes":{"cart":{"ClusterId":"Cart","Match":{"Path":"/cart/{**rest}"}}},\n"Clusters":{"cart":{"Destinations":{"d1":{"Address":"http://cart:8080/"}}}}}}',
      ["2 http * /cart/ -> http://cart:8080/"],
    ],
    [
      "Express Gateway",
      "gateway.config.yml",
      'apiEndpoints:\n  cart: { host: "*", paths: "/cart/*" }\nserviceEndpoints:\n  cart: { url: "http://cart:8080" }\npipelines:\n  main:\n    apiEndpoints: [cart]\n    policies: [{ proxy: [{ action: { serviceEndpoint: cart } }] }]\n',
      ["4 http * /cart/ -> http://cart:8080"],
    ],
    [
      "APISIX",
      "apisix.yaml",
      'routes:\n  - uri: /cart/*\n    upstream: { nodes: { "cart:8080": 1 } }\n  - uris: [/orders]\n    upstream_id: 1\nupstreams:\n  - { id: 1, scheme: grpc, nodes: [{ host: orders, port: 50051 }] }\n#END\n',
      ["3 http * /cart/ -> cart:8080", "4 grpc * /orders -> grpc://orders:50051"],
    ],
    ["settings without a proxy", "appsettings.json", '{"ConnectionStrings":{"db":"Server=db"}}', null],
    [
      "a manifest of Kubernetes",
      "nginx/deployment.yaml",
      "apiVersion: v1\nkind: Service\nroutes: [{uri: /x, upstream: {nodes: {a: 1}}}]\n",
      null,
    ],
    ["a server of files only", "nginx.conf", "server { listen 80; root /html; }", null],
  ])("%s", (_, path, text, expected) => {
    expect(isProxyConfig(path)).toBe(true);
    expect(routesOf(path, text)).toEqual(expected);
  });

  const long = "x".repeat(1_900_000);
  test.each<[string, string, string]>([
    ["blocks without end", "nginx.conf", `${"a {".repeat(300_000)} proxy_pass http://x;`],
    ["one long line", "nginx.conf", `proxy_pass http://${long};`],
    ["open quotes", "nginx.conf", `proxy_pass "${'\\"'.repeat(500_000)}`],
    ["open templates", "nginx.conf", `proxy_pass ${"${".repeat(500_000)}`],
    ["quotes of Apache", "apache/x.conf", `ProxyPass ${'"\\'.repeat(900_000)}`],
    ["brackets of rules", "apache/x.conf", `RewriteRule a\n${"RewriteRule [".repeat(100_000)}[P]`],
    ["comments of JSON", "ocelot.json", `{"Routes": ${"/*".repeat(900_000)}`],
    [
      "rules of Traefik",
      "traefik.yml",
      `http: {routers: {a: {rule: "${"Host(".repeat(100_000)}", service: a}}, services: {a: {loadBalancer: {servers: [{url: "http://a"}]}}}}`,
    ],
    ["deep maps", "envoy.yaml", `static_resources: ${"{clusters: ".repeat(3000)}`],
    [
      "a service that is its own part",
      "traefik.yml",
      "http: {routers: {a: {service: a}}, services: {a: {weighted: {services: [{name: a}, {name: a}]}}}}",
    ],
    [
      "names of the prototype",
      "ocelot.json",
      '{"__proto__": {"x": 1}, "Routes": [{"UpstreamPathTemplate": "/", "constructor": 1}]}',
    ],
  ])("hostile: %s", (_, path, text) => {
    const spent = processorTime();
    expect(() => readProxyConfig(path, text)).not.toThrow();
    expect(spent()).toBeLessThan(15_000);
  });
});
