/** Finds out which proxy a file is for, and reads its routes. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { isApache, readApache } from "./apache.js";
import { isCaddy, readCaddy } from "./caddy.js";
import { readSettings, type Settings } from "./document.js";
import { isEnvoy, readEnvoy } from "./envoy.js";
import { gateways } from "./gateways.js";
import { isHaproxy, readHaproxy } from "./haproxy.js";
import { isNginx, readNginx } from "./nginx.js";
import { type FoundRoute, maxRoutes, type ProxyRoute, placed } from "./proxy-route.js";
import { readTomlSettings } from "./toml-settings.js";
import { isTraefik, readTraefik } from "./traefik.js";

const maxText = 2 * 1024 * 1024;

/** Cheap look at name and place; the content decides. */
export function isProxyConfig(path: string): boolean {
  const name = lastPart(path).toLowerCase();
  return (
    /\.(?:conf|cfg|vhost|nginx|caddy)(?:[._-](?:template|tmpl|tpl|erb|j2|in|dist|sample|default|prod|dev|local|ctmpl))?$|^caddyfile|^\.htaccess$/.test(
      name,
    ) ||
    /^(?:ocelot|kong|krakend|yarp|envoy|traefik|apisix|haproxy|gateway|gateway\.config|dynamic|dynamic[_-]conf)[\w.-]{0,60}\.(?:json|ya?ml|toml|tmpl)$|^appsettings(?:\.[\w-]{1,60})?\.json$/.test(
      name,
    ) ||
    /[._-](?:envoy|traefik|kong|krakend|apisix|ocelot|yarp)[\w.-]{0,60}\.(?:json|ya?ml|toml)$/.test(name) ||
    (/(?:^|\/)(?:nginx|apache2?|httpd|haproxy|envoy|traefik|caddy|kong|krakend|ocelot|apisix|sites-(?:available|enabled)|conf\.d)(?:[._-][\w.-]{0,60})?(?:\/|$)/i.test(
      folderOf(path),
    ) &&
      /\.(?:conf|cfg|ya?ml|json|toml|template|tmpl|tpl|erb|j2)$|^[\w-]{1,60}$/.test(name))
  );
}

/** Routes of a configuration of a proxy; null for other files, and for those that pass nothing on. Never throws. */
export function readProxyConfig(path: string, text: string): ProxyRoute[] | null {
  if (text.length > maxText) return null;
  const routes = /\.(?:json|ya?ml|toml)(?:\.(?:tmpl|tpl|template))?$/i.test(path)
    ? readStructured(path, text)
    : readLines(path, text);
  return routes.length > 0 ? routes.slice(0, maxRoutes) : null;
}

function readLines(path: string, text: string): ProxyRoute[] {
  if (isNginx(text)) return readNginx(path, text);
  if (isHaproxy(text)) return readHaproxy(path, text);
  if (isApache(text)) return readApache(path, text);
  return isCaddy(text) ? readCaddy(path, text) : [];
}

const words =
  /static_resources|resources|virtual_hosts|routers|frontends|_format_version|endpoints|UpstreamPathTemplate|ReverseProxy|serviceEndpoints|upstream|nodes/i;

function readStructured(path: string, text: string): ProxyRoute[] {
  if (!words.test(text)) return [];
  const documents = path.endsWith(".toml") ? [readTomlSettings(text)] : readSettings(text);
  return documents.flatMap((settings) => routesOf(settings).map((route) => placed(route, path)));
}

function routesOf(settings: Settings): FoundRoute[] {
  // What describes objects of Kubernetes or services of compose is read elsewhere.
  if (settings.root["apiVersion"] !== undefined) return [];
  if (isEnvoy(settings)) return readEnvoy(settings);
  if (isTraefik(settings)) return readTraefik(settings);
  return gateways.find((format) => format.is(settings))?.read(settings) ?? [];
}
