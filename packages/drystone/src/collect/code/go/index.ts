/** What Go code hints at. */
import type { Detector } from "../detector.js";
import { dapr } from "./dapr.js";
import { entities, entityUses, tables } from "./entities.js";
import { grpc } from "./grpc.js";
import { httpCalls } from "./http-calls.js";
import { handedChannels, messages, ownPublishers, topicSwitches, wrapperOptions } from "./messages.js";
import { goRoles } from "./roles.js";
import { constants, models, structSettings } from "./settings.js";
import { sqlStores, stores } from "./stores.js";
import { metricsEndpoint, webEndpoints } from "./web-endpoints.js";

export const go: readonly Detector[] = [
  httpCalls,
  webEndpoints,
  metricsEndpoint,
  grpc,
  stores,
  sqlStores,
  entities,
  entityUses,
  tables,
  messages,
  topicSwitches,
  ownPublishers,
  wrapperOptions,
  handedChannels,
  dapr,
  goRoles,
  structSettings,
  constants,
  models,
];
