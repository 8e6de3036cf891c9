import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { mayHoldKubernetes, readKubernetesFiles, type Workload } from "./index.js";

const estate = (files: Readonly<Record<string, string>>) =>
  readKubernetesFiles(new Map(Object.entries(files)), Object.keys(files));

/** One line for each workload, one for each variable. */
function shown(workloads: readonly Workload[]): string[] {
  return workloads.flatMap((workload) => [
    [
      workload.variant === "" ? workload.name : `${workload.name}/${workload.variant}`,
      workload.kind,
      workload.images.map(({ image, line }) => `${image}:${line}`).join("+"),
      `[${workload.aliases.join(" ")}]`,
      workload.ports.map(({ container, host }) => (host === null ? container : `${container}->${host}`)).join(),
      ...(workload.exposed ? ["exposed"] : []),
      `${workload.file}:${workload.line}`,
    ].join(" "),
    ...workload.environment.map(({ key, value, file, line, from }) => `  ${key}=${value ?? "?"} ${from} ${file}:${line}`),
  ]);
}

const deployment = (name: string, container: string, rest = "") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n${rest}      containers:\n        - name: ${name}\n${container}`;

const template = (image: string) => `template: {spec: {containers: [{name: a, image: ${image}}]}}`;

describe("plain objects", () => {
  test("environment of maps and secrets, services, routes, waits, volumes, sidecars", () => {
    const read = estate({
      "k8s/cart.yaml": `${deployment(
        "cart",
        `          image: shop/cart:1
          command: [/cart]
          args: [--port, "80"]
          envFrom:
            - configMapRef: {name: common}
            - prefix: CART_
              configMapRef: {name: cart}
          env:
            - name: HOST
              value: orders
            - name: ORDERS
              value: http://$(HOST):$(PORT)/$$(HOST)
            - name: DB_USER
              valueFrom: {secretKeyRef: {name: db, key: user}}
            - name: DB_PASSWORD
              valueFrom: {secretKeyRef: {name: db, key: password}}
            - name: MODE
              valueFrom: {configMapKeyRef: {name: cart, key: MODE}}
            - name: NODE
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
          ports: [{name: web, containerPort: 8080}]
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: conf, mountPath: /etc/cart}
            - {name: tmp, mountPath: /tmp}
            - {name: logs, mountPath: /logs, readOnly: true}
        - name: istio-proxy
          image: istio/proxy
          env: [{name: MESH, value: on}]
`,
        `      initContainers: [{name: wait, command: [sh, -c, "until nc -z db 5432; do sleep 1; done; until curl http://consul:8500; do :; done"]}]
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: cart-data}}
        - {name: conf, configMap: {name: cart}}
        - {name: tmp, emptyDir: {}}
        - {name: logs, hostPath: {path: /var/log}}
`,
      )}---
