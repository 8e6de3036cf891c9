import type { Detector } from "../detector.js";
import { argumentAt, argumentText, importsAny, pythonCalls, textsAt } from "./names.js";
import { endpointPath } from "./paths.js";
import { modulePath } from "./web-endpoints.js";

/** Django and Django REST framework: `path`, `re_path`, `url`, `include`, `router.register`. */
export const djangoEndpoints: Detector = {
  name: "python/django-endpoints",
  languages: ["python"],
  words: ["urlpatterns", "DefaultRouter", "SimpleRouter"],
  detect(source, emit) {
    for (const { full, name, open, start } of pythonCalls(source)) {
      if (/^django\.(?:urls|conf\.urls|urls\.conf)\.(?:path|re_path|url)$/.test(full)) {
        const text = argumentText(source, open, 0, "route", "regex");
        const view = argumentAt(source, open, 1, "view");
        if (text === null || view === null) continue;
        const target = source.bare.slice(view, view + 120);
        const path = endpointPath(text);
        if (/^(?:\w{1,40}\.)?include\(/.test(target)) {
          const module = argumentText(source, view + target.indexOf("("), 0);
          if (module !== null && /^[\w.]{1,120}$/.test(module) && path !== "/")
            emit(start, { kind: "mount", path, module: modulePath(module) });
        } else if (!target.startsWith("admin.site"))
          emit(start, {
            kind: "endpoint",
            method: null,
            path,
            handler:
              /^([\w.]{1,100})/
                .exec(target)?.[1]
                ?.replace(/\.as_view$/, "")
                .split(".")
                .at(-1) ?? null,
          });
      } else if (name === "register" && importsAny(source, "rest_framework", "rest_framework_nested")) {
        const text = argumentText(source, open, 0, "prefix");
        const view = argumentAt(source, open, 1, "viewset");
        const handler =
          view === null
            ? null
            : (/^[\w.]{1,100}/
                .exec(source.bare.slice(view, view + 100))?.[0]
                .split(".")
                .at(-1) ?? null);
        if (text === null || handler === null || !/^[\w/-]{1,80}$/.test(text)) continue;
        for (const method of ["GET", "POST"]) emit(start, { kind: "endpoint", method, path: endpointPath(text), handler });
        for (const method of ["GET", "PUT", "PATCH", "DELETE"])
          emit(start, { kind: "endpoint", method, path: endpointPath(text, "{pk}"), handler });
      }
    }
  },
};

/** Tornado: `Application([(r"/x/(\d+)", Handler)])`. */
export const tornadoEndpoints: Detector = {
  name: "python/tornado-endpoints",
  languages: ["python"],
  words: ["tornado"],
  detect(source, emit) {
    for (const match of source.bare.matchAll(/[[(,\s](?:url)?\(\s{0,40}(?=r?_{3})/g)) {
      const open = match.index + match[0].trimEnd().lastIndexOf("(");
      const [path] = textsAt(source, argumentAt(source, open, 0));
      const second = argumentAt(source, open, 1);
      const handler =
        second === null
          ? null
          : (/^(?:\w{1,40}\.){0,3}(\w{1,80}Handler)\b/.exec(source.bare.slice(second, second + 160))?.[1] ?? null);
      if (path?.startsWith("/") && handler !== null && handler !== "StaticFileHandler")
        emit(open, { kind: "endpoint", method: null, path: endpointPath(path), handler });
    }
  },
};
