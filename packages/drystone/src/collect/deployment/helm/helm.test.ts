import { describe, expect, test } from "vitest";
import { processorTime } from "../../../../test/fakes/index.js";
import { readKubernetesFiles } from "../index.js";
import { rendering, renderTemplate } from "./evaluate.js";
import { readMarks } from "./marks.js";
import { parseTemplate } from "./parse-template.js";
import { toValue } from "./value.js";

function rendered(template: string, root: unknown = {}): { text: string; unknown: string[] } {
  const { nodes, defines } = parseTemplate(template);
  const dot = toValue(root);
  const run = rendering(new Map([...defines].map(([name, body]) => [name, { nodes: body, file: 1 }])), dot);
  return { text: readMarks(renderTemplate({ nodes, file: 0 }, dot, run)).text, unknown: [...run.unknown] };
}

describe("templates", () => {
  test.each<[string, string, string]>([
    ["values and pipes", '{{ .Values.a.b | default "x" | quote }} {{ .Values.none | default "x" | upper }}', '"1" X'],
    ["white space", "a\n  {{- if true }}\n  b\n  {{- end }}\nc", "a\n  b\nc"],
    ["comments", "a{{/* {{ no }} */}}b\n{{- /* gone */ -}}\n c", "abc"],
    [
      "else if",
      "{{ if eq .Values.a.b 2 }}two{{ else if and (ne .Values.a.b 3) (not false) }}other{{ else }}none{{ end }}",
      "other",
    ],
    ["range over maps, sorted, with variables", "{{ range $k, $v := .Values.m }}{{ $k }}={{ $v }};{{ end }}", "x=1;y=2;"],
    [
      "range over lists, with break and else",
      "{{ range .Values.l }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}{{ range .Values.none }}{{ else }}-{{ end }}",
      "12-",
    ],
    [
      "with, the root, and assignment",
      '{{ $s := "a" }}{{ with .Values.a }}{{ $s = printf "%s-%d" $.Values.n .b }}{{ end }}{{ $s }}',
      "shop-1",
    ],
    [
      "include, indented",
      '{{ define "e" }}\n- name: A\n  value: {{ .n }}\n{{ end }}env:{{ include "e" .Values | trim | nindent 2 }}',
      "env:\n  - name: A\n    value: shop",
    ],
    ["toYaml", "{{ toYaml .Values.y | nindent 1 }}", "\n a:\n - b: '{{ x }}'\n   c: []\n - \"true\"".replace('"true"', "'true'")],
    ["tpl", '{{ tpl "{{ .n }}-{{ .a.b }}" .Values }}', "shop-1"],
    [
      "dicts",
      '{{ $d := dict "a" 1 }}{{ $_ := set $d "b" (list 1 2) }}{{ hasKey $d "b" }} {{ index $d.b 1 }} {{ (get $d "a") }} {{ keys $d | sortAlpha | join "," }}',
      "true 2 1 a,b",
    ],
    [
      "texts",
      '{{ "a_b" | replace "_" "-" | trimSuffix "-b" }} {{ trunc 2 "abc" }} {{ b64enc "a" }} {{ contains "b" "abc" }} {{ ternary "y" "n" true }} {{ regexReplaceAll "\\\\W+" "a.b" "-" }}',
      "a ab YQ== true y a-b",
    ],
    [
      "numbers and versions",
      '{{ add 1 2 | int }} {{ len .Values.l }} {{ semverCompare ">=1.19-0" "v1.31.0" }} {{ semverCompare "<1.14 || ^2.0" "1.31.0" }}',
      "3 3 true false",
    ],
    ["raw texts with braces", '{{ `{{ .x }}` }}{{ "}}" }}', "{{ .x }}}}"],
    ["fields of calls", "{{ (index .Values.maps 0).k }}{{ ((.Values.none).x).y }}", "v"],
  ])("%s", (_, template, expected) => {
    const values = {
      n: "shop",
      a: { b: 1 },
      m: { y: 2, x: 1 },
      l: [1, 2, 3],
      y: { a: [{ b: "{{ x }}", c: [] }, "true"] },
      maps: [{ k: "v" }],
    };
    expect(rendered(template, { Values: values })).toEqual({ text: expected, unknown: [] });
  });

  test("what is not known prints nothing and is noted", () => {
    expect(rendered('a{{ genCA "x" }}{{ include "none" . }}b{{ env "HOME" }}')).toEqual({
      text: "ab",
      unknown: ["function genCA", "template none", "function env"],
    });
  });

  test.each<[string, string]>([
    ["an include of itself", '{{ define "a" }}{{ include "a" . }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
    ["a template in itself", '{{ $t := "{{ tpl .t . }}{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}'],
    ["loops in loops", `${"{{ range until 1000 }}".repeat(9)}x${"{{ end }}".repeat(9)}`],
    [
      "a map in itself",
      '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $_ := set $d "b" $d }}{{ toYaml $d | len }}{{ toJson $d | len }}{{ deepCopy $d | len }}{{ merge $d $d | len }}{{ $d }}',
    ],
    ["lists that double", `{{ $l := list "x" }}${"{{ $l = list $l $l $l }}".repeat(40)}{{ $l }}{{ toJson $l | len }}`],
    ["texts that double", `{{ $s := "x" }}${'{{ $s = printf "%s%s%s" $s $s $s }}'.repeat(60)}{{ len $s }}`],
    [
      "repetition and indentation",
      '{{ repeat 1000000000 "ab" | len }}{{ indent 1000000000 "a" | len }}{{ printf "%999999999d" 1 | len }}',
    ],
    ["a pattern that runs away", '{{ regexMatch "^(a+)+$" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" }}'],
    ["deep nesting", `${"{{ if true }}".repeat(50_000)}x${"{{ end }}".repeat(50_000)}`],
    ["deep brackets", `{{ ${"(".repeat(50_000)}1 }}`],
    ["many else", `{{ if false }}${"{{ else if false }}".repeat(20_000)}{{ end }}`],
    ["no end", `{{ if true }}{{ range .x }}{{ define "a" }}{{ "${"x".repeat(1_000_000)}`],
    ["ends without a start", "{{ end }}".repeat(50_000)],
    ["signs of ours", "\uE000999999.1\uE001 {{ .x }}"],
  ])("hostile: %s", (_, template) => {
    const spent = processorTime();
    expect(rendered(template, {}).text.length).toBeLessThan(10_000_000);
    expect(spent()).toBeLessThan(15_000);
  });
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "name" . }}
spec:
  template:
    metadata: { labels: { app: {{ .Chart.Name }} } }
    spec:
      containers:
        - name: main
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            {{- range $key, $value := .Values.env }}
            - name: {{ $key }}
              value: {{ tpl $value $ | quote }}
            {{- end }}
`;
const helpers =
  '{{- define "name" -}}{{ if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}{{- end -}}';
const chart = (name: string, rest = "") => `apiVersion: v2\nname: ${name}\nappVersion: "7"\n${rest}`;

function charts(files: Record<string, string>): { workloads: string[]; problems: string[] } {
  const { workloads, problems } = readKubernetesFiles(new Map(Object.entries(files)), Object.keys(files));
  return {
    workloads: workloads.flatMap(({ name, variant, chart: of, image, aliases, file, line, environment }) => [
      `${name}${variant === "" ? "" : `/${variant}`} of ${of} ${image} [${aliases.join(" ")}] ${file}:${line}`,
      ...environment.map((entry) => `  ${entry.key}=${entry.value} ${entry.file}:${entry.line}`),
    ]),
    problems: problems.map(({ message }) => message),
  };
}

describe("charts", () => {
  test("values, variants, lines of the values that a template prints", () => {
    expect(
      charts({
        "cart/Chart.yaml": chart("cart"),
        "cart/values.yaml": "image:\n  repository: shop/cart\nenv:\n  DB: '{{ .Release.Name }}-db'\n",
        "cart/values-prod.yaml": "image: { tag: '8' }\n",
        "cart/templates/_helpers.tpl": helpers,
        "cart/templates/deployment.yaml": deployment,
        "cart/templates/tests/test.yaml":
          "apiVersion: v1\nkind: Pod\nmetadata: {name: test}\nspec: {containers: [{image: busybox}]}\n",
      }),
    ).toEqual({
      workloads: [
        "cart of cart shop/cart:7 [] cart/templates/deployment.yaml:4",
        "  DB=cart-db cart/values.yaml:4",
        "cart/prod of cart shop/cart:8 [] cart/templates/deployment.yaml:4",
        "  DB=cart-db cart/values.yaml:4",
      ],
      problems: [],
    });
  });

  test("parts with values of their parent, switched off, from elsewhere, libraries", () => {
    expect(
      charts({
        "shop/Chart.yaml": chart(
          "shop",
          "dependencies:\n  - { name: cart, repository: 'file://../cart' }\n  - { name: cart, alias: basket, repository: 'file://../cart', condition: basket.enabled }\n  - { name: redis, repository: 'https://charts.bitnami.com/bitnami' }\n  - { name: lib, repository: 'file://../lib' }\n",
        ),
        "shop/values.yaml": "cart: { image: { tag: '9' } }\nbasket: { enabled: false }\nglobal: { mode: fast }\n",
        "cart/Chart.yaml": chart("cart"),
        "cart/values.yaml": "image: { repository: shop/cart }\nenv: { MODE: '{{ .Values.global.mode }}' }\n",
        "cart/templates/deployment.yaml": deployment,
        "lib/Chart.yaml": chart("lib", "type: library\n"),
        "lib/templates/_helpers.tpl": helpers,
      }),
    ).toEqual({
      workloads: [
        "cart of cart shop/cart:9 [shop-cart] cart/templates/deployment.yaml:4",
        "  MODE=fast cart/values.yaml:2",
        "redis of shop bitnami/redis [shop-redis shop-redis-master shop-redis-primary shop-redis-headless] shop/Chart.yaml:7",
      ].map((line) => line.replace("  MODE=fast cart/values.yaml:2", "  MODE=fast cart/templates/deployment.yaml:14")),
      problems: [],
    });
  });

  test("one template for all services stands where the values name them", () => {
    expect(
      charts({
        "shop/Chart.yaml": chart("shop"),
        "shop/values.yaml":
          "services:\n  cart:\n    image: shop/cart\n  orders:\n    image: shop/orders\n    env:\n      - name: CART\n        value: http://cart\n",
        "shop/templates/all.yaml":
          "{{- range $name, $service := .Values.services }}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ $name }}\nspec:\n  template:\n    spec:\n      containers:\n        - name: {{ $name }}\n          image: {{ $service.image }}\n          env:\n            {{- toYaml $service.env | nindent 12 }}\n{{- end }}\n",
      }),
    ).toEqual({
      workloads: [
        "cart of shop shop/cart [] shop/values.yaml:2",
        "orders of shop shop/orders [] shop/values.yaml:4",
        "  CART=http://cart shop/values.yaml:7",
      ],
      problems: [],
    });
  });

  test.each<[string, Record<string, string>]>([
    [
      "helmfile",
      {
        "helmfile.yaml":
          "releases:\n  - { name: cart, chart: ./service, values: [values/cart.yaml] }\n  - { name: orders, chart: ./service, values: [{ image: { repository: shop/orders } }] }\n",
      },
    ],
    [
      "Skaffold",
      {
        "skaffold.yaml":
          "apiVersion: skaffold/v4\nmanifests:\n  helm:\n    releases:\n      - { name: cart, chartPath: service, valuesFiles: [values/cart.yaml] }\n      - { name: orders, chartPath: service, setValues: { image.repository: shop/orders } }\n",
      },
    ],
    [
      "a script",
      {
        "deploy.sh":
          "helm upgrade --install cart ./service -f values/cart.yaml\nhelm install orders service \\\n  --set image.repository=shop/orders,x=$Y\nhelm install $NAME ./service\n",
      },
    ],
    [
      "Argo CD",
      {
        "argo.yaml":
          "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: cart}\nspec: {source: {path: service, helm: {valueFiles: [../values/cart.yaml]}}}\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: orders}\nspec: {source: {path: service, helm: {values: 'image: {repository: shop/orders}'}}}\n",
      },
    ],
    [
      "Flux",
      {
        "flux.yaml":
          "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cart}\nspec: {chart: {spec: {chart: ./service}}, values: {image: {repository: shop/cart}}}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: orders}\nspec: {chart: {spec: {chart: ./service}}, values: {image: {repository: shop/orders}}}\n",
      },
    ],
  ])("a chart for many releases: %s", (_, files) => {
    expect(
      charts({
        ...files,
        "values/cart.yaml": "image: { repository: shop/cart }\n",
        "service/Chart.yaml": chart("service"),
        "service/templates/deployment.yaml": deployment.replace('include "name" .', ".Release.Name"),
      }),
    ).toEqual({
      workloads: [
        "cart of service shop/cart:7 [] service/templates/deployment.yaml:4",
        "orders of service shop/orders:7 [] service/templates/deployment.yaml:4",
      ],
      problems: [],
    });
  });

  test("values that charts share stand around them; a template that cannot be read is a problem", () => {
    expect(
      charts({
        "helm/shared.yaml": "hosts: { db: sql }\n",
        "helm/cart/Chart.yaml": chart("cart"),
        "helm/cart/values.yaml": "env: { DB: '{{ .Values.hosts.db }}' }\nimage: { repository: cart }\n",
        "helm/cart/templates/a.yaml": deployment.replace('include "name" .', ".Release.Name"),
        "helm/cart/templates/broken.yaml": "apiVersion: v1\nkind: Deployment\nmetadata: {{ toYaml . }}: [\n",
      }),
    ).toEqual({
      workloads: ["cart of cart cart:7 [] helm/cart/templates/a.yaml:4", "  DB=sql helm/cart/templates/a.yaml:14"],
      problems: [expect.stringMatching(/^helm\/cart\/templates\/broken\.yaml:\d+ could not be rendered: /)],
    });
  });
});
