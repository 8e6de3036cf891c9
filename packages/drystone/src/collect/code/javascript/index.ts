/** JavaScript and TypeScript: clients, servers, brokers, stores and data of the usual libraries. */
import type { Detector } from "../detector.js";
import { brokers, cloudMessages } from "./brokers.js";
import { handedChannels } from "./channel-text.js";
import { clientAddresses } from "./client-addresses.js";
import { constantObjects } from "./constant-objects.js";
import { constants } from "./constants.js";
import { dapr } from "./dapr.js";
import { dataModels } from "./data-models.js";
import { drizzleTables, entityClasses, mongooseModels, sequelizeModels } from "./entities.js";
import { entityUses } from "./entity-uses.js";
import { expressRoutes } from "./express-routes.js";
import { fileRoutes } from "./file-routes.js";
import { graphql } from "./graphql.js";
import { grpc, nestGrpc } from "./grpc.js";
import { htmlScripts } from "./html-scripts.js";
import { httpCalls } from "./http-calls.js";
import { jobQueues, queueUses, registeredWorkers } from "./job-queues.js";
import { kafka } from "./kafka.js";
import { mail } from "./mail.js";
import { nestMicroservices } from "./nest-microservices.js";
import { nestRabbit } from "./nest-rabbitmq.js";
import { nestRoutes } from "./nest-routes.js";
import { ownMessaging } from "./own-messaging.js";
import { proxies } from "./proxies.js";
import { dynamoTables, migrations, mongoCollections, queryBuilders } from "./queries.js";
import { rabbitmq } from "./rabbitmq.js";
import { redisMessages } from "./redis.js";
import { settingSchemas, settingsTaken } from "./settings-taken.js";
import { mapperStores, stores } from "./stores.js";
import { infrastructureClients, metricsEndpoint, openTelemetry } from "./telemetry.js";

export const javascript: readonly Detector[] = [
  settingsTaken,
  settingSchemas,
  httpCalls,
  htmlScripts,
  clientAddresses,
  grpc,
  nestGrpc,
  nestRoutes,
  expressRoutes,
  fileRoutes,
  graphql,
  proxies,
  nestMicroservices,
  nestRabbit,
  rabbitmq,
  kafka,
  redisMessages,
  handedChannels,
  dapr,
  jobQueues,
  queueUses,
  registeredWorkers,
  brokers,
  cloudMessages,
  ownMessaging,
  stores,
  mapperStores,
  entityClasses,
  mongooseModels,
  sequelizeModels,
  drizzleTables,
  mongoCollections,
  queryBuilders,
  migrations,
  dynamoTables,
  entityUses,
  constants,
  constantObjects,
  dataModels,
  mail,
  openTelemetry,
  infrastructureClients,
  metricsEndpoint,
];
