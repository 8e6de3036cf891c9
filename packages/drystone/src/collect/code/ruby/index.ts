/** Ruby. */
import type { Detector } from "../detector.js";
import { associations } from "./associations.js";
import { activeRecord, entityUses, migrations } from "./entities.js";
import { httpCalls } from "./http-calls.js";
import { bunny, kafka, otherChannels, sidekiq } from "./messages.js";
import { blockRoutes } from "./other-routes.js";
import { constants, mail, roles } from "./others.js";
import { railsRoutes } from "./rails-routes.js";
import { storeClients } from "./stores.js";

export { knownName, namesOfClass } from "./class-names.js";
export { tableOfClass } from "./inflect.js";

export const ruby: readonly Detector[] = [
  railsRoutes,
  blockRoutes,
  httpCalls,
  storeClients,
  bunny,
  kafka,
  sidekiq,
  otherChannels,
  activeRecord,
  associations,
  migrations,
  entityUses,
  mail,
  roles,
  constants,
];
