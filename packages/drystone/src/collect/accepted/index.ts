export { acceptedOf } from "./accepted-of.js";
export { acceptedText } from "./accepted-text.js";
export { type AcceptedFacts, acceptedFileOf } from "./read-accepted.js";
