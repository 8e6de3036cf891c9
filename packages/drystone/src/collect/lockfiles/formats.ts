/** The general readers that lock files are written in; they live with the build files. */
export { readToml } from "../manifests/toml.js";
export { child, childText, readXml, type XmlElement } from "../manifests/xml.js";
