export { deploysOf, type LoadSeries, loadsOf, successfulDeploys } from "./running-facts.js";
