/** Databases, caches, queues, topics and buckets that a template of CloudFormation makes. */
import { record, type YamlDocument } from "../yaml/index.js";
import type { Resolve } from "./cloudformation-values.js";
import { type TerraformStore, technologyOf } from "./terraform/stores.js";

/** Resources by type. Technology, or the property that says it and what holds without it. */
const types: ReadonlyMap<
  string,
  { readonly kind: TerraformStore["kind"]; readonly technology: string; readonly engine: string | null }
> = new Map(
  (
    [
      ["AWS::RDS::DBInstance", "datastore", "rds", "Engine"],
      ["AWS::RDS::DBCluster", "datastore", "aurora", "Engine"],
      ["AWS::DocDB::DBCluster", "datastore", "mongodb", null],
      ["AWS::Neptune::DBCluster", "datastore", "neptune", null],
      ["AWS::Redshift::Cluster", "datastore", "redshift", null],
      ["AWS::OpenSearchService::Domain", "datastore", "opensearch", null],
      ["AWS::Elasticsearch::Domain", "datastore", "elasticsearch", null],
      ["AWS::DynamoDB::Table", "table", "dynamodb", null],
      ["AWS::DynamoDB::GlobalTable", "table", "dynamodb", null],
      ["AWS::Serverless::SimpleTable", "table", "dynamodb", null],
      ["AWS::ElastiCache::CacheCluster", "cache", "redis", "Engine"],
      ["AWS::ElastiCache::ReplicationGroup", "cache", "redis", "Engine"],
      ["AWS::MemoryDB::Cluster", "cache", "redis", null],
      ["AWS::SQS::Queue", "topic", "sqs", null],
      ["AWS::SNS::Topic", "topic", "sns", null],
      ["AWS::Kinesis::Stream", "topic", "kinesis", null],
      ["AWS::Events::EventBus", "broker", "eventbridge", null],
      ["AWS::MSK::Cluster", "broker", "kafka", null],
      ["AWS::AmazonMQ::Broker", "broker", "activemq", "EngineType"],
      ["AWS::S3::Bucket", "bucket", "s3", null],
    ] as const
  ).map(([type, kind, technology, engine]) => [type, { kind, technology, engine }]),
);

/** @param resources entries of `Resources`. A member of a cluster is no store of its own. */
export function cloudFormationStores(
  file: string,
  document: YamlDocument,
  resources: readonly (readonly [string, unknown])[],
  resolve: Resolve,
): TerraformStore[] {
  return resources.flatMap(([id, value]) => {
    const { Type: type, Properties: properties } = record(value);
    const known = typeof type === "string" ? types.get(type) : undefined;
    const options = record(properties);
    if (known === undefined || (type === "AWS::RDS::DBInstance" && "DBClusterIdentifier" in options)) return [];
    const engine = known.engine === null ? null : resolve(options[known.engine]);
    return [
      {
        name: resolve(id) ?? id,
        kind: known.kind,
        technology: engine === null || engine === "" ? known.technology : technologyOf(engine),
        database: resolve(options["DBName"] ?? options["DatabaseName"]),
        address: id,
        file,
        line: document.lineOf(["Resources", id]),
      },
    ];
  });
}
