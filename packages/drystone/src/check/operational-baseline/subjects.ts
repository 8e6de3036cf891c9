/** Which components are services that run for good: those that are built here, and images of the organisation whose source lies elsewhere. */
import type { BaselineSign } from "#model/baseline.js";
import { type ComponentFact, type Facts, isDeployable } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/** @param signsOf of a component. Sorted as the components are. */
export function baselineSubjects(facts: Facts, signsOf: (ref: Ref) => readonly BaselineSign[]): ComponentFact[] {
  const own = ownImages(facts);
  return facts.components.filter((component) => {
    const signs = signsOf(component.ref);
    const runs = signs.some(({ kind }) => kind === "runs");
    const runsOnce = signs.some(({ kind }) => kind === "runs-once");
    if (component.kind === "job" || (runsOnce && !runs)) return false;
    // Pages that nothing serves here: an app on a phone, or files that somebody else hands out.
    if (component.kind === "frontend" && !runs) return hasServer(signs);
    if (isDeployable(component)) return true;
    return !component.built && runs && (component.kind === "service" || component.kind === "frontend" || own.has(component.ref));
  });
}

function hasServer(signs: readonly BaselineSign[]): boolean {
  return signs.some(
    ({ kind }) => kind === "health-route" || kind === "health-library" || kind === "health-command" || kind === "metrics-route",
  );
}

/** Names of stores and tools, which are nobody's service even in an image of one's own. */
const store =
  /(?:^|[-_.])(?:db|database|sql|mysql|postgres|mongo|redis|rabbitmq|kafka|zookeeper|init|seed|load(?:gen(?:erator)?|test)?|test|kibana|fluentd|elasticsearch|logstash|grafana|prometheus|jaeger|zipkin|exporter|logging|collector)(?:$|[-_.\d])/i;
/** Publishers whose images many use. */
const publishers =
  /^(?:library|mirrorgooglecontainers|googlecontainer|bitnami|grafana|prom|prometheus|kube-state-metrics|google_containers|google-containers|jaegertracing|openzipkin|istio|envoyproxy|confluentinc|hashicorp|fluent|elastic|elasticsearch|dapr|daprio|linkerd|traefik|kubernetes|ingress-nginx|coreos|otel|open-telemetry|sonatype|jenkins|wurstmeister|minio|netflixoss|linuxserver|cloudflare|datadog|newrelic|amazon|microsoft|mssql|oracle|ibmcom|redhat|quay|k8s|sig-storage)$/i;
const imagesOfAnOrganisation = 3;

/** Unbuilt components whose images come from one publisher, three or more of them, that is none of the known ones. */
function ownImages(facts: Facts): ReadonlySet<Ref> {
  const unbuilt = new Map(
    facts.components.filter(({ built, kind }) => !built && kind === "external").map((one) => [one.ref, one]),
  );
  const byPublisher = new Map<string, Set<Ref>>();
  for (const { subject, image, name } of facts.deployments) {
    const publisher = unbuilt.has(subject) && !store.test(name) ? publisherOf(image) : null;
    if (publisher !== null) byPublisher.set(publisher, (byPublisher.get(publisher) ?? new Set<Ref>()).add(subject));
  }
  return new Set([...byPublisher.values()].flatMap((refs) => (refs.size >= imagesOfAnOrganisation ? [...refs] : [])));
}

/** `acme` of `registry.example/acme/orders:1`; null for images of the library and of known publishers. */
function publisherOf(image: string | null): string | null {
  const parts = (image ?? "").split("/");
  const publisher = parts.length < 2 ? "" : (parts.at(-2) ?? "");
  return publisher === "" || publisher.includes(".") || publisher.includes(":") || publishers.test(publisher) ? null : publisher;
}
