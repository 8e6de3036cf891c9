/** What a deployable is for, told from what it is built with, then from its name. */
import type { ComponentKind } from "#model/facts.js";
import { wordsOf } from "#util/words.js";

/** Dependencies that make their user one of these. */
const byDependency: readonly (readonly [ComponentKind, RegExp])[] = [
  ["discovery", /eureka-server$|spring-cloud-starter-(?:netflix-)?eureka-server/],
  ["config", /spring-cloud-config-server$/],
  ["admin", /spring-boot-admin-(?:starter-)?server(?:-ui)?$/],
  ["tracing", /^io\.zipkin.*:zipkin-(?:server|autoconfigure-ui)|zipkin-stream$|:zipkin-server$/],
  ["monitoring", /hystrix-dashboard$|spring-cloud-(?:starter-(?:netflix-)?|netflix-)turbine(?:-stream|-amqp)?$/],
  [
    "gateway",
    /spring-cloud-starter-gateway(?:-mvc)?$|spring-cloud-gateway-server|starter-(?:netflix-)?zuul$|^Ocelot$|^Yarp\.ReverseProxy$|^express-gateway$|^@apollo\/gateway$/,
  ],
  ["auth", /oauth2-authorization-server$|^(?:Duende\.)?IdentityServer4?$|^OpenIddict/],
  ["loadgen", /^(?:locust|artillery|k6|autocannon)$|gatling/],
];

const persistence =
  /(?:^|:)(?:spring-boot-starter-(?:data-(?!redis|rest)[\w-]{1,40}|jdbc|jpa)|spring-data-(?!redis|commons|rest)[\w-]{1,40}|mybatis[\w-]{0,40})$|^Microsoft\.EntityFrameworkCore\.(?:SqlServer|Sqlite)$|^Npgsql\.EntityFrameworkCore/;

const sites =
  /^(?:next|nuxt|react-dom|vue|@angular\/core|svelte|@sveltejs\/kit|gatsby|astro|react-scripts|preact|ember-cli|solid-js|@vue\/cli-service|@remix-run\/react|phoenix_live_view|streamlit)$/;

const byWord: readonly (readonly [ComponentKind, RegExp])[] = [
  ["job", /^(?:job|jobs|cron|cronjob|migrator|migration|migrations|migrate|seed|seeder|init|initializer|bootstrapper)$/],
  ["discovery", /^(?:eureka|discovery)$/],
  ["gateway", /^(?:gateway|gw|proxy|ingress|apigateway|bff|zuul|aggregator)$/],
  ["auth", /^(?:auth|oauth|oauth2|authentication|authorization|identity|idp|sso|uaa|keycloak)$/],
  ["frontend", /^(?:frontend|ui|webapp|webui|webclient|spa|storefront|www|web|webfrontend|website)$/],
];

/** @param facts.runsOnce true when all its workloads are Jobs. @param facts.isWeb its build file says that it answers requests. @param facts.names of the deployable, the telling one first. */
export function kindOf(facts: {
  readonly names: readonly string[];
  readonly dependencies: readonly string[];
  readonly runsOnce: boolean;
  readonly isWeb?: boolean;
}): ComponentKind {
  if (facts.names.some(isLoadGenerator)) return "loadgen";
  // A service with data of its own may pass on a request too.
  const keepsData = facts.dependencies.some((name) => persistence.test(name));
  for (const [kind, pattern] of byDependency)
    if (!(kind === "gateway" && keepsData) && facts.dependencies.some((name) => pattern.test(name))) return kind;
  if (facts.runsOnce) return "job";
  const words = facts.names.flatMap(wordsOf);
  const name = (facts.names[0] ?? "").toLowerCase();
  if (/config-?server|configuration-?server|^config$/.test(name)) return "config";
  // What is deployed as `orders.api` is no page, whatever its folder is called.
  const isBackEnd = /^(?:api|service|svc|backend|worker)$/.test(wordsOf(facts.names[0] ?? "").at(-1) ?? "");
  for (const [kind, pattern] of byWord) {
    if ((kind === "frontend" && isBackEnd) || (kind === "job" && facts.isWeb === true)) continue;
    // `frontend-proxy` routes and `proxy-setup` does not: the last word says what it is.
    if (
      kind === "job" || kind === "gateway"
        ? words.some((word, index) => pattern.test(word) && !isSetup(words[index + 1]))
        : words.some((word) => pattern.test(word))
    ) {
      return kind;
    }
  }
  if (/front-?end/.test(name) || facts.dependencies.some((dependency) => sites.test(dependency))) return "frontend";
  return "service";
}

function isSetup(word: string | undefined): boolean {
  return word === "setup" || word === "init" || word === "auth";
}

/** `load-gen`, `loadgenerator`, `load-test`, `locust`. */
export function isLoadGenerator(name: string): boolean {
  return /load-?_?(?:gen|test|driver|sim)|locust|^k6$|traffic-?_?gen|simulator$/.test(name.toLowerCase());
}
