import { isNameLike } from "../common/name-like.js";
import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentText, rustCalls, rustImports } from "./names.js";

const libraries: readonly { readonly technology: string; readonly makes: RegExp }[] = [
  {
    technology: "postgresql",
    makes:
      /(?:^|\.)(?:PgPool|PgPoolOptions\.\w{1,20}\(\)(?:\.\w{1,40}\(\))*|PgConnection|AsyncPgConnection)\.(?:connect|connect_lazy|establish)$|^tokio_postgres\.connect$|^postgres\.Client\.connect$/,
  },
  {
    technology: "mysql",
    makes:
      /(?:^|\.)(?:MySqlPool|MySqlPoolOptions\.\w{1,20}\(\)(?:\.\w{1,40}\(\))*|MysqlConnection)\.(?:connect|connect_lazy|establish)$|^mysql(?:_async)?\.Pool\.(?:new|from_url)$/,
  },
  {
    technology: "mongodb",
    makes: /^mongodb\.(?:sync\.)?(?:Client\.(?:with_uri_str|with_options)|options\.ClientOptions\.parse)$/,
  },
  {
    technology: "redis",
    makes:
      /^(?:redis\.Client\.open|deadpool_redis\.Config\.from_url|bb8_redis\.RedisConnectionManager\.new|fred\.\w{1,30}\.\w{1,30})$/,
  },
  { technology: "rabbitmq", makes: /^lapin\.Connection\.connect$/ },
  { technology: "nats", makes: /^(?:async_nats|nats)\.connect$/ },
  { technology: "elasticsearch", makes: /^elasticsearch\.(?:Elasticsearch\.new|http\.transport\.Transport\.single_node)$/ },
  { technology: "neo4j", makes: /^neo4rs\.Graph\.new$/ },
  { technology: "qdrant", makes: /^qdrant_client\.Qdrant\.from_url$/ },
];

/** Databases, caches and brokers that are connected here; sea-orm and sqlx::Any tell by the address only. */
export const stores: Detector = {
  name: "rust/stores",
  languages: ["rust"],
  words: [
    "sqlx",
    "diesel",
    "postgres",
    "mysql",
    "mongodb",
    "redis",
    "lapin",
    "nats",
    "elasticsearch",
    "neo4rs",
    "qdrant",
    "rdkafka",
    "sea_orm",
  ],
  detect(source, emit) {
    for (const { full, name, open, start } of rustCalls(source)) {
      const library = libraries.find(({ makes }) => makes.test(full));
      const isAny = /^(?:sea_orm\.Database\.connect|sqlx\.(?:AnyPool|any\.AnyPool)\.connect)$/.test(full);
      if (library !== undefined || isAny) {
        const value = argumentText(source, open, 0);
        const technology = library?.technology ?? null;
        if (value !== null && /[A-Za-z]/.test(value)) emit(start, { kind: "address", value, technology, use: "client" });
        if (technology !== null)
          emit(start, { kind: "store-client", technology, library: full.split(".")[0] ?? technology, database: null });
      } else if (name === "set" && argumentText(source, open, 0) === "bootstrap.servers") {
        const value = argumentText(source, open, 1);
        if (value !== null) emit(start, { kind: "address", value, technology: "kafka", use: "client" });
        emit(start, { kind: "store-client", technology: "kafka", library: "rdkafka", database: null });
      }
    }
  },
};

/** lapin, rdkafka, NATS, Redis. */
export const messages: Detector = {
  name: "rust/messages",
  languages: ["rust"],
  words: ["lapin", "rdkafka", "nats", "redis"],
  detect(source, emit) {
    const uses = (name: string) =>
      [...rustImports(source).values()].some((path) => path === name || path.startsWith(`${name}.`)) ||
      source.bare.includes(`${name}::`);
    for (const { full, name, open, start, path } of rustCalls(source)) {
      const put = (kind: "publishes" | "consumes", technology: string, ...at: readonly number[]) => {
        const channel = at
          .map((index) => argumentText(source, open, index))
          .find((text) => text !== null && /[A-Za-z]/.test(text) && !/\s/.test(text));
        if (channel !== undefined && channel !== null) emit(start, { kind, technology, channel, message: null });
      };
      if (name === "basic_publish" && uses("lapin")) put("publishes", "rabbitmq", 0, 1);
      else if (name === "basic_consume" && uses("lapin")) put("consumes", "rabbitmq", 0);
      else if (/(?:^|\.)(?:FutureRecord|BaseRecord)\.to$/.test(path)) put("publishes", "kafka", 0);
      else if (name === "subscribe" && uses("rdkafka")) {
        const literal = source.strings.find(({ start: at }) => at > open && at < open + 60);
        if (literal !== undefined) emit(start, { kind: "consumes", technology: "kafka", channel: literal.value, message: null });
      } else if (/^(?:publish|request)$/.test(name) && (uses("async_nats") || uses("nats"))) put("publishes", "nats", 0);
      else if (/^(?:subscribe|queue_subscribe)$/.test(name) && (uses("async_nats") || uses("nats"))) put("consumes", "nats", 0);
      else if (name === "publish" && uses("redis") && !full.includes("nats")) put("publishes", "redis", 0);
    }
  },
};

