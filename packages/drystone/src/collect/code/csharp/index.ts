/** C#. */
import type { Detector } from "../detector.js";
import { awsMessages, brokers, channelTriggers, handedChannels, kafkaSubscriptions, rabbitmq, redisMessages } from "./brokers.js";
import { busHandlers, busPublishes, busSubscriptions, messageSwitches } from "./buses.js";
import { azureFunctions, controllers } from "./controllers.js";
import { constants, models } from "./data.js";
import { collections, dbSets, entityUses, migrations, tableAttributes } from "./entities.js";
import { grpc } from "./grpc.js";
import { httpCalls, httpRequests } from "./http-calls.js";
import { dapr, flurl, forwarders, refit, registeredClients, restSharp } from "./http-clients.js";
import { endpointModules, minimalApis } from "./mapped-endpoints.js";
import { logSinks, mail, namedAddresses, roleCalls, settings } from "./others.js";
import { aspireClients, clientAddresses, storeClients } from "./stores.js";

export const csharp: readonly Detector[] = [
  settings,
  controllers,
  azureFunctions,
  minimalApis,
  endpointModules,
  httpCalls,
  httpRequests,
  registeredClients,
  refit,
  restSharp,
  flurl,
  dapr,
  forwarders,
  grpc,
  busHandlers,
  busSubscriptions,
  busPublishes,
  messageSwitches,
  rabbitmq,
  brokers,
  kafkaSubscriptions,
  redisMessages,
  channelTriggers,
  awsMessages,
  handedChannels,
  storeClients,
  clientAddresses,
  aspireClients,
  dbSets,
  tableAttributes,
  migrations,
  collections,
  entityUses,
  roleCalls,
  logSinks,
  namedAddresses,
  mail,
  constants,
  models,
];
