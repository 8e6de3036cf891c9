import { expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import type { CueBody } from "../cue.js";
import { readSource } from "../source.js";
import { ruby } from "./index.js";

function cues(text: string, path = "a.rb"): string[] {
  const source = readSource(path, text, "ruby");
  const found = new Set<string>();
  for (const { words, detect } of ruby)
    if (words === null || words.some((word) => text.includes(word))) detect(source, (_, cue) => found.add(brief(cue)));
  return [...found];
}

function brief(cue: CueBody): string {
  const { kind, ...rest } = cue;
  return `${kind} ${Object.values(rest).join(" ")}`.trim().replace(/ {2,}/g, " ");
}

test("Rails' routes join what stands around them", () => {
  const text = `Rails.application.routes.draw do
  root to: "home#index"
  get "/health" => "health#show"
  concern :commented do
    resources :comments
  end
  namespace :api do
    scope "/v1" do
      resources :orders, only: [:index, :show] do
        member do
          put :cancel
        end
        collection do
          get :mine
        end
        resource :invoice, only: :show
      end
      match "search", to: "search#run", via: [:get, :post]
    end
  end
end
`;
  expect(cues(text, "config/routes.rb")).toEqual([
    "endpoint GET / home#index",
    "endpoint GET /health health#show",
    "endpoint GET /api/v1/orders orders#index",
    "endpoint GET /api/v1/orders/{id} orders#show",
    "endpoint PUT /api/v1/orders/{order_id}/cancel",
    "endpoint GET /api/v1/orders/mine",
    "endpoint GET /api/v1/orders/{order_id}/invoice invoice#show",
    "endpoint GET /api/v1/search search#run",
    "endpoint POST /api/v1/search search#run",
  ]);
});

test.each([
  ['require "sinatra"\nget "/x/:id" do\n  a\nend\npost "/y" do |z|\nend\n', ["endpoint GET /x/{id}", "endpoint POST /y"]],
  [
    "class A < Grape::API\n  prefix :api\n  resource :orders do\n    route_param :id do\n      get do\n      end\n    end\n    post :pay do\n    end\n  end\nend\n",
    ["endpoint GET /api/orders/{id}", "endpoint POST /api/orders/pay"],
  ],
  ['get "/x" do\nend\n', []],
])("routes with blocks: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each([
  ['RestClient.get "http://orders/api/#{id}"', ["call http GET http://orders/api/{} false"]],
  [
    'conn = Faraday.new(url: ENV.fetch("PAY_URL", "http://pay"))\nconn.post("/pay", x)',
    ["address ${PAY_URL:-http://pay} http client", "call http POST ${PAY_URL:-http://pay}/pay false"],
  ],
  ['ids.each do |id|\n  HTTParty.get("http://a/#{id}")\nend\n', ["call http GET http://a/{} true"]],
  [
    'class A\n  include HTTParty\n  base_uri "http://pay"\n  def a\n    self.class.get("/x")\n  end\nend',
    ["address http://pay http client", "call http GET http://pay/x false"],
  ],
  ['Net::HTTP.get(URI("http://a/b"))', ["call http GET http://a/b false"]],
  ['cache.get("a/b")', []],
])("requests: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each([
  ['Redis.new(url: ENV["REDIS_URL"])', ["store-client redis redis", "address ${REDIS_URL} redis client"]],
  [
    'PG.connect(host: "db", port: 5432, dbname: "shop")',
    ["store-client postgresql pg shop", "address db:5432 postgresql client"],
  ],
  [
    'c = Bunny.new\nx = ch.topic("shop")\nx.publish(m, routing_key: "paid")\nq = ch.queue("mail")\nq.bind(x, routing_key: "order.*")\nq.subscribe do |a|\nend\n',
    ["store-client rabbitmq bunny", "publishes rabbitmq shop/paid", "consumes rabbitmq shop/order.*"],
  ],
  [
    'require "kafka"\nproducer.produce("x", topic: "orders")\nconsumer.subscribe("paid")\nKafka',
    ["publishes kafka orders", "consumes kafka paid"],
  ],
  [
    "class Mailing\n  include Sidekiq::Job\nend\nBilling.perform_async(1)\nSidekiq::Client.push('class' => 'Ledger', 'args' => [])\n",
    ["consumes redis Mailing", "publishes redis Billing", "publishes redis Ledger"],
  ],
])("stores and messages: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each([
  ["class OrderItem < ApplicationRecord\nend", ["table order_items map OrderItem"]],
  ["class A < ActiveRecord::Base\n  self.table_name = 'sales.people'\nend", ["table people sales map A"]],
  [
    "module Shop\nmodule Old; end\nclass Order < ApplicationRecord\n  class Line < ApplicationRecord\n  end\nend\nend\nclass Cart < ApplicationRecord\nend",
    ["table orders map Shop::Order", "table lines map Shop::Order::Line", "table carts map Cart"],
  ],
  ["Shop::Order.find(1)\n::Order.find(1)", ["entity-use Shop::Order read"]],
  ["class ApplicationRecord < ActiveRecord::Base\n  self.abstract_class = true\nend", []],
  ["class Category\n  include Mongoid::Document\nend", ["table categories map mongodb Category"]],
  ["create_table :orders do |t|\nend\ncreate_join_table :tags, :posts", ["table orders define", "table posts_tags define"]],
  [
    "class A < ActiveRecord::Migration[7.0]\n  add_column :orders, :state, :string\n  drop_table(:carts)\n  t.remove_index :x\nend",
    ["table orders define", "table carts define"],
  ],
  ["add_column :orders, :state", []],
  ["Order.create!(a: 1)\nOrder.where(a: 1)", ["entity-use Order write", "entity-use Order read"]],
  ['TOPIC = "order.paid"\nTEXT = "a long text"', ["constant TOPIC order.paid"]],
  ["class M < ApplicationMailer\nend", ["mail action_mailer"]],
])("tables and data: %s", (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test.each(["(", "do\n", "get ", "resources :a do\n", "a.b.", "A.find(", "x = y.topic(", "class A\n", "end\n", '"#{', "["])(
  "garbage of %j is read fast",
  (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length)) + ruby.flatMap((one) => one.words ?? []).join(" ");
    const source = readSource("config/routes.rb", text, "ruby");
    for (const { name, detect } of ruby) {
      const spent = processorTime();
      detect(source, () => {});
      expect(`${name} ${spent() < 5000}`).toBe(`${name} true`);
    }
  },
);
