/** Programs that people install and start themselves: made with what reads options or draws on a screen, and nothing hints that they answer others. */
import type { BuildManifest, Dependency } from "#collect/manifests/index.js";
import { wordsOf } from "#util/words.js";

/** An executable of Cargo or .NET for people, that depends on nothing a server, a worker or a consumer is made with. */
export function isTool(manifest: BuildManifest): boolean {
  const { ecosystem, executable, dependencies } = manifest;
  if (!isForPeople(manifest)) return false;
  if (ecosystem === "cargo") return !dependsOn(dependencies, rustServers);
  return (
    ecosystem === "dotnet" &&
    /an (?:executable|application of Windows)$/.test(executable?.reason ?? "") &&
    !dependsOn(dependencies, dotnetHosts)
  );
}

/** Whether it is made with a library for options, terminals or windows. A program with none of them says nothing about who starts it. */
export function isForPeople({ ecosystem, executable, dependencies }: BuildManifest): boolean {
  return dependsOn(dependencies, forPeople) || (ecosystem === "dotnet" && executable?.reason.endsWith("of Windows") === true);
}

const forPeople =
  /^(?:clap|structopt|argh|pico-args|lexopt|gumdrop|bpaf|docopt|crossterm|termion|ratatui|tui|cursive|rustyline|reedline|eframe|egui|iced|druid|gtk4?|slint|tauri|winit)$|^(?:System\.CommandLine|Spectre\.Console|CommandLineParser|McMaster\.Extensions\.CommandLineUtils|CliFx|Cocona|Terminal\.Gui|Avalonia|Microsoft\.Maui)|(?:\/cobra|\/pflag|\/cli|\/kingpin|\/kong|\/flaggy|\/go-flags|\/bubbletea|\/tview|\/tcell|\/gocui|\/termbox-go|\/termui|\/readline|\/liner|\/go-prompt|\/survey|\/promptui|\/docopt-go|\/fyne|\/ff)(?:\/v\d{1,3})?$/;

export const rustServers =
  /^(?:actix-web|axum|rocket|warp|poem|salvo|tide|ntex|gotham|hyper|tonic|tarpc|jsonrpsee|lapin|rdkafka|async-nats|lambda_runtime|lambda_http)$/;
const dotnetHosts =
  /^(?:Microsoft\.(?:AspNetCore|Extensions\.Hosting|Azure\.(?:Functions|WebJobs)|Orleans)|MassTransit|NServiceBus|Rebus|Grpc|Topshelf|Hangfire|Quartz|Akka|Confluent\.Kafka|RabbitMQ|Azure\.Messaging|AWSSDK\.SQS|Amazon\.Lambda)/;
const goServers =
  /(?:\/gin|\/echo|\/fiber|\/chi|\/mux|\/httprouter|\/fasthttp|\/kit|\/kratos|\/go-zero|\/beego|\/iris|\/hertz|\/kitex|\/go-restful|\/twirp|\/connect|\/connect-go|\/gqlgen|\/grpc|\/grpc-gateway|\/nats\.go|\/sarama|\/kafka-go|\/confluent-kafka-go|\/amqp091-go|\/amqp|\/watermill|\/asynq|\/machinery|\/aws-lambda-go|\/functions-framework-go|\/client_golang|\/controller-runtime|\/cron|go\.temporal\.io\/sdk|go\.micro|micro\.dev)(?:\/v\d{1,3})?$/;

/** @param text of the file of the main package. @param imports its folders of the same module. */
export function mayServeInGo(text: string, imports: readonly string[], { dependencies }: BuildManifest): boolean {
  return (
    /\bListenAndServe|\bnet\.Listen\(|\bhttp\.(?:Serve\(|Server\{)|\bgrpc\.NewServer|\blambda\.Start/.test(text) ||
    dependsOn(dependencies, goServers) ||
    imports.some((folder) => wordsOf(folder).some((word) => servingWords.test(word)))
  );
}

/** What folders of programs that answer others are called. */
const servingWords =
  /^(?:api|apis|server|servers|service|services|svc|http|https|rest|grpc|rpc|web|webserver|router|routers|routes|handler|handlers|transport|worker|workers|consumer|consumers|gateway)$/;

function dependsOn(dependencies: readonly Dependency[], pattern: RegExp): boolean {
  return dependencies.some(({ name, runtime }) => runtime && pattern.test(name));
}
