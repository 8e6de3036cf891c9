/** The general readers that lock files are written in; they live with the build files. */
export { child, childText, readToml, readXml, type XmlElement } from "#collect/manifests/index.js";
