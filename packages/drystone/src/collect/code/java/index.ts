/** Java, Kotlin and, where it costs nothing, Scala. */
import type { Detector } from "../detector.js";
import { clientAddresses, formattedAddresses, indexedBrokers } from "./client-addresses.js";
import { feignClients, httpExchange, micronautClients, registeredRestClients, retrofit } from "./client-interfaces.js";
import { constants, injectedSettings, settingClasses } from "./constants.js";
import { discoveryLookups, gatewayRoutes } from "./discovery.js";
import { axon, eventuate, ownBuses } from "./domain-events.js";
import { entities, exposedTables, repositoryUses } from "./entities.js";
import { grpc } from "./grpc.js";
import { jaxRsClient, otherHttpClients, restTemplate, uriChains } from "./http-clients.js";
import { kafkaClient, kafkaStreams } from "./kafka.js";
import { hibernateMapping, liquibase, myBatis } from "./mapper-xml.js";
import { messageListeners, micronautMessages, reactiveMessaging } from "./message-listeners.js";
import { handedChannels, templateSends } from "./message-sends.js";
import { models } from "./models.js";
import { jaxRsEndpoints, micronautEndpoints } from "./other-endpoints.js";
import { rabbitObjects } from "./rabbitmq.js";
import { mail, roleAnnotations, roleCalls } from "./roles.js";
import { javaRouters, ktorEndpoints, springRouterFunctions } from "./routed-endpoints.js";
import { servlets, springDataRest, springEndpoints } from "./spring-endpoints.js";
import { storeClients } from "./stores.js";
import { springCloudStream } from "./stream-bindings.js";

export { springTemplate } from "./placeholders.js";

export const java: readonly Detector[] = [
  springEndpoints,
  springDataRest,
  servlets,
  jaxRsEndpoints,
  micronautEndpoints,
  springRouterFunctions,
  ktorEndpoints,
  javaRouters,
  restTemplate,
  uriChains,
  otherHttpClients,
  jaxRsClient,
  feignClients,
  micronautClients,
  registeredRestClients,
  httpExchange,
  retrofit,
  discoveryLookups,
  gatewayRoutes,
  templateSends,
  ...handedChannels,
  messageListeners,
  kafkaClient,
  kafkaStreams,
  rabbitObjects,
  micronautMessages,
  reactiveMessaging,
  springCloudStream,
  eventuate,
  axon,
  ownBuses,
  storeClients,
  clientAddresses,
  indexedBrokers,
  formattedAddresses,
  entities,
  exposedTables,
  repositoryUses,
  grpc,
  roleAnnotations,
  roleCalls,
  mail,
  injectedSettings,
  settingClasses,
  constants,
  models,
  myBatis,
  liquibase,
  hibernateMapping,
];
