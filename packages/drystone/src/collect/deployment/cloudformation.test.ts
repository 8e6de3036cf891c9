import { expect, test } from "vitest";
import { isCloudFormation, readCloudFormation } from "./index.js";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev }
Globals:
  Function:
    Runtime: nodejs20.x
    Environment:
      Variables: { TABLE: !Ref Orders }
Resources:
  Create:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/create/
      Handler: app.handler
      Environment:
        Variables:
          QUEUE_URL: !Ref Queue
          TOPIC: !Sub "arn:aws:sns:\${AWS::Region}:\${Topic.TopicName}-\${Stage}"
      Events:
        Post: { Type: Api, Properties: { Path: /orders, Method: post } }
        Work: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
  Inline:
    Type: AWS::Lambda::Function
    Properties: { Code: { ZipFile: "x" } }
  Orders:
    Type: AWS::DynamoDB::Table
  Queue:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub "orders-\${Stage}" }
  Topic:
    Type: AWS::SNS::Topic
  Fan:
    Type: AWS::SNS::Subscription
    Properties: { Protocol: sqs, TopicArn: !Ref Topic, Endpoint: !GetAtt Queue.Arn }
  Database:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, DBName: shop }
  Files:
    Type: AWS::S3::Bucket
    Properties: { BucketName: !Sub "files-\${AWS::AccountId}" }
`;

test("functions, what starts them, and stores", () => {
  const { functions, stores, problems } = readCloudFormation("orders/template.yaml", template);
  expect(problems).toEqual([]);
  expect(
    functions.map(({ name, folder, service, environment, httpEvents, triggers, exposed }) => ({
      name,
      folder,
      service,
      exposed,
      environment: environment.map(({ key, value, from }) => `${key}=${value} ${from}`),
      starts: [...httpEvents.map(({ method, path }) => `${method} ${path}`), ...triggers.map((one) => `${one.kind} ${one.name}`)],
    })),
  ).toEqual([
    {
      name: "Create",
      folder: "orders",
      service: "orders",
      exposed: true,
      environment: [
        "TABLE=Orders shared",
        "QUEUE_URL=orders-dev own",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what only a deployment knows stays as written
        "TOPIC=arn:aws:sns:${AWS::Region}:Topic-dev own",
      ],
      starts: ["POST /orders", "sqs orders-dev", "sns Topic"],
    },
  ]);
  expect(stores.map(({ name, kind, technology, database }) => [name, kind, technology, database])).toEqual([
    ["Orders", "table", "dynamodb", null],
    ["orders-dev", "topic", "sqs", null],
    ["Topic", "topic", "sns", null],
    ["Database", "datastore", "postgres", "shop"],
    ["Files", "bucket", "s3", null],
  ]);
});

test("JSON with references in full", () => {
  const text = JSON.stringify({
    Resources: {
      Pay: {
        Type: "AWS::Lambda::Function",
        Properties: { Code: "../pay", Environment: { Variables: { A: { "Fn::GetAtt": ["Q", "Arn"] }, B: { Ref: "Gone" } } } },
      },
      Q: { Type: "AWS::SQS::Queue" },
      Map: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: { FunctionName: { Ref: "Pay" }, EventSourceArn: { "Fn::GetAtt": ["Q", "Arn"] } },
      },
    },
  });
  const { functions } = readCloudFormation("infra/template.json", text);
  expect(
    functions.map(({ folder, environment, triggers }) => [folder, environment.map(({ value }) => value), triggers[0]?.name]),
  ).toEqual([["pay", ["Q", null], "Q"]]);
});

test.each([
  ["template.yaml", "Resources:\n  A: { Type: AWS::SQS::Queue }\n", true],
  ["package.json", '{ "Resources": { "A": { "Type": "AWS::SQS::Queue" } } }', false],
  ["cdk.out/a.template.json", '{ "Resources": { "A": { "Type": "AWS::SQS::Queue" } } }', false],
  ["values.yaml", "Resources:\n  cpu: 1\n", false],
])("%s may be one: %#", (path, text, is) => expect(isCloudFormation(path, text)).toBe(is));

test.each([
  "Resources: [AWS::A::B]",
  "Resources: { A: null, B: 1, C: { Type: AWS::Serverless::Function, Properties: [] } }",
  "Resources: { A: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref A } } }",
  "{",
])("%s does not throw", (text) => expect(() => readCloudFormation("t.yaml", text)).not.toThrow());
