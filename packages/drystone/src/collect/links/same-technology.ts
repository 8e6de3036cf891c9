/** Names of one technology: those that speak the same protocol are one. */
export function sameTechnology(a: string | null, b: string): boolean {
  if (a === null) return false;
  return familyOf(a) === familyOf(b);
}

function familyOf(name: string): string {
  return families.get(name.toLowerCase()) ?? name.toLowerCase();
}

const families: ReadonlyMap<string, string> = new Map([
  ["mariadb", "mysql"],
  ["postgres", "postgresql"],
  ["cockroachdb", "postgresql"],
  ["timescaledb", "postgresql"],
  ["valkey", "redis"],
  ["mongo", "mongodb"],
  ["mssql", "sqlserver"],
  ["opensearch", "elasticsearch"],
  ["amqp", "rabbitmq"],
  ["redpanda", "kafka"],
  ["minio", "s3"],
]);
