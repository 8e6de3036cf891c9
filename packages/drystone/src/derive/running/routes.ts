/** Which file answers a route, where the source of exactly one says so: what a deployable does, told apart by its modules. */
import type { Facts } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { FileView } from "../files/index.js";

/** @returns the file (index into the view) that answers `GET /orders/{}` or `/orders/{}` in a component; null where none or several do. */
export function routeFinder(
  { operations }: Pick<Facts, "operations">,
  view: FileView,
): (component: Ref | null, route: string) => number | null {
  const files = new Map<string, Set<number>>();
  const add = (key: string, file: number): void => {
    files.set(key, (files.get(key) ?? new Set<number>()).add(file));
  };
  for (const { component, method, path, evidence } of operations) {
    const [first] = evidence;
    const file = first?.type === "file" ? view.find(first.repository, first.file) : -1;
    if (component === null || file < 0 || view.files[file]?.isProgram !== true || !path.startsWith("/")) continue;
    const plain = plainPath(path);
    add(`${component} ${method.toUpperCase()} ${plain}`, file);
    add(`${component} ANY ${plain}`, file);
  }
  return (component, route) => {
    const [, method = "ANY", path = ""] = /^(?:([A-Za-z]{3,10}) )?(\/\S*)$/.exec(route) ?? [];
    if (component === null || path === "") return null;
    const plain = plainPath(path);
    const found = files.get(`${component} ${method.toUpperCase()} ${plain}`) ?? files.get(`${component} ANY ${plain}`);
    const [only, ...more] = found ?? [];
    return only === undefined || more.length > 0 ? null : only;
  };
}

/** Without what differs from framework to framework: names of parameters, a slash at the end. */
function plainPath(path: string): string {
  return path
    .slice(0, 300)
    .replace(/[?#].*$/s, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => (/^[:{<*$[]/.test(part) ? "{}" : part.toLowerCase()))
    .join("/");
}
