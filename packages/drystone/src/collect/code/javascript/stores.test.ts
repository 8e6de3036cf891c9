import { expect, test } from "vitest";
import { linked, shown } from "./fixtures/index.js";
import { mongooseCollection, snakeCase } from "./table-names.js";

test.each<[string, string, string[]]>([
  [
    "mongoose",
    "import mongoose from 'mongoose';\nmongoose.connect('mongodb://mongo:27017/shop?x=1')",
    ["address mongodb://mongo:27017/shop?x=1 mongodb client", "store-client mongodb mongoose shop"],
  ],
  [
    "the driver of MongoDB",
    "const mongo = require('mongodb').MongoClient;\nmongo.connect(process.env.MONGO_URL || 'mongodb://m/users', cb);\ndb.collection('orders').insertOne(o);\nconst users = db.collection('users');\nusers.find({})",
    [
      "address ${MONGO_URL:-mongodb://m/users} mongodb client",
      "store-client mongodb mongodb",
      "table orders write mongodb",
      "table users read mongodb",
    ],
  ],
  [
    "pg",
    "const { Pool } = require('pg');\nvar pool = new Pool({ connectionString: 'postgres://p:p@db/votes' })",
    ["address postgres://p:p@db/votes postgresql client", "store-client postgresql pg votes"],
  ],
  [
    "options",
    "import mysql from 'mysql2/promise';\nmysql.createPool({ host: process.env.DB_HOST, port: 3306, database: 'cities' })",
    ["address ${DB_HOST}:3306 mysql client", "store-client mysql mysql2 cities"],
  ],
  [
    "Redis by host",
    "const redis = require('redis');\nvar host = process.env.REDIS_HOST || 'redis';\nredis.createClient({ socket: { host, port: 6379 } })",
    ["address ${REDIS_HOST:-redis}:6379 redis client", "store-client redis redis"],
  ],
  [
    "Redis by arguments",
    "import Redis from 'ioredis';\nnew Redis(6379, 'cache')",
    ["address cache:6379 redis client", "store-client redis ioredis"],
  ],
  [
    "search, graphs and columns",
    "import { Client } from '@elastic/elasticsearch';\nimport neo4j from 'neo4j-driver';\nimport cassandra from 'cassandra-driver';\nnew Client({ node: 'http://es:9200' });\nneo4j.driver('neo4j://graph', auth);\nnew cassandra.Client({ contactPoints: ['c1', 'c2'], keyspace: 'k' })",
    [
      "address http://es:9200 elasticsearch client",
      "store-client elasticsearch @elastic/elasticsearch",
      "address neo4j://graph neo4j client",
      "store-client neo4j neo4j-driver",
      "address c1 cassandra client",
      "address c2 cassandra client",
      "store-client cassandra cassandra-driver k",
    ],
  ],
  ["imported only", "import mongoose, { Schema } from 'mongoose';\nimport { Pool } from 'pg';", []],
  ["another Client", "import { Client } from 'pg';\nimport { X } from 'y';\nthis.connect('a');\nnew Other.Client()", []],
  [
    "TypeORM",
    "import { DataSource } from 'typeorm';\nnew DataSource({ type: 'postgres', host: 'db', port: 5432, database: 'orders' })",
    ["address db:5432 postgresql client", "store-client postgresql typeorm orders"],
  ],
  [
    "TypeORM in NestJS",
    "import { TypeOrmModule } from '@nestjs/typeorm';\nTypeOrmModule.forRoot({ type: 'mysql', url: process.env.DATABASE_URL })",
    ["address ${DATABASE_URL} mysql client", "store-client mysql @nestjs/typeorm"],
  ],
  [
    "Sequelize",
    "import { Sequelize } from 'sequelize';\nnew Sequelize('shop', 'user', 'secret', { host: 'db', dialect: 'postgres' });\nnew Sequelize('mysql://u:p@my:3306/auth')",
    [
      "address db postgresql client",
      "store-client postgresql sequelize",
      "address mysql://u:p@my:3306/auth mysql client",
      "store-client mysql sequelize auth",
    ],
  ],
  [
    "Knex",
    "import knex from 'knex';\nconst db = knex({ client: 'pg', connection: { host: 'db', database: 'x' } })",
    ["address db postgresql client", "store-client postgresql knex x"],
  ],
  [
    "mail",
    "import nodemailer from 'nodemailer';\nnodemailer.createTransport({ host: 'maildev', port: 1025 })",
    ["mail nodemailer", "address maildev:1025 smtp client"],
  ],
  [
    "OpenTelemetry",
    "import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';\nnew NodeSDK({ traceExporter: new OTLPTraceExporter({ url: 'http://otel:4317' }) })",
    ["role telemetry-client otlp", "address http://otel:4317 otlp client"],
  ],
  ["Prometheus", "const client = require('prom-client');\nclient.collectDefaultMetrics()", ["role metrics-endpoint prometheus"]],
  [
    "Zipkin, Loki and Eureka",
    "import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';\nimport LokiTransport from 'winston-loki';\nimport { Eureka } from 'eureka-js-client';\nnew ZipkinExporter({ url: 'http://zipkin:9411/api' });\nnew LokiTransport({ host: 'http://loki:3100' });\nnew Eureka({ instance, eureka: { host: 'eureka', port: 8761 } })",
    [
      "role tracing-client zipkin",
      "address http://zipkin:9411/api zipkin client",
      "role logging-client loki",
      "address http://loki:3100 loki client",
      "role discovery-client eureka",
      "address eureka:8761 eureka client",
    ],
  ],
])("stores: %s", (_, text, expected) => expect(linked(text)).toEqual(expected));

