/** Code that a build makes from .proto files and that is not in the repository: an import of it leads to nothing that could be judged. */
import { lastPart } from "#collect/manifests/index.js";

export function isProto(path: string): boolean {
  return path.endsWith(".proto");
}

/** Whether a name of Java or Kotlin lies in a package that .proto files are compiled to. @param configs texts by path, others than .proto among them. */
export function generatedForJvm(configs: ReadonlyMap<string, string>): (name: string) => boolean {
  const packages = protoTexts(configs).flatMap(
    (text) => option(text, "java_package") ?? /^package\s{1,20}([\w.]{1,200})/m.exec(text)?.[1] ?? [],
  );
  return (name) => packages.some((one) => name.startsWith(`${one}.`));
}

/** Whether a path of Go is one that .proto files are compiled to: `go_package`, whole or below the module that holds it. */
export function generatedForGo(configs: ReadonlyMap<string, string>): (path: string) => boolean {
  const packages = protoTexts(configs).flatMap(
    (text) =>
      option(text, "go_package")
        ?.split(";")[0]
        ?.replace(/^(?:\.?\/){1,20}|\/{1,20}$/g, "") ?? [],
  );
  return (path) => packages.some((one) => one !== "" && (path === one || path.endsWith(`/${one}`)));
}

/** Whether a module of Python is made of a .proto file of that name: `orders_pb2`, `orders_pb2_grpc`. @param paths of the repository. */
export function generatedForPython(paths: ReadonlySet<string>): (module: string) => boolean {
  const stems = new Set([...paths].filter(isProto).map((path) => lastPart(path).slice(0, -".proto".length).replaceAll("-", "_")));
  return (module) => {
    const stem = /^(\w{1,200}?)_pb2(?:_grpc)?$/.exec(module)?.[1];
    return stem !== undefined && stems.has(stem);
  };
}

function protoTexts(configs: ReadonlyMap<string, string>): string[] {
  return [...configs].flatMap(([path, text]) => (isProto(path) ? text.slice(0, maxHead) : []));
}

/** Options stand before the messages, which are what makes files long. */
const maxHead = 64 * 1024;

function option(text: string, name: "java_package" | "go_package"): string | null {
  return new RegExp(`^\\s{0,20}option\\s{1,20}${name}\\s{0,20}=\\s{0,20}["']([^"'\\n]{1,300})["']`, "m").exec(text)?.[1] ?? null;
}
