export { acceptedText } from "./accepted-text.js";
export { type AcceptedFacts, acceptedFileOf, readAccepted, rootAcceptedFile } from "./read-accepted.js";
