/** Mail, telemetry, constants and types of data. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { templateAt } from "../expression.js";
import { argument, classesOf } from "./values.js";

export const mail: Detector = {
  name: "php/mail",
  languages: ["php"],
  words: ["Mail::", "PHPMailer", "Swift_", "MailerInterface", "mail("],
  detect(source, emit) {
    const found =
      /\bMail::(?:to|send|raw|queue|later)\s{0,3}\(|\bnew\s{1,5}\\?PHPMailer\b|\bnew\s{1,5}\\?Swift_(?:SmtpTransport|Mailer)\b|\bMailerInterface\s{1,5}\$|(?<![\w>:$])mail\s{0,3}\(\s{0,5}[$_]/.exec(
        source.bare,
      );
    if (found === null) return;
    const library = found[0].startsWith("Mail::")
      ? "illuminate/mail"
      : found[0].includes("PHPMailer")
        ? "phpmailer"
        : found[0].includes("Swift")
          ? "swiftmailer"
          : found[0].includes("MailerInterface")
            ? "symfony/mailer"
            : "php";
    emit(found.index, { kind: "mail", library });
    const host = /->Host\s{0,9}=\s{0,9}/.exec(source.bare);
    const value =
      library === "phpmailer" && host !== null
        ? templateAt(source, host.index + host[0].length)
        : library === "swiftmailer"
          ? argument(source, found.index + found[0].length, 0)
          : null;
    if (value !== null) emit(found.index, { kind: "address", value, technology: "smtp", use: "client" });
  },
};

export const roles: Detector = {
  name: "php/roles",
  languages: ["php"],
  words: ["Otlp", "Zipkin", "Jaeger", "CollectorRegistry", "GelfHandler", "Fluent"],
  detect(source, emit) {
    const put = (
      pattern: RegExp,
      role: "telemetry-client" | "tracing-client" | "metrics-endpoint" | "logging-client",
      detail: string,
    ) => {
      const found = pattern.exec(source.bare);
      if (found !== null) emit(found.index, { kind: "role", role, detail });
    };
    put(/\bnew\s{1,5}(?:Otlp\w{0,20}(?:Factory|Exporter)|OtlpHttpTransportFactory|SpanExporter)\b/, "telemetry-client", "otlp");
    put(/\bnew\s{1,5}(?:Zipkin\w{0,20}Exporter|\w{0,20}ZipkinReporter)\b/, "tracing-client", "zipkin");
    put(/\bnew\s{1,5}Jaeger\w{0,20}\b|\bJaeger\\Config\b/, "tracing-client", "jaeger");
    put(/\bnew\s{1,5}\\?(?:Prometheus\\)?CollectorRegistry\b/, "metrics-endpoint", "prometheus");
    put(/\bnew\s{1,5}\\?(?:GelfHandler|FluentLogger|LogstashFormatter)\b/, "logging-client", "logs");
  },
};

/** Looks like the name of something: a topic, queue, host, path, key; no sentence. */
const nameLike = /^(?=.{0,300}[A-Za-z])[\w${}./:*#@?&=,+~-]{2,300}$/;

export const constants: Detector = {
  name: "php/constants",
  languages: ["php"],
  words: ["const ", "define("],
  detect(source, emit) {
    const classes = classesOf(source);
    for (const match of matches(
      source.bare,
      /(?<!private\s{1,5})\bconst\s{1,9}(?:string\s{1,9})?([A-Z]\w{0,80})\s{0,9}=\s{0,20}|\bdefine\s{0,3}\(\s{0,5}(?=_)/g,
    )) {
      const literal = match[1] === undefined ? source.stringAt(match.index + match[0].length) : null;
      const name = match[1] ?? literal?.value ?? "";
      const from =
        literal === null
          ? match.index + match[0].length
          : literal.end + (/^\s{0,9},\s{0,9}/.exec(source.bare.slice(literal.end, literal.end + 20))?.[0].length ?? 0);
      const value = templateAt(source, from);
      if (name === "" || value === null || value.startsWith("{}") || /^\d+$/.test(value) || !nameLike.test(value)) continue;
      const owner = classes.find(({ open, close }) => open < match.index && match.index < close);
      emit(match.index, { kind: "constant", name: owner === undefined ? name : `${owner.name}.${name}`, value });
    }
  },
};

const parts =
  /(?:Controller|Service|Repository|Handler|Exception|Middleware|Provider|Factory|Test|Command|Listener|Subscriber|Kernel|Seeder|Manager|Client|Validator|Type|Extension|Helper|Migration)$/;

/** Classes with at least three fields of data: properties and promoted parameters; Eloquent's `$fillable`. */
export const models: Detector = {
  name: "php/models",
  languages: ["php"],
  words: ["class "],
  detect(source, emit) {
    for (const { name, at, open, close } of classesOf(source)) {
      if (parts.test(name)) continue;
      const body = source.code.slice(open, Math.min(close, open + 60_000));
      const fields = new Set<string>();
      for (const match of body.matchAll(
        /\b(?:public|protected|private)\s{1,9}(?:readonly\s{1,9})?(?:\??[a-z\\A-Z][\w\\|]{0,100}\s{1,9})?\$([a-z]\w{0,80})\s{0,9}(?=[;=,)])/g,
      ))
        fields.add(match[1] ?? "");
      const fillable = /\$fillable\s{0,9}=\s{0,9}(?:\[|array\()([^\])]{0,3000})/.exec(body)?.[1];
      if (fillable !== undefined) {
        fields.clear();
        for (const match of fillable.matchAll(/["'](\w{1,80})["']/g)) fields.add(match[1] ?? "");
      }
      for (const own of [
        "table",
        "connection",
        "timestamps",
        "guarded",
        "hidden",
        "casts",
        "primaryKey",
        "dates",
        "appends",
        "with",
        "logger",
        "signature",
        "description",
        "queue",
      ])
        if (fillable === undefined) fields.delete(own);
      if (fields.size >= 3) emit(at, { kind: "model", name, fields: [...fields].slice(0, 120) });
    }
  },
};
