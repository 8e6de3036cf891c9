export { type SeenRelations, seenRelations } from "./seen-relations.js";
export { withTracedRelations } from "./with-traced-relations.js";
