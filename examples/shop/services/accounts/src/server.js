import fastify from "fastify";
import { signIn } from "./sign-in.js";

const app = fastify();
app.post("/sessions", (request) => signIn(request.body));
app.listen({ port: 8080, host: "0.0.0.0" });
