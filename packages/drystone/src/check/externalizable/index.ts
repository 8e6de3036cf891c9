/** Could a contract be offered to people outside of the organisation as it is? */
export { externalizable, externalizableAssessment, type Row } from "./externalizable.js";
