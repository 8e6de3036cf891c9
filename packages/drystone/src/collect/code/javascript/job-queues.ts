import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { type Connection, connectionOf, emitAddresses, optionsOf } from "./addresses.js";
import { assignedName, callsNamed, callsOf, chainedCall } from "./calls-of.js";
import { classesOf, decoratorOf, decoratorsIn } from "./classes.js";
import { bindingsOf, imports, localsOf } from "./imports.js";
import { textAt } from "./text-at.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const adding = new Set(["add", "addBulk", "createJob", "upsertJobScheduler", "addJob"]);
const own = ["bull", "bullmq", "bee-queue", "@taskforcesh/bullmq-pro"];

/** BullMQ, Bull and Bee-Queue, also through NestJS: who adds to a queue and who works on it. */
export const jobQueues: Detector = {
  name: "javascript/job-queues",
  languages: ["javascript"],
  words: ["bull", "bee-queue", "agenda", "pg-boss"],
  detect(source, emit) {
    if (imports(source, ...own)) ownQueues(source, emit);
    if (imports(source, "@nestjs/bull", "@nestjs/bullmq")) nestQueues(source, emit);
  },
};

const technology = "redis";

function ownQueues(source: Source, emit: Parameters<Detector["detect"]>[1]): void {
  const queueTypes = localsOf(source, own, ["Queue", "QueuePro", "default", "FlowProducer"]);
  const workerTypes = localsOf(source, own, ["Worker", "WorkerPro", "QueueEvents"]);
  const queues = new Map<string, Template>();
  for (const call of callsOf(source)) {
    if (call.receiver !== "" && !queueTypes.has(call.receiver)) continue;
    if (!call.isNew) continue;
    const channel = argumentText(source, call.open, 0);
    const isWorker = workerTypes.has(call.name) && !call.name.endsWith("Events");
    if (!isWorker && !queueTypes.has(call.name)) continue;
    emitAddresses(emit, call.start, technology, connectionBehind(source, call.open));
    emit(call.start, { kind: "store-client", technology, library: "bullmq", database: null });
    if (isWorker) emit(call.start, { kind: "consumes", technology, channel, message: null });
    const name = assignedName(source, call);
    if (isWorker || channel === null) continue;
    if (name !== null) queues.set(name, channel);
    if (/^(?:\$\{const:[\w.]{1,120}\}|[\w.:-]{2,80})$/.test(channel))
      for (const holder of holdersOf(source, call.start, name))
        emit(call.start, { kind: "constant", name: queueConstant(holder), value: channel });
  }
  for (const call of callsOf(source)) {
    const channel = queues.get(call.receiver);
    if (channel === undefined) continue;
    if (adding.has(call.name)) emit(call.start, { kind: "publishes", technology, channel, message: null });
    else if (call.name === "process") emit(call.start, { kind: "consumes", technology, channel, message: null });
  }
}

/** By which names other files know the queue: the variable, or the class that keeps it. */
function holdersOf(source: Source, at: number, name: string | null): string[] {
  const site = classesOf(source).findLast(({ open, end }) => open < at && at < end);
  return [...new Set([site?.name, name])].flatMap((holder) =>
    holder === undefined || holder === null || holder === "instance" ? [] : [holder],
  );
}

/** The constant under which the name of the queue is found that a variable or class of another file stands for. */
function queueConstant(holder: string): string {
  return `queue:${holder}`;
}

