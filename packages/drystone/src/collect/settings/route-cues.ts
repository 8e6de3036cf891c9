/** Routes of gateways: Zuul and Spring Cloud Gateway. */
import type { EmitSetting } from "./emit-setting.js";
import type { SettingsIndex } from "./index-of-settings.js";
import type { SettingEntry, SettingsFile } from "./settings-file.js";

export function routeCues(file: SettingsFile, index: SettingsIndex, emit: EmitSetting): void {
  zuulRoutes(file, index, emit);
  gatewayRoutes(file, emit);
  for (const entry of file.entries)
    if (
      /^springcloudgateway(?:server(?:webflux|webmvc))?discoverylocatorenabled$/.test(index.normal(entry)) &&
      /^\s*true\s*$/i.test(entry.value)
    )
      emit(entry, { kind: "route", path: null, target: null });
}

interface Route {
  readonly entry: SettingEntry;
  readonly parts: Map<string, string>;
}

/** `zuul.routes.users: /users/**` goes to `users`; with `path` and `serviceId` or `url` to those. */
function zuulRoutes(file: SettingsFile, index: SettingsIndex, emit: EmitSetting): void {
  const routes = new Map<string, Route>();
  for (const entry of file.entries) {
    const found = /^zuul\.routes\.(?:\[([^\]]{1,120})\]|(.{1,120}))\.(path|serviceId|service-id|url|location)$/i.exec(entry.key);
    const short = /^zuul\.routes\.(?:\[([^\]]{1,120})\]|([\w-]{1,120}))$/i.exec(entry.key);
    const id = found?.[1] ?? found?.[2] ?? short?.[1] ?? short?.[2];
    if (id === undefined) continue;
    const name = `${entry.profile}\n${id}`;
    const route = routes.get(name) ?? { entry, parts: new Map([["id", id]]) };
    route.parts.set((found?.[3] ?? "path").toLowerCase().replace("-", ""), entry.value);
    routes.set(name, route);
  }
  for (const { entry, parts } of routes.values()) {
    const target = parts.get("url") ?? parts.get("location") ?? parts.get("serviceid") ?? parts.get("id") ?? null;
    // `forward:` stays inside of the gateway.
    if (target === null || target.startsWith("forward:")) continue;
    const prefix = index.get("zuulprefix", entry.profile)?.value ?? "";
    const path = parts.get("path") ?? `/${parts.get("id") ?? ""}/**`;
    emit(entry, { kind: "route", path: `${prefix.replace(/\/$/, "")}${path.startsWith("/") ? "" : "/"}${path}`, target });
  }
}

/** `spring.cloud.gateway.routes[0].uri` with the paths of its predicates. */
function gatewayRoutes(file: SettingsFile, emit: EmitSetting): void {
  const routes = new Map<string, { uri: SettingEntry | null; paths: string[]; isPath: Set<string> }>();
  for (const entry of file.entries) {
    const found = /^spring\.cloud\.gateway\.(?:server\.(?:webflux|webmvc)\.|mvc\.)?routes\[(\d{1,4})\]\.(.{1,200})$/i.exec(
      entry.key,
    );
    if (found?.[1] === undefined) continue;
    const name = `${entry.profile}\n${found[1]}`;
    const route = routes.get(name) ?? { uri: null, paths: [], isPath: new Set<string>() };
    routes.set(name, route);
    const rest = found[2] ?? "";
    if (rest === "uri") route.uri = entry;
    const predicate = /^predicates\[(\d{1,3})\](?:\.(name|args.{0,80}))?$/.exec(rest);
    if (predicate?.[1] === undefined) continue;
    const short = /^Path=(.{1,500})$/.exec(entry.value)?.[1];
    if (short !== undefined) route.paths.push(...short.split(",").map((path) => path.trim()));
    else if (predicate[2] === "name" && entry.value === "Path") route.isPath.add(predicate[1]);
    else if (
      predicate[2] !== undefined &&
      predicate[2] !== "name" &&
      (route.isPath.has(predicate[1]) || /^'?\//.test(entry.value))
    )
      route.paths.push(
        ...entry.value
          .replace(/^'([^']{0,300})'.*$/, "$1")
          .split(",")
          .map((path) => path.trim()),
      );
  }
  for (const { uri, paths } of routes.values()) {
    if (uri === null || /^(?:no:\/\/|forward:)/.test(uri.value)) continue;
    for (const path of paths.length === 0 ? [null] : [...new Set(paths)]) emit(uri, { kind: "route", path, target: uri.value });
  }
}
