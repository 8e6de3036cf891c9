import { describe, expect, test } from "vitest";
import { linked } from "./fixtures/index.js";

describe("requests", () => {
  test.each<[string, string, string[]]>([
    ["fetch", "const r = await fetch(`${process.env.ORDERS_URL}/orders/${id}`)", ["call http GET ${ORDERS_URL}/orders/{}"]],
    ["fetch with a method", "fetch('/api/cart', { method: 'POST', body })", ["call http POST /api/cart"]],
    [
      "fetch in a loop",
      "for (const id of ids) {\n  await fetch('http://stock/items/' + id)\n}",
      ["call http GET http://stock/items/{} in a loop"],
    ],
    [
      "fetch per item",
      "await Promise.all(ids.map((id) => fetch(`http://stock/items/${id}`)))",
      ["call http GET http://stock/items/{} in a loop"],
    ],
    [
      "a handler in a loop runs once per request",
      "for (const p of paths) { on(p, async () => { await fetch('http://a/b') }) }",
      ["call http GET http://a/b"],
    ],
    ["a method that is called fetch", "class A { async fetch(url) { return 1 } }\nrepo.fetch('/x')", []],
    [
      "axios",
      "import axios from 'axios';\naxios.post<Order>('http://orders:8080/orders', body)",
      ["call http POST http://orders:8080/orders"],
    ],
    [
      "axios with options",
      "const axios = require('axios');\naxios({ method: 'put', url: 'http://a/b' })",
      ["call http PUT http://a/b"],
    ],
    [
      "an instance of axios",
      "import axios from 'axios';\nexport class Flights {\n  private client: AxiosInstance;\n  constructor() { this.client = axios.create({ baseURL: 'http://flight:3344/' }) }\n  get(id) { return this.client.get<Flight>(`/api/v1/flight?id=${id}`) }\n}",
      ["address http://flight:3344/ http client", "call http GET http://flight:3344/api/v1/flight?id={}"],
    ],
    [
      "a base for all",
      "import axios from 'axios';\naxios.defaults.baseURL = '/api';\naxios.get('/users')",
      ["call http GET /api/users"],
    ],
    ["an own instance", "import api from '../api';\nexport const users = () => api.get('/users');", ["call http GET /users"]],
    [
      "a client that is handed in",
      "Page.load = async (context, client) => { await client.get('/api/tickets'); cache.get('/api/x') }",
      ["call http GET /api/tickets"],
    ],
    [
      "an own hook",
      "import useRequest from '../hooks/use-request';\nuseRequest({ url: '/api/users', method: 'post' })",
      ["call http POST /api/users"],
    ],
    ["an own router is no client", "import api from './api';\napi.get('/users', authorize, list);", []],
    [
      "an own function",
      "import request from '../utils/Request';\nrequest<Cart>({ url: `/api/cart`, method: 'DELETE' })",
      ["call http DELETE /api/cart"],
    ],
    [
      "a class with an address",
      "this.orders = new OrdersHttpClient(`${this.config.ORDERS_URL}/v1`);\nthis.orders.axios.get('/all')",
      ["call http GET ${const:config.ORDERS_URL}/v1/all"],
    ],
    [
      "Nest's HttpService",
      "constructor(private readonly http: HttpService) {}\nrun() { return this.http.get(`${this.config.get('STOCK_URL')}/items`) }",
      ["call http GET ${STOCK_URL}/items"],
    ],
    [
      "Angular's HttpClient",
      "import { environment } from '../environments/environment';\nconstructor(private http: HttpClient) {}\nall() { return this.http\n  .get<Item[]>(`${environment.apiUrl}/items`) }",
      ["call http GET ${const:environment.apiUrl}/items"],
    ],
    [
      "request",
      "const request = require('request');\nvar host = process.env.HOST || 'catalogue';\nrequest('http://' + host + ':8080/product/' + sku, done)",
      ["call http GET http://${HOST:-catalogue}:8080/product/{}"],
    ],
    [
      "got, ky, superagent, needle",
      "import got from 'got';\nimport ky from 'ky';\nconst agent = require('superagent');\ngot.post('http://a/1');\nky('http://a/2');\nagent.del('http://a/3')",
      ["call http POST http://a/1", "call http GET http://a/2", "call http DELETE http://a/3"],
    ],
    [
      "http.request",
      "import http from 'node:http';\nhttp.request({ hostname: 'stock', port: 8080, path: '/items', method: 'POST' })",
      ["call http POST http://stock:8080/items"],
    ],
    ["http.createServer", "const http = require('http');\nhttp.createServer('/x')", []],
    [
      "AngularJS and jQuery",
      "$http({ url: '/api/user/login', method: 'POST' });\n$.ajax({ type: 'PUT', url: '/cart' });\n$.getJSON('catalogue/items')",
      ["call http POST /api/user/login", "call http PUT /cart", "call http GET /catalogue/items"],
    ],
    ["XMLHttpRequest", "const x = new XMLHttpRequest();\nx.open('GET', '/api/x')", ["call http GET /api/x"]],
    ["nothing known", "fetch(url);\nfetch(`${a}${b}?${c}`);\nfetch('data:text/plain,x')", []],
    ["in a comment or a text", "// fetch('/a')\nconst help = \"fetch('/b')\"", []],
    [
      "settings taken out of the environment",
      "const { SHIPPING_ADDR = 'http://shipping' } = process.env;\nfetch(`${SHIPPING_ADDR}/quote`)",
      ["call http GET ${SHIPPING_ADDR:-http://shipping}/quote"],
    ],
    [
      "a checked environment",
      "const { value: env } = schema.validate(process.env);\nfetch(env.ORDERS_URL + '/x')",
      ["call http GET ${ORDERS_URL}/x"],
    ],
    [
      "clients with an address",
      "import { GraphQLClient } from 'graphql-request';\nimport { io } from 'socket.io-client';\nnew GraphQLClient(process.env.GATEWAY_URL);\nio('http://ws:3002')",
      ["address ${GATEWAY_URL} http client", "address http://ws:3002 websocket client"],
    ],
  ])("%s", (_, text, expected) => expect(linked(text)).toEqual(expected));

  test("scripts of a page", () => {
    const page = "<p>Don't</p><script src='x.js'></script>\n<script>\nfetch('/api/votes')\n</script><p>fetch('/no')</p>";
    expect(linked(page, "views/index.html")).toEqual(["call http GET /api/votes"]);
  });
});