apiVersion: v1
kind: Service
metadata: {name: cart-api, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{port: 80, targetPort: web}]
---
apiVersion: v1
kind: Service
metadata: {name: everything}
spec: {type: ExternalName, externalName: db.example.com}
`,
      "k8s/config.yaml":
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: common}\n    data: {LEVEL: info}\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: cart}\n    data:\n      MODE: fast\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: db}\n    data: {user: c2hvcA==, password: c2VjcmV0}\n",
      "k8s/orders.yaml": deployment(
        "orders",
        "          image: shop/orders\n          envFrom: [{configMapRef: {name: common}}]\n",
      ),
      "k8s/ingress.yaml":
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /cart\n            backend:\n              service: {name: cart-api, port: {number: 80}}\n",
    });
    expect(read.problems).toEqual([]);
    expect(shown(read.workloads)).toEqual([
      "cart Deployment shop/cart:1:18+istio/proxy:45 [cart-api cart-api.shop cart-api.shop.svc.cluster.local] 8080 exposed k8s/cart.yaml:4",
      "  MESH=on shared k8s/cart.yaml:46",
      "  LEVEL=info shared k8s/config.yaml:7",
      "  CART_MODE=fast own k8s/config.yaml:12",
      "  HOST=orders own k8s/cart.yaml:26",
      "  ORDERS=http://orders:$(PORT)/$(HOST) own k8s/cart.yaml:28",
      "  DB_USER=shop own k8s/config.yaml:16",
      "  DB_PASSWORD=? own k8s/cart.yaml:32",
      "  MODE=fast own k8s/config.yaml:12",
      "  NODE=? own k8s/cart.yaml:36",
      "orders Deployment shop/orders:12 []  k8s/orders.yaml:4",
      "  LEVEL=info shared k8s/config.yaml:7",
    ]);
    const [cart] = read.workloads;
    expect(cart).toMatchObject({
      format: "kubernetes",
      command: ["/cart", "--port", "80"],
      dependsOn: [
        { name: "db", line: 10, alias: null, kind: "wait" },
        { name: "consul", line: 10, alias: null, kind: "wait" },
      ],
      volumes: [
        { name: "cart-data", kind: "claim", target: "/data", readOnly: false, line: 40 },
        { name: "/var/log", kind: "host", target: "/logs", readOnly: true, line: 43 },
      ],
    });
    expect(read.ingressRoutes).toEqual([
      { host: "shop.example.com", path: "/cart", service: "cart-api", port: 80, file: "k8s/ingress.yaml", line: 11 },
    ]);
    expect(read.externalNames).toEqual([{ name: "everything", host: "db.example.com", file: "k8s/cart.yaml", line: 57 }]);
  });

  test.each([
    [
      "Gateway API",
      "gateway.networking.k8s.io/v1\nkind: HTTPRoute",
      "hostnames: [a.example]\n  rules:\n    - matches: [{path: {value: /cart}}]\n      backendRefs: [{name: cart, port: 80}]",
      ["a.example /cart cart 80"],
    ],
    [
      "Istio",
      "networking.istio.io/v1\nkind: VirtualService",
      'hosts: ["*"]\n  gateways: [shop]\n  http:\n    - match: [{uri: {prefix: /cart}}, {uri: {exact: /c}}]\n      route: [{destination: {host: cart.shop.svc.cluster.local}}]',
      ["null /cart cart null", "null /c cart null"],
    ],
    [
      "Istio inside of the mesh",
      "networking.istio.io/v1\nkind: VirtualService",
      "hosts: [cart]\n  http: [{route: [{destination: {host: cart}}]}]",
      [],
    ],
    ["OpenShift", "route.openshift.io/v1\nkind: Route", "host: a.example\n  to: {name: cart}", ["a.example null cart null"]],
    [
      "Traefik",
      "traefik.io/v1alpha1\nkind: IngressRoute",
      'routes: [{match: "Host(`a.example`) && PathPrefix(`/cart`)", services: [{name: cart, port: 80}]}]',
      ["a.example /cart cart 80"],
    ],
    [
      "Contour",
      "projectcontour.io/v1\nkind: HTTPProxy",
      "virtualhost: {fqdn: a.example}\n  routes: [{conditions: [{prefix: /cart}], services: [{name: cart, port: 80}]}]",
      ["a.example /cart cart 80"],
    ],
    [
      "Emissary",
      "getambassador.io/v3alpha1\nkind: Mapping",
      "prefix: /cart/\n  service: http://cart.shop:80",
      ["null /cart/ cart 80"],
    ],
    [
      "APISIX",
      "apisix.apache.org/v2\nkind: ApisixRoute",
      "http: [{match: {paths: [/cart/*]}, backends: [{serviceName: cart, servicePort: 80}]}]",
      ["null /cart/* cart 80"],
    ],
    [
      "Ingress of old",
      "extensions/v1beta1\nkind: Ingress",
      "backend: {serviceName: cart, servicePort: 80}",
      ["null null cart 80"],
    ],
  ])("routes of %s", (_, head, spec, expected) => {
    const { ingressRoutes } = estate({ "k8s/route.yaml": `apiVersion: ${head}\nmetadata: {name: route}\nspec:\n  ${spec}\n` });
    expect(ingressRoutes.map(({ host, path, service, port }) => `${host} ${path} ${service} ${port}`)).toEqual(expected);
  });

  test("kinds of workloads; what has no image is a patch of something else", () => {
    const read = estate({
      "k8s/all.yaml": [
        `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {jobTemplate: {spec: {${template("shop/nightly")}}}}`,
        "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {containers: [{name: a, image: shop/pod}]}",
        `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: knative}\nspec: {${template("shop/knative")}}`,
        `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: rollout}\nspec: {${template('"{{ image }}"')}}`,
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: patch}\nspec: {template: {spec: {containers: [{name: a}]}}}",
      ].join("\n---\n"),
    });
    expect(read.workloads.map(({ name, image, job, exposed }) => ({ name, image, job, exposed }))).toEqual([
      { name: "nightly", image: "shop/nightly", job: true, exposed: false },
      { name: "pod", image: "shop/pod", job: false, exposed: false },
      { name: "knative", image: "shop/knative", job: false, exposed: true },
      { name: "rollout", image: null, job: false, exposed: false },
    ]);
  });

  test("the same workload elsewhere is a variant as far as it differs", () => {
    const read = estate({
      "deploy/prod/cart.yaml": deployment("cart", "          image: shop/cart:2\n"),
      "deploy/all/cart.yaml": deployment("cart", "          image: shop/cart:1\n"),
      "deploy/dev/cart.yaml": deployment("cart", "          image: shop/cart:1\n"),
    });
    expect(shown(read.workloads)).toEqual([
      "cart Deployment shop/cart:1:12 []  deploy/all/cart.yaml:4",
      "cart/prod Deployment shop/cart:2:12 []  deploy/prod/cart.yaml:4",
    ]);
  });
});

describe("kustomize", () => {
  test("base, generators, images, patches, components, names; components that nobody takes add what they hold", () => {
    const read = estate({
      "k8s/base/kustomization.yaml":
        'resources: [cart.yaml, db.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals:\n      - ORDERS=http://orders\n    files: [nginx.conf]\n    envs: [base.env]\nimages:\n  - {name: cart, newName: shop/cart, newTag: "2"}\n',
      "k8s/base/nginx.conf": "server {}\n",
      "k8s/base/base.env": "LEVEL=info\n",
      "k8s/base/cart.yaml": deployment(
        "cart",
        "          image: cart\n          envFrom: [{configMapRef: {name: settings}}]\n          env:\n            - name: DB\n              value: db\n",
      ),
      "k8s/base/db.yaml": deployment("db", "          image: postgres\n"),
      "k8s/prod/kustomization.yaml":
        "resources: [../base, https://example.com/x.yaml]\ncomponents: [../tracing]\nnamePrefix: prod-\npatchesStrategicMerge: [cart.yaml]\npatches:\n  - target: {kind: Deployment, name: cart}\n    patch: |-\n      - op: add\n        path: /spec/template/spec/containers/0/env/-\n        value: {name: MODE, value: fast}\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: db}\n      $patch: delete\n",
      "k8s/prod/cart.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env:\n            - name: DB\n              value: db.example.com\n",
      "k8s/tracing/kustomization.yaml":
        "kind: Component\nresources: [collector.yaml]\npatches: [{target: {labelSelector: tier=web}, path: missing.yaml}]\n",
      "k8s/tracing/collector.yaml": deployment("collector", "          image: otel/collector\n"),
    });
    expect(read.problems).toEqual([]);
    expect(shown(read.workloads)).toEqual([
      "cart Deployment shop/cart:2:12 []  k8s/base/cart.yaml:4",
      "  LEVEL=info own k8s/base/base.env:1",
      "  nginx.conf=server {}\n own k8s/base/nginx.conf:1",
      "  ORDERS=http://orders own k8s/base/kustomization.yaml:5",
      "  DB=db own k8s/base/cart.yaml:15",
      "db Deployment postgres:12 []  k8s/base/db.yaml:4",
      "collector/tracing Deployment otel/collector:12 []  k8s/tracing/collector.yaml:4",
      "cart/prod Deployment shop/cart:2:12 [prod-cart]  k8s/base/cart.yaml:4",
      "  LEVEL=info own k8s/base/base.env:1",
      "  nginx.conf=server {}\n own k8s/base/nginx.conf:1",
      "  ORDERS=http://orders own k8s/base/kustomization.yaml:5",
      "  DB=db.example.com own k8s/prod/cart.yaml:11",
      "  MODE=fast own k8s/prod/kustomization.yaml:10",
      "collector/prod Deployment otel/collector:12 [prod-collector]  k8s/tracing/collector.yaml:4",
    ]);
  });

  test("cycles, and paths that lead out of the repository or nowhere, are problems", () => {
    const read = estate({
      "a/kustomization.yaml": "resources: [../b, ../../outside, gone.yaml]\n",
      "b/kustomization.yaml": "resources: [../a]\n",
    });
    expect(read.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "a/kustomization.yaml: a/kustomization.yaml:1 names ../../outside, which is outside of the repository",
      "a/kustomization.yaml: a/kustomization.yaml:1 names gone.yaml, which does not exist",
      "a/kustomization.yaml: a/kustomization.yaml takes itself as a resource",
    ]);
  });
});

test.each([
  ["k8s/cart.yaml", "apiVersion: apps/v1\nkind: Deployment\n", true],
  ["chart/values.yaml", "a: 1\n", true],
  ["chart/templates/_helpers.tpl", "", true],
  ["deploy/base/app.properties", "", true],
  ["scripts/up.sh", "helm upgrade --install a b", true],
  ["scripts/up.sh", "echo", false],
  ["skaffold.yaml", "apiVersion: skaffold/v4\n", true],
  [".github/workflows/ci.yml", "on: push\n", false],
  ["src/app.ts", "apiVersion kind", false],
])("mayHoldKubernetes(%s)", (path, text, expected) => {
  expect(mayHoldKubernetes(path, text)).toBe(expected);
});

test("Skaffold: images and the folders they are built from", () => {
  const { builds } = estate({
    "skaffold.yaml":
      "apiVersion: skaffold/v4beta1\nbuild:\n  artifacts:\n    - image: cart\n      context: src/cart\n      docker: {dockerfile: prod.Dockerfile}\n    - {image: out, context: ../..}\n",
  });
  expect(builds).toEqual([
    { file: "skaffold.yaml", line: 4, image: "cart", folder: "src/cart", dockerfile: "src/cart/prod.Dockerfile" },
  ]);
});

test.each<[string, Record<string, string>]>([
  [
    "a patch of many levels",
    {
      "kustomization.yaml": `resources: [a.yaml]\npatches: [{target: {}, patch: '[{op: add, path: ${"/a".repeat(5000)}, value: 1}]'}]\n`,
      "a.yaml": deployment("a", "          image: a\n"),
    },
  ],
  [
    "names of the prototype",
    {
      "a.yaml": `${deployment("a", "          image: a\n          env: [{name: __proto__, value: constructor}]\n          envFrom: [{configMapRef: {name: __proto__}}]\n")}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: __proto__}\ndata: {__proto__: x, toString: y}\n`,
    },
  ],
  [
    "variables that grow",
    {
      "a.yaml": deployment(
        "a",
        `          image: a\n          env:\n${Array.from({ length: 60 }, (_, at) => `            - {name: V${at}, value: "$(V${at - 1})$(V${at - 1})x"}\n`).join("")}`,
      ),
    },
  ],
  [
    "shapes that are wrong",
    {
      "a.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: [name]\n---\napiVersion: v1\nkind: Service\nmetadata: {name: [a]}\nspec: 1\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\nspec: {template: {spec: {containers: [1, null, {image: {a: 1}, env: {A: 1}, ports: 80}]}}}\n",
    },
  ],
  ["one long line", { "a.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: ${"a".repeat(1_000_000)}}\n` }],
])("hostile: %s", (_, files) => {
  const spent = processorTime();
  expect(() => estate(files)).not.toThrow();
  expect(spent()).toBeLessThan(15_000);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test("what all kustomizations together build is bounded, and what is left out is named", () => {
  const maps = Array.from({ length: 2000 }, (_, at) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${at}}\n`);
  const overlays = Array.from({ length: 25 }, (_, at) => [`k/${at + 10}/kustomization.yaml`, "resources: [../base]\n"]);
  const { problems } = estate({
    "k/base/maps.yaml": maps.join(""),
    "k/base/kustomization.yaml": "resources: [maps.yaml]\n",
    ...Object.fromEntries(overlays),
  });
  expect(problems.map(({ message }) => message)).toEqual([
    "k/34/kustomization.yaml is left out: the kustomizations before it build 50000 objects",
  ]);
});
