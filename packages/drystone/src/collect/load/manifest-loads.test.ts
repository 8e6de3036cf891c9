import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { componentNames } from "#collect/records/index.js";
import { component } from "#derive/calls/fixtures/index.js";
import type { DeploymentFact } from "#model/facts.js";
import { manifestLoads } from "./index.js";

const place = (file: string, format: DeploymentFact["format"]): DeploymentFact => ({
  subject: "component:default/orders",
  format,
  repository: "shop",
  file,
  line: 1,
  variant: "",
  name: "orders",
  image: null,
  imageExpression: null,
  ports: [],
  exposed: false,
  volumes: [],
  networkMode: null,
  ipc: null,
});

test("replicas of workloads and of compose, limits of autoscalers; not of templates and of other folders", () => {
  const tree = textTree("shop", {
    "k8s/orders.yaml":
      "kind: Deployment\nmetadata: { name: orders }\nspec:\n  replicas: 3\n---\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef: { kind: Deployment, name: orders }\n  minReplicas: 2\n  maxReplicas: 9\n",
    "k8s/keda.yaml": "kind: ScaledObject\nspec:\n  scaleTargetRef: { name: ghost }\n  maxReplicaCount: 4\n",
    "k8s/odd.yaml": "kind: Deployment\nmetadata: { name: orders }\nspec: { replicas: many }\n",
    "compose.yaml": "services:\n  orders:\n    deploy: { replicas: 2 }\n",
    "chart/templates/orders.yaml": "kind: Deployment\nmetadata: { name: orders }\nspec: { replicas: 7 }\n",
    "docs/orders.yaml": "kind: Deployment\nmetadata: { name: orders }\nspec: { replicas: 8 }\n",
  });
  const loads = manifestLoads(
    [tree],
    [place("k8s/orders.yaml", "kubernetes"), place("compose.yaml", "compose")],
    componentNames([component("orders")], []),
  );
  expect(
    loads.map(({ component: ref, service, measure, points, source, evidence }) => [
      ref !== null,
      service,
      measure,
      points[0]?.[1],
      source,
      evidence[0]?.type === "declaration" ? evidence[0].line : 0,
    ]),
  ).toEqual([
    [true, "orders", "replicas", 2, "compose.yaml", 3],
    [false, "ghost", "maxReplicas", 4, "k8s/keda.yaml", 4],
    [true, "orders", "replicas", 3, "k8s/orders.yaml", 4],
    [true, "orders", "minReplicas", 2, "k8s/orders.yaml", 9],
    [true, "orders", "maxReplicas", 9, "k8s/orders.yaml", 10],
  ]);
});
