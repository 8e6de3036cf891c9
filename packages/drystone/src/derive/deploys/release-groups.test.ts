import { describe, expect, test } from "vitest";
import type { DeploymentFact } from "#model/facts.js";
import { releaseStructure, versionOf } from "./release-groups.js";

test.each<[string, string | null]>([
  ["shop/cart:${TAG}", "${TAG}"],
  ["${REPO:-shop}/cart:${TAG:-latest}", "${TAG}"],
  ["${IMAGE}:${VERSION}-cart", "${VERSION}"],
  ["shop/cart:$TAG", "${TAG}"],
  [
    "{{ .Values.repo }}/cart:{{.Values.image.tag | default .Chart.AppVersion }}",
    "{{ .Values.image.tag | default .Chart.AppVersion }}",
  ],
  ["{{ .Values.repo }}/cart:{{ $service.tag }}", null],
  ["shop/{{ .name }}:{{ .tag }}", null],
  ["shop/cart:{{ .Values.cart.tag }}", "{{ .Values.cart.tag }}"],
  ["registry:5000/shop/cart:v1.2.3", "v1.2.3"],
  ["registry:5000/shop/cart", null],
  ["shop/cart:latest", null],
  ["shop/cart:2@sha256:00ff", "2"],
  ["${CART_IMAGE}", null],
])("version of %s", (image, version) => expect(versionOf(image)?.text ?? null).toBe(version));

function deployments(
  lines: readonly (readonly [service: string, format: DeploymentFact["format"], file: string, image: string, line?: number])[],
): DeploymentFact[] {
  return lines.map(([service, format, file, image, line], index) => ({
    subject: service,
    format,
    repository: "shop",
    file,
    line: line ?? index + 1,
    variant: "",
    name: service,
    image,
    imageExpression: image,
    ports: [],
    exposed: false,
    volumes: [],
    networkMode: null,
    ipc: null,
  }));
}

const services = new Set(["a", "b", "c", "d"]);

describe("groups", () => {
  test.each<[string, Parameters<typeof deployments>[0], [string, string[]][]]>([
    [
      "one variable in a compose file",
      [
        ["a", "compose", "compose.yaml", "x/a:${TAG}"],
        ["b", "compose", "compose.yaml", "x/b:${TAG:-1}"],
        ["redis", "compose", "compose.yaml", "redis:${TAG}"],
      ],
      [["${TAG}", ["a", "b"]]],
    ],
    [
      "a variable each",
      [
        ["a", "compose", "compose.yaml", "x/a:${A}"],
        ["b", "compose", "compose.yaml", "x/b:${B}"],
      ],
      [],
    ],
    [
      "one value in a chart, over its templates",
      [
        ["a", "helm", "chart/templates/a.yaml", "x/a:{{ .Values.tag }}"],
        ["b", "helm", "chart/templates/sub/b.yaml", "x/b:{{ .Values.tag }}"],
      ],
      [["{{ .Values.tag }}", ["a", "b"]]],
    ],
    [
      "the same value of two charts",
      [
        ["a", "helm", "charts/a/templates/d.yaml", "x/a:{{ .Values.tag }}"],
        ["b", "helm", "charts/b/templates/d.yaml", "x/b:{{ .Values.tag }}"],
      ],
      [],
    ],
    [
      "one chart installed for each",
      [
        ["a", "helm", "chart/templates/d.yaml", "x/a:{{ .Values.tag }}", 7],
        ["b", "helm", "chart/templates/d.yaml", "x/b:{{ .Values.tag }}", 7],
      ],
      [],
    ],
    [
      "one written version in a file, three times",
      [
        ["a", "kubernetes", "all.yaml", "x/a:v1.0.3"],
        ["b", "kubernetes", "all.yaml", "x/b:v1.0.3"],
        ["c", "kubernetes", "all.yaml", "x/c:v1.0.3"],
      ],
      [["v1.0.3", ["a", "b", "c"]]],
    ],
    [
      "two of the same version are a coincidence",
      [
        ["a", "kubernetes", "all.yaml", "x/a:1.0"],
        ["b", "kubernetes", "all.yaml", "x/b:1.0"],
      ],
      [],
    ],
    [
      "written versions that differ",
      [
        ["a", "kubernetes", "all.yaml", "x/a:1.0"],
        ["b", "kubernetes", "all.yaml", "x/b:1.0"],
        ["c", "kubernetes", "all.yaml", "x/c:1.1"],
      ],
      [],
    ],
    [
      "the cluster counts, not the developer's machine",
      [
        ["a", "compose", "compose.yaml", "x/a:${TAG}"],
        ["b", "compose", "compose.yaml", "x/b:${TAG}"],
        ["a", "helm", "a/templates/d.yaml", "x/a:{{ .Values.a }}"],
        ["b", "helm", "b/templates/d.yaml", "x/b:{{ .Values.b }}"],
      ],
      [],
    ],
    [
      "written alike in the cluster, one variable in compose",
      [
        ["a", "compose", "compose.yaml", "x/a:${TAG}"],
        ["b", "compose", "compose.yaml", "x/b:${TAG}"],
        ["c", "compose", "compose.yaml", "x/c:${TAG}"],
        ["a", "kubernetes", "all.yaml", "x/a:1.0"],
        ["b", "kubernetes", "all.yaml", "x/b:1.0"],
        ["c", "kubernetes", "all.yaml", "x/c:1.0"],
      ],
      [["${TAG}", ["a", "b", "c"]]],
    ],
    [
      "latest everywhere",
      [
        ["a", "compose", "compose.yaml", "x/a:latest"],
        ["b", "compose", "compose.yaml", "x/b:latest"],
        ["c", "compose", "compose.yaml", "x/c:latest"],
      ],
      [],
    ],
  ])("%s", (_, lines, expected) => {
    expect(releaseStructure(deployments(lines), services).groups.map(({ version, services: own }) => [version, own])).toEqual(
      expected,
    );
  });
});
