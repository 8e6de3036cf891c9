export { chunksOf, type Ending } from "./chunks.js";
export { type ComponentNames, componentNames } from "./component-names.js";
export { experimentalHint, experimentalProblem } from "./experimental.js";
export type { Counts, OnRecord } from "./json-reader.js";
export { jsonReader } from "./json-records.js";
export { problemsOf, type ReadRecords, readRecords } from "./read-records.js";
export { at, firstText, listOf, numberOf, own, textOf, timeOf } from "./values.js";
