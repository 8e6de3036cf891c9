export { chunksOf, type Ending } from "./chunks.js";
export { type ComponentNames, componentNames } from "./component-names.js";
export { type Counts, jsonReader, type OnRecord, unwrap } from "./json-records.js";
export { problemsOf, readRecords, type ReadRecords } from "./read-records.js";
export { at, firstText, listOf, numberOf, own, textOf, timeOf } from "./values.js";
