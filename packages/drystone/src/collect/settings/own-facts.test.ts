import { describe, expect, test } from "vitest";
import {
  applicationName,
  configServerLocations,
  contextPath,
  ownPorts,
  readSettingsFile,
  rolesOfDependencies,
  type SettingsFile,
  storesOfDependencies,
  zuulIgnoresOthers,
} from "./index.js";

function files(...written: readonly (readonly [string, string])[]): SettingsFile[] {
  return written.flatMap(([path, text]) => readSettingsFile(path, text) ?? []);
}

test("name, context path and ports of a program", () => {
  const read = files(
    ["src/main/resources/application-docker.yml", "spring.application.name: other\nserver.port: ${PORT:9000}\n"],
    [
      "src/main/resources/application.yml",
      "spring.application.name: orders\nserver:\n  port: 8080\n  servlet.context-path: /orders/\n",
    ],
    [
      "Properties/launchSettings.json",
      '{ "profiles": { "a": { "applicationUrl": "https://localhost:5001;http://localhost:5000" } } }',
    ],
  );
  expect([applicationName(read), contextPath(read), ownPorts(read), zuulIgnoresOthers(read)]).toEqual([
    "orders",
    "/orders",
    [5000, 5001, 8080, 9000],
    false,
  ]);
  expect([applicationName([]), contextPath([]), ownPorts([])]).toEqual([null, "", []]);
});

test("where a configuration server looks", () => {
  const read = files([
    "config/src/main/resources/application.yml",
    "spring.cloud.config.server:\n  git.uri: https://github.com/x/config\n  native.searchLocations: classpath:/shared, file:./repo\n",
  ]);
  expect(configServerLocations(read).map(({ kind, location, folders, line }) => ({ kind, location, folders, line }))).toEqual([
    { kind: "git", location: "https://github.com/x/config", folders: [], line: 2 },
    { kind: "native", location: "classpath:/shared", folders: ["config/src/main/resources/shared"], line: 3 },
    { kind: "native", location: "file:./repo", folders: ["config/repo", "repo"], line: 3 },
  ]);
});

describe("dependencies", () => {
  test("roles", () => {
    const names = [
      "org.springframework.cloud:spring-cloud-starter-netflix-eureka-client",
      "org.springframework.cloud:spring-cloud-starter-config",
      "prom-client",
      "express",
    ];
    expect(rolesOfDependencies(names).map(({ role, technology }) => `${role} ${technology}`)).toEqual([
      "discovery-client eureka",
      "config-client spring-cloud-config",
      "metrics-endpoint prometheus",
    ]);
  });

  test("stores", () => {
    const names = [
      "mysql:mysql-connector-java",
      "org.postgresql:postgresql",
      "com.h2database:h2",
      "mongoose",
      "psycopg2-binary",
      "celery[redis]",
      "Npgsql.EntityFrameworkCore.PostgreSQL",
      "github.com/jackc/pgx/v5",
      "@nestjs/mongoose",
      "lodash",
    ];
    expect(storesOfDependencies(names).map(({ technology }) => technology)).toEqual([
      "mysql",
      "postgresql",
      "in-memory",
      "mongodb",
      "postgresql",
      "postgresql",
      "postgresql",
      "mongodb",
    ]);
  });
});
