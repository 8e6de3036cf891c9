import fastify from "fastify";
import { search } from "./search.js";
import { product } from "./products.js";

const app = fastify();
app.get("/products/:id", (request) => product(request.params.id));
app.get("/search", (request) => search(request.query.words));
app.listen({ port: 8080, host: "0.0.0.0" });
