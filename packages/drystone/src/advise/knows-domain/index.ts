export { askKnowsDomain } from "./knows-domain.js";
