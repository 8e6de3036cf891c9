export { readYaml, type YamlDocument, type YamlPath } from "./read-yaml.js";
export { record, scalarText, texts } from "./values.js";
