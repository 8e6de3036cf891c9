export { acceptedText } from "./accepted-text.js";
export { type AcceptedFacts, acceptedFileOf, readAccepted } from "./read-accepted.js";
