/** Uses of other services by the name they have in a registry, and routes of gateways that code builds. */
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import { matches } from "./matches.js";
import { structureOf } from "./structure.js";
import { argument, attribute, valueAt } from "./values.js";

export const discoveryLookups: Detector = {
  name: "java/discovery-lookups",
  languages: ["java", "kotlin", "scala"],
  words: ["DiscoveryClient", "LoadBalancer", "EurekaClient", "RibbonClient", "ServiceDiscovery"],
  detect(source, emit) {
    const pattern =
      /\b\w{0,60}(?:[cC]lient|[bB]alancer|[dD]iscovery)(?:\(\))?\s{0,60}\.\s{0,60}(?:getInstances|getNextServerFromEureka|choose|getApplication|getInstancesByVipAddress|reconstructURI)\s{0,3}(?=\()/g;
    for (const match of matches(source.bare, pattern)) {
      const name = argument(source, match.index + match[0].length, 0);
      if (name !== null && /^(?:[\w.-]|\$\{[^}]{1,200}\})+$/.test(name))
        emit(match.index, { kind: "named-call", name, via: "discovery", path: null });
    }
    for (const annotation of structureOf(source).annotations) {
      if (annotation.name !== "RibbonClient" && annotation.name !== "LoadBalancerClient") continue;
      const name = attribute(source, annotation, "name", "value");
      if (name !== null && name !== "") emit(annotation.start, { kind: "named-call", name, via: "load-balancer", path: null });
    }
  },
};

/** Spring Cloud Gateway: `.route("orders", r -> r.path("/orders/**").uri("lb://orders"))`. */
export const gatewayRoutes: Detector = {
  name: "java/gateway-routes",
  languages: ["java", "kotlin"],
  words: ["RouteLocator"],
  detect(source, emit) {
    const { closeOf } = structureOf(source);
    for (const match of matches(source.bare, /(?:\.\s{0,60}|\b)route\s{0,3}(?=[({])/g)) {
      const open = match.index + match[0].length;
      const body = source.bare.slice(open, Math.min(closeOf(open), open + 4000));
      const uri = /\.\s{0,60}uri\s{0,3}(?=\()|(?<![\w.])uri\s{0,3}(?=\()/.exec(body);
      if (uri === null) continue;
      const target = argument(source, open + uri.index + uri[0].length, 0);
      const path = /(?<!\w)(?:path|pathMatchers|host)\s{0,3}(?=\()/.exec(body);
      const offsets = path === null ? [] : argumentOffsets(source, open + path.index + path[0].length);
      const paths = offsets.map((offset) => valueAt(source, offset));
      for (const one of paths.length === 0 ? [null] : paths)
        emit(open + uri.index, { kind: "route", path: one, target: target ?? "{}" });
    }
  },
};
