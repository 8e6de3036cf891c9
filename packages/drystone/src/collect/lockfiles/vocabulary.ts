/** Which words of a name speak of technology and which of nothing in particular; all others may be of the business. */

/** Of logging, networks, stores, builds and the like. Words that are just as common in a business (`order`, `event`, `account`) are left out. */
export function isTechnicalWord(word: string): boolean {
  return technical.has(word);
}

/** Says nothing about what something is for. */
export function isGenericWord(word: string): boolean {
  return generic.has(word) || /^\d{1,9}$/.test(word) || word.length === 1;
}

const technical: ReadonlySet<string> = new Set(
  `infra infrastructure log logs logger loggers logging metric metrics trace traces tracing tracer span telemetry otel opentelemetry monitoring monitor health
  error errors exception exceptions http https rest rpc retry retries circuit breaker ratelimit throttle timeout
  auth authentication authn authz jwt oauth oauth2 oidc token tokens security crypto encryption 
  config configuration configs settings env redis mongo mongodb mongoose postgres postgresql mysql sql sqlite database db orm jpa hibernate jdbc prisma
  typeorm knex elasticsearch queue queues stream streams kafka rabbitmq rabbit amqp nats sqs sns pubsub bus messaging mq outbox broker cache
  caching memcached storage persistor persistence s3 blob filesystem test tests testing mock mocks stub fixture lint eslint prettier tslint tsconfig stylelint
  babel webpack vite rollup esbuild build cli plugin plugins middleware middlewares interceptor interceptors serializer
  serialization json xml yaml csv parser lexer i18n intl utils util utilities utility helper helpers async promise promises 
  scheduler cron mutex semaphore socket websocket ws tcp udp dns gateway loadbalancer discovery eureka consul
  swagger pagination datetime uuid regex decorator decorators 
  aop aspect reflection injection container docker kubernetes k8s terraform aws azure gcp lambda 
  components icons theme css styles hooks o11y profiler runtime bootstrap starter`
    .split(/\s+/)
    .filter(Boolean),
);

const generic: ReadonlySet<string> = new Set(
  `common commons optional field fields ui sdk provider providers factory react vue angular nextjs nest nestjs express spring springboot request response filter filters pipe guard shared core base abstract default lib libs library libraries package packages internal main index src app application
  applications server client service services module modules types type interface interfaces constants constant enum enums options option
  params param props context result results data info item items entry node list map key value state status page query command handler
  builder manager impl implementation api web backend frontend system platform framework foundation kit tools tool domain model models entity
  entities dto dtos input output payload message messages object generic spec java kotlin go python js ts dotnet com org io net net6 net8`
    .split(/\s+/)
    .filter(Boolean),
);
