import fastify from "fastify";
import { basketPage } from "./basket-page.js";
import { productPage } from "./product-page.js";

const app = fastify();
app.get("/products/:id", async (request) => productPage(await ask("CATALOG_URL", `/products/${request.params.id}`)));
app.post("/basket", async (request) => basketPage(await ask("ORDERS_URL", "/orders", { method: "POST", body: request.body })));
app.listen({ port: 8080, host: "0.0.0.0" });

async function ask(service, path, options) {
  const answer = await fetch(new URL(path, process.env[service]), options);
  return answer.json();
}
