/** What a place in source or configuration hints at, before anybody knows which component or store is meant. */

/**
 * Text with holes, as cues carry it:
 * `${KEY}` and `${KEY:-fallback}` stand for an environment variable or a configuration property (`order.url`, `A:B`), `${const:Name.MEMBER}` for a constant of another file,
 * `{}` for what only a run would know. Example: `http://${CATALOGUE_HOST:-catalogue}:8080/product/{}`.
 */
export type Template = string;

/** Where a cue stands; the repository is that of the file. */
export interface CuePlace {
  readonly file: string;
  readonly line: number;
  /** The line as written, trimmed, at most 160 characters. */
  readonly text: string;
}

export type CueBody =
  /** Code or configuration reads a setting. */
  | { readonly kind: "setting"; readonly key: string; readonly fallback: Template | null }
  /**
   * A literal that names a host: URL, connection string, `host:port`. `technology` when the client is known: http, grpc, postgresql, mongodb, redis, kafka, rabbitmq, smtp, otlp, …
   * `use` tells a call or connection in code from a mere literal.
   */
  | { readonly kind: "address"; readonly value: Template; readonly technology: string | null; readonly use: "client" | "literal" }
  /** A request to another component: HTTP with method and URL or path template; gRPC with the full method. */
  | {
      readonly kind: "call";
      readonly protocol: "http" | "grpc";
      readonly method: string | null;
      readonly target: Template;
      readonly inLoop: boolean;
    }
  /** Use of a component by the name it has in a registry, mesh or framework: Feign, `lb://`, Dapr app id, Nest microservice client, Aspire. */
  | { readonly kind: "named-call"; readonly name: Template; readonly via: string; readonly path: Template | null }
  /** Code asks a sidecar of Dapr for a store, broker or binding by the name that a component file gives it. */
  | { readonly kind: "building-block"; readonly name: Template }
  /** `service` as far as known: `shop.CartService` or `CartService`. */
  | { readonly kind: "grpc-client"; readonly service: string }
  | { readonly kind: "grpc-server"; readonly service: string }
  /** `channel`: topic, queue, exchange, subject, or null; `message`: type of the message, when code names it. Technology null when any broker may be behind it. */
  | {
      readonly kind: "publishes" | "consumes";
      readonly technology: string | null;
      readonly channel: Template | null;
      readonly message: string | null;
    }
  /**
   * A function that carries messages is called with texts, by position or name. A client whose channel is a parameter has the channel `${arg:publish:0:topic}`: function, position, name.
   */
  | { readonly kind: "handed"; readonly function: string; readonly given: Readonly<Record<string, Template>> }
  /** A client of a store or broker is made or imported: the technology is certain, the address may not be here. `database` where the code names it. */
  | { readonly kind: "store-client"; readonly technology: string; readonly library: string; readonly database: Template | null }
  | {
      readonly kind: "table";
      readonly name: string;
      readonly schema: string | null;
      /** `define`: migration or DDL; `map`: an entity or model stands for it and may be read and written. */
      readonly access: "read" | "write" | "define" | "map";
      readonly technology: string | null;
      /** Name of the class or model that stands for it, so that uses of that class are uses of the table. */
      readonly entity: string | null;
    }
  /** Code reads or writes through an entity or model: `orderRepository.save`, `Order.find`. */
  | { readonly kind: "entity-use"; readonly entity: string; readonly access: "read" | "write" }
  /** The component answers here. Path with `{name}` for parameters, prefixes joined. Method null: any. */
  | { readonly kind: "endpoint"; readonly method: string | null; readonly path: string; readonly handler: string | null }
  /** A gateway sends requests on. `target`: URL, `lb://name`, service name; null: every registered component. */
  | { readonly kind: "route"; readonly path: string | null; readonly target: Template | null }
  /** Conventional infrastructure that needs no address in the code. `detail`: an address, possibly behind the kind of server and a blank (`logstash elk:5044`), or a technology. */
  | { readonly kind: "role"; readonly role: Role; readonly detail: string | null }
  /** A constant with a plain text value: `Topics.ORDER_CREATED`. */
  | { readonly kind: "constant"; readonly name: string; readonly value: Template }
  /** A type of data with its fields. */
  | { readonly kind: "model"; readonly name: string; readonly fields: readonly string[] }
  /** A library that sends mail is used. */
  | { readonly kind: "mail"; readonly library: string }
  /** A class answers below this path, not necessarily at it: published ground truths count such paths as endpoints. */
  | { readonly kind: "endpoint-prefix"; readonly path: string; readonly handler: string | null }
  /** Endpoints of another module of this component answer below this path. `module`: as imported, relative; null: all of the component. */
  | { readonly kind: "mount"; readonly path: string; readonly module: string | null };

export type Role =
  | "discovery-client"
  | "discovery-server"
  | "config-client"
  | "config-server"
  | "gateway"
  | "auth-server"
  | "resource-server"
  | "admin-server"
  | "admin-client"
  | "tracing-client"
  | "tracing-server"
  | "metrics-endpoint"
  | "metrics-stream"
  | "metrics-dashboard"
  | "logging-client"
  | "telemetry-client";

export type Cue = CuePlace & CueBody;
