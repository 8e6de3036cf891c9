import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

/** Cues without settings and literals, as `line kind rest`. */
const cues = (text: string, path = "app/service.py") =>
  cuesOf(path, text).flatMap(({ kind, file: _file, line, text: _text, ...rest }) =>
    kind === "setting" || ("use" in rest && rest.use === "literal")
      ? []
      : [
          `${line} ${kind} ${Object.values(rest)
            .map((value) => (Array.isArray(value) ? value.join("+") : value === null ? "-" : String(value)))
            .join(" ")}`,
        ],
  );

test.each([
  [
    "requests",
    'import os, requests\nURL = os.getenv("CART_URL", "http://cart:80")\nfor i in x:\n    requests.get(f"{URL}/items/{i}")',
    ["4 call http GET ${CART_URL:-http://cart:80}/items/{} true"],
  ],
  [
    "a session",
    'from requests import Session\ns = Session()\ns.post(url="http://a/b")\ns.post("http://a/b").json().get("x")',
    ["3 call http POST http://a/b false", "4 call http POST http://a/b false"],
  ],
  [
    "httpx with a base",
    'import httpx\nasync def f():\n    async with httpx.AsyncClient(base_url="http://a") as c:\n        await c.get("/x")',
    ["4 call http GET http://a/x false", "3 address http://a http client"],
  ],
  [
    "named format",
    'import requests\nHOST = "user"\nrequests.get("http://{h}:8080/check/{id}".format(h=HOST, id=i))',
    ["3 call http GET http://user:8080/check/{} false", "2 constant HOST user"],
  ],
  ["urllib", 'from urllib.request import urlopen\nurlopen("http://a/b")', ["2 call http - http://a/b false"]],
  [
    "a parameter",
    'import requests\ndef get(url):\n    return requests.get(url)\nget("http://a/b")',
    ["3 call http GET http://a/b false"],
  ],
  ["no client", 'import requests\nd = {}\nd.get("http://a/b")\ncache.get("/x")', []],
  ["aiohttp server", 'from aiohttp import web\napp.add_routes([web.get("/x/{id}", show)])', ["2 endpoint GET /x/{id} show"]],
  [
    "Flask",
    'from flask import Flask, Blueprint\nbp = Blueprint("a", __name__, url_prefix="/a")\n@bp.route("/x/<int:id>", methods=["GET", "PUT"])\n@auth\ndef show(id):\n    pass',
    ["3 endpoint GET /a/x/{id} show", "3 endpoint PUT /a/x/{id} show"],
  ],
  [
    "FastAPI",
    'from fastapi import APIRouter, FastAPI\nfrom .routers import users\nr = APIRouter(prefix="/o")\n@r.get("/{id:int}")\nasync def one(): ...\napp = FastAPI()\napp.include_router(r, prefix="/v1")\napp.include_router(users.router, prefix="/u")',
    ["4 endpoint GET /v1/o/{id} one", "8 mount /u ./routers/users"],
  ],
  [
    "Django",
    'from django.urls import path, include\nurlpatterns = [path("a/<int:pk>/", views.A.as_view()), path("b/", include("shop.b.urls"))]',
    ["2 endpoint - /a/{pk} A", "2 mount /b shop/b/urls"],
  ],
  ["Tornado", 'import tornado.web\napp = tornado.web.Application([(r"/x/([0-9]+)", XHandler)])', ["2 endpoint - /x/{} XHandler"]],
  ["mock.patch is none", '@mock.patch("/a.b")\ndef test(): pass', []],
  [
    "gRPC",
    'import grpc, cart_pb2_grpc as p\nch = grpc.insecure_channel("cart:1")\nstub = p.CartServiceStub(ch)\np.add_AdServiceServicer_to_server(Ad(), server)',
    ["2 address cart:1 grpc client", "3 grpc-client CartService", "4 grpc-server AdService"],
  ],
  [
    "psycopg2",
    'import psycopg2\nc = psycopg2.connect(host="db", port=5432, dbname="shop")',
    ["2 address db:5432 postgresql client", "2 store-client postgresql psycopg2 shop"],
  ],
  [
    "settings in a dict",
    'import mysql.connector\ncfg = {"host": "db", "database": "shop"}\nmysql.connector.connect(**cfg)',
    ["3 address db mysql client", "3 store-client mysql mysql shop"],
  ],
  [
    "SQLAlchemy",
    'from sqlalchemy import create_engine\ne = create_engine("postgresql+psycopg2://u:p@db/shop")',
    ["2 address postgresql+psycopg2://u:***@db/shop postgresql client", "2 store-client postgresql sqlalchemy -"],
  ],
  [
    "declarative",
    'from sqlalchemy.orm import declarative_base\nBase = declarative_base()\nclass Order(Base):\n    __tablename__ = "orders"\n    id = Column()\n    a = Column()\n    b = Column()',
    ["3 table orders - map - Order", "3 model Order id+a+b"],
  ],
  [
    "Django model",
    "from django.db import models\nclass OrderItem(models.Model):\n    a = models.X()",
    ["2 table app_orderitem - map - OrderItem"],
  ],
  ["alembic", 'from alembic import op\nop.create_table("orders", sa.Column())', ["2 table orders - define - -"]],
  [
    "pymongo",
    'from pymongo import MongoClient\ndb = MongoClient("mongodb://m/shop").shop\ndb.orders.find_one({})\ndb["users"].insert_one({})',
    [
      "2 address mongodb://m/shop mongodb client",
      "2 store-client mongodb pymongo -",
      "3 table orders - read mongodb -",
      "4 table users - write mongodb -",
    ],
  ],
  [
    "kafka",
    'from confluent_kafka import Producer, Consumer\np = Producer({"bootstrap.servers": "k:9092"})\np.produce("orders", b"")\nc = Consumer({})\nc.subscribe(["a", "b"])',
    [
      "2 address k:9092 kafka client",
      "2 store-client kafka confluent_kafka -",
      "4 store-client kafka confluent_kafka -",
      "3 publishes kafka orders -",
      "5 consumes kafka a -",
      "5 consumes kafka b -",
    ],
  ],
  [
    "pika",
    'import pika\nch.basic_publish(exchange="", routing_key="jobs", body=b"")\nch.basic_consume(queue="jobs", on_message_callback=f)',
    ["2 publishes rabbitmq jobs -", "3 consumes rabbitmq jobs -"],
  ],
  [
    "redis list",
    'import redis\nr = redis.Redis(host="redis")\nr.rpush("votes", 1)',
    ["2 address redis redis client", "2 store-client redis redis -", "3 publishes redis votes -"],
  ],
  [
    "celery",
    'from celery import shared_task\n@shared_task(name="mail.send")\ndef send(): pass\nsend.delay()\napp.send_task("mail.send")',
    ["2 consumes - - send", "4 publishes - - send", "5 publishes - - send", "5 handed send_task [object Object]"],
  ],
  [
    "boto3",
    'import boto3\ns = boto3.client("sqs")\ns.send_message(QueueUrl="https://sqs/1/orders", MessageBody="")',
    ["2 store-client sqs boto3 -", "3 publishes sqs orders -"],
  ],
  [
    "telemetry",
    'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nOTLPSpanExporter(endpoint="c:4317")',
    ["2 role telemetry-client c:4317"],
  ],
  [
    "pydantic",
    "class Order(BaseModel):\n    id: int\n    name: str = 'x'\n    at: datetime\n\n    def f(self):\n        a = 1",
    ["1 model Order id+name+at"],
  ],
])("%s", (_name, text, expected) => {
  expect(cues(text)).toEqual(expected);
});
