export { type CompositeGraph, compositeGraph, type GraphNode, type LayerShare } from "./composite-graph.js";
