import { expect, test } from "vitest";
import { mulberry32, randomIndex } from "#util/random.js";
import { processorTime } from "../../../../test/fakes/index.js";
import { readSource } from "../source.js";
import { java } from "./index.js";

const words =
  '@ ( ) { } [ ] < > , ; . = : + " \' \\ / * \n \t - > -> class interface record fun val new return for String @GetMapping @RequestMapping( @Value("${ @FeignClient( @KafkaListener(topics= @Query( restTemplate . exchange( .uri( .path( RouteLocator RouterFunction .route( kafkaTemplate.send( rabbitTemplate.convertAndSend( String.format( System.getenv("A") == null ? UriComponentsBuilder.from( .builder() subscribe( import org.apache.kafka.x; import io.micronaut.http.x; import io.eventuate.x; retrofit2 WebClient RestTemplate "http://%s/" ${a:${b:${ enum static final a b A B __proto__ constructor 1'.split(
    " ",
  );

/** Milliseconds of processor time of all detectors together on a text. */
function timeOf(language: "java" | "kotlin" | "scala" | "xml", text: string): number {
  const source = readSource(`A.${language}`, text, language);
  const spent = processorTime();
  for (const detector of java) if (detector.languages.includes(language)) detector.detect(source, () => undefined);
  return spent();
}

test.each([1, 2, 3, 4])("any mixture of words is read without an error, seed %i", (seed) => {
  const random = mulberry32(seed);
  const text = Array.from({ length: 6000 }, () => words[randomIndex(random, words.length)] + (random() < 0.5 ? " " : "")).join(
    "",
  );
  for (const language of ["java", "kotlin", "scala", "xml"] as const) expect(() => timeOf(language, text)).not.toThrow();
});

const long: [string, string][] = [
  ["opening brackets", "(".repeat(200_000)],
  ["opening braces", "{ ".repeat(100_000)],
  ["annotations", "@GetMapping ".repeat(16_000)],
  ["annotations with arguments", "@A(b = {c, d}) ".repeat(13_000)],
  ["unclosed annotations", '@RequestMapping(value = {"/a", '.repeat(6000)],
  ["one long name", "a".repeat(200_000)],
  ["blanks", `RestTemplate WebClient ${" ".repeat(200_000)}`],
  ["line breaks", `RouterFunction io.micronaut.http ${"\n".repeat(200_000)}`],
  ["chains", `RestTemplate WebClient retrofit2 springframework.amqp a${".b()".repeat(50_000)}`],
  ["calls", `RestTemplate ${"restTemplate.exchange(a, ".repeat(8000)}`],
  ["requests", `WebClient ${'c.get().uri("/a/" + b).retrieve(); '.repeat(5500)}`],
  ["getters", `Props props; ${"props.getUrl(); ".repeat(12_000)}`],
  ["small methods", `String url(String a) { return url(a) + url(a); } ${"url(url(x)); ".repeat(15_000)}`],
  ["placeholders", `@Value("${"${a:".repeat(40_000)}") String x;`],
  ["builders", `UriComponentsBuilder.fromUri(a)${'.path("/x")'.repeat(18_000)}`],
  ["channels of imports", "import org.apache.kafka.x; ".repeat(7000)],
  ["feign", "RestTemplate Feign ".repeat(10_000)],
  ["generics", "class A<".repeat(25_000)],
  ["Okhttp", "okhttp Request.Builder() ".repeat(8000)],
  ["otlp", "opentelemetry.exporter OtlpGrpcSpanExporter.builder() ".repeat(4000)],
  ["data sources", "DataSourceBuilder ".repeat(11_000)],
];

test.each(long)("200 kB of %s are read in time", (_, text) => {
  // Measured: below 300 ms for the whole pack.
  for (const language of ["java", "kotlin"] as const) expect(timeOf(language, text.slice(0, 200_000))).toBeLessThan(10_000);
});
