import fastify from "fastify";
import { mailAbout } from "./mail.js";

const app = fastify();
app.post("/mails", (request) => mailAbout(JSON.parse(request.body)));
app.listen({ port: 8080, host: "0.0.0.0" });
