export { assessTeamShape } from "./team-shape.js";
