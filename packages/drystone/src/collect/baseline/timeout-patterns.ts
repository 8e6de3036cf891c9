/** What keeps a caller from waiting for ever: timeouts, deadlines, circuit breakers. */
import type { Pattern } from "./pattern.js";

const timeout = (subject: string, reach: "file" | "component", words: readonly string[], line: RegExp): Pattern => ({
  kind: "timeout",
  subject,
  reach,
  words,
  line,
});

export const timeoutPatterns: readonly Pattern[] = [
  // JavaScript, Python, PHP, Ruby: an option of the call or of the client.
  timeout(
    "timeout",
    "file",
    ["imeout"],
    /(?:^|[\s{(,])["']?(?:timeout|requestTimeout|timeoutMs|timeout_seconds|open_timeout|read_timeout|connect_timeout)["']?\s{0,3}(?::|=>|=)\s{0,3}(?:\(|\d|[A-Za-z_][\w.]{0,60}(?:timeout|TIMEOUT|Timeout|ms|seconds))/,
  ),
  // Clients that give up by themselves: after 5 s, after 10 s.
  {
    ...timeout(
      "the default of httpx",
      "file",
      ["httpx."],
      /\bhttpx\.(?:AsyncClient|Client|get|post|put|patch|delete|head|options|request|stream)\(/,
    ),
    languages: ["python"],
    not: /\btimeout\s{0,3}=\s{0,3}None\b/,
  },
  {
    ...timeout("the default of OkHttp", "file", ["OkHttpClient"], /\bOkHttpClient(?:\.Builder)?\(\)/),
    not: /[tT]imeout\(\s{0,3}0\b/,
  },
  timeout("AbortSignal.timeout", "file", ["AbortSignal.timeout"], /\bAbortSignal\.timeout\(/),
  timeout("axios.defaults.timeout", "component", ["axios.defaults.timeout"], /\baxios\.defaults\.timeout\s{0,3}=/),
  timeout("HttpModule timeout", "component", ["HttpModule"], /\bHttpModule\.register(?:Async)?\(.{0,80}timeout/),
  timeout(
    "circuit breaker",
    "file",
    ["CircuitBreaker"],
    /\bnew\s{1,3}(?:\w{1,20}\.)?CircuitBreaker\(|@(?:CircuitBreaker|circuit)\b|\bCircuitBreaker(?:Factory|Registry)\b/,
  ),
  timeout("deadline", "file", ["deadline", "Deadline"], /\bdeadline\s{0,3}[:=]|\bwithDeadline(?:After)?\(|\bset_deadline\(/),
  // Go
  timeout("context.WithTimeout", "file", ["context.With"], /\bcontext\.With(?:Timeout|Deadline)\(/),
  timeout(
    "http.Client Timeout",
    "file",
    ["Timeout:"],
    /\bTimeout:\s{0,10}(?:\d|[\w.]{0,40}(?:time\.|imeout|Second|Millisecond))/,
  ),
  timeout(
    "circuit breaker",
    "component",
    ["gobreaker", "hystrix.Go", "hystrix.Do"],
    /\bgobreaker\.New|\bhystrix\.(?:Go|Do|ConfigureCommand)\(/,
  ),
  // JVM
  timeout(
    "client timeout",
    "component",
    ["setConnectTimeout", "setReadTimeout", "eadTimeout(", "responseTimeout(", "onnectTimeout(", "callTimeout("],
    /\.(?:set(?:Connect|Read|Connection)(?:Request)?Timeout|(?:read|connect|response|call)Timeout)\(/,
  ),
  timeout("timeout", "file", [".timeout("], /\.timeout\(\s{0,3}(?:Duration|\d|java\.time|std::time|Self::|[A-Z_]{3,40}\b)/),
  timeout(
    "Hystrix",
    "file",
    ["HystrixCommand", "TimeLimiter"],
    /@(?:HystrixCommand|TimeLimiter|Timeout)\b|\bextends\s{1,3}HystrixCommand\b/,
  ),
  timeout("reactive circuit breaker", "file", ["ircuitBreakerFactory"], /\b\w{0,30}[cC]ircuitBreakerFactory\b/),
  timeout(
    "settings of the client",
    "component",
    ["imeout"],
    /\b(?:feign|ribbon|hystrix|spring\.cloud\.openfeign|resilience4j)\b.{0,120}?[tT]imeout|^\s{0,40}(?:ReadTimeout|ConnectTimeout|readTimeout|connectTimeout|read-timeout|connect-timeout|timeoutInMilliseconds|timeout-duration|timeoutDuration)["']?\s{0,3}:/,
  ),
  timeout(
    "circuit breaker of Feign",
    "component",
    ["feign", "circuitbreaker"],
    /\bfeign\.(?:hystrix|circuitbreaker)\.enabled\s{0,3}[=:]\s{0,3}true|\bcircuitbreaker\.enabled\s{0,3}[=:]\s{0,3}true/,
  ),
  timeout("resilience4j", "component", ["resilience4j."], /^\s{0,20}resilience4j[.:]/),
  // .NET
  timeout(
    "resilience handler",
    "component",
    ["esilienceHandler(", "AddPolicyHandler(", "AddTransientHttpErrorPolicy(", "UseHttpRetry"],
    /\b(?:AddStandardResilienceHandler|AddResilienceHandler|AddPolicyHandler|AddTransientHttpErrorPolicy)\(/,
  ),
  timeout(
    "Polly",
    "component",
    ["Polly", "Policy", "ircuitBreaker"],
    /\bPolicy(?:\.|<).{0,60}\.?(?:Timeout|CircuitBreaker)(?:Async)?\(|\.CircuitBreakerAsync\(/,
  ),
  timeout("HttpClient.Timeout", "file", ["Timeout ="], /\.Timeout\s{0,3}=\s{0,3}TimeSpan/),
  timeout("QoS of the gateway", "component", ["TimeoutValue"], /"TimeoutValue"\s{0,3}:\s{0,3}\d/),
  // nginx before it
  timeout("proxy timeout", "component", ["proxy_read_timeout", "proxy_connect_timeout"], /\bproxy_(?:read|connect)_timeout\b/),
];
