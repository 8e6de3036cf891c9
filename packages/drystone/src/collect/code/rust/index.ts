/** What Rust code hints at. */
import type { Detector } from "../detector.js";
import { grpc, httpCalls } from "./calls.js";
import { entities, messages, models, rustRoles, stores } from "./stores.js";
import { webEndpoints } from "./web-endpoints.js";

export const rust: readonly Detector[] = [httpCalls, grpc, webEndpoints, stores, messages, entities, rustRoles, models];
