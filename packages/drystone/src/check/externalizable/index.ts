/** Could a contract be offered to people outside of the organisation as it is? */
export { externalizableAssessment } from "./externalizable.js";
