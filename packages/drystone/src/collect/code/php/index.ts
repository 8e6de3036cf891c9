/** PHP. */
import type { Detector } from "../detector.js";
import { doctrine, eloquent, entityUses, tables } from "./entities.js";
import { httpCalls } from "./http-calls.js";
import { kafka, otherChannels, rabbitmq } from "./messages.js";
import { constants, mail, models, roles } from "./others.js";
import { routeAttributes, routeCalls } from "./routes.js";
import { storeClients } from "./stores.js";

export const php: readonly Detector[] = [
  routeCalls,
  routeAttributes,
  httpCalls,
  storeClients,
  rabbitmq,
  kafka,
  otherChannels,
  eloquent,
  doctrine,
  tables,
  entityUses,
  mail,
  roles,
  constants,
  models,
];
