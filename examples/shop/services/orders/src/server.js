import fastify from "fastify";
import { placeOrder } from "./place-order.js";
import { next } from "./status.js";
import { load, save } from "./store.js";

const app = fastify();
app.post("/orders", (request) => placeOrder(request.body));
app.post("/orders/:id/advance", async (request) => save(next(await load(request.params.id))));
app.listen({ port: 8080, host: "0.0.0.0" });
