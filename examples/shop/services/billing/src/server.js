import fastify from "fastify";
import { invoiceOf } from "./invoice.js";
import { isPayable } from "./order-status.js";

const app = fastify();
app.post("/invoices", (request) => {
  const order = JSON.parse(request.body);
  return isPayable(order.status) ? invoiceOf(order) : { refused: order.status };
});
app.listen({ port: 8080, host: "0.0.0.0" });
