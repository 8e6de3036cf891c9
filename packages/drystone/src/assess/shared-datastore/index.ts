export { assessSharedDatastore } from "./shared-datastore.js";
