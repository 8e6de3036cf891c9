import fastify from "fastify";
import { isSendable } from "./order-status.js";
import { parcelsOf } from "./parcel.js";

const app = fastify();
app.post("/parcels", (request) => {
  const order = JSON.parse(request.body);
  return isSendable(order.status) ? parcelsOf(order) : [];
});
app.listen({ port: 8080, host: "0.0.0.0" });
