/** Contracts as values: what a comparison of two versions works on. */
import type { ContractFact, Problem } from "./facts.js";

/** A contract of one version of a tree, with the files that it refers to. */
export interface ContractSource {
  readonly kind: ContractFact["kind"];
  /** Title, package or name of the file; not unique. */
  readonly name: string;
  readonly version: string | null;
  readonly repository: string;
  /** Where it starts. */
  readonly file: string;
  /** Other places with the same contract. */
  readonly copies: readonly string[];
  readonly body: ContractBody;
  readonly problems: readonly Problem[];
}

export type ContractBody =
  | { readonly form: "document"; readonly documents: ReadonlyMap<string, ContractDocument> }
  | { readonly form: "protobuf"; readonly files: readonly ProtoFile[] }
  | { readonly form: "graphql"; readonly texts: readonly { readonly file: string; readonly text: string }[] }
  | { readonly form: "exports"; readonly names: readonly string[] };

/** One file of JSON or YAML. */
export interface ContractDocument {
  readonly file: string;
  readonly value: unknown;
  /** Line, from 1, of the key or item at a path; of the deepest part of it that exists. */
  lineOf(path: readonly string[]): number;
}

/** One .proto file; names of what it declares are full (`shop.v1.Order`), without a dot in front. */
export interface ProtoFile {
  readonly file: string;
  readonly package: string;
  readonly syntax: string;
  readonly messages: readonly ProtoMessage[];
  readonly enums: readonly ProtoEnum[];
  readonly services: readonly ProtoService[];
}

export interface ProtoMessage {
  readonly name: string;
  readonly line: number;
  readonly fields: readonly ProtoField[];
  readonly reserved: ProtoReserved;
}

export interface ProtoReserved {
  /** Both ends belong to the range. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly names: readonly string[];
}

export interface ProtoField {
  readonly name: string;
  /** As JSON calls it. */
  readonly jsonName: string;
  readonly number: number;
  /** Scalar, or message or enum as written, without a dot in front; of a map its value. */
  readonly type: string;
  /** Of a map; null for all else. */
  readonly keyType: string | null;
  readonly label: "singular" | "optional" | "required" | "repeated";
  /** Name of the oneof that it belongs to; null for none. */
  readonly oneof: string | null;
  /** As written in the file (proto2, editions): texts in quotes; null for none. */
  readonly defaultValue: string | null;
  readonly line: number;
}

export interface ProtoEnum {
  readonly name: string;
  readonly line: number;
  readonly values: readonly { readonly name: string; readonly number: number }[];
  readonly reserved: ProtoReserved;
}

export interface ProtoService {
  readonly name: string;
  readonly line: number;
  readonly methods: readonly ProtoMethod[];
}

export interface ProtoMethod {
  readonly name: string;
  readonly request: string;
  readonly response: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly line: number;
}

/** What one consumer asks of one provider, as its tests recorded it. */
export interface Pact {
  readonly consumer: string;
  readonly provider: string;
  readonly file: string;
  readonly interactions: readonly PactInteraction[];
}

export interface PactInteraction {
  /** Upper case; "" for a message. */
  readonly method: string;
  /** "" for a message. */
  readonly path: string;
  /** Names of all properties that the consumer looks at, at any depth. */
  readonly properties: readonly string[];
}
