export { judgeDistributedMonolith, symptoms } from "./distributed-monolith.js";
