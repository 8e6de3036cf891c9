/** Two versions of .proto files. */
export { compareProtobuf } from "./compare-protobuf.js";
