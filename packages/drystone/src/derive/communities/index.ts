export { type Communities, findCommunities, type Group, steadyCommunities } from "./find-communities.js";
export { modularity, type WeightedGraph } from "./weighted-graph.js";
