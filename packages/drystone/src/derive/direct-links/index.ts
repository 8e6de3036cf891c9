export { allDirectLinks, directLinks } from "./direct-links.js";
