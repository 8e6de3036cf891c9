/** A span as all formats come to, and the attributes of it that say who talked to whom. */

export const spanKinds = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
export type SpanKind = (typeof spanKinds)[keyof typeof spanKinds];

export interface Span {
  trace: string;
  readonly id: string;
  /** "" for a root. */
  parent: string;
  /** Of a server that shares the id of its client (Zipkin): the parent of both. Its own parent is the client then. */
  readonly sharedParent?: string;
  /** Null where the exporter did not say. */
  readonly service: string | null;
  readonly kind: SpanKind;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
  readonly attributes: SpanAttributes;
  /** What else it continues: pairs of trace and span. */
  readonly links: readonly (readonly [trace: string, span: string])[];
}

export interface SpanAttributes {
  peer?: string;
  address?: string;
  port?: string;
  url?: string;
  httpMethod?: string;
  httpRoute?: string;
  httpTarget?: string;
  rpcSystem?: string;
  rpcService?: string;
  rpcMethod?: string;
  dbSystem?: string;
  dbName?: string;
  dbTable?: string;
  dbOperation?: string;
  dbText?: string;
  messagingSystem?: string;
  destination?: string;
  destinationTemplate?: string;
  temporary?: string;
  messagingOperation?: string;
  resend?: string;
  proxy?: string;
  meshService?: string;
  spanKind?: string;
  error?: string;
}

export const noAttributes: SpanAttributes = {};
