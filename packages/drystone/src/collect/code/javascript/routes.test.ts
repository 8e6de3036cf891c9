import { expect, test } from "vitest";
import { linked } from "./fixtures/index.js";
import { endpointPath } from "./paths.js";

test.each<[string, string, string[]]>([
  [
    "NestJS",
    "@ApiTags('x')\n@Controller({ path: 'users', version: '1' })\nexport class Users {\n  @Post()\n  @UseGuards(Auth)\n  async create(@Body() b: B) {}\n  @Get(':id')\n  one() {}\n  @Version('2')\n  @Get(['all', 'list'])\n  all() {}\n}",
    [
      "endpoint POST /v1/users create",
      "endpoint GET /v1/users/{id} one",
      "endpoint GET /v2/users/all all",
      "endpoint GET /v2/users/list all",
    ],
  ],
  ["a prefix for all", "app.setGlobalPrefix('api');", ["mount /api"]],
  ["a class that is no controller", "class A { @Get('x') get() {} }", []],
  [
    "Express",
    "const app = require('express')();\nvar express = require('express');\nvar api = express();\napi.get('/cart/:id', (req, res) => {});\napi.delete(['/a', '/b'], remove);\napi.get('title');",
    ["endpoint GET /cart/{id}", "endpoint DELETE /a remove", "endpoint DELETE /b remove"],
  ],
  [
    "routers of one file",
    "import express, { Router } from 'express';\nconst app = express();\nconst v1 = Router();\nconst users = express.Router();\nusers.route('/:id(\\\\d+)').get(one).put(auth, c.change.bind(c));\nv1.use('/users', users);\napp.use('/api/v1', v1);",
    ["endpoint GET /api/v1/users/{id} one", "endpoint PUT /api/v1/users/{id} change"],
  ],
  [
    "routers of other files",
    "import express from 'express';\nimport orders from './routes/orders';\nconst app = express();\napp.use('/orders', orders);\napp.use('/users', require('./routes/users'));\napp.use(express.json())",
    ["mount /orders ./routes/orders", "mount /users ./routes/users"],
  ],
  ["handed in", "module.exports = (app) => {\n  app.post('/login', login)\n}", ["endpoint POST /login login"]],
  [
    "Fastify",
    "import Fastify from 'fastify';\nconst f = Fastify();\nf.get<{ Params: P }>('/x/:id', { schema }, h);\nf.route({ method: ['GET', 'POST'], url: '/y', handler: y })",
    ["endpoint GET /x/{id} h", "endpoint GET /y y", "endpoint POST /y y"],
  ],
  [
    "Hapi",
    "const Hapi = require('@hapi/hapi');\nconst server = Hapi.server({ port: 1 });\nserver.route([{ method: 'GET', path: '/a/{id}', handler: get }, { method: '*', path: '/b', handler: () => 1 }])",
    ["endpoint GET /a/{id} get", "endpoint /b"],
  ],
  [
    "Koa",
    "import Router from '@koa/router';\nconst r = new Router({ prefix: '/things' });\nr.get('/:id', show)",
    ["endpoint GET /things/{id} show"],
  ],
  [
    "Hono",
    "import { Hono } from 'hono';\nconst app = new Hono().basePath('/api');\napp.get('/x', (c) => c.text(''))",
    ["endpoint GET /api/x"],
  ],
  [
    "GraphQL",
    "import { ApolloServer } from '@apollo/server';\nnew ApolloServer({ typeDefs, resolvers })",
    ["endpoint POST /graphql"],
  ],
  ["a map is no router", "const cache = new Map();\ncache.get('/a', b);\nsettings.set('/x', y)", []],
])("routes: %s", (_, text, expected) => expect(linked(text)).toEqual(expected));

test.each<[string, string, string[]]>([
  [
    "app/(shop)/orders/[id]/route.ts",
    "export async function GET() {}\nexport const POST = handler",
    ["endpoint GET /orders/{id} GET", "endpoint POST /orders/{id} POST"],
  ],
  [
    "src/pages/api/users/index.ts",
    "export default function handler(req) { if (req.method === 'POST') {} }",
    ["endpoint POST /api/users"],
  ],
  ["pages/api/[...slug].js", "export default h", ["endpoint /api/{slug}"]],
  ["server/api/items/[id].get.ts", "export default defineEventHandler(() => 1)", ["endpoint GET /api/items/{id}"]],
  ["src/routes/api/x/+server.ts", "export const GET = () => 1", ["endpoint GET /api/x GET"]],
  ["src/pages/index.tsx", "export default function Page() {}", []],
  ["src/app/service.ts", "export function GET() {}", []],
])("routes of %s", (path, text, expected) => expect(linked(text, path)).toEqual(expected));

test.each([
  [["/api/", "/users/:id?"], "/api/users/{id}"],
  [["", "/"], "/"],
  [["${const:PREFIX}", "a/*"], "/${const:PREFIX}/a/*"],
  [["/${BASE:-/x}/y"], "/${BASE:-/x}/y"],
])("%s is %s", (parts, expected) => expect(endpointPath(...parts)).toBe(expected));
