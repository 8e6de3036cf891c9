/** References of CloudFormation: `!Ref Orders`, `!GetAtt Orders.Arn`, `!Sub "${Orders}-x"`, and their long forms. The reader of YAML leaves the tags out. */
import { record } from "../yaml/index.js";

/** The text of a value, references replaced by the names of what they point to; null for what is not in the template. */
export type Resolve = (value: unknown) => string | null;

type Fields = Readonly<Record<string, unknown>>;

const maxDepth = 6;
const maxText = 5000;

export function referencesOf(root: Fields): Resolve {
  const resources = record(root["Resources"]);
  const parameters = record(root["Parameters"]);

  const target = (written: string, depth: number): string | null => {
    const id = written.split(".")[0] ?? "";
    if (Object.hasOwn(resources, id)) return nameOf(id, record(resources[id]), depth);
    if (!Object.hasOwn(parameters, written)) return null;
    const given = record(parameters[written])["Default"];
    return typeof given === "string" || typeof given === "number" ? String(given) : null;
  };

  /** The physical name that it is given, as far as the template knows it, else its logical one. */
  const nameOf = (id: string, resource: Fields, depth: number): string => {
    const options = record(resource["Properties"]);
    const given = physicalNames.map((key) => options[key]).find((name) => name !== undefined);
    const name = given === undefined || depth > maxDepth ? null : resolved(given, depth + 1);
    return name === null || name === "" || name.includes("${") ? id : name;
  };

  const isKnown = (name: string): boolean =>
    Object.hasOwn(parameters, name) || Object.hasOwn(resources, name.split(".")[0] ?? "");

  const resolved = (value: unknown, depth: number): string | null => {
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (typeof value === "string") {
      if (isKnown(value)) return target(value, depth);
      return substituted(value.slice(0, maxText), depth);
    }
    const options = record(value);
    const reference: unknown = options["Ref"] ?? options["Fn::GetAtt"];
    if (Array.isArray(reference)) return typeof reference[0] === "string" ? target(reference[0], depth) : null;
    if (typeof reference === "string") return target(reference, depth);
    const text: unknown = options["Fn::Sub"];
    const template: unknown = Array.isArray(text) ? text[0] : text;
    return typeof template === "string" ? substituted(template.slice(0, maxText), depth) : null;
  };

  const substituted = (text: string, depth: number): string =>
    depth > maxDepth ? text : text.replace(/\$\{([\w.:]{1,200})\}/g, (whole, name: string) => target(name, depth + 1) ?? whole);

  return (value) => resolved(value, 0);
}

const physicalNames = [
  "QueueName",
  "TopicName",
  "TableName",
  "BucketName",
  "FunctionName",
  "DBInstanceIdentifier",
  "DBClusterIdentifier",
  "ClusterName",
  "Name",
] as const;
