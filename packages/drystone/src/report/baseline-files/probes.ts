/** Probes for the platform that a service runs on: alive and ready are two questions at two places. */
import { type GeneratedFile, notice, type ServicePlan } from "./plan.js";
import { yamlText } from "./yaml-text.js";

export function probeFile(plan: ServicePlan): GeneratedFile {
  return plan.platform === "compose"
    ? { path: `compose/${plan.name}.healthcheck.yaml`, text: composeHealth(plan) }
    : { path: `kubernetes/${plan.name}.probes.yaml`, text: kubernetesProbes(plan) };
}

/** A patch: `kubectl patch --patch-file`, or an entry of `patches` in a kustomization. */
function kubernetesProbes(plan: ServicePlan): string {
  const { container, port, name, workload } = plan;
  const shown = port ?? 8080;
  const assumed = port === null ? "# 8080 is assumed: no file says on which port it listens\n" : "";
  const ask = (path: string, service: string) =>
    plan.protocol === "grpc"
      ? `            grpc:\n              port: ${shown}\n              service: ${yamlText(service)}\n`
      : `            httpGet:\n              path: ${yamlText(path)}\n              port: ${shown}\n`;
  return `# ${notice}
# Put this into the Deployment of ${name}, or apply it as a patch: kubectl patch deployment ${workload} --patch-file ${name}.probes.yaml
${assumed}apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${yamlText(workload)}
spec:
  template:
    spec:
      containers:
        - name: ${yamlText(container)}
          # Alive: a restart would not help. Asks no other service.
          livenessProbe:
${ask(plan.livePath, "liveness")}            periodSeconds: 10
            timeoutSeconds: 1
            failureThreshold: 3
          # Ready: it can take requests now. 503 while it starts, drains or lacks what it needs.
          readinessProbe:
${ask(plan.readyPath, "readiness")}            periodSeconds: 5
            timeoutSeconds: 1
            failureThreshold: 2
          # Until it has started, the two others wait.
          startupProbe:
${ask(plan.livePath, "liveness")}            periodSeconds: 5
            failureThreshold: 30
`;
}

/** Compose knows one question only; the one about readiness decides when others may start. */
function composeHealth({ name, port, readyPath, protocol }: ServicePlan): string {
  const shown = port ?? 8080;
  const assumed = port === null ? "# 8080 is assumed: no file says on which port it listens\n" : "";
  const test =
    protocol === "grpc"
      ? `["CMD", "grpc_health_probe", "-addr=localhost:${shown}"]`
      : `["CMD-SHELL", ${JSON.stringify(`wget -q -T 2 -O /dev/null http://localhost:${shown}${readyPath} || exit 1`)}]`;
  return `# ${notice}
# docker compose -f docker-compose.yml -f ${name}.healthcheck.yaml up. Its image needs ${protocol === "grpc" ? "grpc_health_probe" : "wget"}.
${assumed}services:
  ${yamlText(name)}:
    healthcheck:
      test: ${test}
      interval: 10s
      timeout: 3s
      retries: 3
      start_period: 30s
`;
}
