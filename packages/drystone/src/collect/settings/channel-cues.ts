/** Topics and exchanges that bindings of Spring Cloud Stream and channels of MicroProfile stand for, and gRPC clients by name. */
import type { EmitSetting } from "./emit-setting.js";
import type { SettingsIndex } from "./index-of-settings.js";
import type { SettingsFile } from "./settings-file.js";

export function channelCues(file: SettingsFile, index: SettingsIndex, emit: EmitSetting): void {
  const broker = brokerOf(file, index);
  for (const entry of file.entries) {
    if (entry.value === "" || /\s/.test(entry.value)) continue;
    const binding = /^spring\.cloud\.stream\.bindings\.(?:\[([^\]]{1,120})\]|(.{1,120}?))\.destination$/i.exec(entry.key);
    const name = binding?.[1] ?? binding?.[2];
    if (name !== undefined) {
      const kind = directionOf(name);
      // A destination may be a list for what reads it.
      if (kind !== null)
        for (const channel of entry.value.split(",").slice(0, 20))
          emit(entry, { kind, technology: broker, channel: channel.trim(), message: null });
      continue;
    }
    const channel =
      /^mp\.messaging\.(incoming|outgoing)\.(.{1,120})\.(?:topics?|address|queue\.name|exchange\.name|subject)$/.exec(entry.key);
    if (channel?.[1] !== undefined) {
      const connector = index.get(`mpmessaging${channel[1]}${plain(channel[2] ?? "")}connector`, entry.profile)?.value ?? "";
      const technology = /kafka/.test(connector)
        ? "kafka"
        : /rabbit/.test(connector)
          ? "rabbitmq"
          : /amqp/.test(connector)
            ? "amqp"
            : /mqtt/.test(connector)
              ? "mqtt"
              : null;
      emit(entry, {
        kind: channel[1] === "incoming" ? "consumes" : "publishes",
        technology,
        channel: entry.value,
        message: null,
      });
      continue;
    }
    const discovered = /^discovery:\/\/\/?([\w.-]{1,120})$/.exec(entry.value)?.[1];
    if (discovered !== undefined) emit(entry, { kind: "named-call", name: discovered, via: "discovery", path: null });
    const balanced = /^(?:lb|stork|nacos|consul):\/\/((?:[\w.-]|\$\{[^{}]{1,120}\}){1,160})/.exec(entry.value)?.[1];
    if (balanced !== undefined && !/gateway\.(?:server\.\w{1,10}\.)?(?:mvc\.)?routes/.test(entry.key))
      emit(entry, { kind: "named-call", name: balanced, via: "load-balancer", path: null });
  }
}

/** By the name of a function's binding: `orders-out-0`. Bindings of other names may be declared and never used: code says what goes to them. */
function directionOf(name: string): "publishes" | "consumes" | null {
  return /-out-\d{1,2}$/.test(name) ? "publishes" : /-in-\d{1,2}$/.test(name) ? "consumes" : null;
}

function brokerOf(file: SettingsFile, index: SettingsIndex): string | null {
  const binder = index.get("springcloudstreamdefaultbinder", "")?.value;
  if (binder === "kafka") return "kafka";
  if (binder === "rabbit") return "rabbitmq";
  const kinds = new Set(file.entries.flatMap(({ key }) => /^spring\.cloud\.stream\.(kafka|rabbit)\./.exec(key)?.[1] ?? []));
  if (kinds.size !== 1) return null;
  return kinds.has("kafka") ? "kafka" : "rabbitmq";
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