/** diesel and sea-orm. */
export const entities: Detector = {
  name: "rust/entities",
  languages: ["rust"],
  words: ["table!", "table_name"],
  detect(source, emit) {
    for (const match of source.bare.matchAll(/(?:diesel::)?table!\s{0,3}\{\s{0,60}(?:(\w{1,60})\.)?(\w{1,100})\s{0,3}\(/g))
      emit(match.index, {
        kind: "table",
        name: match[2] ?? "",
        schema: match[1] ?? null,
        access: "map",
        technology: null,
        entity: null,
      });
    for (const match of source.code.matchAll(
      /#\[(?:diesel|sea_orm)\([^()\]]{0,200}?table_name\s{0,3}=\s{0,3}"?(?:crate::)?(?:schema::)?(\w{1,100})"?/g,
    )) {
      const entity = /struct\s{1,3}(\w{1,80})/.exec(source.bare.slice(match.index, match.index + 800))?.[1] ?? null;
      emit(match.index, { kind: "table", name: match[1] ?? "", schema: null, access: "map", technology: null, entity });
    }
  },
};

const roles: readonly { readonly makes: RegExp; readonly role: Role }[] = [
  {
    makes: /^opentelemetry_otlp\.(?:new_exporter|new_pipeline|(?:Span|Metric|Log)Exporter(?:\.builder|Builder\.\w{1,20}))$/,
    role: "telemetry-client",
  },
  { makes: /^opentelemetry_(?:jaeger|zipkin)\.\w{1,40}$/, role: "tracing-client" },
  {
    makes:
      /^(?:metrics_exporter_prometheus\.PrometheusBuilder\.new|prometheus\.TextEncoder\.new|actix_web_prom\.PrometheusMetricsBuilder\.new)$/,
    role: "metrics-endpoint",
  },
];

/** Telemetry and mail. */
export const rustRoles: Detector = {
  name: "rust/roles",
  languages: ["rust"],
  words: ["opentelemetry", "prometheus", "lettre"],
  detect(source, emit) {
    for (const { full, open, start } of rustCalls(source)) {
      const role = roles.find(({ makes }) => makes.test(full))?.role;
      if (role !== undefined) emit(start, { kind: "role", role, detail: null });
      if (/(?:^|\.)(?:Async)?SmtpTransport\.(?:relay|starttls_relay|builder_dangerous|from_url)$/.test(full)) {
        emit(start, { kind: "mail", library: "lettre" });
        const value = argumentText(source, open, 0);
        if (value !== null) emit(start, { kind: "address", value, technology: "smtp", use: "client" });
      }
    }
  },
};

/** Structs with serde or a mapper, and constants. */
export const models: Detector = {
  name: "rust/models",
  languages: ["rust"],
  words: ["struct ", "const "],
  detect(source, emit) {
    for (const match of source.bare.matchAll(
      /#\[derive\([^()\]]{0,300}\b(?:Serialize|Deserialize|FromRow|Queryable|Insertable|DeriveEntityModel)\b[^()\]]{0,300}\)\]\s{0,20}(?:#\[[^\n]{0,200}\]\s{0,20}){0,6}(?:pub(?:\([\w ]{1,12}\))?\s{1,3})?struct\s{1,3}(\w{1,80})(?:<[^<>\n]{0,80}>)?\s{0,3}\{([^{}]{0,4000})\}/g,
    )) {
      const fields = [
        ...(match[2] ?? "").matchAll(/(?:^|[,\n])\s{0,40}(?:pub(?:\([\w ]{1,12}\))?\s{1,3})?(?:r#)?(\w{1,80})\s{0,3}:(?!:)/g),
      ].map(([, field = ""]) => field);
      if (fields.length >= 3) emit(match.index, { kind: "model", name: match[1] ?? "", fields: fields.slice(0, 100) });
    }
    for (const match of source.bare.matchAll(
      /(?:^|\n)[ \t]{0,12}(?:pub(?:\([\w ]{1,12}\))?[ \t]{1,3})?(?:const|static)[ \t]{1,3}([A-Z]\w{1,80})[ \t]{0,3}:[ \t]{0,3}&(?:'static[ \t])?str[ \t]{0,3}=[ \t]{0,3}(?=_{3})/g,
    )) {
      const value = source.stringAt(match.index + match[0].length)?.value;
      if (value !== undefined && isNameLike(value)) emit(match.index + 1, { kind: "constant", name: match[1] ?? "", value });
    }
  },
};