test.each<[string, string, string[]]>([
  [
    "TypeORM",
    "@Entity()\n@Index(['a'])\nexport class OrderItem {}\n@Entity('people', { schema: 'hr' })\nclass Person {}\n@Entity({ name: 'addresses' })\nclass Address {}",
    ["table order_item map OrderItem", "table people hr map Person", "table addresses map Address"],
  ],
  [
    "Mongoose",
    "import mongoose, { model } from 'mongoose';\nconst userSchema = new mongoose.Schema({}, { collection: 'members' });\nexport const User = mongoose.model<U>('User', userSchema);\nmodel('Category', s);\nmongoose.model('User')",
    ["table members map mongodb User", "table categories map mongodb Category"],
  ],
  [
    "Mongoose in a module of NestJS",
    "import { MongooseModule } from '@nestjs/mongoose';\nMongooseModule.forFeature([{ name: 'User', schema: S, collection: 'people' }, { name: 'Box', schema: T }, { name: Cat.name, schema: U }])",
    ["table people map mongodb User", "table boxes map mongodb Box"],
  ],
  [
    "Mongoose in NestJS",
    "import { Schema, SchemaFactory } from '@nestjs/mongoose';\n@Schema({ collection: 'cats' })\nexport class Cat {}\nexport const CatSchema = SchemaFactory.createForClass(Cat)",
    ["table cats map mongodb Cat"],
  ],
  [
    "Sequelize",
    "const User = sequelize.define('User', {}, { tableName: 'users' });\nclass Order extends Model {}\nOrder.init({}, { sequelize, modelName: 'Order' })",
    ["table users map User", "table Orders map Order"],
  ],
  [
    "Drizzle",
    "import { pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', {})",
    ["table users map postgresql users"],
  ],
  [
    "Knex",
    "import knex from 'knex';\nconst store = knex({});\nstore('lines').del();\nknex('orders').where({ id }).first();\nknex('orders').insert(o);\nschema.createTable('carts', (t) => {})",
    ["table lines write", "table orders read", "table orders write", "table carts define"],
  ],
  [
    "migrations",
    "await queryRunner.createTable(new Table({ name: 'orders', columns: [] }));\nawait queryInterface.addColumn('users', 'x', {})",
    ["table orders define", "table users define"],
  ],
  [
    "DynamoDB",
    "import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';\nnew PutCommand({ TableName: process.env.TABLE, Item: i });\nnew QueryCommand({ TableName: 'orders' })",
    ["table ${TABLE} write dynamodb", "table orders read dynamodb"],
  ],
  [
    "repositories",
    "class A {\n  constructor(@InjectRepository(User) private readonly users: Repository<User>, private orders: OrderRepository) {}\n  go() { this.users.find(); this.users.save(u); this.users.create(u); this.orders.findByUser(1); this.orders.createOrder(o) }\n}",
    ["entity-use User read", "entity-use User write", "entity-use Order read", "entity-use Order write"],
  ],
  [
    "models",
    "import { User } from '../models/user';\nimport { Status } from '../enums';\nUser.findOne({ id });\nStatus.find(x);\nawait prisma.orderItem.createMany({})",
    ["entity-use User read", "entity-use OrderItem write"],
  ],
])("tables: %s", (_, text, expected) => expect(linked(text)).toEqual(expected));

