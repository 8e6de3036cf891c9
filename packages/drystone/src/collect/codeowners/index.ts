export { type Codeowners, collectCodeowners } from "./collect-codeowners.js";
