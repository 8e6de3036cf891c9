/** Readers of configurations of proxies and gateways: who passes what on to whom. */
export type { ProxyRoute } from "./proxy-route.js";
export { isProxyConfig, readProxyConfig } from "./read-proxy-config.js";
