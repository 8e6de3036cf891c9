/** What Python code hints at. */
import type { Detector } from "../detector.js";
import { dapr } from "./dapr.js";
import { djangoEndpoints, tornadoEndpoints } from "./django-endpoints.js";
import { documents, entities, entityUses, migrations, modelClasses } from "./entities.js";
import { grpc } from "./grpc.js";
import { httpCalls, httpClients } from "./http-calls.js";
import { aws, handedChannels, jobs, kafka, otherBrokers, rabbitmq, redis } from "./messages.js";
import { constants, models } from "./models.js";
import { pythonRoles } from "./roles.js";
import { mapperStores, stores } from "./stores.js";
import { webEndpoints } from "./web-endpoints.js";

export const python: readonly Detector[] = [
  httpCalls,
  httpClients,
  webEndpoints,
  djangoEndpoints,
  tornadoEndpoints,
  grpc,
  stores,
  mapperStores,
  entities,
  entityUses,
  migrations,
  modelClasses,
  documents,
  kafka,
  rabbitmq,
  jobs,
  redis,
  otherBrokers,
  aws,
  handedChannels,
  dapr,
  pythonRoles,
  models,
  constants,
];