describe("gRPC", () => {
  const load = "const grpc = require('@grpc/grpc-js');\nconst shop = grpc.loadPackageDefinition(loaded).shop;\n";
  test.each<[string, string, string[]]>([
    [
      "a stub of a loaded package",
      `${load}const cart = new shop.CartService(process.env.CART_ADDR, grpc.credentials.createInsecure());\ncart.getCart({}, done)`,
      ["grpc-client shop.CartService", "address ${CART_ADDR} grpc client", "call grpc shop.CartService/GetCart"],
    ],
    [
      "a service of a loaded package",
      `${load}server.addService(shop.CartService.service, { getCart })`,
      ["grpc-server shop.CartService"],
    ],
    [
      "a generated stub",
      "import { credentials } from '@grpc/grpc-js';\nconst c = new AdServiceClient('ad:9555', credentials.createInsecure())",
      ["grpc-client AdService", "address ad:9555 grpc client"],
    ],
    [
      "a generated service",
      "import * as grpc from '@grpc/grpc-js';\nserver.addService(AdServiceService, impl);\nserver.addService(health.service, h)",
      ["grpc-server AdService"],
    ],
    [
      "Connect",
      "import { createClient } from '@connectrpc/connect';\nimport { createConnectTransport } from '@connectrpc/connect-web';\nconst t = createConnectTransport({ baseUrl: 'http://eliza' });\nconst c = createClient(ElizaService, t);\nc.say({})",
      ["address http://eliza grpc client", "grpc-client ElizaService", "call grpc ElizaService/Say"],
    ],
    [
      "NestJS",
      "import { ClientGrpc } from '@nestjs/microservices';\nclass A {\n  @GrpcMethod('Heroes', 'FindOne') findOne() {}\n}\nthis.users = client.getService<UsersClient>(USERS_SERVICE_NAME)",
      ["grpc-server Heroes", "grpc-client UsersService"],
    ],
    ["no stub", "const grpc = require('@grpc/grpc-js');\nnew grpc.Server({});\nnew Thing(a, b)", []],
  ])("%s", (_, text, expected) => expect(linked(text)).toEqual(expected));
});

describe("proxies and gateways", () => {
  test.each<[string, string, string, string[]]>([
    [
      "http-proxy-middleware",
      "src/app.ts",
      "import { createProxyMiddleware } from 'http-proxy-middleware';\napp.use('/users', createProxyMiddleware({ target: process.env.USERS_URL || 'http://users:3000', changeOrigin: true }))",
      ["route /users ${USERS_URL:-http://users:3000}"],
    ],
    [
      "a path as the first argument",
      "src/app.ts",
      "const { createProxyMiddleware } = require('http-proxy-middleware');\napp.use(createProxyMiddleware('/api', { target: 'http://api:80' }))",
      ["route /api http://api:80"],
    ],
    [
      "express-http-proxy",
      "src/app.ts",
      "const proxy = require('express-http-proxy');\napp.use('/orders', auth, proxy('http://orders:3001'))",
      ["route /orders http://orders:3001"],
    ],
    [
      "Vite",
      "web/vite.config.ts",
      "export default { server: { proxy: { '/api': 'http://api:8080', '^/ws': { target: 'ws://ws:1' } } } }",
      ["route /api http://api:8080", "route /ws ws://ws:1"],
    ],
    [
      "Next.js",
      "web/next.config.js",
      "module.exports = { async rewrites() { return [{ source: '/api/:path*', destination: `${process.env.API}/:path*` }] } }",
      ["route /api ${API}/:path*"],
    ],
    [
      "Apollo",
      "src/gateway.ts",
      "import { ApolloGateway, IntrospectAndCompose } from '@apollo/gateway';\nnew IntrospectAndCompose({ subgraphs: [{ name: 'accounts', url: 'http://accounts/graphql' }] })",
      ["address http://accounts/graphql http client", "route http://accounts/graphql", "named-call accounts graphql-gateway"],
    ],
  ])("%s", (_, path, text, expected) => expect(linked(text, path)).toEqual(expected));
});