test.each([
  ["OrderItem", "order_item"],
  ["HTTPLog", "http_log"],
])("TypeORM calls the table of %s %s", (name, expected) => expect(snakeCase(name)).toBe(expected));

test.each([
  ["User", "users"],
  ["Category", "categories"],
  ["ExecutionDetails", "executiondetails"],
  ["Person", "people"],
  ["Box", "boxes"],
  ["Media", "media"],
])("mongoose calls the collection of %s %s", (name, expected) => expect(mongooseCollection(name)).toBe(expected));

test.each<[string, string, string, string[]]>([
  [
    "enums, statics and exports",
    "src/topics.ts",
    "export enum Topics { CREATED = 'order.created', N = 1 }\nclass Q { static readonly MAIL_QUEUE = 'mail' }\nexport const API_ROOT = process.env.API_ROOT || 'http://api:3000';\nexport const TITLE = 'Hello world'",
    ["constant Topics.CREATED order.created", "constant Q.MAIL_QUEUE mail", "constant API_ROOT ${API_ROOT:-http://api:3000}"],
  ],
  [
    "objects",
    "src/config/index.js",
    "module.exports = { ordersUrl: process.env.ORDERS_URL, queue: { HOST: 'rabbit' }, title: 'x' }",
    ["constant config.ordersUrl ${ORDERS_URL}", "constant queue.HOST rabbit"],
  ],
  [
    "Angular",
    "src/environments/environment.ts",
    "export const environment = { production: false, apiUrl: 'http://api:8080' }",
    ["constant environment.apiUrl http://api:8080"],
  ],
  [
    "schemas of the environment",
    "src/env.ts",
    "import { z } from 'zod';\nexport const env = z.object({ ORDERS_URL: z.string().url() }).parse(process.env)",
    ["setting ORDERS_URL", "constant ORDERS_URL ${ORDERS_URL}"],
  ],
  [
    "types of data",
    "src/order.ts",
    "export interface Order { id: string; lines: Line[]; total?: number }\ninterface Props { a: 1; b: 2; c: 3 }\nexport class UserCreated {\n  id: number;\n  name!: string;\n  @IsEmail()\n  readonly email: string;\n  private x: string;\n  constructor(a: string) { this.id = 1 }\n}\n@Injectable()\nclass S { a: A; b: B; c: C }",
    ["model Order id,lines,total", "model UserCreated id,name,email"],
  ],
])("known by name: %s", (_, path, text, expected) => expect(shown(text, path)).toEqual(expected));

test("Prisma", () => {
  const schema =
    'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n// model No { }\nmodel OrderItem {\n  id    Int @id\n  name  String\n  order Order @relation(fields: [id], references: [id])\n\n  @@map("order_items")\n}\nenum E { A }';
  expect(shown(schema, "prisma/schema.prisma")).toEqual([
    "setting DATABASE_URL",
    "address ${DATABASE_URL} postgresql client",
    "store-client postgresql prisma",
    "table order_items map postgresql OrderItem",
    "model OrderItem id,name,order",
  ]);
});