/** `mailQueue.add(…)` and `MailQueue.getInstance()?.add(…)`, where another file made the queue. */
export const queueUses: Detector = {
  name: "javascript/queue-uses",
  languages: ["javascript"],
  words: ["ueue"],
  detect(source, emit) {
    const imported = new Set(bindingsOf(source).flatMap(({ local }) => (/queue/i.test(local) ? [local] : [])));
    if (imported.size === 0) return;
    const queues = new Map([...imported].map((name) => [name, name]));
    const use = (start: number, holder: string) =>
      emit(start, { kind: "publishes", technology, channel: `\${const:${queueConstant(holder)}}`, message: null });
    for (const call of callsOf(source)) {
      if (!imported.has(call.receiver) || !/^(?:getInstance|instance|getQueue)$/.test(call.name)) continue;
      const next = chainedCall(source, call.open);
      const name = assignedName(source, call);
      if (next !== null && adding.has(next.name)) use(call.start, call.receiver);
      else if (name !== null) queues.set(name, call.receiver);
    }
    for (const call of callsOf(source)) {
      const holder = queues.get(call.receiver);
      if (holder !== undefined && adding.has(call.name)) use(call.start, holder);
    }
  },
};

const registering =
  /^(?:register|create|add|start|run|init|setup|make|listen)(?:Worker|Consumer|Processor|QueueProcessor|Queue)?$/i;

/** `WorkerManager.register(Queues.MAIL, processMail)`: the name of the queue and what works on it, handed to a wrapper of one's own. */
export const registeredWorkers: Detector = {
  name: "javascript/registered-workers",
  languages: ["javascript"],
  words: ["orker", "onsumer", "rocessor"],
  detect(source, emit) {
    for (const call of callsOf(source)) {
      if (call.isNew || !registering.test(call.name) || !/worker|consumer|processor/i.test(call.path)) continue;
      const second = argumentAt(source, call.open, 1);
      const channel = second === null ? null : argumentText(source, call.open, 0);
      if (channel !== null && /^\$\{const:\w{0,60}Queue\w{0,60}\.\w{1,80}\}$/i.test(channel))
        emit(call.start, { kind: "consumes", technology: null, channel, message: null });
    }
  },
};

/** Options behind the name, or the address itself as Bull has it: `new Queue("mails", "redis://cache")`. */
function connectionBehind(source: Source, open: number): Connection {
  const behind = [1, 2].flatMap((index) => argumentAt(source, open, index) ?? []);
  const found = behind.map((at) =>
    propertiesAt(source, at).size > 0 ? optionsOf(source, at) : { addresses: urlsAt(source, at), database: null },
  );
  return found.find(({ addresses }) => addresses.length > 0) ?? { addresses: [], database: null };
}

function urlsAt(source: Source, at: number): readonly Template[] {
  const text = textAt(source, at);
  return text !== null && /^rediss?:\/\/|^\$\{/.test(text) ? [text] : [];
}

function nestQueues(source: Source, emit: Parameters<Detector["detect"]>[1]): void {
  for (const site of classesOf(source)) {
    const processor = decoratorOf(site, "Processor");
    if (processor?.open) {
      const first = argumentAt(source, processor.open, 0);
      const channel = argumentText(source, processor.open, 0) ?? propertyText(source, propertiesAt(source, first), "name");
      if (channel !== null) emit(processor.start, { kind: "consumes", technology, channel, message: null });
    }
    for (const { name, open, start } of decoratorsIn(source, site.open, site.end)) {
      if (name !== "InjectQueue" || open === null) continue;
      const channel = argumentText(source, open, 0);
      const field = /\)\s{0,40}(?:(?:private|public|protected|readonly)\s{1,9}){0,3}([A-Za-z_$][\w$]{0,80})/.exec(
        source.bare.slice(open, open + 300),
      )?.[1];
      const uses = callsOf(source).filter((call) => call.receiver === field && adding.has(call.name));
      if (channel === null || field === undefined) continue;
      for (const use of uses) emit(use.start, { kind: "publishes", technology, channel, message: null });
      if (uses.length === 0 && !callsOf(source).some(({ receiver }) => receiver === field))
        emit(start, { kind: "publishes", technology, channel, message: null });
    }
  }
  for (const call of callsNamed(source, "forRoot", "forRootAsync")) {
    if (call.receiver !== "BullModule") continue;
    emitAddresses(emit, call.start, technology, connectionOf(source, call.open));
    emit(call.start, { kind: "store-client", technology, library: "bullmq", database: null });
  }
}
